"""Words are measured with the advances of the very files that draw them."""

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from labqvt.documents.fonts import FONT_FOLDER, _advances, measure, wrap
from labqvt.documents.fonts.build import FACES, advances

FRENCH = (
    "abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿ"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ0123456789 .,;:!?’«»()–—…%€−×≥≤\u00a0\u202f"
)


@pytest.mark.parametrize("face", FACES)
def test_the_table_is_that_of_the_vendored_file(face):
    assert advances(TTFont(FONT_FOLDER / FACES[face])) == _advances()[face]


@pytest.mark.parametrize("face", FACES)
def test_every_french_character_has_a_glyph(face):
    assert [character for character in FRENCH if character not in _advances()[face]] == []


def test_the_narrow_space_is_narrower_than_a_space():
    assert 0 < measure("\u202f", 10) < measure("\u00a0", 10)


@given(st.text(alphabet=FRENCH + "-/", max_size=120), st.integers(60, 400))
def test_wrapped_lines_fit_and_lose_nothing(text, width):
    lines = wrap(text, width, 14)
    assert all(measure(line, 14) <= width for line in lines)
    glued = "".join(lines).replace("-", "").replace(" ", "")
    assert glued == text.replace("-", "").replace(" ", "")


def test_no_break_spaces_hold():
    assert wrap("Qui décide\u202f?", measure("Qui décide", 14) + 1, 14) == ["Qui", "décide\u202f?"]


def test_a_word_too_long_is_cut_with_a_hyphen():
    assert wrap("anticonstitutionnellement", 80, 15)[0].endswith("-")


def test_the_licence_travels_with_the_fonts():
    assert "SIL OPEN FONT LICENSE" in (FONT_FOLDER / "OFL.txt").read_text()
