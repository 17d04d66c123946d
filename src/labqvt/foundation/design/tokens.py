"""Design tokens shared by CSS, SVG charts and PDF.

``static/foundation/tokens.css`` is written from this module (``labqvt manage design_tokens``) and a test
refuses any difference, so a colour is decided once.

Aubergine for the ink family and the primary, mirabelle for the accent, warm paper: calm and frank, neither a
dashboard nor a form. Red exists for errors only; a low score of a team is never red.
"""

from dataclasses import dataclass
from typing import Final

FONT_FAMILY: Final = "Atkinson Hyperlegible Next"


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
    on_primary: str
    primary_soft: str  # tinted background, ink on it ≥ 4.5:1
    accent: str  # mirabelle, as a fill under ink
    accent_soft: str
    link: str
    focus: str
    error: str
    error_soft: str
    success: str
    success_soft: str
    favourable: str  # opinion classes of charts: two hues readable by everyone, never red and green
    neutral: str
    unfavourable: str
    unanswered: str


LIGHT: Final = Palette(
    paper="#fbf8f4", surface="#ffffff", sunken="#f3edf0", ink="#2a1b2e", ink_soft="#5c4a61",
    line="#8b7791", hairline="#ded3de", primary="#5b2a5e", on_primary="#ffffff", primary_soft="#f1e4f1",
    accent="#f2b632", accent_soft="#fdf0cd", link="#6a2c6e", focus="#2a1b2e",
    error="#b3261e", error_soft="#fbe6e3", success="#22643c", success_soft="#e0f0e4",
    favourable="#1f6f78", neutral="#c9bfc9", unfavourable="#d99a1c", unanswered="#efe9ee",
)  # fmt: skip

DARK: Final = Palette(
    paper="#1b141d", surface="#261c29", sunken="#211823", ink="#f4ecf3", ink_soft="#c9b8cb",
    line="#957f99", hairline="#46374a", primary="#d9a9dc", on_primary="#2a1b2e", primary_soft="#3b2740",
    accent="#f2b632", accent_soft="#4a3a14", link="#e0b4e3", focus="#fbe3a1",
    error="#ff9d92", error_soft="#4a1d1a", success="#8fd3a5", success_soft="#1d3a28",
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
TYPE_SCALE: Final = {"xs": 0.833, "s": 0.917, "m": 1.0, "l": 1.2, "xl": 1.44, "2xl": 1.728, "3xl": 2.074}
# 8 px grid, in px.
SPACE: Final = {"1": 4, "2": 8, "3": 16, "4": 24, "5": 32, "6": 48, "7": 64, "8": 96}
