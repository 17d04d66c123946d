"""What a dialect gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labqvt_forms.answers.sheet import AnswerSheet


@dataclass(frozen=True, slots=True)
class Export:
    """The file, those that go beside it (by name), the columns it was made from, and its dictionary."""

    content: bytes
    beside: Mapping[str, bytes]
    sheet: AnswerSheet
    dictionary: bytes


@dataclass(frozen=True, slots=True)
class WrittenAnswers:
    """A file of answers, the files that go beside it by name, and what it does not hold."""

    content: bytes
    beside: Mapping[str, bytes]
    warnings: tuple[str, ...] = ()
