"""Wording to look at again in English sentences."""

from __future__ import annotations

import re
from typing import Final

from labqvt_forms.wording.texts import plain, words_found

_ADJECTIVES: Final = frozenset(
    [
        "clear",
        "useful",
        "fair",
        "safe",
        "calm",
        "good",
        "quick",
        "simple",
        "easy",
        "hard",
        "difficult",
        "efficient",
        "effective",
        "honest",
        "free",
        "stable",
        "clean",
        "healthy",
        "happy",
        "proud",
        "polite",
        "short",
        "long",
        "strong",
        "heavy",
        "open",
        "flexible",
        "available",
        "consistent",
        "tired",
        "tense",
        "stressed",
        "heard",
        "respected",
        "supported",
        "trusted",
        "valued",
        "recognised",
        "recognized",
        "listened",
        "involved",
        "informed",
        "friendly",
        "competent",
        "helpful",
        "varied",
    ]
)
_ENDINGS: Final = re.compile(r"\w{3,}(?:able|ible|ful|less|ive|ous)")
_COUPLES: Final = re.compile(
    r"\b(women and men|men and women|day and night|night and day|terms and conditions|strengths and weaknesses|"
    r"pros and cons|rights and duties|first and last|start and end)\b"
)
_TWO_CLAUSES: Final = re.compile(
    r",? (?:and|but) (?:i|we|you|they|he|she|my (?:manager|team|colleagues)) \w+"
)
_TWO_OBJECTS: Final = re.compile(
    r"\b(?:my|your|our|their) [\w-]+(?: [\w-]+){0,3} and (?:my|your|our|their) \w+"
)
_JOINED: Final = re.compile(r"([\w-]+) (?:and|or|nor) (?:(?:very|more|well|quite|too) )?([\w-]+)")
_LEADING: Final = re.compile(
    r"\b(don’t you (?:think|agree|find|believe)|wouldn’t you (?:say|agree)|isn’t it|aren’t you|shouldn’t we|obviously|"
    r"of course|clearly,|as everyone knows|everyone (?:knows|agrees)|surely|unfortunately|fortunately|"
    r"it is (?:clear|obvious) that|do you agree that)\b"
)
_ABSOLUTE: Final = re.compile(r"\b(always|never|all the time|every time|everyone|nobody|without exception)\b")
_NEGATIVE: Final = re.compile(
    r"\b(?:not|never|n’t|isn’t|aren’t|don’t|doesn’t|wasn’t) (?:\w+ ){0,2}?"
    r"(un(?:happy|fair|able|clear|safe|satisfied|useful|known|likely|necessary)|in(?:sufficient|capable|adequate)|"
    r"im(?:possible|polite)|dis(?:satisfied|agree|pleased)|without|useless|never)\b"
)
_NEGATIONS: Final = re.compile(r"\b(?:not|never|cannot|nobody|nothing)\b|n’t\b")


def double_barrelled(text: str) -> str:
    """Return the words that join two questions in one, or nothing."""
    said = _COUPLES.sub("couple", plain(text))
    if match := re.search(r"\w*\s?and\s?/\s?or\s?\w*", said):
        return match[0]
    if match := re.search(r"\bneither [\w ]{2,40} nor \w+", said) or _TWO_CLAUSES.search(said):
        return match[0].strip(" ,")
    if re.search(r"\bbetween\b[^.?!]*? and ", said):
        return ""
    if match := _TWO_OBJECTS.search(said):
        return match[0]
    for match in _JOINED.finditer(said):
        if _adjective(match[1]) and _adjective(match[2]):
            return match[0]
    return ""


def _adjective(word: str) -> bool:
    return word in _ADJECTIVES or _ENDINGS.fullmatch(word) is not None


def leading(text: str) -> str:
    """Return the words that push towards an answer, or nothing."""
    return words_found(_LEADING, plain(text))


def absolute(text: str) -> str:
    """Return a word that leaves no room (“always”, “never”), or nothing."""
    return words_found(_ABSOLUTE, plain(text))


def double_negation(text: str) -> str:
    """Return the second negation of a sentence, or nothing."""
    said = plain(text)
    if match := _NEGATIVE.search(said):
        return match[0]
    found = _NEGATIONS.findall(said)
    return found[1] if len(found) > 1 else ""
