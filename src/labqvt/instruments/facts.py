"""The few things lists say of a version, worked out when it is saved. No Django here."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from labqvt_forms import Block, DualBlock, Questionnaire, Text
from labqvt_forms.wording import expected_minutes


def facts_of(form: Questionnaire, minutes: int | None = None) -> dict[str, Any]:
    """Titles, languages, pages, questions and minutes (said, else estimated), in the JSON kept beside the content."""
    return {
        "title": dict(form.title),
        "sort": folded(form.title.pick("fr", form.language)),
        "languages": list(form.languages),
        "pages": len(form.groups),
        "questions": len(form.answer_variables),
        "minutes": minutes or minutes_of(form),
    }


def minutes_of(form: Questionnaire) -> int:
    """How long answering takes, between a quick and a slow person."""
    duration = expected_minutes(form)
    return max(1, round((duration.low + duration.high) / 2))


def words_of(form: Questionnaire) -> str:
    """Every word of a questionnaire in every language, once, without accents: what a search looks into."""
    words: set[str] = set()
    for text in _texts(form):
        words |= _words_in(text)
    return " ".join(sorted(words))


@lru_cache(maxsize=32768)
def _words_in(text: Text) -> frozenset[str]:
    return frozenset(word for _language, said in text for word in folded(said).split())


def folded(text: str) -> str:
    """Lower case, no accent, no punctuation: how words are compared.

    >>> folded("L’Égalité, au travail")
    'l egalite au travail'
    """
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", bare.replace("œ", "oe").replace("æ", "ae")))


def _texts(form: Questionnaire) -> Iterator[Text]:
    yield from (form.title, form.description)
    for group in form.groups:
        yield from (group.title, group.description)
    for scale in form.scales:
        yield scale.label
    for item in form.items:
        yield item.label
        if isinstance(item, Block | DualBlock):
            yield from (row.label for row in item.rows)
