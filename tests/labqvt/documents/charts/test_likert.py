"""Bars drawn from ranges never say more than the release."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labqvt.documents.charts import LikertClass, LikertRow, Span, likert_bars
from tests.labqvt.documents.samples import CLASSES, banded


def segments(svg):
    """(fill, width) of the rectangles of the only bar, in order."""
    fill, width = r'fill="(?:url\(#chart-\w+-print-)?([^")]+)', r' width="([\d.]+)"'
    rects = re.findall(r"<rect[^>]*>", re.search(r"<g>(.*?)</g>", svg)[1])
    return [(re.search(fill, rect)[1], float(re.search(width, rect)[1])) for rect in rects]


def one_bar(parts, total):
    return likert_bars(title="t", classes=CLASSES, rows=(LikertRow("r", parts, total=total),))


@given(st.lists(st.integers(0, 40), min_size=4, max_size=4).filter(sum), st.integers(0, 3))
def test_what_is_not_released_is_one_block(counts, hidden):
    """Lower bounds are drawn as they are; the rest of the total is the unsaid block."""
    total = sum(counts) + hidden
    parts = tuple(Span(count, count + hidden) for count in counts)
    drawn = segments(one_bar(parts, total).svg_for_print)
    whole = sum(width for _fill, width in drawn)
    expected = sorted([count for count in counts if count] + ([hidden] if hidden else []))
    assert sorted(round(width / whole * total, 1) for _fill, width in drawn) == pytest.approx(
        expected, abs=0.6
    )


def test_the_unfavourable_end_is_held_on_the_right():
    drawn = segments(one_bar((Span.exact(6), Span(0, 2), Span(0, 2), Span.exact(4)), 12).svg_for_print)
    assert [fill for fill, _width in drawn][1:] == ["unsaid-ink-soft", "diagonal-unfavourable"]


def test_ranges_are_written_as_ranges():
    table = banded().table
    assert table.rows[0][1] == "10\u00a0à\u00a012"
    assert "Non précisé" in banded().svg_for_web


def test_a_row_without_all_its_classes_is_refused():
    with pytest.raises(ValueError, match="« r » : 1 valeurs pour 4 classes"):
        one_bar((Span.exact(1),), 1)


def test_only_known_kinds_of_class_are_drawn():
    with pytest.raises(ValueError, match="« satisfait »"):
        likert_bars(
            title="t", classes=(LikertClass("satisfait", "?"),), rows=(LikertRow("r", (Span.exact(1),), 1),)
        )


def test_a_range_the_wrong_way_round_is_refused():
    with pytest.raises(ValueError, match="à l’envers"):
        Span(3, 2)
