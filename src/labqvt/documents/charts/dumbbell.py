"""Two points of view on one line: a circle and a diamond, the gap written beside."""

from dataclasses import dataclass
from typing import Final, Literal

from labqvt.documents.charts.canvas import Anchor, Canvas, compose
from labqvt.documents.charts.rows import (
    Track,
    horizontal_axis,
    interval,
    marker_legend,
    wrapped_label,
)
from labqvt.documents.charts.values import PERCENT, Chart, Scale, Span
from labqvt.documents.tables import Column, Table
from labqvt.documents.words import words_of

FIRST: Final = ("circle", "primary")
SECOND: Final = ("diamond", "accent")


@dataclass(frozen=True, slots=True)
class DumbbellRow:
    """One subject seen by two groups; either may be missing. ``gap`` is its text, worked out when empty."""

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
    words = words_of(language)
    rows = tuple(sorted(rows, key=_gap_size, reverse=True)) if order == "gap" else rows
    gap_label = gap_label or words.gap

    def written(span: Span | None) -> str:
        return words.nothing if span is None else scale.write(span, language)

    table = Table(
        caption=title,
        columns=(
            Column(words.label),
            Column(first, numeric=True),
            Column(second, numeric=True),
            Column(gap_label, numeric=True),
        ),
        rows=tuple(
            (row.label, written(row.first), written(row.second), gap_text(row, scale, language))
            for row in rows
        ),
    )

    def draw(canvas: Canvas) -> None:
        _draw(canvas, rows, (first, second, gap_label), scale)

    return compose(
        chart_id=chart_id, title=title, description=description, source=source, table=table,
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
    return scale.write_ends((nearest, farthest), language)


def _draw(canvas: Canvas, rows: tuple[DumbbellRow, ...], names: tuple[str, str, str], scale: Scale) -> None:
    first, second, gap_label = names
    y = marker_legend(canvas, [(*FIRST, first), (*SECOND, second)]) + canvas.size * 0.5
    gaps = [gap_text(row, scale, canvas.language) for row in rows]
    gap_size = canvas.size * 0.87
    gap_widths = [canvas.measure(text, weight=700) for text in gaps]
    gap_width = max([canvas.measure(gap_label, size=gap_size), *gap_widths]) + 14
    values = [scale.write(span, canvas.language) for row in rows for span in (row.first, row.second) if span]
    side = max((canvas.measure(text) for text in values), default=0) + canvas.size * 0.9
    label_width = 0 if canvas.medium.narrow else canvas.width * 0.34
    track = Track(scale, label_width + side, canvas.width - gap_width - side)
    y += canvas.lines(canvas.width, y, [gap_label], anchor="end", size=gap_size, paint="ink-soft") + 4
    line = canvas.size * 1.9
    for row, gap in zip(rows, gaps, strict=True):
        label = wrapped_label(canvas, row.label, label_width or canvas.width - gap_width, row.hue)
        if canvas.medium.narrow:
            y += label.draw(y) + 2
            height = line
        else:
            height = max(label.height + canvas.size * 0.5, line)
            label.draw(y + (height - label.height) / 2)
        middle = y + height / 2
        canvas.text(canvas.width, canvas.middle_baseline(middle), gap, anchor="end", weight=700)
        _views(canvas, row, (y, middle, y + height), track)
        y += height + (canvas.size * 0.7 if canvas.medium.narrow else 0)
    canvas.height = horizontal_axis(canvas, track, y)


def _views(canvas: Canvas, row: DumbbellRow, heights: tuple[float, float, float], track: Track) -> None:
    """Both markers, the stretch between them, and each value on its outer side."""
    top, y, bottom = heights
    shown = [(span, *look) for span, look in ((row.first, FIRST), (row.second, SECOND)) if span is not None]
    shown.sort(key=lambda view: view[0].middle)
    radius = canvas.size * 0.42
    said = []
    for rank, (span, _shape, _paint) in enumerate(shown):
        text = track.scale.write(span, canvas.language)
        width = canvas.measure(text)
        if rank == 1:
            start = max(track.x(span.middle) + radius * 1.3, track.x(span.high)) + 5
        else:
            start = min(track.x(span.middle) - radius * 1.3, track.x(span.low)) - 5 - width
        said.append((start, start + width, text))
    track.grid(canvas, top, bottom, [(start, end) for start, end, _text in said])
    if len(shown) == 2:
        canvas.line(track.x(shown[0][0].middle), y, track.x(shown[1][0].middle), y, "line", width=3)
    # The diamond first: where both views meet, its points still show around the circle.
    for span, shape, paint in sorted(shown, key=lambda view: view[1] == FIRST[0]):
        if track.x(span.high) - track.x(span.low) > 2.6 * radius:
            interval(canvas, track.x(span.low), track.x(span.high), y, "ink-soft")
        canvas.marker(shape, track.x(span.middle), y, radius, paint)
    for rank, (start, end, text) in enumerate(said):
        anchor: Anchor = "start" if rank == 1 else "end"
        canvas.text(start if rank == 1 else end, canvas.middle_baseline(y), text, anchor=anchor)
