"""Answers as an SPSS file, with the syntax that says what the file itself cannot."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from pathlib import Path
from typing import Any

from labqvt_forms.answers.asking import conditional
from labqvt_forms.answers.dictionary import dictionary_csv, measure
from labqvt_forms.answers.export import Export
from labqvt_forms.answers.layout import Field, spss
from labqvt_forms.answers.preparing import Prepared
from labqvt_forms.answers.sheet import AnswerSheet, laid_out
from labqvt_forms.answers.spss_codes import LONGEST_LABEL, SpssWords, cut, is_numeric, words_of
from labqvt_forms.answers.spss_syntax import syntax
from labqvt_forms.errors import FormatError
from labqvt_forms.items import Date, Precision, SingleChoice

LONGEST_TEXT = 32_767
"""Bytes SPSS holds in a text."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def write_sav(prepared: Prepared, language: str, stem: str) -> Export:
    """Write the .sav, and a .sps beside it with labels, missing values, sets and scores."""
    questionnaire = prepared.questionnaire
    words = words_of(
        questionnaire.answer_variables, dict(prepared.columns), conditional(questionnaire), language
    )
    sheet = laid_out(prepared, spss(questionnaire), words, language)
    content = _saved(sheet, words, questionnaire.title.pick(language))
    beside = {f"{stem}.sps": syntax(sheet, words, f"{stem}.sav").encode("utf-8-sig")}
    return Export(content, beside, sheet, dictionary_csv(sheet.dictionary(), french=True))


def _saved(sheet: AnswerSheet, words: SpssWords, title: str) -> bytes:
    import polars  # noqa: PLC0415 - heavy, for SPSS files only
    import pyreadstat  # noqa: PLC0415 - the same

    series, measures, labels, formats = [], {}, {}, {}
    missing: dict[str, Any] = {}
    for field, cells in zip(sheet.fields, sheet.columns, strict=True):
        series.append(_series(polars, field, cells, words))
        measures[field.name] = measure(field) or "nominal"
        if is_numeric(field):
            if all(cell.removeprefix("-").isdecimal() for cell in set(cells) if cell and cell != words.other):
                formats[field.name] = "F5.0"
            told = words.coded[field.variable.id]
            if told.labels:
                labels[field.name] = {float(number): label for number, label in told.labels.items()}
            if told.missing:
                missing[field.name] = [float(number) for number in told.missing]
    with tempfile.TemporaryDirectory(prefix="labqvt-sav-") as folder:
        path = Path(folder) / "reponses.sav"
        try:
            pyreadstat.write_sav(
                polars.DataFrame(series),
                str(path),
                file_label=cut(title, 64),
                column_labels=[cut(field.label(sheet.language), LONGEST_LABEL) for field in sheet.fields],
                variable_value_labels=labels,
                missing_ranges=missing,
                variable_measure=measures,
                variable_format=formats,
            )
        except (pyreadstat.PyreadstatError, pyreadstat.ReadstatError) as error:
            raise FormatError(f"ces réponses ne s’écrivent pas en SPSS ({error}).") from error
        return path.read_bytes()


def _series(polars: Any, field: Field, cells: list[str], words: SpssWords) -> Any:
    if is_numeric(field):
        numbers = {cell: _number(cell, field, words) for cell in set(cells)}
        return polars.Series(field.name, [numbers[cell] for cell in cells], polars.Float64)
    item = field.variable.item
    if isinstance(item, Date) and item.precision is Precision.DAY:
        days = {cell: _day(cell) for cell in set(cells) if cell}
        if days and None not in days.values():
            return polars.Series(field.name, [days.get(cell) for cell in cells], polars.Date)
    return polars.Series(field.name, [_short(cell) for cell in cells], polars.String)


def _number(cell: str, field: Field, words: SpssWords) -> float | None:
    if not cell:
        return None
    if cell == words.other and isinstance(field.variable.item, SingleChoice):
        return float(words.coded[field.variable.id].other)
    return float(cell)


def _day(cell: str) -> dt.date | None:
    if not _DAY.fullmatch(cell):
        return None
    try:
        return dt.date.fromisoformat(cell)
    except ValueError:
        return None


def _short(cell: str) -> str:
    encoded = cell.encode()
    return cell if len(encoded) <= LONGEST_TEXT else encoded[:LONGEST_TEXT].decode("utf-8", errors="ignore")
