"""What is wrong with the logic of a questionnaire, found without answering it."""

from __future__ import annotations

from collections.abc import Iterator

from labqvt_forms.items import Computed, Question
from labqvt_forms.logic import Formula, Node, references
from labqvt_forms.logic.tree import Answer, Call, Literal, Operation
from labqvt_forms.questionnaire import Questionnaire, Variable


def check_logic(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return one French sentence per finding.

    Formulas outside the subset, references to nothing, items that depend on themselves or on what comes
    later, and conditions that no answer can satisfy.
    """
    return tuple(dict.fromkeys(_findings(questionnaire)))


def formulas(questionnaire: Questionnaire) -> Iterator[tuple[str, Formula]]:
    """Yield every formula with the id of what it belongs to."""
    for group in questionnaire.groups:
        if group.relevant:
            yield f"groupe « {group.id} »", group.relevant
        for item in group.items:
            if item.relevant:
                yield f"« {item.id} »", item.relevant
            for row in getattr(item, "rows", ()):
                if row.relevant:
                    yield f"« {row.id} »", row.relevant
            if isinstance(item, Question) and item.validation:
                yield f"validation de « {item.id} »", item.validation.formula
            if isinstance(item, Computed) and item.formula:
                yield f"calcul « {item.id} »", item.formula


def _findings(questionnaire: Questionnaire) -> Iterator[str]:
    known = {variable.id: variable for variable in questionnaire.variables}
    for owner, formula in formulas(questionnaire):
        tree = formula.tree
        if tree is None:
            yield f"{owner} : la formule « {formula.text} » ne sera pas évaluée : {formula.outside}"
            continue
        for id_ in references(tree):
            if id_ not in known:
                yield f"{owner} : la formule « {formula.text} » cite « {id_} », qui n’existe pas."
        for impossible in _impossible(tree, known):
            yield f"{owner} : « {formula.text} » ne peut jamais être vrai : {impossible}"
    yield from _loops(questionnaire)


def _loops(questionnaire: Questionnaire) -> Iterator[str]:
    """Yield the variables whose display or value ends up depending on themselves."""
    needs = {
        variable.id: set(_needed(variable, group_formula))
        for variable, group_formula in _with_groups(questionnaire)
    }
    settled: set[str] = set()
    for start in needs:
        path: list[str] = []
        waiting: list[tuple[str, bool]] = [(start, False)]
        while waiting:
            id_, leaving = waiting.pop()
            if leaving:
                settled.add(path.pop())
            elif id_ in path:
                circle = [*path[path.index(id_) :], id_]
                yield f"cercle de conditions : {' → '.join(circle)}."
            elif id_ not in settled:
                path.append(id_)
                waiting.append((id_, True))
                waiting += [(needed, False) for needed in sorted(needs.get(id_, ()))]


def _with_groups(questionnaire: Questionnaire) -> Iterator[tuple[Variable, Formula | None]]:
    group_formula = {id(item): group.relevant for group in questionnaire.groups for item in group.items}
    for variable in questionnaire.variables:
        yield variable, group_formula[id(variable.item)]


def _needed(variable: Variable, group_formula: Formula | None) -> Iterator[str]:
    item = variable.item
    own = [group_formula, item.relevant, variable.row.relevant if variable.row else None]
    own.append(item.formula if isinstance(item, Computed) else None)
    for formula in own:
        if formula is not None and formula.tree is not None:
            yield from references(formula.tree)


def _impossible(node: Node, known: dict[str, Variable]) -> Iterator[str]:
    """Yield why parts that must all hold cannot: an unknown code, or two codes of one single answer."""
    asked: dict[str, str] = {}
    for id_, code in _demands(node):
        variable = known.get(id_)
        if variable is None or variable.choices is None:
            continue
        codes = [choice.code for choice in variable.choices.choices]
        if code not in codes:
            yield f"« {code} » n’est pas un code de « {id_} » ({', '.join(codes[:8])})."
        elif variable.kind not in ("multiple", "ranking") and asked.setdefault(id_, code) != code:
            yield f"« {id_} » ne peut pas valoir à la fois « {asked[id_]} » et « {code} »."


def _demands(node: Node) -> Iterator[tuple[str, str]]:
    """Yield the (question, code) pairs a formula needs to be true."""
    match node:
        case Operation("and", left, right):
            yield from _demands(left)
            yield from _demands(right)
        case Operation("=", Answer(id_), Literal(str(code))) | Call(
            "selected", (Answer(id_), Literal(str(code)))
        ):
            if code:
                yield id_, code
        case _:
            return
