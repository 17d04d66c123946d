"""The texts of a questionnaire with their place, and how they split into sentences and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from labqvt_forms.items import Item, Note, Question, Row, Rows
from labqvt_forms.questionnaire import Questionnaire
from labqvt_forms.spots import WHOLE, Spot
from labqvt_forms.text import Text

_SENTENCE_END = re.compile(r"(?<=[.!?…;:])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence a person has to answer: the label of a question, or a row of a block."""

    spot: Spot
    text: Text
    item: Question
    row: Row | None = None


def asked(questionnaire: Questionnaire) -> Iterator[Asked]:
    """Yield what people answer; the label of a block is read, its rows are answered."""
    for item in questionnaire.items:
        if isinstance(item, Rows):
            for row in item.rows:
                yield Asked(Spot.row(item.id, row.id), row.label, item, row)
        elif isinstance(item, Question):
            yield Asked(Spot.item(item.id), item.label, item)


def told(questionnaire: Questionnaire) -> Iterator[tuple[Spot, Text]]:
    """Yield what people read besides: introductions, titles of blocks, notes, hints."""
    yield WHOLE, questionnaire.description
    yield WHOLE, questionnaire.welcome
    yield WHOLE, questionnaire.end
    for group in questionnaire.groups:
        yield Spot.group(group.id), group.description
        for item in group.items:
            yield from _told_by(item)


def _told_by(item: Item) -> Iterator[tuple[Spot, Text]]:
    spot = Spot.item(item.id)
    if isinstance(item, Rows | Note):
        yield spot, item.label
    yield spot, item.hint
    if isinstance(item, Rows):
        yield from ((Spot.row(item.id, row.id), row.hint) for row in item.rows)


def sentences_of(text: str) -> list[str]:
    """Split a text where a sentence ends."""
    return [part.strip() for part in _SENTENCE_END.split(text) if _WORD.search(part)]


def words_of(text: str) -> list[str]:
    """Words of a text; « j’ai » counts as two, « rendez-vous » as one."""
    return _WORD.findall(text)


def words_found(pattern: re.Pattern[str], text: str) -> str:
    """Return the first words of a plain text that a pattern is about, or nothing."""
    match = pattern.search(text)
    return match[0] if match else ""


def plain(text: str) -> str:
    """Lower case on one line with curly apostrophes, as the patterns are written."""
    return " ".join(text.replace("'", "’").casefold().split())
