"""What can be drawn: text made safe for SVG, and for paper, where every character needs a glyph.

An archived PDF holds no character without a glyph: one emoji in a sentence would stop the whole document.
"""

import json
import re
import unicodedata
from functools import cache
from typing import Final

from labqvt.documents.fonts import FONT_FOLDER

MISSING: Final = "□"
# Controls, surrogates and non-characters, which neither SVG nor a spreadsheet may hold.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """Text fit for XML: controls and half characters dropped."""
    return _FORBIDDEN.sub("", text)


@cache
def _undrawn() -> re.Pattern[str]:
    """Characters without a glyph, line breaks and tabs apart."""
    ranges: list[list[int]] = json.loads((FONT_FOLDER / "displayable.json").read_text(encoding="ascii"))
    drawn = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)
    return re.compile(f"[^\n\t{drawn}]")


def printable(text: str) -> str:
    """Text fit for paper: what no embedded font can draw becomes a hollow square; invisible marks go."""
    composed = unicodedata.normalize("NFC", clean(text))
    if composed.isascii():
        return composed
    return _undrawn().sub(_replacement, composed)


def _replacement(found: re.Match[str]) -> str:
    character = found[0]
    is_unseen = unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"
    return "" if is_unseen else MISSING
