"""How many minutes a questionnaire takes.

Assumptions, meant to be read before the figure is believed:

- Silent reading runs at 200 words a minute, 250 for the quick and 150 for the slow. All that is shown is read
  once: introductions, labels, hints, choices (a list again used is only glanced at).
- Each answer takes the seconds of ``SECONDS`` (think, aim, tick), three quarters of it for the quick and
  half as much again for the slow.
- The low figure counts only what everybody is shown and leaves out the free texts nobody has to fill in;
  the high one counts everything, as if every condition held.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from labqvt_forms.items import Item, Kind, Question, Ranking, Required, Row, Rows, choice_lists
from labqvt_forms.questionnaire import Questionnaire
from labqvt_forms.text import Text
from labqvt_forms.wording.texts import words_of

QUICK_READER, SLOW_READER = 250, 150
QUICK_HAND, SLOW_HAND = 0.75, 1.5
SECONDS: Final = {
    Kind.SINGLE: 5.0,
    Kind.YES_NO: 3.0,
    Kind.MULTIPLE: 9.0,
    Kind.BLOCK: 4.0,
    Kind.DUAL: 8.0,
    Kind.NUMBER: 6.0,
    Kind.NUMBERS: 6.0,
    Kind.RATING: 4.0,
    Kind.TEXT: 15.0,
    Kind.TEXTS: 12.0,
    Kind.RANKING: 5.0,
    Kind.DATE: 8.0,
    Kind.FILE: 60.0,
    Kind.LANGUAGE: 3.0,
    Kind.COMPUTED: 0.0,
    Kind.NOTE: 0.0,
}
"""Seconds per answer: per row of a block, per choice of a ranking."""
LONG_TEXT: Final = 45.0


@dataclass(frozen=True, slots=True)
class Duration:
    """Minutes for a quick and for a slow person, not rounded."""

    low: float
    high: float

    @property
    def whole(self) -> tuple[int, int]:
        """Whole minutes to say « de 4 à 7 minutes »: at least one."""
        return max(1, round(self.low)), max(1, round(self.high))


def expected_minutes(questionnaire: Questionnaire, language: str = "") -> Duration:
    """Estimate how long the questionnaire takes in a language."""
    language = language or questionnaire.language
    seen: set[str] = set()
    around = sum(_count(text, language) for text in (questionnaire.welcome, questionnaire.end))
    low_words, high_words, low_seconds, high_seconds = around, around, 0.0, 0.0
    for group in questionnaire.groups:
        titles = _count(group.title, language) + _count(group.description, language)
        high_words += titles
        low_words += 0 if group.relevant else titles
        for item in group.items:
            words = _words(item, language, seen)
            high_words += words
            high_seconds += _seconds(item)
            if not (group.relevant or item.relevant or _left_out(item)):
                low_words += words
                low_seconds += _seconds(item, only_certain=True)
    low = low_words / QUICK_READER + low_seconds * QUICK_HAND / 60
    return Duration(low, high_words / SLOW_READER + high_seconds * SLOW_HAND / 60)


@lru_cache(maxsize=32768)
def _count(text: Text, language: str) -> int:
    return len(words_of(text.pick(language)))


def _words(item: Item, language: str, seen: set[str]) -> int:
    rows: tuple[Row, ...] = item.rows if isinstance(item, Rows) else ()
    texts = [item.label, item.hint, *(text for row in rows for text in (row.label, row.hint))]
    for choices in choice_lists(item):
        if choices.id not in seen:
            seen.add(choices.id)
            texts += [choice.label for choice in choices.choices]
    return sum(_count(text, language) for text in texts)


def _seconds(item: Item, *, only_certain: bool = False) -> float:
    seconds = LONG_TEXT if getattr(item, "long", False) else SECONDS[item.kind]
    if isinstance(item, Rows):
        return seconds * sum(1 for row in item.rows if not (only_certain and row.relevant))
    if isinstance(item, Ranking):
        return seconds * min(len(item.choices.choices), item.most or len(item.choices.choices))
    return seconds


def _left_out(item: Item) -> bool:
    """A free text or a file that nobody has to give: the quick pass over it."""
    optional = isinstance(item, Question) and item.required is Required.NO
    return optional and item.kind in (Kind.TEXT, Kind.TEXTS, Kind.FILE)
