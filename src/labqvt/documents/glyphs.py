"""What can be drawn: text made safe for SVG, and for paper, where every character needs a glyph.

An archived PDF holds no character without a glyph: one emoji in a sentence would stop the whole document.
"""

import json
import re
import unicodedata
from bisect import bisect_right
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
def _starts_and_ends() -> tuple[list[int], list[int]]:
    ranges: list[list[int]] = json.loads((FONT_FOLDER / "displayable.json").read_text(encoding="ascii"))
    return [start for start, _end in ranges], [end for _start, end in ranges]


def _has_glyph(character: str) -> bool:
    starts, ends = _starts_and_ends()
    rank = bisect_right(starts, ord(character)) - 1
    return rank >= 0 and ord(character) <= ends[rank]


def printable(text: str) -> str:
    """Text fit for paper: what no embedded font can draw becomes a hollow square; invisible marks go."""
    composed = unicodedata.normalize("NFC", clean(text))
    if composed.isascii():
        return composed
    return "".join(
        character if character in "\n\t" or _has_glyph(character) else MISSING
        for character in composed
        if unicodedata.category(character) != "Cf" and not "\ufe00" <= character <= "\ufe0f"
    )
