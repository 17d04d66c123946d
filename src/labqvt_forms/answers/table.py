"""Answers as columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final


class Declined(Enum):
    """The person chose « je préfère ne pas répondre »: neither blank nor an answer."""

    DECLINED = "declined"

    def __repr__(self) -> str:
        return "DECLINED"


DECLINED: Final = Declined.DECLINED
NOT_ASKED_CODE: Final = "-99"
"""How files of ours write that a condition kept the question away; read back as blank, which it is."""
OTHER: Final = "-oth-"
"""The answer « Autre » of a single choice, when its words are not known."""

Cell = str | Declined | None


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """Answers read from a file.

    ``columns[id][r]`` is what the r-th row answered to the variable ``id``: a code (or number, text, date) as
    a string, None when blank, DECLINED. Ticked codes of a multiple choice, and ranked codes, are joined by
    spaces; nothing ticked is blank. ``extra`` holds the columns asked for beside the questionnaire; ``unread``
    are the headers of filled columns nobody asked for.
    """

    n: int
    columns: Mapping[str, tuple[Cell, ...]]
    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    def row(self, number: int) -> dict[str, Cell]:
        """Return the answers of one row (from 0) by variable id."""
        return {id_: cells[number] for id_, cells in self.columns.items()}
