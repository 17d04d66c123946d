"""The questionnaire an SPSS file of answers describes: its variables, their labels, the labels of their values."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from labqvt_forms.answers.identifying import identifying
from labqvt_forms.answers.raw import value_text
from labqvt_forms.answers.sav_reading import told_by_sav
from labqvt_forms.choices import Choice, ChoiceList, Role
from labqvt_forms.ids import id_from
from labqvt_forms.items import (
    Block,
    Date,
    FreeText,
    Item,
    MultipleChoice,
    Number,
    Precision,
    Row,
    SingleChoice,
)
from labqvt_forms.languages import guess_language
from labqvt_forms.notices import Notices
from labqvt_forms.questionnaire import Group, Questionnaire
from labqvt_forms.roles import role_of
from labqvt_forms.text import Text

_SAV = (b"$FL2", b"$FL3")
_ROW_FIRST = re.compile(r"\[(?P<row>[^\]]+)\]\s*(?P<asked>.+)", re.DOTALL)
"""How LimeSurvey labels a line of a block: « [the line] the question »."""
_LONG_TEXT = 255
_COLLECTION = ("lastpage", "startlanguage")
"""Columns of LimeSurvey that say nothing of the person, and that nobody was asked."""


@dataclass(frozen=True, slots=True)
class _Variable:
    name: str
    label: str
    format: str
    choices: tuple[Choice, ...]

    @property
    def row(self) -> str:
        """What this line says, beside what its block asks."""
        parts = _ROW_FIRST.fullmatch(self.label)
        return parts["row"].strip() if parts else self.label

    @property
    def asked(self) -> str:
        parts = _ROW_FIRST.fullmatch(self.label)
        return parts["asked"].strip() if parts else ""


def is_sav(content: bytes) -> bool:
    return content.startswith(_SAV)


def read_sav_questionnaire(
    content: bytes, *, name: str, language: str = ""
) -> tuple[Questionnaire, tuple[str, ...]]:
    """Return what the dictionary of the file says was asked, as one page in the order of its columns."""
    with tempfile.TemporaryDirectory(prefix="labqvt-sav-") as folder:
        path = Path(folder) / "reponses.sav"
        path.write_bytes(content)
        told = told_by_sav(path)
    notices = Notices()
    notices.add(
        "un fichier SPSS ne dit ni pages, ni conditions, ni consignes : relisez l’ordre et les formes de réponse."
    )
    notices.add("le fichier ne dit pas si l’enquête est anonyme : elle est tenue pour anonyme.")
    dropped = [*identifying(told["names"]), *(n for n in told["names"] if n.lower() in _COLLECTION)]
    if dropped:
        notices.add(
            f"ce que l’outil de collecte a noté n’est pas une question : {', '.join(dropped)} retiré."
        )
    variables = [variable for variable in _variables(told) if variable.name not in dropped]
    language = language or guess_language([variable.label for variable in variables])
    items = tuple(_Reader(language, told["sets"]).items(variables))
    questionnaire = Questionnaire(
        id=_id(name),
        title=Text.of({language: told["title"] or name}),
        languages=(language,),
        groups=(Group(id="page", items=items),),
    )
    return questionnaire, notices.sentences


class _Reader:
    def __init__(self, language: str, sets: list[list[Any]]) -> None:
        self.language = language
        self.sets = {
            str(columns[0]): (str(name), str(label), columns) for name, label, _, columns in sets if columns
        }
        self.inside = {column for _, _, columns in self.sets.values() for column in columns}

    def items(self, variables: list[_Variable]) -> Iterator[Item]:
        labels = {variable.name: variable.label for variable in variables}
        alone = (v for v in variables if v.name not in self.inside or v.name in self.sets)
        # Neighbours with the same labels of values, and the same question when they say it, make one block.
        for _, run in groupby(
            alone, key=lambda v: (v.choices, v.asked, v.name if v.name in self.sets else "")
        ):
            together = list(run)
            first = together[0]
            if first.name in self.sets:
                yield self._multiple(*self.sets[first.name], labels)
            elif len(together) > 1 and len(first.choices) > 1:
                yield self._block(together)
            else:
                yield from map(self._alone, together)

    def _multiple(self, name: str, label: str, columns: list[str], labels: dict[str, str]) -> Item:
        choices = tuple(Choice(column, self._text(labels.get(column) or column)) for column in columns)
        id_ = _id(name.removeprefix("$"))
        return MultipleChoice(id=id_, label=self._text(label), choices=ChoiceList(id_, choices))

    def _block(self, together: list[_Variable]) -> Item:
        first = together[0]
        rows = tuple(Row(id=_id(one.name), label=self._text(one.row)) for one in together)
        stem = first.name.rpartition("_")[0]
        shared = stem and all(one.name.startswith(f"{stem}_") for one in together)
        id_ = _id(stem) if shared else f"bloc_{_id(first.name)}"
        return Block(id=id_, label=self._text(first.asked), rows=rows, choices=self._list(first))

    def _alone(self, one: _Variable) -> Item:
        id_, label = _id(one.name), self._text(one.label)
        if one.choices:
            return SingleChoice(id=id_, label=label, choices=self._list(one))
        kind = one.format.rstrip("0123456789.")
        if kind == "A":
            width = int(re.sub(r"\D", "", one.format) or 0)
            return FreeText(id=id_, label=label, long=width > _LONG_TEXT)
        if "TIME" in kind:
            return Date(id=id_, label=label, precision=Precision.MINUTE if "DATE" in kind else Precision.TIME)
        if "DATE" in kind:
            return Date(id=id_, label=label)
        return Number(id=id_, label=label, integer=one.format.endswith(".0"))

    def _list(self, one: _Variable) -> ChoiceList:
        labelled = (
            Choice(choice.code, self._text(str(choice.label)), role=choice.role) for choice in one.choices
        )
        return ChoiceList(f"{_id(one.name)}_choix", tuple(labelled))

    def _text(self, words: str) -> Text:
        return Text.of({self.language: words})


def _variables(told: dict[str, Any]) -> Iterator[_Variable]:
    for name, label in zip(told["names"], told["described"], strict=True):
        missing = told["missing"].get(name, [])
        choices = tuple(
            _choice(value, words, missing)
            for value, words in told["labels"].get(name, [])
            if value_text(value)
        )
        yield _Variable(name, " ".join(label.split()), told["formats"].get(name, ""), choices)


def _choice(value: object, words: str, missing: list[list[Any]]) -> Choice:
    label = Text.of(fr=words.strip())
    role = role_of(label)
    if role is Role.ANSWER and any(low == value or low == high == value for low, high in missing):
        role = Role.ASIDE
    return Choice(value_text(value), label, role=role)


def _id(name: str) -> str:
    return id_from(name).strip("_")[:60] or "question"
