"""Colours that charts put side by side can be told apart, in light and in dark."""

import pytest

from labqvt.foundation.design.tokens import DARK, DETERMINANTS, LIGHT


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


@themes
def test_words_are_readable_on_every_ground_they_stand_on(theme):
    for ground in (theme.paper, theme.surface, theme.primary_soft):
        assert contrast(theme.ink, ground) >= 7
    for ground in (theme.paper, theme.surface):
        assert contrast(theme.ink_soft, ground) >= 4.5


@themes
def test_outlines_and_marks_stand_out(theme):
    for ground in (theme.paper, theme.surface):
        for mark in (theme.line, theme.primary, theme.ink_soft, theme.favourable):
            assert contrast(mark, ground) >= 3
    # Map shades are closed by the outline, so the outline must stand on the palest and the blank one.
    assert contrast(theme.line, theme.primary_soft) >= 3


@pytest.mark.parametrize("hue", DETERMINANTS, ids=lambda hue: hue.id)
def test_hues_stand_out_on_their_page(hue):
    assert contrast(hue.light, LIGHT.paper) >= 3
    assert contrast(hue.dark, DARK.paper) >= 3


def test_in_grey_the_two_opinions_differ():
    """Texture parts them anyway; a photocopy should help."""
    assert contrast(LIGHT.favourable, LIGHT.unfavourable) >= 2
