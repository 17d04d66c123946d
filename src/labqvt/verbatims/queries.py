"""What the reader’s table and the diagnosis show of the texts of a campaign."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from labqvt.campaigns import text_rules
from labqvt.campaigns.models import Campaign
from labqvt.evidence import kept_texts
from labqvt.evidence.models import Release, SealedText, TextReading
from labqvt.evidence.queries import reading_of_texts
from labqvt.instruments.free_texts import words_asked
from labqvt.verbatims.extracts import Entry
from labqvt.verbatims.told import Told
from labqvt_forms import Questionnaire

Text = SealedText.State
TO_DO = frozenset({Text.UNREAD, Text.BEGUN})


@dataclass(frozen=True, slots=True)
class Pile:
    """The texts to one question, for their reader."""

    question: str
    words: str
    places: tuple[kept_texts.Place, ...]

    @property
    def done(self) -> int:
        return sum(place.state not in TO_DO for place in self.places)

    @property
    def total(self) -> int:
        return len(self.places)


def piles_of(reading: TextReading, language: str) -> list[Pile]:
    """The table of the reader, question by question."""
    form = reading.campaign.version.form
    by_question: dict[str, list[kept_texts.Place]] = {}
    for place in kept_texts.places(reading.campaign):
        by_question.setdefault(place.question, []).append(place)
    return [
        Pile(question, words_asked(form, question, language), tuple(places))
        for question, places in by_question.items()
    ]


def next_to_read(piles: list[Pile], after: int = 0) -> int | None:
    """The number of the next text to settle, those passed over last."""
    waiting = [place.number for pile in piles for place in pile.places if place.state in TO_DO]
    return next((number for number in waiting if number > after), waiting[0] if waiting else None)


def unread_in(piles: list[Pile]) -> int:
    return Counter(place.state in TO_DO for pile in piles for place in pile.places)[True]


def review_groups(
    entries: list[Entry], form: Any, questionnaire: Questionnaire, language: str
) -> list[dict[str, Any]]:
    """The fields of the second look, question by question."""
    groups: dict[str, list[Any]] = {}
    for entry in entries:
        groups.setdefault(entry.question, []).append(form[entry.key])
    return [
        {"words": words_asked(questionnaire, question, language), "fields": fields}
        for question, fields in groups.items()
    ]


def told_of(campaign: Campaign, release: Release) -> Told | None:
    """The same words for everybody; before the announced day, whether texts were kept is nobody’s to know.

    None when no text was to be read at all.
    """
    plan = text_rules.plan_of(campaign)
    if plan is None or not release.shown:
        return None
    reading = reading_of_texts(campaign)
    if reading is not None and reading.published_at is not None:
        questions = tuple(reading.content["questions"])
        return Told(questions, timezone.localtime(reading.published_at).date())
    last = text_rules.last_day(plan, timezone.localtime(release.released_at).date())
    return Told(awaited_until=last if timezone.localdate() <= last else None)
