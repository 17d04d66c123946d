"""The small square of a hue: its colour and its texture, drawn to be sharp at the size of a letter."""

from typing import Final

from labqvt.documents.charts.paints import HUE_TEXTURES, PRINTED, hue_paint

SIDE: Final = 12
_DOT: Final = "a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0z"
# Marks over the square, in a box of 12: (path, filled).
MARKS: Final[dict[str, tuple[str, bool]]] = {
    "dots": (f"M2.4 3.6{_DOT}M7.2 3.6{_DOT}M2.4 8.4{_DOT}M7.2 8.4{_DOT}", True),
    "diagonal": ("M0 7L7 0M0 12L12 0M5 12L12 5", False),
    "horizontal": ("M0 4H12M0 8H12", False),
    "vertical": ("M4 0V12M8 0V12", False),
    "cross": ("M6 0V12M0 6H12", False),
    "chevron": ("M0 7L6 1L12 7M0 12L6 6L12 12", False),
}


def swatch_svg(hue: str) -> str:
    """The square alone, for paper."""
    colour, (marks, filled) = PRINTED[hue_paint(hue)], MARKS[HUE_TEXTURES[hue]]
    look = 'fill="#ffffff"' if filled else 'fill="none" stroke="#ffffff" stroke-width="1.3"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" width="{SIDE}" height="{SIDE}">'
        f'<rect width="{SIDE}" height="{SIDE}" fill="{colour}"/><path d="{marks}" {look}/></svg>'
    )
