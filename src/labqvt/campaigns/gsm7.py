"""What an SMS holds: the 7-bit alphabet of telephones (3GPP TS 23.038), and a French text brought into it."""

import re
import unicodedata
from typing import Final

ONE_MESSAGE: Final = 160
# One sign each, escape left out; then the signs that cost two.
_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE: Final = frozenset("^{}\\[~]|€\f")
_WRITTEN: Final = {
    "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...",
    "œ": "oe", "Œ": "OE", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "·": "-", "•": "-",
}  # fmt: skip


def length(text: str) -> int:
    """Signs the text takes in an SMS; ValueError when one of them is not in the alphabet."""
    if strange := next((sign for sign in text if sign not in _BASIC and sign not in _DOUBLE), ""):
        raise ValueError(f"« {strange} » ne s’écrit pas dans un SMS court")
    return sum(2 if sign in _DOUBLE else 1 for sign in text)


def written(text: str) -> str:
    """The text in the alphabet of telephones: accents it has are kept, others fall, what remains is left out.

    >>> written("Où en êtes-vous… et l’œil ?")
    "Où en etes-vous... et l'oeil ?"
    >>> written("Répondez à l’enquête")
    "Répondez à l'enquete"
    """
    told = re.sub(r"«\s*|\s*»", '"', text)
    told = "".join(_WRITTEN.get(sign, sign) for sign in told)
    return " ".join("".join(map(_sign, told)).split())


def _sign(sign: str) -> str:
    if sign in _BASIC or sign in _DOUBLE:
        return sign
    bare = unicodedata.normalize("NFKD", sign)
    return "".join(part for part in bare if part in _BASIC)


def cut(text: str, room: int) -> str:
    """The beginning of a text already written, whole words, that fits in so many signs."""
    if length(text) <= room:
        return text
    kept = ""
    for word in text.split():
        longer = f"{kept} {word}".strip()
        if length(longer) + 3 > room:
            break
        kept = longer
    return f"{kept}..." if kept else ""
