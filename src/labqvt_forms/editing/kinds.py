"""Turn a question into one of another kind, keeping what both can say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from labqvt_forms.choices import ChoiceList
from labqvt_forms.editing.dependants import dependants_of_answers, released_answers
from labqvt_forms.editing.examples import example_item
from labqvt_forms.editing.formulas import with_formulas
from labqvt_forms.editing.naming import new_list_id, new_row_id, taken_ids, with_own_lists
from labqvt_forms.editing.parts import with_items
from labqvt_forms.editing.renaming import followed
from labqvt_forms.editing.scales import scorable
from labqvt_forms.errors import ModelError
from labqvt_forms.formats.json_form import written_fields
from labqvt_forms.items import (
    YES_NO,
    Block,
    DualBlock,
    Item,
    Kind,
    MultipleChoice,
    Ranking,
    Rating,
    Row,
    Rows,
    SingleChoice,
    YesNo,
)
from labqvt_forms.logic import Formula, Node, print_xpath
from labqvt_forms.logic.tree import Answer, Call, Literal, Operation, rebuilt
from labqvt_forms.questionnaire import Questionnaire, Variable, variables_of
from labqvt_forms.spots import Spot, Use, item_at

_CHOICES: Final = (Kind.SINGLE, Kind.YES_NO, Kind.MULTIPLE, Kind.RANKING, Kind.RATING, Kind.BLOCK)
_WRITTEN: Final = (Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.RATING, Kind.SINGLE, Kind.YES_NO, Kind.MULTIPLE)
_POSSIBLE: Final[dict[Kind, tuple[Kind, ...]]] = {
    Kind.SINGLE: (*_CHOICES, Kind.TEXT, Kind.NUMBER),
    Kind.YES_NO: (*_CHOICES, Kind.TEXT, Kind.NUMBER),
    Kind.MULTIPLE: (*_CHOICES, Kind.TEXT),
    Kind.RANKING: (Kind.SINGLE, Kind.MULTIPLE),
    Kind.RATING: (*_CHOICES, Kind.TEXT, Kind.NUMBER),
    Kind.BLOCK: (Kind.SINGLE, Kind.YES_NO, Kind.MULTIPLE, Kind.RATING, Kind.DUAL, Kind.TEXTS, Kind.NUMBERS),
    Kind.DUAL: (Kind.BLOCK,),
    Kind.NUMBER: (*_WRITTEN, Kind.NUMBERS),
    Kind.NUMBERS: (Kind.TEXTS, Kind.BLOCK, Kind.NUMBER),
    Kind.TEXT: (*_WRITTEN, Kind.TEXTS, Kind.NOTE),
    Kind.TEXTS: (Kind.NUMBERS, Kind.BLOCK, Kind.TEXT),
    Kind.DATE: (Kind.TEXT, Kind.NUMBER),
    Kind.NOTE: (Kind.TEXT,),
}
_TYPED: Final = frozenset({"default", "validation", "appearance"})
"""Fields whose meaning holds to the kind: they do not follow."""
_SEVERAL: Final = (Kind.MULTIPLE, Kind.RANKING)


def possible_kinds(item: Item) -> tuple[Kind, ...]:
    """Kinds this item may become, its own left out; a block of several rows stays made of rows."""
    kinds = _POSSIBLE.get(item.kind, ())
    if isinstance(item, Rows) and len(item.rows) > 1:
        kinds = tuple(kind for kind in kinds if kind in (Kind.BLOCK, Kind.DUAL, Kind.TEXTS, Kind.NUMBERS))
    return tuple(kind for kind in kinds if kind is not item.kind)


def change_kind(
    questionnaire: Questionnaire, item_id: str, kind: Kind, *, with_dependants: bool = False
) -> Questionnaire:
    """Turn a question into one of ``possible_kinds``.

    Texts, choices, rows and settings that both kinds have are kept. Conditions on a choice follow when its
    code remains; a condition or a scale the new kind could not serve refuses the change, or is cleared when
    ``with_dependants``.
    """
    old = item_at(questionnaire, item_id)
    if kind is old.kind:
        return questionnaire
    if kind not in possible_kinds(old):
        raise ModelError(f"La question « {item_id} » ne peut pas prendre cette forme : ajoutez-en une autre.")
    new = with_own_lists(_converted(old, kind, questionnaire), questionnaire)
    lost = _lost(questionnaire, old, new)
    if lost:
        questionnaire = released_answers(
            questionnaire, lost, Spot.item(item_id), with_dependants=with_dependants
        )
    changed = with_items(replace(questionnaire, scales=(), quotas=()), {item_id: new})
    if len(list(variables_of(old))) == len(list(variables_of(new))):
        changed = followed(changed, old, new, questionnaire)
    else:
        changed = replace(changed, scales=questionnaire.scales, quotas=questionnaire.quotas)
    if kind in _SEVERAL and old.kind not in _SEVERAL:
        changed = with_formulas(changed, _asking_selected(item_id))
    return changed


def _lost(questionnaire: Questionnaire, old: Item, new: Item) -> frozenset[str]:
    """Columns whose formulas or scales the new kind cannot serve."""
    before, after = list(variables_of(old)), list(variables_of(new))
    if len(before) != len(after):
        return frozenset(variable.id for variable in before)
    lost = set()
    for was, now in zip(before, after, strict=True):
        scored = any(was.id in scale.items for scale in questionnaire.scales)
        if (scored and not scorable(now)) or not _serves(was, now):
            lost.add(was.id)
    return frozenset(id_ for id_ in lost if dependants_of_answers(questionnaire, frozenset({id_})))


def _serves(was: Variable, now: Variable) -> bool:
    """Say whether a formula that reads the old answer means the same of the new one."""
    if was.choices is not None and now.choices is not None:
        return {choice.code for choice in was.choices.choices} <= {
            choice.code for choice in now.choices.choices
        }
    numbers = (Kind.NUMBER, Kind.RATING)
    return now.answered and (was.kind is now.kind or (was.kind in numbers and now.kind in numbers))


def _converted(old: Item, kind: Kind, questionnaire: Questionnaire) -> Item:
    model = example_item(kind)
    source: Any = type(old)
    target: Any = type(model)
    known = {field.name for field in written_fields(target)}
    kept: dict[str, Any] = {
        field.name: getattr(old, field.name)
        for field in written_fields(source)
        if field.name in known and field.name not in _TYPED
    }
    kept |= _bounds(old, model, kept)
    kept |= _rows(old, model, questionnaire)
    kept |= _choices(old, model, kind, questionnaire)
    changed: Item = replace(model, **kept)
    return changed


def _bounds(old: Item, model: Item, kept: dict[str, Any]) -> dict[str, Any]:
    """Bounds of a multiple choice count ticks, those of a number are values: they do not follow each other."""
    bounds: dict[str, Any] = {name: getattr(model, name) for name in ("least", "most") if name in kept}
    numbers = (Kind.NUMBER, Kind.NUMBERS)
    if old.kind in numbers and model.kind in numbers:
        return {}
    if isinstance(model, Rating):
        return {**bounds, "enps": False} if "enps" in kept else bounds
    return bounds


def _rows(old: Item, model: Item, questionnaire: Questionnaire) -> dict[str, Any]:
    """One question becomes the one row of a block, and back: its words and its direction follow."""
    if isinstance(model, Rows) and not isinstance(old, Rows):
        row = Row(
            id=new_row_id(old, taken_ids(questionnaire)),
            label=old.label,
            reverse=getattr(old, "reverse", False),
        )
        return {"rows": (row,)}
    if isinstance(old, Rows) and not isinstance(model, Rows):
        (row,) = old.rows
        told: dict[str, Any] = {"label": row.label or old.label, "hint": row.hint or old.hint}
        return {**told, "reverse": row.reverse} if hasattr(model, "reverse") else told
    return {}


def _choices(old: Item, model: Item, kind: Kind, questionnaire: Questionnaire) -> dict[str, Any]:
    choices = _list_of(old, questionnaire)
    if choices is None or isinstance(model, YesNo):
        fits = choices is not None and len(choices.codes) == 2
        return {"choices": choices if fits else YES_NO} if isinstance(model, YesNo) else {}
    if isinstance(model, DualBlock):
        return {"first": choices}
    if isinstance(model, Rating):
        return _marks(choices, old)
    if isinstance(model, SingleChoice | MultipleChoice | Block | Ranking):
        return {"choices": choices}
    return {}


def _list_of(old: Item, questionnaire: Questionnaire) -> ChoiceList | None:
    if isinstance(old, Rating):
        taken = (choices.id for choices in questionnaire.choice_lists)
        return ChoiceList(new_list_id("notes", taken), old.choices.choices)
    if isinstance(old, DualBlock):
        return old.first
    if isinstance(old, SingleChoice | YesNo | MultipleChoice | Block | Ranking):
        return old.choices
    return None


def _marks(choices: ChoiceList, old: Item) -> dict[str, Any]:
    """Bounds of a rating whose marks are the codes of a list, when they are whole numbers in a row."""
    codes = choices.codes
    numbers = [int(code) for code in codes if code.isdecimal()]
    if len(numbers) != len(codes) or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return {}
    if len(numbers) < 2:
        raise ModelError(f"La question « {old.id} » n’a qu’un choix : une note en demande au moins deux.")
    labels = {choice.code: choice.label for choice in choices.choices}
    return {
        "least": numbers[0],
        "most": numbers[-1],
        "low_label": labels[codes[0]],
        "high_label": labels[codes[-1]],
    }


def _asking_selected(item_id: str) -> Callable[[Spot, Use, Formula], Formula]:
    """Several codes are no longer equal to one: ask whether it is among them."""

    def among(node: Node) -> Node:
        match node:
            case Operation("=" | "!=" as sign, Answer(id_), Literal(str(code))) if id_ == item_id and code:
                asked = Call("selected", (Answer(id_), Literal(code)))
                return asked if sign == "=" else Call("not", (asked,))
        return node

    def change(_: Spot, __: Use, formula: Formula) -> Formula:
        if formula.tree is None:
            return formula
        tree = rebuilt(formula.tree, among)
        return formula if tree == formula.tree else Formula(print_xpath(tree))

    return change
