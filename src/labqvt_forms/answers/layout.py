"""Which columns a questionnaire gives in a file of answers, and what each is called there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from labqvt_forms.items import Kind, MultipleChoice, Rows, SingleChoice
from labqvt_forms.questionnaire import Questionnaire, Variable
from labqvt_forms.text import NO_TEXT, Text


class Shape(StrEnum):
    """What one column holds of an answer."""

    WHOLE = "whole"
    OPTION = "option"
    """Whether one option of a multiple choice is ticked."""
    RANK = "rank"
    """The code put at one rank of a ranking."""
    PLACE = "place"
    """The rank one option of a ranking was given."""
    OTHER = "other"
    """The words beside « Autre » of a single choice."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of answers; ``part`` is the code of the option or the number of the rank."""

    name: str
    variable: Variable
    shape: Shape = Shape.WHOLE
    part: str = ""

    @property
    def free(self) -> bool:
        """Words typed by a person, or the name of one of their files."""
        return self.shape is Shape.OTHER or self.variable.kind in FREE_KINDS

    @property
    def may_be_absent(self) -> bool:
        return self.shape is Shape.OTHER or self.variable.kind in MAY_BE_ABSENT

    def label(self, language: str) -> str:
        """Words of the column: the row or the option first, then its question."""
        question = self.variable.item.label.pick(language)
        own = self._own_label().pick(language)
        return f"[{own}] {question}".strip() if own and question else own or question

    def _own_label(self) -> Text:
        if self.shape is Shape.OTHER:
            return Text.of(fr="Autre", en="Other")
        if self.shape is Shape.RANK:
            return Text.of(fr=f"Rang {self.part}", en=f"Rank {self.part}")
        if self.shape in (Shape.OPTION, Shape.PLACE) and self.variable.choices is not None:
            chosen = self.variable.choices.get(self.part)
            return (chosen.label if chosen else NO_TEXT) or Text.of(fr=self.part)
        return self.variable.label if self.variable.row is not None else NO_TEXT


FREE_KINDS: Final = frozenset({Kind.TEXT, Kind.FILE})
MAY_BE_ABSENT: Final = frozenset({*FREE_KINDS, Kind.LANGUAGE, Kind.DATE})
"""An anonymous export leaves these out: their absence is said, not refused."""

