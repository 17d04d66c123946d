"""What in a text may tell who wrote it: names, dates, functions, ways to be reached, agreements in gender.

All that the person was warned of while writing (``responses.recognising``), and more: who reads for others would
rather look twice at nothing than miss a word. Local rules, on this machine only. They point, they do not decide: a
text without a mark is still to be read.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from labqvt.responses.recognising import places_in

MASK: Final = "[…]"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that may tell who wrote it."""

    start: int
    end: int
    kind: str  # name, date, role, contact, gender


_MONTHS: Final = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "january|february|march|april|june|july|august|september|october|november|december"
)
_DAYS: Final = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_ROLES: Final = (
    r"direct(?:eur|rice)|co-?direct(?:eur|rice)|pr[ée]sidente?|tr[ée]sori(?:er|ère)|chef(?:fe)?|cheff?es?|responsable|comptable|"
    r"secr[ée]taire|coordinat(?:eur|rice)|coordonnat(?:eur|rice)|adjointe?|encadrante?|monit(?:eur|rice)|"
    r"[ée]ducat(?:eur|rice)|infirmi(?:er|ère)|psychologue|m[ée]decin|animat(?:eur|rice)|chauffeur|cuisini(?:er|ère)|"
    r"gardien(?:ne)?|apprentie?|stagiaire|alternante?|assistante?|d[ée]l[ée]gu[ée]e?|manager|"
    r"head|director|accountant|secretary|manager|supervisor|trainee|intern|nurse"
)
_HEADS: Final = r"(?:le|la|l[’']|mon|ma|notre|nos|un|une|du|au|ce|cette|son|sa|the|my|our|a|an)"
_GENDERED: Final = (
    r"\w*(?:é|ée|eux|euse|seul|seule|if|ive|content|contente|ante?|ier|ière|rice|eur|nue?|nie?|aine?)"
)
_RULES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("date", re.compile(
        rf"\b\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?\b|\b\d{{1,2}}(?:er)?\s(?:{_MONTHS})(?:\s\d{{4}})?\b|\b(?:{_MONTHS})\b|"
        rf"\b(?:{_DAYS})\b|\b(?:19|20)\d\d\b|\b\d{{1,2}}\s?(?:ans?|years?|mois|months?)\b|\b\d{{1,2}}\s?h(?:\s?\d{{2}})?\b",
        re.IGNORECASE,
    )),
    ("role", re.compile(rf"\b{_HEADS}\s?((?:{_ROLES})s?)\b", re.IGNORECASE)),
    ("name", re.compile(r"\b(?:Mrs|Ms)\s?([A-ZÀ-Þ][\w’'-]+)")),
    ("gender", re.compile(r"\b((?:la|le)\sseule?|toute?\sseule?)\b", re.IGNORECASE)),
    ("gender", re.compile(
        rf"\b(?:je suis|j[’']ai été|j[’']étais|je me sens|je reste|je me suis)\s(?:(?:très|trop|souvent|toujours|plus|si|bien|assez|parfois|jamais|la|le)\s)*({_GENDERED})\b",
        re.IGNORECASE,
    )),
)  # fmt: skip
# What the person who wrote was warned of: rule of ``recognisable.json`` → kind of mark.
_WARNED: Final = {
    "name": "name", "titled": "name", "role": "role", "role_elided": "role", "date": "date", "day": "date",
    "weekday": "date", "mail": "contact", "phone": "contact",
}  # fmt: skip
_CAPITALISED: Final = re.compile(r"\b[A-ZÀ-Þ][a-zà-ÿ’'-]{2,}\b")
_SENTENCE_STARTS: Final = re.compile(r"(?:^|[.!?…:;\n«\"(–-])\s*$")


def marks_of(text: str) -> tuple[Mark, ...]:
    """What to look at twice, in order; two marks never overlap."""
    kept: list[Mark] = []
    for mark in sorted(_found(text), key=lambda one: (one.start, -one.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)


def _found(text: str) -> Iterator[Mark]:
    for start, end, rule in places_in(text):
        yield Mark(start, end, _WARNED[rule])
    for kind, pattern in _RULES:
        for match in pattern.finditer(text):
            group = 1 if pattern.groups else 0
            yield Mark(*match.span(group), kind)
    for match in _CAPITALISED.finditer(text):
        # A capital inside a sentence is a name; at its beginning it says nothing.
        if not _SENTENCE_STARTS.search(text[: match.start()]):
            yield Mark(*match.span(), "name")


def in_parts(text: str) -> list[tuple[str, Mark | None]]:
    """The text cut at its marks, to be shown."""
    parts: list[tuple[str, Mark | None]] = []
    place = 0
    for mark in marks_of(text):
        if mark.start > place:
            parts.append((text[place : mark.start], None))
        parts.append((text[mark.start : mark.end], mark))
        place = mark.end
    if place < len(text):
        parts.append((text[place:], None))
    return parts


def masked(text: str, hidden: Collection[str] = ()) -> str:
    """The text without these words, wherever they come back, nor what was written between two brackets."""
    for words in sorted(hidden, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", MASK, text)
    return re.sub(r"\[\[.*?\]\]", MASK, text, flags=re.DOTALL)
