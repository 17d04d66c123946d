"""The typeface of charts and documents: its files, and the width its text takes.

``measure`` and ``wrap`` let a chart place its words without asking a browser; the advances come from the font
files themselves (``build.py``). Kerning is ignored, which errs on the wide side.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Final

FONT_FOLDER: Final = Path(__file__).parent
UNKNOWN_ADVANCE: Final = 700  # thousandths of an em, for a character the typeface lacks: wide on purpose


@cache
def _advances() -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = json.loads((FONT_FOLDER / "advances.json").read_text(encoding="ascii"))
    return table


def measure(text: str, size: float, weight: int = 400) -> float:
    """Width of ``text`` on one line, in the unit of ``size``."""
    face = _advances()["400" if weight < 600 else "700"]
    return sum(face.get(character, UNKNOWN_ADVANCE) for character in text) * size / 1000


def wrap(text: str, width: float, size: float, weight: int = 400) -> list[str]:
    """Break ``text`` into lines no wider than ``width``; a word longer than a line is cut with a hyphen."""
    lines, line = [], ""
    for word, space_before in _words(text):
        candidate = f"{line}{space_before if line else ''}{word}"
        if measure(candidate, size, weight) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        *full, line = _cut(word, width, size, weight)
        lines.extend(full)
    return [*lines, line] if line or not lines else lines


def _words(text: str) -> list[tuple[str, str]]:
    """Each unbreakable piece with the space that parts it from the one before (none after a hyphen)."""
    words = []
    for chunk in re.split(r"[ \t\n]+", text.strip(" \t\n")):
        pieces = re.findall(r"[^\-/]*[\-/]+(?=\w)|.+", chunk) or [""]
        words += [(piece, "" if index else " ") for index, piece in enumerate(pieces)]
    return words


def _cut(word: str, width: float, size: float, weight: int) -> list[str]:
    parts = []
    while measure(word, size, weight) > width and len(word) > 1:
        keep = len(word) - 1
        while keep > 1 and measure(word[:keep] + "-", size, weight) > width:
            keep -= 1
        parts.append(word[:keep] + "-")
        word = word[keep:]
    return [*parts, word]
