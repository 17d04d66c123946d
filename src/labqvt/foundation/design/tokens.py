"""Design tokens shared by CSS, SVG charts and PDF.

``static/foundation/tokens.css`` is written from this module (``labqvt manage design_tokens``) and a test
refuses any difference, so a colour is decided once.

Aubergine for the ink family and the primary, mirabelle for the accent, warm paper: calm and frank, neither a
dashboard nor a form. Red exists for errors only; a low score of a team is never red.
"""

from dataclasses import dataclass
from typing import Final

FONT_FAMILY: Final = "Atkinson Hyperlegible Next"
# Respondents download no font: what their phone already has.
SYSTEM_FONTS: Final = (
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif'
)


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme, as ``#rrggbb``."""

    paper: str  # page
    surface: str  # raised surface, fields
    sunken: str  # quiet band behind a group
    ink: str  # text
    ink_soft: str  # secondary text, ≥ 4.5:1 on paper
    line: str  # borders of fields and icons, ≥ 3:1 on paper and surface
    hairline: str  # decorative rule, carries no meaning
    primary: str
    primary_strong: str  # primary under the pointer
    on_primary: str
    primary_soft: str  # tinted background, ink on it ≥ 4.5:1
    accent: str  # mirabelle, as a fill under on_accent
    on_accent: str
    accent_soft: str
    link: str
    focus: str
    band: str  # deep aubergine: opening of public pages, footers
    on_band: str
    on_band_soft: str
    band_ring: str  # the large open ring on the band, decorative
    error: str
    error_soft: str
    warning: str  # the mirabelle dark enough to draw icons and lines
    warning_soft: str
    success: str
    success_soft: str
    favourable: str  # opinion classes of charts: two hues readable by everyone, never red and green
    neutral: str
    unfavourable: str
    unanswered: str


LIGHT: Final = Palette(
    paper="#fbf9f6", surface="#ffffff", sunken="#f3eef1", ink="#2a1b2e", ink_soft="#5f4d64",
    line="#86728c", hairline="#e0d6df", primary="#5b2a5e", primary_strong="#431c47", on_primary="#ffffff",
    primary_soft="#f1e8f3", accent="#f2b632", on_accent="#2a1b2e", accent_soft="#fdf0cd",
    link="#6a2c6e", focus="#2a1b2e", band="#3a1d3f", on_band="#fbf5f9", on_band_soft="#d8c3da",
    band_ring="#5b2a5e",
    error="#b3261e", error_soft="#fbe9e6", warning="#8a5d00", warning_soft="#fdf3d9",
    success="#22643c", success_soft="#e4f2e8",
    favourable="#1f6f78", neutral="#c9bfc9", unfavourable="#d99a1c", unanswered="#efe9ee",
)  # fmt: skip

DARK: Final = Palette(
    paper="#1b141d", surface="#261c29", sunken="#221926", ink="#f4ecf3", ink_soft="#c9b8cb",
    line="#957f99", hairline="#43354a", primary="#dcb0df", primary_strong="#ecd0ee", on_primary="#2a1b2e",
    primary_soft="#3a2840", accent="#f2b632", on_accent="#2a1b2e", accent_soft="#43341a",
    link="#e2b9e5", focus="#fbe3a1", band="#2c1a31", on_band="#f7eef6", on_band_soft="#cdb7d0",
    band_ring="#4d3055",
    error="#ff9d92", error_soft="#45201d", warning="#f2c25c", warning_soft="#3f3215",
    success="#8fd3a5", success_soft="#1e3728",
    favourable="#5fb7bf", neutral="#6b5a70", unfavourable="#e8b04a", unanswered="#33283a",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Determinant:
    """One of the six determinants of life at work: a hue, a pattern and an icon, the same everywhere."""

    id: str
    light: str
    dark: str
    pattern: str
    icon: str


DETERMINANTS: Final = (
    Determinant("relations", "#1f5fa8", "#8ab8ee", "dots", "people"),
    Determinant("contenu", "#0b6e6e", "#6cc7c4", "diagonal", "layers"),
    Determinant("sante", "#3a7722", "#9acb80", "horizontal", "heart"),
    Determinant("competences", "#8a5a00", "#e2b45c", "vertical", "path"),
    Determinant("egalite", "#7a3fa0", "#c9a0e8", "cross", "balance"),
    Determinant("management", "#8c4a2f", "#e2a68a", "chevron", "compass"),
)

# Type scale (ratio 1.2) in rem; the base is 18 px for respondents and public pages, 16 px in the office.
TYPE_SCALE: Final = {
    "xs": 0.833, "s": 0.917, "m": 1.0, "l": 1.2, "xl": 1.44, "2xl": 1.728, "3xl": 2.074, "4xl": 2.986,
}  # fmt: skip
# 8 px grid, in px.
SPACE: Final = {"1": 4, "2": 8, "3": 16, "4": 24, "5": 32, "6": 48, "7": 64, "8": 96}
# Corners: fields and buttons; nothing is rounder but discs.
RADIUS: Final = 6
# Longest line of running text.
MEASURE: Final = "68ch"
