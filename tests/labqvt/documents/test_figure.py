"""A figure in a page: both layouts, and the same values in a table."""

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.utils.translation import override

from labqvt.documents.charts import DotRow, Span, dots_with_intervals
from tests.labqvt.documents.samples import MAKERS, likert


def rendered(chart, call="{% figure chart heading=3 %}"):
    with override("fr"):
        return BeautifulSoup(
            Template("{% load figures %}" + call).render(Context({"chart": chart})), "html.parser"
        )


@pytest.mark.parametrize("maker", MAKERS)
def test_the_table_twin_holds_every_cell(maker):
    chart = maker()
    page = rendered(chart)
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in page.select("tbody tr")]
    assert len(rows) == len(chart.table.rows)
    assert [row[0] for row in rows] == [row.th.get_text() for row in page.select("tbody tr")]
    assert len(page.select("thead th[scope=col]")) == len(chart.table.columns)
    assert all(len(row) == len(chart.table.columns) for row in rows)


def test_a_page_needs_no_inline_style():
    page = rendered(likert())
    assert page.select("[style], style, script") == []
    assert len(page.select("figure > svg[role=img]")) == 2
    title = page.figcaption.span
    assert (title["role"], title["aria-level"]) == ("heading", "3")
    assert title.get_text() == "Ce que l’on en dit\u00a0: quatre questions"


def test_what_people_typed_is_escaped():
    sly = "<script>alert(1)</script> & co"
    page = rendered(dots_with_intervals(title=sly, rows=(DotRow(sly, Span.exact(1)),), source=sly))
    assert page.find("script") is None
    assert page.select_one("tbody th").get_text() == sly
