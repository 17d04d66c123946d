"""Positions with what surrounds them: a dot, its interval, and the bounds nobody can dispute."""

from dataclasses import dataclass

from labqvt.documents.charts.canvas import Canvas, compose
from labqvt.documents.charts.paints import hue_paint
from labqvt.documents.charts.rows import horizontal_axis, interval, marker_legend, wrapped_label
from labqvt.documents.charts.values import PERCENT, Chart, Scale, Span
from labqvt.documents.tables import Column, Table
from labqvt.documents.words import Words
from labqvt.foundation.typography import format_range

Ends = tuple[float, float]


@dataclass(frozen=True, slots=True)
class DotRow:
    """One position. ``interval`` is plausible, ``bounds`` holds without any assumption; ``value`` may be left out."""

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


def dots_with_intervals(
    *, title: str, rows: tuple[DotRow, ...], scale: Scale = PERCENT, reference: Reference | None = None,
    value_label: str = "", description: str = "", source: str = "", language: str = "fr", chart_id: str = "",
) -> Chart:  # fmt: skip
    """Rows in the order given; the caller sorts by what the reader should see first."""
    words = Words(language)
    value_label = value_label or words.value

    def ends(pair: Ends | None) -> str:
        return "–" if pair is None else format_range(*pair, scale.decimals, language)

    def value(row: DotRow) -> str:
        if row.value is None:
            return words.nothing
        return row.value.written(language, decimals=scale.decimals, unit=scale.unit)

    optional = [
        (any(row.interval for row in rows), Column(words.interval, numeric=True), lambda row: ends(row.interval)),
        (any(row.bounds for row in rows), Column(words.bounds, numeric=True), lambda row: ends(row.bounds)),
        (any(row.note for row in rows), Column(words.count, numeric=True), lambda row: row.note),
    ]
    kept = [(column, write) for wanted, column, write in optional if wanted]
    table = Table(
        caption=title,
        columns=(Column(words.label), Column(value_label, numeric=True), *(column for column, _write in kept)),
        rows=tuple((row.label, value(row), *(write(row) for _column, write in kept)) for row in rows),
        note="" if reference is None else f"{reference.label} : {format_range(reference.value, reference.value, scale.decimals, language)}",
    )

    def draw(canvas: Canvas) -> None:
        _draw(canvas, rows, scale, reference, value_label)

    return compose(
        chart_id=chart_id, title=title, description=description or words.figures_in_table, source=source, table=table,
        language=language, draw=draw,
    )  # fmt: skip


def _draw(
    canvas: Canvas, rows: tuple[DotRow, ...], scale: Scale, reference: Reference | None, value_label: str
) -> None:
    y = _legend(canvas, rows)
    values = [
        row.value.written(canvas.language, decimals=scale.decimals, unit=scale.unit) if row.value else "–" for row in rows
    ]
    small = canvas.size * 0.87
    value_width = max([canvas.measure(value_label, size=small), *(canvas.measure(text, weight=700) for text in values)]) + 14
    label_width = 0 if canvas.medium.narrow else canvas.width * 0.36
    pad = canvas.size * 0.6
    left, right = label_width + (20 if label_width else pad), canvas.width - value_width - pad

    def place(value: float) -> float:
        return left + scale.share(value) * (right - left)

    header = canvas.lines(canvas.width, y, [value_label], anchor="end", size=small, paint="ink-soft")
    if reference:
        y = _reference_label(canvas, reference, place(reference.value), y, right)
    else:
        y += header
    top, spots = y + 4, []
    y = top
    line = canvas.size * (1.3 if canvas.medium.narrow else 1.8)
    for row in rows:
        label = wrapped_label(canvas, row.label, label_width or canvas.width - value_width, row.hue)
        if canvas.medium.narrow:
            spots.append((y, y + label.height + line / 2))
            y += label.height + line + canvas.size * 0.6
        else:
            height = max(label.height, line)
            spots.append((y + (height - label.height) / 2, y + height / 2))
            y += height + canvas.size * 0.45
    axis_top = y if canvas.medium.narrow else top
    canvas.height = horizontal_axis(canvas, scale, (left, right, axis_top, y + 2))
    if reference:
        x = place(reference.value)
        canvas.line(x, top - 2, x, y, "ink-soft", width=1.5, dash="5 3")
    for row, text, (label_y, middle) in zip(rows, values, spots, strict=True):
        wrapped_label(canvas, row.label, label_width or canvas.width - value_width, row.hue).draw(label_y)
        canvas.line(left, middle, right, middle, "hairline")
        paint = hue_paint(row.hue) if row.hue else "primary"
        if row.bounds:
            canvas.line(place(row.bounds[0]), middle, place(row.bounds[1]), middle, paint, width=1.5, dash="2 3")
        if row.interval:
            interval(canvas, place(row.interval[0]), place(row.interval[1]), middle, paint)
        if row.value:
            canvas.marker("circle", place(row.value.middle), middle, canvas.size * 0.45, paint)
        canvas.text(canvas.width, canvas.middle_baseline(middle), text, anchor="end", weight=700)


def _legend(canvas: Canvas, rows: tuple[DotRow, ...]) -> float:
    entries = []
    if any(row.interval for row in rows):
        entries.append(("interval", "ink-soft", canvas.words.plausible))
    if any(row.bounds for row in rows):
        entries.append(("bounds", "ink-soft", canvas.words.possible))
    return marker_legend(canvas, entries) + canvas.size * 0.3 if entries else 0


def _reference_label(canvas: Canvas, reference: Reference, x: float, y: float, right: float) -> float:
    """The words of the reference rule, above it and kept inside the drawing."""
    small = canvas.size * 0.87
    lines = canvas.wrap(reference.label, min(right, canvas.width * 0.45), size=small)
    width = max(canvas.measure(line, size=small) for line in lines)
    centre = min(max(x, width / 2), right - width / 2)
    return y + canvas.lines(centre, y, lines, anchor="middle", size=small, paint="ink-soft")
