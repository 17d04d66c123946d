"""A file of answers before it is read against its questionnaire."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from labqvt_forms.workbook_cells import cell_text


@dataclass(frozen=True, slots=True)
class TickedSet:
    """A multiple-response set of SPSS: the columns where ``ticked`` means that the option was chosen."""

    name: str
    label: str
    ticked: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """Cells as text, by column; ``first_row`` is the number the first answer bears in the file.

    ``labels``, ``missing`` and ``sets`` hold, for files that know them (SAV), the label of each value of each
    column, the values declared missing, and the sets of columns that make one multiple choice. ``inert``: the
    texts went through a spreadsheet, which an apostrophe keeps from running them.
    """

    headers: list[str]
    columns: list[tuple[str, ...]]
    n: int
    first_row: int = 2
    second_headers: tuple[str, ...] = ()
    labels: dict[str, dict[str, str]] | None = None
    missing: dict[str, frozenset[str]] | None = None
    sets: tuple[TickedSet, ...] = ()
    inert: bool = False


def value_text(value: object) -> str:
    """Write a typed value as its text; missing values are empty."""
    if isinstance(value, str):
        return value.strip()
    if value is None or value != value:  # noqa: PLR0124 - only a missing number differs from itself
        return ""
    if isinstance(value, dt.datetime | float | bool):
        return ("1" if value else "0") if isinstance(value, bool) else cell_text(value)
    if isinstance(value, list | tuple):
        return " ".join(value_text(part) for part in value)
    return str(value)
