"""Language names and codes as they occur in files."""

from __future__ import annotations

import re

NAMES = {
    "francais": "fr",
    "français": "fr",
    "french": "fr",
    "anglais": "en",
    "english": "en",
    "espagnol": "es",
    "spanish": "es",
    "español": "es",
    "german": "de",
    "deutsch": "de",
    "allemand": "de",
    "italian": "it",
    "italiano": "it",
    "italien": "it",
    "portuguese": "pt",
    "português": "pt",
    "portugais": "pt",
    "dutch": "nl",
    "nederlands": "nl",
    "arabic": "ar",
    "arabe": "ar",
    "العربية": "ar",
    "chinese": "zh",
    "中文": "zh",
    "turkish": "tr",
    "turc": "tr",
    "polish": "pl",
    "romanian": "ro",
    "ukrainian": "uk",
    "russian": "ru",
    "breton": "br",
}

OWN_NAMES = {
    "fr": "Français",
    "en": "English",
    "es": "Español",
    "de": "Deutsch",
    "it": "Italiano",
    "pt": "Português",
    "nl": "Nederlands",
}
_IN_BRACKETS = re.compile(r"\(([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\)\s*$")
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*")
_FRENCH = frozenset(
    [
        "le",
        "la",
        "les",
        "des",
        "du",
        "une",
        "est",
        "êtes",
        "vous",
        "votre",
        "nous",
        "pas",
        "dans",
        "avec",
        "pour",
        "que",
        "qui",
        "et",
        "sur",
    ]
)
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "is",
        "are",
        "you",
        "your",
        "do",
        "does",
        "and",
        "in",
        "with",
        "for",
        "what",
        "how",
        "this",
        "that",
        "to",
        "on",
    ]
)


def base_of(code: str) -> str:
    """Return a language without its region.

    >>> base_of("pt-BR"), base_of("fr")
    ('pt', 'fr')
    """
    return code.split("-", maxsplit=1)[0]


def ours_for(code: str) -> str:
    """Return the language of our own words beside texts in this one: French for French, else English.

    >>> ours_for("fr-CA"), ours_for("pt")
    ('fr', 'en')
    """
    return "fr" if base_of(code) == "fr" else "en"


def language_code(name: str) -> str:
    """Return the code of « Français (fr) », « fr », « English »; else the name itself, made a key.

    >>> language_code("Français (fr)"), language_code("english"), language_code("pt-BR")
    ('fr', 'en', 'pt-BR')
    """
    name = name.strip()
    if match := _IN_BRACKETS.search(name):
        return match[1].replace("_", "-")
    if name.casefold() in NAMES:
        return NAMES[name.casefold()]
    if _CODE.fullmatch(name) and (len(name) <= 3 or "-" in name or "_" in name):
        return name.replace("_", "-")
    return re.sub(r"\W+", "-", name.casefold()).strip("-") or "und"


def guess_language(texts: list[str]) -> str:
    """Tell English from French by their small words; French when in doubt."""
    words = re.findall(r"\w+", " ".join(texts).casefold())
    english = sum(word in _ENGLISH for word in words)
    french = sum(word in _FRENCH for word in words)
    return "en" if english > french else "fr"


def column_name(code: str) -> str:
    """Return the name of a language as XLSForm headers write it.

    >>> column_name("fr"), column_name("br")
    ('Français (fr)', 'br (br)')
    """
    return f"{OWN_NAMES.get(code, code)} ({code})"
