"""Positions with what surrounds them: a dot, its interval, and the bounds nobody can dispute."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from labqvt.documents.charts.canvas import Canvas, compose
from labqvt.documents.charts.paints import hue_paint
from labqvt.documents.charts.rows import Track, horizontal_axis, interval, marker_legend, wrapped_label
from labqvt.documents.charts.values import PERCENT, Chart, Scale, Span
from labqvt.documents.tables import Column, Table
from labqvt.documents.words import Words, words_of

Ends = tuple[float, float]


@dataclass(frozen=True, slots=True)
class DotRow:
    """One position. ``interval`` is plausible, ``bounds`` assumes nothing; ``value`` may be missing."""

    label: str
    value: Span | None
    interval: Ends | None = None
    bounds: Ends | None = None
    hue: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A value every row is read against, drawn as a rule."""

    value: float
    label: str


class _Extra(NamedTuple):
    """A column of the table that appears when some row has something to say in it."""

    label: str
    of: Callable[[DotRow], str]


def _extras(words: Words, scale: Scale, language: str) -> tuple[_Extra, ...]:
    def ends(pair: Ends | None) -> str:
        return scale.write_ends(pair, language) if pair else ""

    return (
        _Extra(words.interval, lambda row: ends(row.interval)),
        _Extra(words.bounds, lambda row: ends(row.bounds)),
        _Extra(words.count, lambda row: row.note),
    )


def dots_with_intervals(
    *, title: str, rows: tuple[DotRow, ...], scale: Scale = PERCENT, reference: Reference | None = None,
    value_label: str = "", description: str = "", source: str = "", language: str = "fr", chart_id: str = "",
) -> Chart:  # fmt: skip
    """Rows in the order given; the caller sorts by what the reader should see first."""
    words = words_of(language)
    value_label = value_label or words.value

    kept = [extra for extra in _extras(words, scale, language) if any(extra.of(row) for row in rows)]
    table = Table(
        caption=title,
        columns=(
            Column(words.label),
            Column(value_label, numeric=True),
            *(Column(extra.label, numeric=True) for extra in kept),
        ),
        rows=tuple(
            (
                row.label,
                scale.write(row.value, language) if row.value else words.nothing,
                *(extra.of(row) or "–" for extra in kept),
            )
            for row in rows
        ),
        note=f"{reference.label} : {scale.write_tick(reference.value, language)}" if reference else "",
    )

    def draw(canvas: Canvas) -> None:
        _draw(canvas, rows, scale, reference, value_label)

    return compose(
        chart_id=chart_id, title=title, description=description, source=source, table=table,
        language=language, draw=draw,
    )  # fmt: skip


def _draw(
    canvas: Canvas, rows: tuple[DotRow, ...], scale: Scale, reference: Reference | None, value_label: str
) -> None:
    y = _legend(canvas, rows)
    values = [scale.write(row.value, canvas.language) if row.value else "–" for row in rows]
    small = canvas.size * 0.87
    widths = [canvas.measure(text, weight=700) for text in values]
    value_width = max([canvas.measure(value_label, size=small), *widths]) + 14
    label_width = 0 if canvas.medium.narrow else canvas.width * 0.36
    pad = canvas.size * 0.6
    track = Track(scale, label_width + (20 if label_width else pad), canvas.width - value_width - pad)
    header = canvas.lines(canvas.width, y, [value_label], anchor="end", size=small, paint="ink-soft")
    y += header if reference is None else _reference_label(canvas, reference, track, y)
    y += 4
    line = canvas.size * (1.5 if canvas.medium.narrow else 1.9)
    for row, text in zip(rows, values, strict=True):
        label = wrapped_label(canvas, row.label, label_width or canvas.width - value_width, row.hue)
        if canvas.medium.narrow:
            y += label.draw(y) + 2
            height = line
        else:
            height = max(label.height + canvas.size * 0.5, line)
            label.draw(y + (height - label.height) / 2)
        track.grid(canvas, y, y + height)
        if reference:
            x = track.x(reference.value)
            canvas.line(x, y, x, y + height, "ink-soft", width=1.5, dash="5 3")
        _position(canvas, row, y + height / 2, track)
        canvas.text(canvas.width, canvas.middle_baseline(y + height / 2), text, anchor="end", weight=700)
        y += height + (canvas.size * 0.7 if canvas.medium.narrow else 0)
    canvas.height = horizontal_axis(canvas, track, y)


def _position(canvas: Canvas, row: DotRow, y: float, track: Track) -> None:
    """From what is sure to what is likely to what is shown, one over the other."""
    paint = hue_paint(row.hue) if row.hue else "primary"
    if row.bounds:
        canvas.line(track.x(row.bounds[0]), y, track.x(row.bounds[1]), y, paint, width=1.5, dash="2 3")
    if row.interval:
        interval(canvas, track.x(row.interval[0]), track.x(row.interval[1]), y, paint)
    if row.value:
        if not row.value.is_exact:
            canvas.line(track.x(row.value.low), y, track.x(row.value.high), y, paint, width=canvas.size * 0.5)
        canvas.marker("circle", track.x(row.value.middle), y, canvas.size * 0.45, paint)


def _legend(canvas: Canvas, rows: tuple[DotRow, ...]) -> float:
    entries = []
    if any(row.interval for row in rows):
        entries.append(("interval", "ink-soft", canvas.words.plausible))
    if any(row.bounds for row in rows):
        entries.append(("bounds", "ink-soft", canvas.words.possible))
    return marker_legend(canvas, entries) + canvas.size * 0.3 if entries else 0


def _reference_label(canvas: Canvas, reference: Reference, track: Track, y: float) -> float:
    """The words of the reference rule, above it and kept over the track; gives the height they take."""
    small = canvas.size * 0.87
    lines = canvas.wrap(reference.label, track.right, size=small)
    half = max(canvas.measure(line, size=small) for line in lines) / 2
    centre = min(max(track.x(reference.value), half), track.right - half)
    return canvas.lines(centre, y, lines, anchor="middle", size=small, paint="ink-soft")