Naming = Callable[[Variable, Shape, str], str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Names and shapes of one family of files; ``codes`` are its codes of choices, when not ours."""

    naming: Naming
    multiple: tuple[Shape, ...] = (Shape.OPTION,)
    ranking: Shape = Shape.RANK
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def fields(self, questionnaire: Questionnaire) -> tuple[Field, ...]:
        """Every column of the questionnaire, in order."""
        return tuple(
            Field(self.naming(variable, shape, part), variable, shape, part)
            for variable in questionnaire.answer_variables
            for shape, part in self._parts(variable)
        )

    def _parts(self, variable: Variable) -> Iterator[tuple[Shape, str]]:
        codes = [choice.code for choice in variable.choices.choices] if variable.choices else []
        if variable.kind is Kind.MULTIPLE:
            for shape in self.multiple:
                yield from ((shape, code) for code in codes) if shape is Shape.OPTION else [(shape, "")]
        elif variable.kind is Kind.RANKING and self.ranking is Shape.RANK:
            yield from ((Shape.RANK, str(rank)) for rank in range(1, len(codes) + 1))
        elif variable.kind is Kind.RANKING and self.ranking is Shape.PLACE:
            yield from ((Shape.PLACE, code) for code in codes)
        else:
            yield Shape.WHOLE, ""
            if isinstance(variable.item, SingleChoice) and variable.item.other:
                yield Shape.OTHER, "other"


def ours(_: Questionnaire) -> Layout:
    """``id``, ``id[option]``, ``id[rank]``, ``id[other]``: brackets, which no id holds."""
    return Layout(lambda variable, _, part: f"{variable.id}[{part}]" if part else variable.id)


def spss(questionnaire: Questionnaire) -> Layout:
    """Names SPSS accepts: a letter first, plain letters and digits, 64 bytes, unique whatever the case."""
    names: dict[tuple[str, Shape, str], str] = {}
    taken = set(_RESERVED)
    wished = Layout(_spss_wish, ranking=Shape.PLACE)
    for column in wished.fields(questionnaire):
        stem, number = _spss_name(column.name), 2
        name = stem
        while name.casefold() in taken:
            name, number = f"{stem[:58]}_{number}", number + 1
        taken.add(name.casefold())
        names[column.variable.id, column.shape, column.part] = name
    return Layout(lambda variable, shape, part: names[variable.id, shape, part], ranking=Shape.PLACE)


def _spss_wish(variable: Variable, shape: Shape, part: str) -> str:
    middle = {Shape.PLACE: "_rang_", Shape.OPTION: "_"}
    if shape is Shape.OTHER:
        return f"{variable.id}_autre"
    return f"{variable.id}{middle[shape]}{part}" if part else variable.id


def _spss_name(wished: str) -> str:
    bare = unicodedata.normalize("NFKD", wished).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9]+", "_", bare).strip("_")
    return (name if name[:1].isalpha() else f"v_{name}")[:60].rstrip("_")


_RESERVED = frozenset(["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"])


def kobo(questionnaire: Questionnaire) -> Layout:
    """ODK paths: ``group/question``, ``group/block/row``, ``group/question/option``, ``group/question_other``."""
    groups = {item.id: group.id for group in questionnaire.groups for item in group.items}

    def named(variable: Variable, shape: Shape, part: str) -> str:
        item = variable.item
        stem = f"{groups[item.id]}/{item.id}/" if isinstance(item, Rows) else f"{groups[item.id]}/"
        if shape is Shape.OTHER:
            return f"{stem}{variable.id}_other"
        return f"{stem}{variable.id}/{part}" if part else f"{stem}{variable.id}"

    return Layout(named, multiple=(Shape.WHOLE, Shape.OPTION), ranking=Shape.WHOLE)


def limesurvey(questionnaire: Questionnaire) -> Layout:
    """``Q1[SQ001]``, with the codes our LimeSurvey structure of the same questionnaire gives."""
    from labqvt_forms.formats.limesurvey.structure import Structure  # noqa: PLC0415 - needed for these files only

    structure = Structure(questionnaire)
    structure.build()
    codes: dict[str, dict[str, str]] = {}
    names: dict[tuple[str, str], str] = {}
    for item in questionnaire.items:
        question = structure.by_item[item.id]
        for key, ours_ in question.ours.get("codes", {}).items():
            scale, _, theirs = key.partition(":")
            codes.setdefault(f"{item.id}:{scale}", {})[theirs] = ours_
        names[item.id, ""] = question.code
        if isinstance(item, MultipleChoice):
            for option, choice in zip(question.subquestions, item.choices.choices, strict=True):
                names[item.id, choice.code] = f"{question.code}[{option.code}]"
        elif isinstance(item, Rows):
            for option, row in zip(question.subquestions, item.rows, strict=True):
                names[item.id, row.id] = f"{question.code}[{option.code}]"

    def named(variable: Variable, shape: Shape, part: str) -> str:
        if variable.row is not None:
            stem = names[variable.item.id, variable.row.id]
            return f"{stem}[{variable.side}]" if variable.side else stem
        if shape is Shape.OPTION:
            return names[variable.item.id, part]
        return f"{names[variable.item.id, '']}[{part}]" if part else names[variable.item.id, ""]

    by_variable = {
        variable.id: known
        for variable in questionnaire.answer_variables
        if (known := codes.get(f"{variable.item.id}:{max(variable.side - 1, 0)}"))
    }
    return Layout(named, codes=by_variable)


def limesurvey_vv(questionnaire: Questionnaire) -> Layout:
    """``Q1_SQ001``, and ``Q1_SQ001_0`` for the first side of a dual block, as the second line of a VV file."""
    brackets = limesurvey(questionnaire)

    def named(variable: Variable, shape: Shape, part: str) -> str:
        name = brackets.naming(variable, shape, part)
        if variable.side:
            name = f"{name.removesuffix(f'[{variable.side}]')}[{variable.side - 1}]"
        return name.replace("][", "_").replace("[", "_").removesuffix("]")

    return Layout(named, codes=brackets.codes)


LAYOUTS: Final = (ours, spss, kobo, limesurvey, limesurvey_vv)
"""Those a file is compared with, the cheapest first."""
