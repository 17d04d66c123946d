"""Spreadsheets (.xlsx, .xls) as rows of text cells."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from labqvt_forms.compound_file import refuse_endless_chains
from labqvt_forms.errors import FileError
from labqvt_forms.intake import opened_zip

OLD_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SPREADSHEET_STARTS = (b"PK\x03\x04", OLD_START)
MOST_CELLS = 20_000_000
DAMAGED = "ce classeur est abîmé ou n’en est pas un : ouvrez-le et enregistrez-le de nouveau."


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; ``rows[0]`` is its row ``first_row`` (from 1, as spreadsheets count)."""

    name: str
    rows: list[list[str]]
    first_row: int = 1


def is_spreadsheet(content: bytes) -> bool:
    return content.startswith(SPREADSHEET_STARTS)


def load_sheets(
    content: bytes, *, only: frozenset[str] | None = None, first_filled: bool = False, ours: bool = False
) -> list[Sheet]:
    """Read the sheets of a workbook; ``only`` keeps those whose lowercase name is in it.

    ``first_filled`` stops at the first sheet where something is written; ``ours`` trusts a workbook this process
    has just written not to be vast.
    """
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - light import of the package

    if not ours:
        refuse_vast_sheets(content)
    if content.startswith(OLD_START):
        refuse_endless_chains(content)
    with panics_caught():
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        wanted = [name for name in workbook.sheet_names if only is None or name.strip().lower() in only]
        sheets = []
        for name in wanted:
            sheets.append(_sheet(workbook.get_sheet_by_name(name), name))
            if first_filled and any(any(row) for row in sheets[-1].rows):
                break
        return sheets


_quiet = threading.Lock()


@contextmanager
def panics_caught(refusal: str = DAMAGED) -> Iterator[None]:
    """Turn whatever a damaged file does to a Rust reader into one refusal.

    A panic is not an Exception, and writes a page on the error output before it is raised: that output is
    closed meanwhile, one thread at a time.
    """
    with _quiet:
        kept = os.dup(2)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        try:
            yield
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException as error:
            raise FileError(refusal) from error
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            os.close(nowhere)


def _sheet(sheet: Any, name: str) -> Sheet:
    rows = sheet.to_python(skip_empty_area=True)
    first_row = sheet.start[0] + 1 if sheet.start else 1
    return Sheet(name.strip(), [[cell_text(value) for value in row] for row in rows], first_row)


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


_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_SHEET = re.compile(r"xl/worksheets/.*\.(xml|bin)")


def refuse_vast_sheets(content: bytes) -> None:
    """Refuse a sheet whose farthest cells would make a dense table too large for the memory."""
    if not content.startswith(b"PK"):
        return
    with opened_zip(content) as archive:
        names = archive.namelist()
        if not any(name.startswith("xl/") for name in names):
            raise FileError("ce fichier compressé n’est pas un classeur Excel (.xlsx).")
        for name in names:
            if _SHEET.fullmatch(name):
                _refuse_vast(archive.read(name))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _refuse_vast(sheet: bytes) -> None:
    columns, rows = {b""}, {b"0"}
    for match in _CELL.finditer(sheet):
        columns.add(match[1])
        rows.add(match[2])
    farthest_column, farthest_row = max(map(_column_number, columns)), max(map(int, rows))
    if farthest_row * farthest_column > MOST_CELLS:
        raise FileError(
            f"une feuille s’étend sur {farthest_row} lignes et {farthest_column} colonnes : "
            "supprimez les lignes et colonnes vides, puis enregistrez."
        )
