"""French typography and numbers as readers of each language write them.

One place for web pages, charts and documents: ``typo`` sets the spaces and apostrophes of running text,
``format_number`` and its neighbours write figures. Everything here is pure and idempotent.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

NNBSP: Final = "\u202f"  # narrow no-break space: before ; ! ?, inside « », between thousands
NBSP: Final = "\u00a0"  # no-break space: before : and %
APOSTROPHE: Final = "\u2019"
MINUS: Final = "\u2212"

_SPACES: Final = f"[ \t{NBSP}{NNBSP}]*"
# What typography never touches: addresses, mail, tags, entities, named placeholders, clock times.
_KEPT: Final = re.compile(
    r"(?:https?://|www\.|mailto:)[^\s<>«»]*[^\s<>«».,;:!?)]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|</?[A-Za-z][^<>]*>"
    r"|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);"
    r"|%\(\w+\)[sd]|\{\w*\}"
    r"|\d{1,2}:\d{2}(?::\d{2})?"
)
_CLOSES: Final = r"(?=$|[\s.,…;:!?)\]»”’*_\ue000]|</)"  # \ue000: a tag put aside
_RULES: Final = (
    (re.compile(r"(?<=[^\W\d_])'(?=[\w«“]|$)"), APOSTROPHE),
    (re.compile(rf"«{_SPACES}(?=\S)"), f"«{NNBSP}"),
    (re.compile(rf"(?<=\S){_SPACES}»"), f"{NNBSP}»"),
    (re.compile(rf"(?<=[^\s(\[;:!?¡¿«]){_SPACES}([;!?]){_CLOSES}"), rf"{NNBSP}\1"),
    (re.compile(rf"(?<=[^\s(\[;:!?«]){_SPACES}:(?=\s|$)"), f"{NBSP}:"),
    (re.compile(rf"(?<=\d){_SPACES}%(?![\w(])"), f"{NBSP}%"),
    (re.compile(rf"(?<=\d){_SPACES}€"), f"{NBSP}€"),
)
# « le 1er mars »: Django writes the number alone.
_FIRST_DAY: Final = re.compile(
    rf"(?<![\d.,/–-])1(?=[ {NBSP}](?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b)"
)
_THOUSANDS: Final = re.compile(
    rf"(?<![\d,.])\d{{1,3}}(?:[ {NBSP}{NNBSP}]\d{{3}})+(?!\d)(?![ {NBSP}{NNBSP}]\d)"
)


def _set_french(part: str) -> str:
    for pattern, replacement in _RULES:
        part = pattern.sub(replacement, part)
    part = french_first_day(part)
    return _THOUSANDS.sub(lambda found: re.sub(f"[ {NBSP}]", NNBSP, found[0]), part)


def french_first_day(text: str) -> str:
    """« 1 mars » → « 1er mars ». For texts that leave as they are; ``typo`` does it for pages and documents."""
    return _FIRST_DAY.sub("1er", text)


def typo_fr(text: str) -> str:
    """Set French spaces and apostrophes; leave addresses, clock times, tags and entities alone.

    Thousands already parted by a space get the narrow one; bare digits are left as they are, because a
    postcode, a year or a SIRET is not a quantity (``format_number`` writes quantities).
    """
    if text.isalnum():
        return text
    kept: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\ue000{len(kept) - 1}\ue001"  # private use characters never reach a page

    shielded = _set_french(_KEPT.sub(put_aside, text))
    return re.sub("\ue000(\\d+)\ue001", lambda found: kept[int(found[1])], shielded)


def typo(text: str, language: str = "fr") -> str:
    """Typography of ``language``: French rules for French, typographic apostrophes otherwise."""
    if language.startswith("fr"):
        return typo_fr(text)
    return re.sub(r"(?<=[^\W\d_])'(?=[^\W\d_])", APOSTROPHE, text)


def format_number(value: float, decimals: int = 0, language: str = "fr") -> str:
    """``1234.5`` → « 1 234,5 » (narrow no-break space, true minus), ``1,234.5`` in English."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    written = f"{abs(exact):,.{decimals}f}"
    if language.startswith("fr"):
        written = written.replace(",", NNBSP).replace(".", ",")
    return (MINUS if exact < 0 else "") + written


def format_percent(value: float, decimals: int = 0, language: str = "fr") -> str:
    """``62`` → « 62 % » with a no-break space; ``62%`` in English. ``value`` is already on 0-100."""
    return with_unit(format_number(value, decimals, language), "%", language)


def with_unit(written: str, unit: str, language: str = "fr") -> str:
    """Put a unit after a written figure, with the space of the language."""
    if not unit:
        return written
    return f"{written}{'' if unit == '%' and not language.startswith('fr') else NBSP}{unit}"


def format_range(low: float, high: float, decimals: int = 0, language: str = "fr") -> str:
    """``0, 2`` → « 0 à 2 »; one number when both ends are written alike."""
    first, last = format_number(low, decimals, language), format_number(high, decimals, language)
    if first == last:
        return first
    return f"{first}{NBSP}{'à' if language.startswith('fr') else 'to'}{NBSP}{last}"
