"""Answers as an Excel workbook: codes, labels, dictionary."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from labqvt_forms.answers.decoding import plain_number
from labqvt_forms.answers.dictionary import declined_words, dictionary_csv, not_asked_words
from labqvt_forms.answers.encoding import Words
from labqvt_forms.answers.export import Export
from labqvt_forms.answers.guarding import guarded
from labqvt_forms.answers.layout import Field, Shape, ours
from labqvt_forms.answers.preparing import Prepared
from labqvt_forms.answers.sheet import AnswerSheet, laid_out
from labqvt_forms.answers.table import NOT_ASKED_CODE, OTHER
from labqvt_forms.answers.workbook_rows import LONGEST, with_rows
from labqvt_forms.choices import DECLINED_CODE
from labqvt_forms.items import Kind, SingleChoice
from labqvt_forms.workbook_cells import cell_text

_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")


def write_xlsx(prepared: Prepared, language: str, _: str) -> Export:
    """Write three sheets: the codes (what is read back), the labels for people, the dictionary."""
    import xlsxwriter  # noqa: PLC0415 - for workbooks only

    sheet = laid_out(prepared, ours(prepared.questionnaire), Words(), language)
    header, *described = sheet.dictionary()
    labels, in_words = _in_words(sheet, language)
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    title = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for name, titles in (("codes", sheet.names), ("libellés", labels), ("dictionnaire", header)):
        worksheet = book.add_worksheet(name)
        worksheet.freeze_panes(1, 0)
        for position, words in enumerate(titles):
            worksheet.write_string(0, position, guarded(words)[:LONGEST], title)
    book.close()
    sheets = [sheet.columns, in_words, list(zip(*described, strict=True))]
    inert = {number: _inert(columns) for number, columns in enumerate(sheets, start=1)}
    content = with_rows(file.getvalue(), inert, number_exactly)
    return Export(content, {}, sheet, dictionary_csv(sheet.dictionary(), french=True))


def _inert(columns: Sequence[Sequence[str]]) -> list[list[str]]:
    made = {cell: guarded(cell) for column in columns for cell in set(column)}
    return [[made[cell] for cell in column] for column in columns]


def number_exactly(text: str) -> float | None:
    """Return the number a text writes, if writing it again gives the same text.

    >>> number_exactly("12.5"), number_exactly("03"), number_exactly("0.12345678901234567")
    (12.5, None, None)
    """
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if plain_number(cell_text(number)) == text else None


def _in_words(sheet: AnswerSheet, language: str) -> tuple[list[str], list[list[str]]]:
    """Second sheet: the words of the questions over the words of the answers."""
    headers = [field.label(language) or field.name for field in sheet.fields]
    columns = []
    for field, written in zip(sheet.fields, sheet.columns, strict=True):
        known = _words(field, language, may_be_unasked=field.variable.id in sheet.prepared.not_asked)
        columns.append([known.get(text, text) for text in written])
    return headers, columns


def _words(field: Field, language: str, *, may_be_unasked: bool) -> dict[str, str]:
    """Words of what a column may hold; other texts are their own words."""
    variable = field.variable
    if field.free or (variable.choices is None and variable.kind is not Kind.NUMBER):
        return {}
    words = {NOT_ASKED_CODE: not_asked_words(language)} if may_be_unasked else {}
    if variable.declinable:
        words[DECLINED_CODE] = declined_words(language)
    if isinstance(variable.item, SingleChoice) and variable.item.other:
        words[OTHER] = "Other" if language == "en" else "Autre"
    choices = variable.choices.choices if variable.choices is not None else ()
    labels = {choice.code: choice.label.pick(language) or choice.code for choice in choices}
    if field.shape is Shape.OPTION:
        return words | {"0": "", "1": labels[field.part]}
    return words | labels
