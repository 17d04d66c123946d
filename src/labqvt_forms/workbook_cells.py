"""The cells of a workbook as text. Imports nothing of the package: see ``apart``."""

from __future__ import annotations

import datetime as dt
from typing import Any

Sheets = list[tuple[str, int, list[list[str]]]]


def contents(source: Any, only: list[str] | None, first_filled: bool) -> Sheets:
    """Return name, number of the first row and rows of each sheet; ``source`` is a path or an open file.

    ``only`` keeps sheets by lower-case name; ``first_filled`` stops at the first where something is written.
    """
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - light import of the package

    opened = CalamineWorkbook.from_path if isinstance(source, str) else CalamineWorkbook.from_filelike
    workbook = opened(source)
    sheets: Sheets = []
    for name in workbook.sheet_names:
        if only is not None and name.strip().lower() not in only:
            continue
        sheet = workbook.get_sheet_by_name(name)
        rows = [[cell_text(value) for value in row] for row in sheet.to_python(skip_empty_area=True)]
        sheets.append((name.strip(), sheet.start[0] + 1 if sheet.start else 1, rows))
        if first_filled and any(any(row) for row in rows):
            break
    return sheets


def cell_text(value: object) -> str:
    """Write a cell as its author sees it: 3 rather than 3.0, TRUE, ISO dates."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    return str(value).strip()
