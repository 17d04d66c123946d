"""Spreadsheets (.xlsx, .xls) as rows of text cells."""

from __future__ import annotations

import io
import os
import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from labqvt_forms import workbook_cells
from labqvt_forms.apart import told_apart
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
    if not ours:
        refuse_vast_sheets(content)
    wanted = None if only is None else sorted(only)
    if content.startswith(OLD_START):
        refuse_endless_chains(content)
    if ours:
        with _panics_caught():
            told = workbook_cells.contents(io.BytesIO(content), wanted, first_filled)
    else:
        told = _told_apart(content, wanted, first_filled)
    return [Sheet(name, rows, first_row) for name, first_row, rows in told]


def _told_apart(content: bytes, only: list[str] | None, first_filled: bool) -> workbook_cells.Sheets:
    """Read a workbook in another process: some damaged ones stop the one that reads them."""
    with tempfile.TemporaryDirectory(prefix="labqvt-xls-") as folder:
        path = Path(folder) / "classeur"
        path.write_bytes(content)
        try:
            told: workbook_cells.Sheets = told_apart(workbook_cells.__file__, str(path), only, first_filled)
        except ValueError as error:
            raise FileError(DAMAGED) from error
    return told


_quiet = threading.Lock()


@contextmanager
def _panics_caught() -> Iterator[None]:
    """Turn whatever a damaged workbook does to the Rust reader into one refusal.

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
            raise FileError(DAMAGED) from error
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            os.close(nowhere)


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
