"""Write codebooks that validate, then keep beside what a codebook does not say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from labqvt_forms.choices import ChoiceList
from labqvt_forms.errors import FormatError
from labqvt_forms.formats.ddi.elements import Elements
from labqvt_forms.formats.ddi.extension import tell
from labqvt_forms.formats.ddi.reader import Codebook
from labqvt_forms.formats.ddi.tree import legal, printed
from labqvt_forms.formats.json_form import differing_fields
from labqvt_forms.formats.written import Unseen, Written
from labqvt_forms.items import Item, Required, Rows, choice_lists
from labqvt_forms.questionnaire import Group, Questionnaire

SAID_IN_WORDS = frozenset({"random_order", "random_group", "min_group"})
"""Told in ``sampProc`` and ``restrctn``: kept beside for us, no loss for others."""


def write_ddi(questionnaire: Questionnaire) -> Written:
    """Return the codebook and what other tools will not see of the questionnaire."""
    _check_names(questionnaire)
    writing = _Writing(questionnaire)
    writing.complete()
    return Written(printed(writing.elements.root), writing.unseen.warnings())


def _check_names(questionnaire: Questionnaire) -> None:
    """Refuse the identifiers and codes XML cannot hold: what answers them could not be found again."""
    names = [questionnaire.id, *(group.id for group in questionnaire.groups)]
    names += [item.id for item in questionnaire.items]
    names += [variable.id for variable in questionnaire.variables]
    names += [choice.code for choices in questionnaire.choice_lists for choice in choices.choices]
    for name in names:
        if legal(name) != name:
            raise FormatError(
                f"DDI-Codebook refuse l’identifiant « {legal(name)} » : retirez-en le signe invisible."
            )


class _Writing:
    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.elements = Elements(questionnaire)
        self.unseen = Unseen("DDI-Codebook")
        self._codebook: Codebook | None = None

    def complete(self) -> None:
        """Read the tree back, outwards from the choices: what is inside must be right before what holds it."""
        self._each_item(self._complete_kind)
        self._each_item(self._complete_choices)
        self._each_item(self._complete_rows)
        self._each_item(self._complete_fields)
        # A group, a scale and the study each complete themselves only: one reading serves the three.
        back = self._read_back().questionnaire
        self._complete_groups(back)
        self._complete_scales(back)
        self._complete_study(back)

    def _read_back(self) -> Codebook:
        """Read the tree as it is now; again only when something was told since the last time."""
        if self._codebook is None:
            self._codebook = Codebook(self.elements.root, name=self.questionnaire.id)
        return self._codebook

    def _each_item(self, complete: Callable[[Item, Item], None]) -> None:
        read = {id(unit.anchor): unit.item for unit in self._read_back().units}
        for item in self.questionnaire.items:
            complete(item, read[id(self.elements.by_item[item.id])])

    def _tell(self, element: Element, **told: Any) -> None:
        if tell(element, **told):
            self._codebook = None

    def _tell_item(self, item: Item, **told: Any) -> None:
        self._tell(self.elements.by_item[item.id], **told)

    def _complete_kind(self, ours: Item, back: Item) -> None:
        if type(ours) is not type(back):
            self._tell_item(ours, kind=ours.kind.value)
            self.unseen.add(ours.id, ["kind"])

    def _complete_choices(self, ours: Item, back: Item) -> None:
        lists = choice_lists(ours)
        told: dict[str, Any] = {}
        for scale, (mine, read) in enumerate(zip(lists, choice_lists(back), strict=True)):
            for choice, other in zip(mine.choices, read.choices, strict=True):
                if fields := differing_fields(choice, other):
                    told[f"{scale}:{other.code}"] = fields
                    self.unseen.add(f"choix {mine.id}", fields)
        self._tell_item(ours, choices=told, lists=[choices.id for choices in lists])

    def _complete_rows(self, ours: Item, back: Item) -> None:
        if not isinstance(ours, Rows) or not isinstance(back, Rows):
            return
        for row, read in zip(ours.rows, back.rows, strict=True):
            fields = differing_fields(row, read)
            self._tell(self.elements.by_row[row.id], row=fields)
            self.unseen.add(row.id, (name for name in fields if name != "relevant"))

    def _complete_fields(self, ours: Item, back: Item) -> None:
        fields = {
            name: part
            for name, part in differing_fields(ours, back).items()
            if not isinstance(getattr(ours, name), ChoiceList)
        }
        self._tell_item(ours, fields=fields)
        # A formula whose spaces came back different is said all the same.
        said = {"relevant", "formula", *SAID_IN_WORDS}
        named = {"required": "mandatory"} if fields.get("required") == Required.YES else {}
        self.unseen.add(ours.id, (named.get(name, name) for name in fields if name not in said))

    def _complete_groups(self, back: Questionnaire) -> None:
        for group, read in zip(self.questionnaire.groups, back.groups, strict=True):
            fields = differing_fields(group, read)
            if fields.pop("items", None):
                self._tell(self.elements.by_group[group.id], order=_names(group))
            self._tell(self.elements.by_group[group.id], fields=fields)
            self.unseen.add(group.id, (name for name in fields if name not in {"relevant", *SAID_IN_WORDS}))

    def _complete_scales(self, back: Questionnaire) -> None:
        for scale, read in zip(self.questionnaire.scales, back.scales, strict=True):
            fields = differing_fields(scale, read)
            self._tell(self.elements.by_scale[scale.id], fields=fields)
            self.unseen.add(f"échelle {scale.id}", (name for name in fields if name != "items"))

    def _complete_study(self, back: Questionnaire) -> None:
        fields = differing_fields(self.questionnaire, back)
        own = {name: part for name, part in fields.items() if name not in ("groups", "scales")}
        self._tell(self.elements.study, fields=own)
        self.unseen.add("questionnaire", (name for name in own if name not in SAID_IN_WORDS))


def _names(group: Group) -> list[str]:
    return [item.id for item in group.items]
