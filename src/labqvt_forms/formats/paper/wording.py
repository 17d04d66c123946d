"""What a paper questionnaire says of itself, in French and in English."""

from __future__ import annotations

import re
from typing import Final

from labqvt_forms.languages import base_of, ours_for

WORDING: Final[dict[str, dict[str, str]]] = {
    "fr": {
        "anonymous": "Questionnaire anonyme",
        "anonymous_note": "N’écrivez pas votre nom, ni rien qui permette de vous reconnaître.",
        "nominative": "Questionnaire nominatif",
        "nominative_note": "Vous répondez au nom de votre structure :",
        "filling": "Au stylo noir ou bleu, cochez d’une croix : un rond, une seule réponse ; un carré, "
        "plusieurs réponses possibles. Les petits chiffres ne servent qu’à la saisie.",
        "page": "page",
        "version": "version",
        "only_if": "Répondez seulement si {}.",
        "group_only_if": "Cette partie ne vous concerne que si {}.",
        "rule": "Répondez seulement si cette règle est vraie : {}",
        "declines": "Je préfère ne pas répondre",
        "other": "Autre :",
        "comment": "Commentaire :",
        "rank": "Numérotez par ordre de préférence, à partir de 1.",
        "rank_most": "Numérotez par ordre de préférence, de 1 à {}.",
        "several_most": "Cochez-en {} au plus.",
        "several_least": "Cochez-en {} au moins.",
        "between": "De {} à {}.",
        "least": "{} ou plus.",
        "most": "{} ou moins.",
        "day": "jour / mois / année",
        "month": "mois / année",
        "minute": "jour / mois / année, heure : minutes",
        "time": "heure : minutes",
        "file": "Document à joindre à cette feuille.",
        "recalled": "[votre réponse à la question {}]",
        "thanks": "Merci.",
    },
    "en": {
        "anonymous": "Anonymous questionnaire",
        "anonymous_note": "Do not write your name, nor anything that could tell who you are.",
        "nominative": "Named questionnaire",
        "nominative_note": "You answer for your organisation:",
        "filling": "With a black or blue pen, put a cross: in a circle, one answer only; in a square, as many as "
        "you like. The small figures are for keying in.",
        "page": "page",
        "version": "version",
        "only_if": "Answer only if {}.",
        "group_only_if": "This part is for you only if {}.",
        "rule": "Answer only if this rule holds: {}",
        "declines": "I prefer not to answer",
        "other": "Other:",
        "comment": "Comment:",
        "rank": "Number in order of preference, starting from 1.",
        "rank_most": "Number in order of preference, from 1 to {}.",
        "several_most": "Tick {} at most.",
        "several_least": "Tick {} at least.",
        "between": "From {} to {}.",
        "least": "{} or more.",
        "most": "{} or less.",
        "day": "day / month / year",
        "month": "month / year",
        "minute": "day / month / year, hour: minutes",
        "time": "hour: minutes",
        "file": "Document to attach to this sheet.",
        "recalled": "[your answer to question {}]",
        "thanks": "Thank you.",
    },
}
"""Other languages take the English words; the questions are in their own."""
_BEFORE: Final = re.compile(r"[ \u00a0\u202f]+([;!?»%])")
_COLON: Final = re.compile(r"[ \u00a0\u202f]+:")
_AFTER: Final = re.compile(r"«[ \u00a0\u202f]+")


def wording(language: str) -> dict[str, str]:
    return WORDING[ours_for(language)]


def set_spaces(text: str, language: str) -> str:
    """Put the spaces French typography wants around its punctuation, where a space was typed.

    >>> set_spaces("Et vous ?", "fr") == "Et vous\\u202f?"
    True
    """
    if base_of(language) != "fr":
        return text
    text = _BEFORE.sub("\u202f\\1", text)
    return _AFTER.sub("«\u202f", _COLON.sub("\u00a0:", text))
