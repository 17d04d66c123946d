"""What is proper to each of the other charts."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labqvt.documents.charts import (
    PERCENT,
    DumbbellRow,
    RegionValue,
    Span,
    TrendPoint,
    TrendSeries,
    Wave,
    dumbbell,
    region_map,
    trend,
)
from labqvt.documents.charts.data import build_regions
from labqvt.documents.charts.dumbbell import gap_text
from labqvt.documents.charts.matrix import push_apart
from labqvt.documents.charts.trend import NameBlock, spread
from tests.labqvt.documents.samples import crossing, followed, positions, regions, themed_regions, two_views

X = Span.exact


def test_the_widest_gap_comes_first_and_missing_views_last():
    labels = [row[0] for row in two_views().table.rows]
    assert (labels[0], labels[-1]) == ("Aux deux bouts", "Un seul")


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        (X(78), X(55), "23"),
        (Span(72.5, 77.5), Span(42.5, 47.5), "25\u00a0à\u00a035"),
        (Span(40, 50), Span(45, 55), "0\u00a0à\u00a015"),
        (None, X(3), "–"),
    ],
)
def test_a_gap_between_two_ranges_is_a_range(first, second, text):
    assert gap_text(DumbbellRow("r", first, second), PERCENT, "fr") == text


def test_the_axis_comes_from_the_scale_and_never_from_the_values():
    rows = (DumbbellRow("r", X(41), X(43)),)
    texts = re.findall(r">(\d+)</text>", dumbbell(title="t", first="a", second="b", rows=rows).svg_for_web)
    assert set(texts) == {"0", "25", "50", "75", "100", "41", "43", "2"}


def test_what_is_not_shown_is_said_in_the_table():
    assert positions().table.rows[1][1] == "non montré"
    assert followed().table.rows[2][2] == "non montré"


def test_a_line_breaks_where_nothing_is_shown():
    waves = (Wave("1"), Wave("2"), Wave("3"))
    points = (TrendPoint(X(1)), None, TrendPoint(X(3)))
    svg = trend(title="t", waves=waves, series=(TrendSeries("s", points),)).svg_for_print
    assert 'stroke-width="2.5"' not in svg


def test_a_line_must_have_a_point_for_each_moment():
    with pytest.raises(ValueError, match="1 points pour 2 moments"):
        trend(title="t", waves=(Wave("1"), Wave("2")), series=(TrendSeries("s", (None,)),))


@given(st.lists(st.tuples(st.floats(0, 200), st.floats(10, 60)), min_size=1, max_size=6))
def test_names_at_the_end_of_lines_never_touch(places):
    blocks = sorted((NameBlock(top, height) for top, height in places), key=lambda block: block.top)
    spread(blocks, 0, 280)
    assert all(above.top + above.height <= below.top + 1e-6 for above, below in pairwise(blocks))
    assert all(block.top >= -1e-6 for block in blocks)


@given(st.lists(st.tuples(st.floats(20, 380), st.floats(20, 380)), min_size=1, max_size=12))
def test_numbered_points_part_from_each_other(points):
    placed = push_apart(points, 24, (10, 10, 390, 390))
    assert all(10 <= x <= 390 and 10 <= y <= 390 for x, y in placed)
    distances = [
        ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5
        for i, a in enumerate(placed)
        for b in placed[i + 1 :]
    ]
    assert all(distance > 18 for distance in distances)


def test_points_are_numbered_in_the_order_of_the_list():
    assert [row[0] for row in crossing().table.rows] == [1, 2, 3, 4, 5]


def test_the_map_names_every_region_even_without_data():
    table = region_map(title="t", classes=("un",), values=(RegionValue("06", "3", 0),)).table
    assert len(table.rows) == 18
    assert dict(table.rows)["Mayotte"] == "3"
    assert dict(table.rows)["Bretagne"] == "Aucune donnée"
    assert [name for name, _text in table.rows][-1] == "Provence-Alpes-Côte d’Azur"


@pytest.mark.parametrize(
    ("value", "reason"),
    [(RegionValue("99", "1", 0), "« 99 »"), (RegionValue("11", "1", 4), "hors de la légende")],
)
def test_a_region_must_exist_and_fall_in_the_legend(value, reason):
    with pytest.raises(ValueError, match=reason):
        region_map(title="t", classes=("un",), values=(value,))


def test_the_committed_outlines_are_those_the_script_writes(shared, tmp_path):
    written = tmp_path / "regions.json"
    build_regions.build(shared / "data" / "geo" / "regions-metropole.geojson", written)
    assert written.read_bytes() == build_regions.OUTPUT.read_bytes()


def test_long_texts_leave_the_map_for_a_numbered_list():
    words = re.findall(r">([^<]+)</text>", themed_regions().svg_for_web)
    assert words.count("1") == words.count("1.") == 1
    assert any(text.startswith("Auvergne-Rhône-Alpes") for text in words)
    assert not any("–" in text for text in re.findall(r">([^<]+)</text>", regions().svg_for_web))
