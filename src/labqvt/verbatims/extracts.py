"""Extracts and named themes: what a second pair of eyes looks at, and what appears."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from labqvt.evidence import kept_texts
from labqvt.evidence.models import SealedText, TextReading
from labqvt.instruments.free_texts import text_keys, words_asked
from labqvt_forms import Questionnaire

Extracts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to look at a second time: an extract, or the name of a theme."""

    key: str
    question: str
    words: str
    is_theme: bool = False


def numbered(reading: TextReading) -> list[Entry]:
    """What awaits the second look, question by question: themes first, then extracts in the order of chance."""
    campaign = reading.campaign
    proposed = kept_texts.every(campaign, {SealedText.State.PROPOSED})
    entries = []
    for question in campaign.parameters["texts"]["questions"]:
        entries += [
            Entry(f"t.{question}.{rank}", question, label, is_theme=True)
            for rank, label in enumerate(reading.named.get(question, []), start=1)
        ]
        entries += [
            Entry(f"x.{place.number}", question, text.words)
            for place, text in proposed
            if place.question == question
        ]
    return entries


def published(
    approved: Sequence[Entry], form: Questionnaire, *, least: int, deal: Callable[[Sequence[str]], list[str]]
) -> Extracts:
    """What appears: no number, no date, no group, in a new order; never fewer than ``least`` extracts to a question."""
    questions = []
    for key in text_keys(form):
        here = [entry for entry in approved if entry.question == key]
        quoted = [entry.words for entry in here if not entry.is_theme]
        found = {
            "id": key,
            "labels": {language: words_asked(form, key, language) for language in form.languages},
            "themes": [entry.words for entry in here if entry.is_theme],
            "quotations": deal(quoted) if len(quoted) >= least else [],
        }
        if found["themes"] or found["quotations"]:
            questions.append(found)
    return {"questions": questions}
