"""Where something is inside a questionnaire: a group, an item, a row, a scale, a list, a choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from labqvt_forms.choices import Choice, ChoiceList
from labqvt_forms.errors import ModelError
from labqvt_forms.items import Computed, Item, Question, Row, Rows
from labqvt_forms.logic import Formula
from labqvt_forms.questionnaire import Group, Questionnaire, Quota, Scale


class Part(StrEnum):
    QUESTIONNAIRE = "questionnaire"
    GROUP = "group"
    ITEM = "item"
    ROW = "row"
    SCALE = "scale"
    LIST = "list"
    CHOICE = "choice"
    QUOTA = "quota"


@dataclass(frozen=True, slots=True)
class Spot:
    """One part of a questionnaire; ``owner`` is the item of a row or the list of a choice.

    >>> str(Spot.row("REL", "REL1")), Spot.read("row:REL/REL1") == Spot.row("REL", "REL1")
    ('row:REL/REL1', True)
    """

    part: Part
    id: str = ""
    owner: str = ""

    @classmethod
    def group(cls, id_: str) -> Spot:
        return cls(Part.GROUP, id_)

    @classmethod
    def item(cls, id_: str) -> Spot:
        return cls(Part.ITEM, id_)

    @classmethod
    def row(cls, item: str, id_: str) -> Spot:
        return cls(Part.ROW, id_, item)

    @classmethod
    def scale(cls, id_: str) -> Spot:
        return cls(Part.SCALE, id_)

    @classmethod
    def list(cls, id_: str) -> Spot:
        return cls(Part.LIST, id_)

    @classmethod
    def choice(cls, list_: str, code: str) -> Spot:
        return cls(Part.CHOICE, code, list_)

    @classmethod
    def quota(cls, id_: str) -> Spot:
        return cls(Part.QUOTA, id_)

    @classmethod
    def read(cls, written: str) -> Spot:
        """Read what ``str`` wrote; ModelError when it names no part."""
        part, _, rest = written.partition(":")
        if part not in list(Part):
            raise ModelError(f"« {written} » ne désigne aucun endroit d’un questionnaire.")
        # An id holds no « / », a code may: the owner ends at the first one, except that lists are named freely.
        cut = rest.partition if part == Part.ROW else rest.rpartition
        owner, slash, id_ = cut("/") if part in (Part.ROW, Part.CHOICE) else ("", "/", rest)
        if not slash or bool(id_) is (part == Part.QUESTIONNAIRE):
            raise ModelError(f"« {written} » ne désigne aucun endroit d’un questionnaire.")
        return cls(Part(part), id_, owner)

    def __str__(self) -> str:
        if self.part is Part.QUESTIONNAIRE:
            return self.part.value
        return f"{self.part.value}:{self.owner}/{self.id}" if self.owner else f"{self.part.value}:{self.id}"


WHOLE = Spot(Part.QUESTIONNAIRE)
LONGEST_NAME: Final = 80


class Use(StrEnum):
    """What a formula is for."""

    CONDITION = "condition"
    VALIDATION = "validation"
    CALCULATION = "calculation"


def formulas(questionnaire: Questionnaire) -> Iterator[tuple[Spot, Use, Formula]]:
    """Yield every formula with the part it belongs to, in order."""
    for group in questionnaire.groups:
        if group.relevant:
            yield Spot.group(group.id), Use.CONDITION, group.relevant
        for item in group.items:
            if item.relevant:
                yield Spot.item(item.id), Use.CONDITION, item.relevant
            if isinstance(item, Rows):
                for row in item.rows:
                    if row.relevant:
                        yield Spot.row(item.id, row.id), Use.CONDITION, row.relevant
            if isinstance(item, Question) and item.validation:
                yield Spot.item(item.id), Use.VALIDATION, item.validation.formula
            if isinstance(item, Computed) and item.formula:
                yield Spot.item(item.id), Use.CALCULATION, item.formula


def conditions_of_columns(questionnaire: Questionnaire) -> dict[str, tuple[Formula, ...]]:
    """Return what must hold for each answer column to be shown: the conditions of its group, item and row."""
    of_group = {item.id: group.relevant for group in questionnaire.groups for item in group.items}
    found = {}
    for variable in questionnaire.variables:
        row = variable.row.relevant if variable.row else None
        conditions = (of_group[variable.item.id], variable.item.relevant, row)
        found[variable.id] = tuple(dict.fromkeys(each for each in conditions if each is not None))
    return found


def group_at(questionnaire: Questionnaire, id_: str) -> Group:
    """Return a group; ModelError when there is none of this id, as for all the parts below."""
    return _of_id(questionnaire.groups, id_, f"Le groupe « {id_} » n’existe pas dans ce questionnaire.")


def item_at(questionnaire: Questionnaire, id_: str) -> Item:
    """Return an item, whatever its group."""
    return _of_id(questionnaire.items, id_, f"La question « {id_} » n’existe pas dans ce questionnaire.")


def rows_at(questionnaire: Questionnaire, id_: str) -> Rows:
    """Return an item that has rows."""
    item = item_at(questionnaire, id_)
    if not isinstance(item, Rows):
        raise ModelError(f"La question « {id_} » n’a pas de lignes.")
    return item


def row_at(questionnaire: Questionnaire, item_id: str, id_: str) -> Row:
    """Return a row of an item."""
    rows = rows_at(questionnaire, item_id).rows
    return _of_id(rows, id_, f"La question « {item_id} » n’a pas de ligne « {id_} ».")


def scale_at(questionnaire: Questionnaire, id_: str) -> Scale:
    """Return a scale."""
    return _of_id(questionnaire.scales, id_, f"L’échelle « {id_} » n’existe pas dans ce questionnaire.")


def list_at(questionnaire: Questionnaire, id_: str) -> ChoiceList:
    """Return a list of choices."""
    lists = questionnaire.choice_lists
    return _of_id(lists, id_, f"La liste de choix « {id_} » n’existe pas dans ce questionnaire.")


def choice_at(questionnaire: Questionnaire, list_id: str, code: str) -> Choice:
    """Return a choice of a list, by its code."""
    choice = list_at(questionnaire, list_id).get(code)
    if choice is None:
        raise ModelError(f"La liste de choix « {list_id} » n’a pas de choix « {code} ».")
    return choice


def quota_at(questionnaire: Questionnaire, id_: str) -> Quota:
    """Return a quota."""
    return _of_id(questionnaire.quotas, id_, f"Le quota « {id_} » n’existe pas dans ce questionnaire.")


_Named = TypeVar("_Named", Group, Item, Row, Scale, ChoiceList, Quota)


def _of_id(parts: Iterable[_Named], id_: str, refusal: str) -> _Named:
    for part in parts:
        if part.id == id_:
            return part
    raise ModelError(refusal)


def name_of(questionnaire: Questionnaire, spot: Spot, language: str = "") -> str:
    """Return what a person calls this part: its label, or its id when it has none yet."""
    language = language or questionnaire.language
    match spot.part:
        case Part.QUESTIONNAIRE:
            text = questionnaire.title
        case Part.GROUP:
            text = group_at(questionnaire, spot.id).title
        case Part.ITEM:
            text = item_at(questionnaire, spot.id).label
        case Part.ROW:
            text = row_at(questionnaire, spot.owner, spot.id).label
        case Part.SCALE:
            text = scale_at(questionnaire, spot.id).label
        case Part.QUOTA:
            text = quota_at(questionnaire, spot.id).label
        case Part.CHOICE:
            text = choice_at(questionnaire, spot.owner, spot.id).label
        case Part.LIST:
            return spot.id
    return shortened(text.pick(language, questionnaire.language)) or spot.id


def shortened(label: str) -> str:
    """Return a label on one line, cut between words when it is long."""
    label = " ".join(label.split())
    if len(label) <= LONGEST_NAME:
        return label
    return label[: LONGEST_NAME - 1].rsplit(" ", 1)[0] + "…"
