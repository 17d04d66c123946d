"""Contrast between two colours, by the formula of WCAG 2.2, and the pairs this house keeps legible."""

from typing import Final

from labqvt.foundation.design.tokens import DETERMINANTS, Palette

TEXT: Final = 4.5
DRAWING: Final = 3.0  # borders of fields, icons, focus, parts of a chart

_PAGES: Final = ("paper", "surface", "sunken")
_TINTS: Final = ("primary_soft", "accent_soft", "error_soft", "warning_soft", "success_soft")

# (foreground, background, least contrast); every pair a stylesheet sets must be listed here.
PAIRS: Final = (
    *(
        (text, page, TEXT)
        for text in ("ink", "ink_soft", "link", "error", "success", "warning")
        for page in _PAGES
    ),
    *((text, tint, TEXT) for text in ("ink", "ink_soft") for tint in _TINTS),
    ("link", "primary_soft", TEXT),
    ("primary", "paper", TEXT),
    ("primary", "primary_soft", TEXT),
    ("error", "error_soft", TEXT),
    ("warning", "warning_soft", TEXT),
    ("warning", "accent_soft", TEXT),
    ("success", "success_soft", TEXT),
    ("on_primary", "primary", TEXT),
    ("on_primary", "primary_strong", TEXT),
    ("on_accent", "accent", TEXT),
    ("on_band", "band", TEXT),
    ("on_band_soft", "band", TEXT),
    ("accent", "band", TEXT),
    ("on_accent", "on_band", TEXT),
    *(("line", ground, DRAWING) for ground in (*_PAGES, "primary_soft", "error_soft")),
    *(("focus", ground, DRAWING) for ground in (*_PAGES, *_TINTS)),
    *(("primary", ground, DRAWING) for ground in _PAGES),
)


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, from 0 (black) to 1 (white)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, from 1 (same colour) to 21 (black on white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def shortfalls(palette: Palette, *, theme: str) -> list[str]:
    """Every promised pair that this palette does not keep, in words."""
    found = []
    for front, ground, least in PAIRS:
        ratio = contrast(getattr(palette, front), getattr(palette, ground))
        if ratio < least:
            found.append(f"{theme}: {front} on {ground} is {ratio:.2f}, needs {least}")
    for determinant in DETERMINANTS:
        hue = getattr(determinant, theme)
        for ground in _PAGES:
            ratio = contrast(hue, getattr(palette, ground))
            if ratio < TEXT:
                found.append(
                    f"{theme}: determinant {determinant.id} on {ground} is {ratio:.2f}, needs {TEXT}"
                )
    return found
