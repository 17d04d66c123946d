"""The ids our items, rows and codes get, and the names that expressions may cite."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from labqvt_forms.formats.surveyjs.document import Source, scalar
from labqvt_forms.ids import Ids, id_from
from labqvt_forms.logic import SurveyNames

TABLES = frozenset({"matrix", "matrixdropdown"})
LISTS = frozenset({"checkbox", "tagbox", "ranking"})
CHOSEN = frozenset({"dropdown", "radiogroup", "buttongroup"})


@dataclass(slots=True)
class Named:
    """Ids given to one question: its own, those of its rows by value and of its cells."""

    id: str
    rows: dict[str, str] = field(default_factory=dict)
    cells: dict[tuple[str, str], str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)


class Catalogue:
    """Names every question once, in order, before any expression is read."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.several: set[str] = set()
        self.truths: dict[str, tuple[str, str]] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self._ids = Ids()
        self._names: SurveyNames | None = None
        self._named: dict[int, Named] = {}

    def add(self, question: Source, rank: int) -> None:
        name = question.word("name") or f"question{rank}"
        named = Named(self.free(id_from(name, "q")))
        self._named[id(question.raw)] = named
        kind = question.word("type")
        if kind in TABLES:
            self._add_rows(
                question, named, name, [scalar(row.value("value")) for row in question.parts("rows")]
            )
        elif kind == "multipletext":
            self._add_rows(question, named, name, [row.word("name") for row in question.parts("items")])
        else:
            self.answers.setdefault(name, named.id)
        if kind in LISTS or (kind == "imagepicker" and question.flag("multiSelect")):
            self.several.add(named.id)
            named.codes = self._spaceless(question)
            self.codes[named.id] = named.codes
        if kind == "boolean" and question.value("valueTrue") is None and question.value("valueFalse") is None:
            self.truths[named.id] = ("true", "false")

    def of(self, question: Source) -> Named:
        return self._named[id(question.raw)]

    def names(self, *, itself: str = "", fixed: dict[str, str] | None = None) -> SurveyNames:
        """Return what expressions may cite, once every question is added."""
        if self._names is None:
            self._names = SurveyNames(self.answers, frozenset(self.several), self.truths, codes=self.codes)
        return replace(self._names, itself=itself, fixed=fixed or {})

    def _add_rows(self, question: Source, named: Named, name: str, values: list[str]) -> None:
        columns, dual = column_names(question), is_dual(question)
        ours: Any = question.beside.get("rows")
        for value in dict.fromkeys(values):
            told = ours.get(value) if isinstance(ours, dict) else None
            id_ = scalar(told.get("id")) if isinstance(told, dict) else ""
            wanted = value if value.startswith(f"{named.id}_") else f"{named.id}_{value}"
            named.rows[value] = id_ or self.free(id_from(wanted))
            if not columns:
                self.answers.setdefault(f"{name}.{value}", named.rows[value])
            for side, column in enumerate(columns, start=1):
                cell = f"{named.rows[value]}_{side}"
                if not dual:
                    cell = self.free(id_from(f"{named.rows[value]}_{column}"))
                named.cells[value, column] = cell
                self.answers.setdefault(f"{name}.{value}.{column}", cell)

    def _spaceless(self, question: Source) -> dict[str, str]:
        """Codes that hold a space, by what they become: ticked codes are separated by spaces."""
        values = [scalar(choice.value("value", "name")) for choice in question.parts("choices")]
        return {value: re.sub(r"\s+", "_", value) for value in values if re.search(r"\s", value)}

    def free(self, wanted: str) -> str:
        """Return ``wanted``, numbered if it is already in use, and take it."""
        return self._ids.take(wanted)


def column_names(question: Source) -> list[str]:
    """Columns that hold an answer each; those of a plain matrix are choices."""
    if question.word("type") != "matrixdropdown":
        return []
    return [column.word("name") or f"col{rank}" for rank, column in enumerate(question.parts("columns"), 1)]


def is_dual(question: Source) -> bool:
    """Say whether a table is two scales side by side."""
    columns = question.parts("columns")
    shared = bool(question.parts("choices"))
    kind = question.word("cellType") or "dropdown"
    chosen = [
        (column.word("cellType") or kind) in CHOSEN | {"default"} and (shared or column.parts("choices"))
        for column in columns
    ]
    return question.word("type") == "matrixdropdown" and len(columns) == 2 and all(chosen)
