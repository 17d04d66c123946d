"""``{% figure chart %}`` and ``{% data_table table %}``: a drawing with its table, or the table alone."""

from typing import Any

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from labqvt.documents.charts.values import Chart
from labqvt.documents.tables import Table, written_rows
from labqvt.foundation.typography import typo

register = template.Library()


@register.inclusion_tag("documents/figure.html")
def figure(chart: Chart, heading: int | None = None) -> dict[str, Any]:
    """The chart in both layouts, its title, its source and its table."""
    language = get_language() or "fr"
    return {
        "chart": chart,
        "heading": heading,
        "title": typo(chart.title, language),
        "source": typo(chart.source, language),
        "web": mark_safe(chart.svg_for_web),  # noqa: S308 - written by our canvas, which escapes every word
        "phone": mark_safe(chart.svg_for_phone),  # noqa: S308 - same
    }


@register.inclusion_tag("documents/table.html")
def data_table(table: Table) -> dict[str, Any]:
    language = get_language() or "fr"
    return {
        "caption": typo(table.caption, language),
        "note": typo(table.note, language),
        "columns": [
            {"label": typo(column.label, language), "numeric": column.numeric} for column in table.columns
        ],
        "rows": [
            [
                {"text": text, "numeric": column.numeric}
                for text, column in zip(row, table.columns, strict=True)
            ]
            for row in written_rows(table, language)
        ],
    }
