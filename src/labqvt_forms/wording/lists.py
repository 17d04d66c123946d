"""Answer choices: balance of a scale, overlapping numbers, twice the same words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from labqvt_forms.choices import Choice, ChoiceList, Opinion, Role
from labqvt_forms.wording.texts import plain

_TWO_SIDED: Final = re.compile(
    r"accord|satisf|\bfacile|\bdifficile|\bbon(?:ne)?s?\b|\bmauvais|favorable|agree|\bgood\b|\bbad\b|\bpoor\b|\beasy\b|\bdifficult\b"
)
_AGAINST: Final = re.compile(
    r"\bpas\b|désaccord|insatisf|mécontent|mauvais|défavorable|\bpeu\b|\bmal\b|difficile|"
    r"disagree|dissatisf|\bnot\b|\bpoor\b|\bbad\b|unfavo|difficult"
)
_MIDDLE: Final = re.compile(
    r"\bni\b.*\bni\b|neutre|moyen|mitigé|neither|neutral|ni d’accord|sans avis|\bfair\b|\baverage\b|\bcorrect"
)


@dataclass(frozen=True, slots=True)
class Balance:
    """How many choices stand on each side of a scale that has two."""

    against: int
    middle: int
    in_favour: int


def balance_of(choices: ChoiceList, language: str) -> Balance | None:
    """Count the sides of a scale of agreement, satisfaction or quality; None for any other list."""
    answers = [choice for choice in choices.choices if choice.role is Role.ANSWER]
    labels = [plain(choice.label.get(language) or "") for choice in answers]
    if (
        len(answers) < 3
        or not all(labels)
        or sum(map(bool, map(_TWO_SIDED.search, labels))) * 2 < len(labels)
    ):
        return None
    sides = [choice.opinion or _side(label) for choice, label in zip(answers, labels, strict=True)]
    found = Balance(*(sides.count(side) for side in Opinion))
    return found if found.against and found.in_favour else None


def _side(label: str) -> Opinion:
    if _MIDDLE.search(label):
        return Opinion.NEUTRAL
    return Opinion.UNFAVOURABLE if _AGAINST.search(label) else Opinion.FAVOURABLE


_NUMBERS: Final = {
    word: number
    for number, words in enumerate(
        [
            "zéro zero",
            "un une one",
            "deux two",
            "trois three",
            "quatre four",
            "cinq five",
            "six",
            "sept seven",
            "huit eight",
            "neuf nine",
            "dix ten",
            "onze eleven",
            "douze twelve",
            "treize thirteen",
            "quatorze fourteen",
            "quinze fifteen",
            "seize sixteen",
        ]
    )
    for word in words.split()
} | {
    "vingt": 20,
    "twenty": 20,
    "trente": 30,
    "thirty": 30,
    "quarante": 40,
    "forty": 40,
    "cinquante": 50,
    "fifty": 50,
}
LONGEST_RANGE: Final = 100
_NUMBER: Final = r"(\d+(?:[.,]\d+)?)"
_BETWEEN: Final = re.compile(rf"{_NUMBER}\D{{0,12}}?(?:-|–|—|à|to|and|et)\s*{_NUMBER}")
_UNDER: Final = re.compile(rf"(?:<(?!=)|moins d’|moins de|less than|under|avant)\s*{_NUMBER}")
_UP_TO: Final = re.compile(rf"(?:≤|<=|jusqu’à|au plus|up to|at most)\s*{_NUMBER}")
_OVER: Final = re.compile(rf"(?:>(?!=)|plus d’|plus de|more than|over|au-delà de)\s*{_NUMBER}")
_FROM: Final = re.compile(
    rf"(?:≥|>=|à partir de|au moins|at least)\s*{_NUMBER}|{_NUMBER}[^\d–—-]*(?:et plus|ou plus|and over|or more|\+)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers a choice stands for, both ends included."""

    choice: Choice
    low: float
    high: float


def overlapping(choices: ChoiceList, language: str) -> Iterator[tuple[Choice, Choice, float]]:
    """Yield two choices that share a number, and that number: « 10-20 » and « 20-30 » share 20."""
    answers = [choice for choice in choices.choices if choice.role is Role.ANSWER]
    spans = [span for choice in answers if (span := span_of(choice, language)) is not None]
    if len(spans) < 2 or len(spans) < len(answers) - 1:
        return
    spans.sort(key=lambda span: (span.low, span.high))
    for one, other in pairwise(spans):
        if other.low <= one.high:
            yield one.choice, other.choice, other.low


def span_of(choice: Choice, language: str) -> Span | None:
    """Read « moins d’un an », « 1 à 3 ans », « 10-20 », « plus de 20 », « 20 et plus »."""
    label = plain(choice.label.get(language) or "")[:LONGEST_RANGE]
    label = re.sub(r"[^\W\d_]+", lambda word: str(_NUMBERS.get(word[0], word[0])), label)
    label = label.replace("\u202f", "").replace("\u00a0", "").replace(",", ".")
    if match := _UNDER.search(label):
        found = (-math.inf, math.nextafter(float(match[1]), -math.inf))
    elif match := _UP_TO.search(label):
        found = (-math.inf, float(match[1]))
    elif match := _OVER.search(label):
        found = (math.nextafter(float(match[1]), math.inf), math.inf)
    elif match := _FROM.search(label):
        found = (float(match[1] or match[2]), math.inf)
    elif match := _BETWEEN.search(label):
        found = (float(match[1]), float(match[2]))
    elif re.fullmatch(_NUMBER, label):
        found = (float(label), float(label))
    else:
        return None
    return Span(choice, *found) if found[0] <= found[1] else None


def repeated(choices: ChoiceList, language: str) -> Iterator[tuple[Choice, str]]:
    """Yield a choice whose words another one already has."""
    seen: set[str] = set()
    for choice in choices.choices:
        words = plain(choice.label.get(language) or "")
        if words and words in seen:
            yield choice, words
        seen.add(words)
