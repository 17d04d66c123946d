"""Lists people bring – pasted, a CSV, a workbook – as rows of cells. What a row means is said by the room that reads it."""

import csv
import io
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from labqvt_forms.errors import FormError
from labqvt_forms.spreadsheets import is_spreadsheet, load_sheets

_SEPARATORS: Final = ";\t,"
# A name may hold a comma: under a first line without any sign, only these part columns.
_SURE_SEPARATORS: Final = ";\t"


class UnreadableListError(ValueError):
    """No row can be read; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Rows:
    """``first`` is the number of the first row as the person sees it in their own file."""

    first: int
    cells: list[list[str]]


def sheets_of(content: bytes, *, first_filled: bool = False) -> list[Rows]:
    """The tables of a CSV or of a workbook; ``first_filled`` keeps the first sheet with something on it."""
    if not is_spreadsheet(content):
        return [Rows(1, rows_of(_decoded(content)))]
    try:
        sheets = load_sheets(content, first_filled=first_filled)
    except FormError as error:
        raise UnreadableListError(str(error)) from error
    return [Rows(sheet.first_row, sheet.rows) for sheet in (sheets[-1:] if first_filled else sheets)]


def rows_of(text: str) -> list[list[str]]:
    """Rows of a pasted text: semicolons, tabs of a spreadsheet, or commas; a plain list of names too."""
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    separator = _separator_of(text)
    if not separator:
        return [[line] for line in text.splitlines()]
    try:
        return list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error as error:  # a quotation mark never closed swallows the rest
        raise _unreadable() from error


def _separator_of(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    found = max(_SEPARATORS, key=first.count)
    if found in first:
        return found
    return next((sign for sign in _SURE_SEPARATORS if sign in text), "")


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable()


def _unreadable() -> UnreadableListError:
    return UnreadableListError(_("Cette liste ne se lit pas : enregistrez-la en CSV ou en XLSX."))
