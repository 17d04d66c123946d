"""XLSX: typed cells, headed and sized columns, a dictionary, and no formula but the reader's own."""

import io
from dataclasses import dataclass
from typing import Any, Final

from labqvt.documents.fonts import measure
from labqvt.documents.glyphs import clean
from labqvt.documents.tables import Cell, Column, Table, written
from labqvt.documents.words import words_of
from labqvt.foundation.design.tokens import LIGHT
from labqvt.foundation.typography import typo

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
NAME_LIMIT: Final = 31
NARROWEST, WIDEST = 9.0, 60.0  # characters
DIGIT: Final = 7.0  # pixels of a digit in the default face, the unit of column widths


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table on one sheet. ``name`` is shortened and cleaned to what spreadsheets accept."""

    name: str
    table: Table


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets in order, after a sheet of notes and before the meaning of columns, when there are any."""

    title: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
    dictionary: bool = True
    author: str = ""


def render_xlsx(workbook: Workbook, language: str = "fr") -> bytes:
    """Write the workbook; every text stays text, even one that begins like a formula."""
    import xlsxwriter  # noqa: PLC0415 - loaded only when a workbook is asked for

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(
            {"title": typo(clean(workbook.title), language), "author": clean(workbook.author)}
        )
        writer = _Writer(book, language)
        if workbook.notes:
            writer.notes(workbook.title, workbook.notes)
        for sheet in workbook.sheets:
            writer.sheet(sheet)
        if workbook.dictionary and any(
            column.meaning for sheet in workbook.sheets for column in sheet.table.columns
        ):
            writer.dictionary(workbook.sheets)
    return buffer.getvalue()


class _Writer:
    def __init__(self, book: Any, language: str) -> None:
        self.book, self.language, self.words = book, language, words_of(language)
        self.names: set[str] = set()
        top = {"valign": "top", "text_wrap": True}
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 2, "font_color": LIGHT.ink,
             "bottom_color": LIGHT.primary, "bg_color": LIGHT.primary_soft}
        )  # fmt: skip
        self.title = book.add_format({"bold": True, "font_size": 14, "font_color": LIGHT.primary})
        self.text = book.add_format(top)
        self.guarded = book.add_format(top | {"quote_prefix": True})
        self.quiet = book.add_format({"font_color": LIGHT.ink_soft, "text_wrap": True, "valign": "top"})
        self._numbers: dict[str, Any] = {}

    def sheet(self, sheet: Sheet) -> None:
        """Head frozen and filtered, one record a row: easy to sort, easy to load elsewhere."""
        page, table = self.book.add_worksheet(self._name(sheet.name)), sheet.table
        for x, column in enumerate(table.columns):
            page.write_string(0, x, self._say(column.label), self.head)
            page.set_column(x, x, self._width(table, x))
        for y, row in enumerate(table.rows, start=1):
            for x, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
                self._cell(page, (y, x), cell, column)
        page.freeze_panes(1, 1)
        if table.rows:
            page.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        page.repeat_rows(0)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_footer("&L&A&R&P / &N")
        if table.note:
            page.write_string(len(table.rows) + 2, 0, self._say(table.note), self.quiet)

    def notes(self, title: str, notes: tuple[str, ...]) -> None:
        page = self.book.add_worksheet(self._name(self.words.notes_sheet))
        page.set_column(0, 0, 100)
        page.hide_gridlines(2)
        page.write_string(0, 0, self._say(title), self.title)
        for y, note in enumerate(notes, start=2):
            page.write_string(y, 0, self._say(note), self.text)

    def dictionary(self, sheets: tuple[Sheet, ...]) -> None:
        rows = tuple(
            (sheet.name, column.label, column.meaning, column.unit)
            for sheet in sheets for column in sheet.table.columns if column.meaning
        )  # fmt: skip
        heads = (
            self.words.sheet_column,
            self.words.summary_column,
            self.words.meaning_column,
            self.words.unit_column,
        )
        self.sheet(Sheet(self.words.dictionary_sheet, Table(tuple(Column(head) for head in heads), rows)))

    def _say(self, text: str) -> str:
        return typo(clean(text), self.language)

    def _cell(self, page: Any, place: tuple[int, int], cell: Cell, column: Column) -> None:
        if cell is None:
            return
        if isinstance(cell, bool):
            page.write_boolean(*place, cell)
        elif isinstance(cell, str):
            text = clean(cell)
            page.write_string(*place, text, self.guarded if text.startswith(FORMULA_STARTS) else self.text)
        else:
            page.write_number(*place, cell, self._number(column))

    def _number(self, column: Column) -> Any:
        shown = "#,##0" + ("." + "0" * column.decimals if column.decimals else "")
        shown += f'" {column.unit}"' if column.unit else ""
        if shown not in self._numbers:
            self._numbers[shown] = self.book.add_format({"num_format": shown, "valign": "top"})
        return self._numbers[shown]

    def _width(self, table: Table, x: int) -> float:
        """As wide as the longest text, within reason; the rest wraps."""
        column = table.columns[x]
        texts = [column.label, *(written(row[x], column, self.language) for row in table.rows[:500])]
        widest = max(measure(text, 14.5) for text in texts) / DIGIT + 3
        return min(WIDEST, max(NARROWEST, widest))

    def _name(self, wished: str) -> str:
        cleaned = "".join(" " if character in "[]:*?/\\" else character for character in clean(wished)).strip(
            " '"
        )
        name = base = cleaned[:NAME_LIMIT] or "…"
        rank = 2
        while name.lower() in self.names:
            suffix = f" {rank}"
            name, rank = base[: NAME_LIMIT - len(suffix)] + suffix, rank + 1
        self.names.add(name.lower())
        return name
