"""Two points of view on one line: a circle and a diamond, the gap written beside."""

from dataclasses import dataclass
from typing import Final, Literal

from labqvt.documents.charts.canvas import Canvas, compose
from labqvt.documents.charts.rows import horizontal_axis, marker_legend, wrapped_label
from labqvt.documents.charts.values import PERCENT, Chart, Scale, Span
from labqvt.documents.tables import Column, Table
from labqvt.documents.words import Words
from labqvt.foundation.typography import format_range

FIRST: Final = ("circle", "primary")
SECOND: Final = ("diamond", "accent")


@dataclass(frozen=True, slots=True)
class DumbbellRow:
    """One subject seen by two groups; either view may be missing. ``gap`` is its text, worked out when empty."""

    label: str
    first: Span | None
    second: Span | None
    gap: str = ""
    hue: str = ""


def dumbbell(
    *, title: str, first: str, second: str, rows: tuple[DumbbellRow, ...], scale: Scale = PERCENT,
    order: Literal["given", "gap"] = "gap", description: str = "", source: str = "", gap_label: str = "",
    language: str = "fr", chart_id: str = "",
) -> Chart:  # fmt: skip
    """``first`` and ``second`` name the groups. ``order="gap"`` puts the widest gap on top."""
    words = Words(language)
    rows = tuple(sorted(rows, key=_gap_size, reverse=True)) if order == "gap" else rows
    gap_label = gap_label or words.gap

    def written(span: Span | None) -> str:
        return words.nothing if span is None else span.written(language, decimals=scale.decimals, unit=scale.unit)

    table = Table(
        caption=title,
        columns=(
            Column(words.label), Column(first, numeric=True), Column(second, numeric=True),
            Column(gap_label, numeric=True),
        ),
        rows=tuple((row.label, written(row.first), written(row.second), gap_text(row, scale, language)) for row in rows),
    )  # fmt: skip

    def draw(canvas: Canvas) -> None:
        _draw(canvas, rows, (first, second, gap_label), scale)

    return compose(
        chart_id=chart_id, title=title, description=description or words.figures_in_table, source=source, table=table,
        language=language, draw=draw,
    )  # fmt: skip


def _gap_size(row: DumbbellRow) -> float:
    if row.first is None or row.second is None:
        return -1
    return abs(row.first.middle - row.second.middle)


def gap_text(row: DumbbellRow, scale: Scale, language: str) -> str:
    """The gap as given, or what the two releases allow to say of it; a dash when one view is missing."""
    if row.gap:
        return row.gap
    if row.first is None or row.second is None:
        return "–"
    nearest = max(0.0, row.first.low - row.second.high, row.second.low - row.first.high)
    farthest = max(abs(row.first.high - row.second.low), abs(row.second.high - row.first.low))
    return format_range(nearest, farthest, scale.decimals, language)


def _draw(canvas: Canvas, rows: tuple[DumbbellRow, ...], names: tuple[str, str, str], scale: Scale) -> None:
    first, second, gap_label = names
    y = marker_legend(canvas, [(*FIRST, first), (*SECOND, second)]) + canvas.size * 0.5
    gaps = [gap_text(row, scale, canvas.language) for row in rows]
    gap_size = canvas.size * 0.87
    gap_width = max([canvas.measure(gap_label, size=gap_size), *(canvas.measure(text, weight=700) for text in gaps)]) + 14
    values = [
        span.written(canvas.language, decimals=scale.decimals, unit=scale.unit)
        for row in rows for span in (row.first, row.second) if span
    ]  # fmt: skip
    side = max((canvas.measure(text) for text in values), default=0) + canvas.size * 0.9
    label_width = 0 if canvas.medium.narrow else canvas.width * 0.34
    left, right = label_width + side, canvas.width - gap_width - side
    y += canvas.lines(canvas.width, y, [gap_label], anchor="end", size=gap_size, paint="ink-soft") + 4
    top, spots = y, []
    line = canvas.size * 1.7
    for row, gap in zip(rows, gaps, strict=True):
        label = wrapped_label(canvas, row.label, label_width or canvas.width - gap_width, row.hue)
        height = line if canvas.medium.narrow else max(label.height, line)
        if canvas.medium.narrow:
            spots.append((label, y, y + label.height + height / 2, row, gap))
            y += label.height + height + canvas.size * 0.5
        else:
            spots.append((label, y + (height - label.height) / 2, y + height / 2, row, gap))
            y += height + canvas.size * 0.5
    if not canvas.medium.narrow:
        canvas.height = horizontal_axis(canvas, scale, (left, right, top, y))
    else:
        canvas.height = horizontal_axis(canvas, scale, (left, right, y, y + 2))
    for label, label_y, middle, row, gap in spots:
        label.draw(label_y)
        canvas.text(canvas.width, canvas.middle_baseline(middle), gap, anchor="end", weight=700)
        _views(canvas, row, middle, (left, right), scale)


def _views(canvas: Canvas, row: DumbbellRow, y: float, ends: tuple[float, float], scale: Scale) -> None:
    left, right = ends

    def place(value: float) -> float:
        return left + scale.share(value) * (right - left)

    canvas.line(left, y, right, y, "hairline")
    shown = [
        (span, *look) for span, look in ((row.first, FIRST), (row.second, SECOND)) if span is not None
    ]
    shown.sort(key=lambda view: view[0].middle)
    if len(shown) == 2:
        canvas.line(place(shown[0][0].middle), y, place(shown[1][0].middle), y, "line", width=3)
    radius = canvas.size * 0.42
    for rank, (span, shape, paint) in enumerate(shown):
        x = place(span.middle)
        if not span.is_exact:
            canvas.line(place(span.low), y, place(span.high), y, paint, width=canvas.size * 0.42)
        canvas.marker(shape, x, y, radius, paint, outline="ink" if paint == "accent" else "surface")
        text = span.written(canvas.language, decimals=scale.decimals, unit=scale.unit)
        outward = rank == 1
        edge = max(x + radius * 1.3, place(span.high)) if outward else min(x - radius * 1.3, place(span.low))
        anchor_x = edge + 5 if outward else edge - 5
        canvas.text(anchor_x, canvas.middle_baseline(y), text, anchor="start" if outward else "end")
