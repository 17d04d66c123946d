"""What each dialect of answers does not hold: one committed table per dialect, read by the writers."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from labqvt_forms.answers.layout import Field, Shape
from labqvt_forms.answers.sheet import AnswerSheet
from labqvt_forms.answers.table import DECLINED, Cell
from labqvt_forms.answers.workbook import number_exactly
from labqvt_forms.items import Kind
from labqvt_forms.notices import some

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f]")
TABLES: Final = Path(__file__).parent


@cache
def table_of(dialect: str) -> dict[str, tuple[bool, str]]:
    """Return, by feature, whether the dialect keeps it and why not."""
    with (TABLES / f"{dialect}.csv").open(encoding="utf-8", newline="") as file:
        return {row["feature"]: (row["kept"] == "yes", row["why"]) for row in csv.DictReader(file)}


def lost(dialect: str, title: str, sheet: AnswerSheet) -> Iterator[str]:
    """Yield one sentence per feature these answers use and the dialect does not keep."""
    for feature, (kept, why) in table_of(dialect).items():
        if not kept and (touched := list(dict.fromkeys(FEATURES[feature](sheet)))):
            yield f"{title} : {why} ({some(touched)})."


def _columns(sheet: AnswerSheet) -> Iterator[tuple[Field, tuple[Cell, ...]]]:
    for field in sheet.fields:
        yield field, sheet.prepared.columns[field.variable.id]


def _not_asked(sheet: AnswerSheet) -> Iterator[str]:
    for field in sheet.fields:
        if sheet.prepared.not_asked.get(field.variable.id) and not _worded(field):
            yield field.variable.id


def _not_asked_words(sheet: AnswerSheet) -> Iterator[str]:
    for field in sheet.fields:
        if sheet.prepared.not_asked.get(field.variable.id) and _worded(field):
            yield field.variable.id


def _worded(field: Field) -> bool:
    return field.free or field.variable.kind in (Kind.DATE, Kind.LANGUAGE)


def _declined_unlisted(sheet: AnswerSheet) -> Iterator[str]:
    for field, cells in _columns(sheet):
        choices = field.variable.choices
        if DECLINED in cells and (choices is None or choices.declining is None):
            yield field.variable.id


def _blank_end(sheet: AnswerSheet) -> Iterator[str]:
    """Sheets at the end where nothing is written: no line of a text or of a workbook shows them."""
    if sheet.prepared.n and not any(column[-1].strip() for column in sheet.columns):
        yield "dernières lignes"


def _long_texts(sheet: AnswerSheet) -> Iterator[str]:
    return _longer(sheet, len)


def _heavy_texts(sheet: AnswerSheet) -> Iterator[str]:
    return _longer(sheet, lambda text: len(text.encode()))


def _longer(sheet: AnswerSheet, length: Callable[[str], int]) -> Iterator[str]:
    """Texts longer than both Excel and SPSS hold, in signs for one and in bytes for the other."""
    for field, cells in _columns(sheet):
        if field.free and any(isinstance(cell, str) and length(cell) > 32_767 for cell in set(cells)):
            yield field.variable.id


def _precise_numbers(sheet: AnswerSheet) -> Iterator[str]:
    for field, cells in _columns(sheet):
        if field.variable.kind is Kind.NUMBER:
            numbers = {cell for cell in cells if isinstance(cell, str)}
            if any(number_exactly(number) is None for number in numbers):
                yield field.variable.id


def _recoded(sheet: AnswerSheet) -> Iterator[str]:
    for field in sheet.fields:
        variable = field.variable
        if variable.choices is not None and field.shape is Shape.WHOLE:
            codes = (choice.code for choice in variable.choices.choices)
            if any(sheet.words.code(variable, code) != code for code in codes):
                yield variable.id


def _signs(sheet: AnswerSheet) -> Iterator[str]:
    for field, cells in _columns(sheet):
        if field.free and any(isinstance(cell, str) and _CONTROL.search(cell) for cell in set(cells)):
            yield field.variable.id


def _sets(sheet: AnswerSheet) -> Iterator[str]:
    for field in sheet.fields:
        if field.shape is Shape.OPTION:
            yield field.variable.id


FEATURES: Final[dict[str, Callable[[AnswerSheet], Iterator[str]]]] = {
    "not_asked": _not_asked,
    "not_asked_texts": _not_asked_words,
    "declined_unlisted": _declined_unlisted,
    "blank_last_rows": _blank_end,
    "long_texts": _long_texts,
    "heavy_texts": _heavy_texts,
    "precise_numbers": _precise_numbers,
    "codes": _recoded,
    "sets": _sets,
    "signs": _signs,
}
