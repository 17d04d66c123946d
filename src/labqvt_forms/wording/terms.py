"""Acronyms and words of the trade that many people do not know."""

from __future__ import annotations

import re
from typing import Final

from labqvt_forms.languages import base_of

ACRONYMS: Final = {
    "QVCT": "qualité de vie et des conditions de travail",
    "QVT": "qualité de vie au travail",
    "DUERP": "document unique d’évaluation des risques professionnels",
    "DUER": "document unique d’évaluation des risques",
    "RPS": "risques psychosociaux",
    "CSE": "comité social et économique",
    "CSSCT": "commission santé, sécurité et conditions de travail",
    "CHSCT": "comité d’hygiène, de sécurité et des conditions de travail",
    "TMS": "troubles musculo-squelettiques",
    "GPEC": "gestion prévisionnelle des emplois et des compétences",
    "GEPP": "gestion des emplois et des parcours professionnels",
    "OPCO": "opérateur de compétences",
    "CPF": "compte personnel de formation",
    "VAE": "validation des acquis de l’expérience",
    "NAO": "négociation annuelle obligatoire",
    "ESS": "économie sociale et solidaire",
    "IAE": "insertion par l’activité économique",
    "SIAE": "structure d’insertion par l’activité économique",
    "ETP": "équivalent temps plein",
    "IRP": "instances représentatives du personnel",
    "RSE": "responsabilité sociétale",
    "DLA": "dispositif local d’accompagnement",
    "CARSAT": "caisse d’assurance retraite et de la santé au travail",
    "DREETS": "direction régionale du travail",
    "CCN": "convention collective nationale",
}
_KNOWN: Final = frozenset(
    [
        "CDI",
        "CDD",
        "SMIC",
        "RTT",
        "SMS",
        "PDF",
        "TV",
        "BTS",
        "BAC",
        "CAP",
        "BEP",
        "CV",
        "OK",
        "SNCF",
        "FAQ",
        "TTC",
        "HT",
        "EUR",
        "HLM",
        "ONG",
        "GPS",
        "CAF",
        "RSA",
        "RIB",
        "USB",
        "WIFI",
        "URL",
        "HTML",
        "II",
        "III",
        "IV",
        "VI",
        "VII",
        "VIII",
        "IX",
        "XI",
        "XX",
        "XXI",
        "NB",
        "PS",
        "UK",
        "USA",
        "EU",
        "UE",
    ]
)
JARGON: Final = {
    "fr": re.compile(
        r"\b(process|reporting|feedbacks?|onboarding|mindset|asap|soft skills|empowerment|disruptif|synergies?|"
        r"benchmark|roadmap|workflow|kick-?off|brainstorming|turn-?over|team ?building|psychosocia(?:l|ux)|"
        r"transversalité|parties prenantes|gouvernance|ergonomi\w+|intrapreneuriat|n\+[12])(?!\w)"
    ),
    "en": re.compile(
        r"\b(synerg\w+|onboarding|mindset|empowerment|benchmark\w*|roadmap|stakeholders?|psychosocial|leverage|"
        r"bandwidth|deliverables|governance|ergonom\w+|line report)\b"
    ),
}
_ACRONYM: Final = re.compile(r"(?<![\w.’'-])[A-ZÉÈ]{2,6}(?![\w-])")


def acronyms_of(text: str) -> list[str]:
    """Return the acronyms of a text that not everybody knows; a text in capitals has none."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    if sum(word.isupper() for word in words) * 2 > len(words) and len(words) > 1:
        return []
    return [found for found in dict.fromkeys(_ACRONYM.findall(text)) if found not in _KNOWN]


def explained_in(text: str) -> set[str]:
    """Return the acronyms a text explains: « … (QVCT) », « QVCT (…) », « QVCT : … »."""
    after = re.findall(r"\(\s*([A-ZÉÈ]{2,6})\s*\)", text)
    before = re.findall(r"(?<!\w)([A-ZÉÈ]{2,6})\s*(?:\(|:|=|,\s(?:c’est-à-dire|ou)\b)", text)
    written_out = [name for name, words in ACRONYMS.items() if words in text.casefold()]
    return {*after, *before, *written_out}


def jargon_of(text: str, language: str) -> str:
    """Return a word of the trade, or nothing."""
    pattern = JARGON.get(base_of(language))
    match = pattern.search(text.casefold()) if pattern else None
    return match[0] if match else ""
