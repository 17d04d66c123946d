"""Formulas rewritten when what they cite is renamed or removed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import reduce

from labqvt_forms.items import Computed, Item, Question, Rows
from labqvt_forms.logic import Dialect, Formula, Node, print_xpath
from labqvt_forms.logic.tree import Answer, Call, Literal, Operation, walk
from labqvt_forms.questionnaire import Group, Questionnaire
from labqvt_forms.spots import Spot, Use

Change = Callable[[Spot, Use, Formula], Formula | None]


def with_formulas(questionnaire: Questionnaire, change: Change) -> Questionnaire:
    """Return the questionnaire with each formula as ``change`` gives it back; None takes it away."""
    groups = tuple(_group(group, change) for group in questionnaire.groups)
    same = all(new is old for new, old in zip(groups, questionnaire.groups, strict=True))
    return questionnaire if same else replace(questionnaire, groups=groups)


def _group(group: Group, change: Change) -> Group:
    relevant = change(Spot.group(group.id), Use.CONDITION, group.relevant) if group.relevant else None
    items = tuple(item_with_formulas(item, change) for item in group.items)
    same = all(new is old for new, old in zip(items, group.items, strict=True))
    return group if same and relevant == group.relevant else replace(group, items=items, relevant=relevant)


def item_with_formulas(item: Item, change: Change) -> Item:
    """Do the same inside one item."""
    spot = Spot.item(item.id)
    if item.relevant and (relevant := change(spot, Use.CONDITION, item.relevant)) != item.relevant:
        item = replace(item, relevant=relevant)
    if isinstance(item, Rows) and any(row.relevant for row in item.rows):
        rows = tuple(
            replace(row, relevant=change(Spot.row(item.id, row.id), Use.CONDITION, row.relevant))
            if row.relevant
            else row
            for row in item.rows
        )
        item = item if rows == item.rows else replace(item, rows=rows)
    if isinstance(item, Question) and item.validation:
        formula = change(spot, Use.VALIDATION, item.validation.formula)
        if formula != item.validation.formula:
            validation = replace(item.validation, formula=formula) if formula else None
            item = replace(item, validation=validation)
    if isinstance(item, Computed) and item.formula:
        formula = change(spot, Use.CALCULATION, item.formula)
        item = item if formula == item.formula else replace(item, formula=formula)
    return item


def cites_answer(formula: Formula, ids: frozenset[str]) -> bool:
    """Say whether a formula reads one of these answers; in another tool’s language, whether it names one."""
    if formula.tree is None:
        return any(re.search(rf"(?<!\w){re.escape(id_)}(?!\w)", formula.text) for id_ in ids)
    return any(id_ in ids for id_ in formula.reads)


def cites_score(formula: Formula, scale_id: str) -> bool:
    if formula.tree is None:
        return re.search(rf"score\(\s*(['\"]){re.escape(scale_id)}\1\s*\)", formula.text) is not None
    return any(part == Call("score", (Literal(scale_id),)) for part in walk(formula.tree))


def cites_code(formula: Formula, ids: frozenset[str], code: str) -> bool:
    """Say whether a formula compares one of these answers with this code."""
    if formula.tree is None:
        return False
    return any(compared_code(part, ids) == code for part in walk(formula.tree))


def compared_code(node: Node, ids: frozenset[str]) -> str | None:
    """Return the code a comparison asks of one of these answers."""
    match node:
        case Operation("=" | "!=", Answer(id_), Literal(value)) | Operation(
            "=" | "!=", Literal(value), Answer(id_)
        ):
            pass
        case Call("selected", (Answer(id_), Literal(value))):
            pass
        case _:
            return None
    if id_ not in ids:
        return None
    return value if isinstance(value, str) else f"{value:g}"


def renamed(formula: Formula, answers: Mapping[str, str], scales: Mapping[str, str]) -> Formula:
    """Return the formula with the new names, every other character as its author wrote it."""
    if formula.dialect is not Dialect.XPATH:
        # Another tool's language: only a whole word outside quotes can be the name of an answer.
        pattern = r"\"[^\"]*\"|'[^']*'|(?<!\w)(?P<answer>[A-Za-z]\w*)(?!\w)"
    else:
        pattern = r"\$\{[ ]*(?P<answer>[^}\s]+)[ ]*\}|score\(\s*(?P<quoted>'[^']*'|\"[^\"]*\")\s*\)|\"[^\"]*\"|'[^']*'"

    def put(match: re.Match[str]) -> str:
        named = match.groupdict()
        if (id_ := named.get("answer")) in answers:
            return match[0].replace(str(id_), answers[str(id_)])
        quoted = named.get("quoted")
        if quoted and quoted[1:-1] in scales:
            return match[0].replace(quoted, f"{quoted[0]}{scales[quoted[1:-1]]}{quoted[0]}")
        return match[0]

    text = re.sub(pattern, put, formula.text)
    return formula if text == formula.text else Formula(text, formula.dialect)


def without(formula: Formula, cites: Callable[[Formula], bool]) -> Formula | None:
    """Return what is left of a formula once the parts that cite something are taken away.

    Parts are those joined by the outermost « and » or « or »; None when nothing is left.
    """
    if not cites(formula):
        return formula
    if formula.tree is None or not isinstance(formula.tree, Operation):
        return None
    joint = formula.tree.operator
    if joint not in ("and", "or"):
        return None
    kept = [part for part in parts(formula.tree, joint) if not cites(Formula(print_xpath(part)))]
    if not kept:
        return None
    return Formula(print_xpath(reduce(lambda left, right: Operation(joint, left, right), kept)))


def parts(node: Node, joint: str) -> Iterator[Node]:
    """Yield what one and the same « and » or « or » joins, from left to right."""
    if isinstance(node, Operation) and node.operator == joint:
        yield from parts(node.left, joint)
        yield from parts(node.right, joint)
    else:
        yield node
