"""One ``var`` of a codebook as an item, and several as a block, a multiple choice, a ranking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element

from labqvt_forms.choices import Choice
from labqvt_forms.errors import Place, placed
from labqvt_forms.formats.ddi.description import Description
from labqvt_forms.formats.ddi.extension import told_by
from labqvt_forms.formats.ddi.kinds import ALONE, kind_of, number_fields, settled_kind
from labqvt_forms.formats.ddi.tree import words
from labqvt_forms.formats.extension import Told
from labqvt_forms.formats.json_form import with_fields, written_fields
from labqvt_forms.items import (
    Block,
    DualBlock,
    FreeTexts,
    Item,
    Kind,
    MultipleChoice,
    Note,
    Numbers,
    Ranking,
    Row,
)
from labqvt_forms.roles import role_of, settled
from labqvt_forms.text import NO_TEXT, Text

Elements = Sequence[Element]


class VariableReader(Description):
    """Reads items from one variable or from several."""

    def item(self, var: Element) -> Item:
        """Read a variable that stands alone."""
        name = var.get("name") or var.get("ID") or ""
        with placed(Place(key=name)):
            told = told_by(var)
            if jump := words(var.find("qstn/forward")):
                self.notices.add(f"renvoi en mots, non repris comme condition : « {jump} ».", Place(key=name))
            build = ALONE[settled_kind(told.get("kind", ""), var, self.choices(var))]
            item = build(self, var, told, self._common(var, self.introduced(var)))
            return self._completed_item(item, told)

    def _completed_item(self, item: Item, told: Told) -> Item:
        """Give an item what our note adds; what only another kind has was overtaken by an edit made elsewhere."""
        fields = told.get("fields", {})
        cls: Any = type(item)
        known = {field.name for field in written_fields(cls)}
        if left := [name for name in fields if name not in known]:
            self.notices.add(f"« {item.id} » a changé de genre : « {', '.join(left)} » laissé de côté.")
        return with_fields(item, {name: part for name, part in fields.items() if name in known}, self.lists)

    def _common(self, element: Element, label: Text, *, column: bool = True) -> dict[str, Any]:
        among = (self.items, self.columns) if column else (self.items,)
        return {
            "id": self.name(element, among=among),
            "label": label,
            "hint": self.hint(element),
            "relevant": self.condition(element),
        }

    def block(self, group: Element, variables: Elements) -> Item | None:
        """Read the variables of a grid; None when they do not answer in one way."""
        with placed(Place(key=group.get("name") or group.get("ID") or "")):
            told = told_by(group)
            kind = told.get("kind") or self._grid_kind(variables)
            if kind not in (Kind.BLOCK, Kind.NUMBERS, Kind.TEXTS):
                return None
            first = self.choices(variables[0])
            if kind == Kind.BLOCK and not first:
                return None
            common = self._common(group, self.text(group.iterfind("labl")), column=False) | self.asking(
                variables[0]
            )
            common["rows"] = tuple(self._row(var) for var in variables)
            item: Item
            if kind == Kind.BLOCK:
                item = Block(**common, choices=self.choice_list(first, common["id"], told))
            elif kind == Kind.NUMBERS:
                item = Numbers(**common, **number_fields(variables[0]))
            else:
                item = FreeTexts(**common)
            return self._completed_item(item, told)

    def _grid_kind(self, variables: Elements) -> str:
        lists = {tuple(choice.code for choice in self.choices(var)) for var in variables}
        if len(lists) > 1:
            return ""
        kinds = {kind_of(var, self.choices(var)) for var in variables}
        if kinds <= {Kind.SINGLE, Kind.YES_NO, Kind.RATING}:
            return Kind.BLOCK
        return (
            {Kind.NUMBER: Kind.NUMBERS, Kind.TEXT: Kind.TEXTS}.get(kinds.pop(), "") if len(kinds) == 1 else ""
        )

    def _row(self, var: Element, name: str = "") -> Row:
        told = told_by(var)
        row = Row(
            id=name or self.name(var, among=(self.columns,)),
            label=self.label(var),
            hint=self.hint(var),
            relevant=self.condition(var),
        )
        return with_fields(row, told["row"], {}) if "row" in told else row

    def dual(
        self, group: Element, sides: tuple[Element, Element], variables: tuple[Elements, Elements]
    ) -> Item | None:
        """Read a grid made of two grids whose variables go by pairs ``x_1``, ``x_2``."""
        stems = [[(var.get("name") or "").rpartition("_") for var in side] for side in variables]
        paired = [stem for stem, _, number in stems[0] if number == "1"]
        if not paired or [(stem, "_", "2") for stem in paired] != stems[1]:
            return None
        lists = [self.choices(side[0]) for side in variables]
        if not all(lists):
            return None
        told = told_by(group)
        common = self._common(group, self.text(group.iterfind("labl")), column=False) | self.asking(
            variables[0][0]
        )
        for stem in paired:
            self.columns |= {f"{stem}_1", f"{stem}_2"}
        item = DualBlock(
            **common,
            rows=tuple(self._row(var, stem) for var, stem in zip(variables[0], paired, strict=True)),
            first=self.choice_list(lists[0], f"{common['id']}_1", told, 0),
            second=self.choice_list(lists[1], f"{common['id']}_2", told, 1),
            first_label=self.text(sides[0].iterfind("labl")),
            second_label=self.text(sides[1].iterfind("labl")),
        )
        return self._completed_item(item, told)

    def options(self, group: Element, variables: Elements, cls: type[MultipleChoice | Ranking]) -> Item:
        """Read variables that are each one choice of a multiple choice or of a ranking."""
        with placed(Place(key=group.get("name") or group.get("ID") or "")):
            told = told_by(group)
            common = self._common(group, self.text(group.iterfind("labl"))) | self.asking(variables[0])
            stem = group.get("name") or ""
            found: dict[str, Choice] = {}
            for var in variables:
                code = "_".join((_code(var.get("name") or var.get("ID") or "", stem)).split())
                label = self.text(var.iterfind("labl"))
                found.setdefault(code, Choice(code, label, role=role_of(label)))
            choices = self.choice_list(settled(tuple(found.values())), common["id"], told)
            item = cls(**common, choices=choices)
            return self._completed_item(item, told)

    def note(self, group: Element) -> Item:
        told = told_by(group)
        common = self._common(group, self.text(group.iterfind("txt")))
        item = Note(**(common | {"hint": NO_TEXT}))
        return self._completed_item(item, told)


def _code(name: str, stem: str) -> str:
    """Return the code of a choice from the name of its variable: ``q1_2``, ``q1/2``, ``q1[2]`` for ``q1``."""
    rest = name.removeprefix(stem)
    return (rest[1:].removesuffix("]") if stem and rest != name and len(rest) > 1 else name) or name
