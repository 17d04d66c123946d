"""SPSS files as raw text columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from labqvt_forms.answers import sav_program
from labqvt_forms.answers.raw import RawTable, TickedSet, value_text
from labqvt_forms.apart import told_apart
from labqvt_forms.errors import FileError


def from_sav(path: Path, *, ours: bool = False) -> RawTable:
    """Read a .sav; ``ours`` when this process has just written it, so that none other is needed."""
    told = told_by_sav(path, ours=ours)
    headers = told["names"]
    columns = [tuple(map(value_text, cells)) for cells in told["cells"]]
    labels = {
        name: {value_text(value): label for value, label in known} for name, known in told["labels"].items()
    }
    missing = {
        name: _declared_missing(told["missing"][name], cells)
        for name, cells in zip(headers, columns, strict=True)
        if name in told["missing"]
    }
    n = len(columns[0]) if columns else 0
    described = tuple(told["described"])
    return RawTable(headers, columns, n, 1, described, labels, missing, tuple(_ticked_sets(told["sets"])))


def told_by_sav(path: Path, *, ours: bool = False) -> dict[str, Any]:
    """Return all the file holds, as ``sav_program`` prints it; a damaged one is refused."""
    try:
        return (
            sav_program.contents(str(path))
            if ours
            else told_apart(sav_program.__file__, str(path.absolute()))
        )
    except ValueError as error:
        raise FileError(f"ce fichier SPSS ne se lit pas ({error}).") from error


def _declared_missing(declared: Iterable[tuple[Any, Any]], cells: Iterable[str]) -> frozenset[str]:
    """Values declared missing, one by one or as those of the column that a range covers."""
    found = set()
    filled = {cell for cell in cells if cell}
    for low, high in declared:
        if low == high:
            found.add(value_text(low))
        elif not isinstance(low, str) and not isinstance(high, str):
            found |= {cell for cell in filled if _is_number(cell) and low <= float(cell) <= high}
    return frozenset(found)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _ticked_sets(sets: Iterable[tuple[str, str, object, list[str]]]) -> Iterator[TickedSet]:
    for name, label, ticked, columns in sets:
        yield TickedSet(name.removeprefix("$"), label, value_text(ticked), tuple(columns))
