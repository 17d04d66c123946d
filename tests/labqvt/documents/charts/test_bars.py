"""Bars of counts: drawn for the screen, the phone and paper, told in words, and never longer than the whole."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labqvt.documents.charts import BarRow, count_bars

WIDTH = re.compile(r'<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)"[^>]*class="fill-primary"')


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6))
def test_each_bar_is_its_share_of_the_whole(counts):
    rows = tuple(BarRow(f"Réponse {rank}", count) for rank, count in enumerate(counts))
    chart = count_bars(title="Combien ?", rows=rows, total=60)
    track = float(re.search(r'width="([\d.]+)"[^>]*class="fill-primary-soft"', chart.svg_for_web)[1])
    drawn = [float(width) for width in WIDTH.findall(chart.svg_for_web)]
    assert drawn == pytest.approx([count / 60 * track for count in counts if count], abs=0.02)
    assert chart.table.rows == tuple((row.label, row.count) for row in rows)
    for svg in (chart.svg_for_web, chart.svg_for_phone, chart.svg_for_print):
        assert svg.count("<text") >= 2 * len(rows)


@pytest.mark.parametrize("count", [-1, 4])
def test_a_count_outside_the_whole_is_refused(count):
    with pytest.raises(ValueError, match="sur 3"):
        count_bars(title="Combien ?", rows=(BarRow("Oui", count),), total=3)


def test_words_are_escaped():
    chart = count_bars(title="<b>", rows=(BarRow("<script>", 1),), total=1)
    assert "<script>" not in chart.svg_for_web
    assert "<b>" not in chart.svg_for_web
