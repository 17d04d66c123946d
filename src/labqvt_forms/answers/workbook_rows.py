"""Rows of a worksheet, written into a workbook at one go.

A library that takes cells one by one needs seconds for an ordinary table of answers. It draws the workbook here
(sheets, titles, frozen lines); the rows below the titles are then put in its XML, each distinct cell made once.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Final

LONGEST: Final = 32_767
"""Signs Excel holds in a cell."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

Columns = Sequence[Sequence[str]]


def with_rows(book: bytes, sheets: Mapping[int, Columns], number_of: Callable[[str], float | None]) -> bytes:
    """Return the workbook with these columns under the titles of its sheets (by number, from 1)."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as drawn,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as filled,
    ):
        names = {f"xl/worksheets/sheet{number}.xml": columns for number, columns in sheets.items()}
        for entry in drawn.infolist():
            content = drawn.read(entry)
            if entry.filename in names:
                content = _filled(content.decode(), names[entry.filename], number_of).encode()
            filled.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _filled(sheet: str, columns: Columns, number_of: Callable[[str], float | None]) -> str:
    count = len(columns[0]) if columns else 0
    letters = [_letters(position) for position in range(len(columns))]
    cells = [_cells(letter, column, number_of) for letter, column in zip(letters, columns, strict=True)]
    rows = [
        f'<row r="{number}">{"".join(row)}</row>'
        for number, row in enumerate(zip(*cells, strict=True), start=2)
    ]
    sheet = re.sub(
        r'<dimension ref="[^"]*"/>', f'<dimension ref="A1:{letters[-1]}{count + 1}"/>', sheet, count=1
    )
    return sheet.replace("</sheetData>", f"{''.join(rows)}</sheetData>", 1)


def _cells(letter: str, column: Sequence[str], number_of: Callable[[str], float | None]) -> list[str]:
    made = {text: _cell(text, number_of) for text in set(column)}
    return [
        f'<c r="{letter}{number}"{made[text]}' if text else "" for number, text in enumerate(column, start=2)
    ]


def _cell(text: str, number_of: Callable[[str], float | None]) -> str:
    number = number_of(text) if text else None
    if number is not None:
        return f"><v>{number:.16g}</v></c>"
    kept = _CONTROLS.sub(lambda sign: f"_x{ord(sign[0]):04X}_", _ESCAPE_LIKE.sub("_x005F_", text[:LONGEST]))
    return f' t="inlineStr"><is><t xml:space="preserve">{escape(kept, quote=False)}</t></is></c>'


def _letters(position: int) -> str:
    """Name a column as spreadsheets do.

    >>> _letters(0), _letters(25), _letters(26), _letters(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(65 + rest) + name
    return name
