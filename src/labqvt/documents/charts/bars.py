"""Counts, one bar a row: how many of how many said it. The whole is drawn too, so that little looks little."""

from dataclasses import dataclass

from labqvt.documents.charts.canvas import Canvas, compose
from labqvt.documents.charts.rows import wrapped_label
from labqvt.documents.charts.values import Chart
from labqvt.documents.tables import Column, Table
from labqvt.documents.words import words_of
from labqvt.foundation.typography import format_number


@dataclass(frozen=True, slots=True)
class BarRow:
    """One answer and how many gave it."""

    label: str
    count: int


def count_bars(
    *, title: str, rows: tuple[BarRow, ...], total: int, description: str = "", source: str = "",
    language: str = "fr", chart_id: str = "",
) -> Chart:  # fmt: skip
    """Bars of plain counts, each on a track as long as ``total``."""
    for row in rows:
        if not 0 <= row.count <= total:
            raise ValueError(f"« {row.label} » : {row.count} sur {total}.")
    words = words_of(language)
    table = Table(
        caption=title, columns=(Column(words.label), Column(words.count, numeric=True)),
        rows=tuple((row.label, row.count) for row in rows),
    )  # fmt: skip

    def draw(canvas: Canvas) -> None:
        _draw(canvas, rows, total)

    return compose(
        chart_id=chart_id, title=title, description=description, source=source, table=table, language=language,
        draw=draw,
    )  # fmt: skip


def _draw(canvas: Canvas, rows: tuple[BarRow, ...], total: int) -> None:
    narrow, bar = canvas.medium.narrow, canvas.size * 1.1
    figures = [format_number(row.count, 0, canvas.language) for row in rows]
    figure_width = max((canvas.measure(figure, weight=700) for figure in figures), default=0)
    label_width = 0 if narrow else canvas.width * 0.46
    left = label_width + (0 if narrow else 20)
    right = canvas.width - figure_width - 8
    y = 0.0
    for row, figure in zip(rows, figures, strict=True):
        label = wrapped_label(canvas, row.label, label_width or canvas.width)
        height = bar if narrow else max(label.height, bar)
        if narrow:
            y += label.draw(y) + 4
        else:
            label.draw(y + (height - label.height) / 2)
        middle = y + height / 2
        share = row.count / total if total else 0
        with canvas.group():
            canvas.rect(left, middle - bar / 2, right - left, bar, "primary-soft", radius=2)
            canvas.rect(left, middle - bar / 2, share * (right - left), bar, "primary", radius=2)
        canvas.text(canvas.width, canvas.middle_baseline(middle), figure, anchor="end", weight=700)
        y += height + canvas.size * (0.9 if narrow else 0.55)
    canvas.height = y
