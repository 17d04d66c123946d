"""What matters against how it goes: numbered points on four quadrants, named in an ordered list."""

import math
from dataclasses import dataclass
from typing import Final

from labqvt.documents.charts.canvas import Anchor, Canvas, circle_path, compose
from labqvt.documents.charts.paints import hue_paint
from labqvt.documents.charts.values import PERCENT, Box, Chart, Scale, Span
from labqvt.documents.tables import Column, Table
from labqvt.documents.words import words_of

CORNERS: Final = ("top_left", "top_right", "bottom_left", "bottom_right")
START: Final[Anchor] = "start"
END: Final[Anchor] = "end"


@dataclass(frozen=True, slots=True)
class MatrixPoint:
    """One subject: ``across`` on the horizontal axis, ``up`` on the vertical one."""

    label: str
    across: Span
    up: Span
    hue: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Quadrants:
    """Words of the four corners; ``highlight`` names the one to look at first."""

    top_left: str
    top_right: str
    bottom_left: str
    bottom_right: str
    highlight: str = "top_left"
    split: tuple[float, float] | None = None  # middle of both axes when left out


@dataclass(frozen=True, slots=True)
class MatrixAxis:
    label: str
    scale: Scale = PERCENT


def priority_matrix(
    *, title: str, across: MatrixAxis, up: MatrixAxis, points: tuple[MatrixPoint, ...], quadrants: Quadrants,
    description: str = "", source: str = "", language: str = "fr", chart_id: str = "",
) -> Chart:  # fmt: skip
    words = words_of(language)

    table = Table(
        caption=title,
        columns=(
            Column(words.number, numeric=True),
            Column(words.label),
            Column(across.label, numeric=True),
            Column(up.label, numeric=True),
        ),
        rows=tuple(
            (
                rank,
                point.label,
                across.scale.write(point.across, language),
                up.scale.write(point.up, language),
            )
            for rank, point in enumerate(points, start=1)
        ),
    )

    def draw(canvas: Canvas) -> None:
        _draw(canvas, (across, up), points, quadrants)

    return compose(
        chart_id=chart_id, title=title, description=description, source=source, table=table,
        language=language, draw=draw,
    )  # fmt: skip


def _draw(
    canvas: Canvas, axes: tuple[MatrixAxis, MatrixAxis], points: tuple[MatrixPoint, ...], quadrants: Quadrants
) -> None:
    across, up = axes
    small = canvas.size * 0.87
    side = canvas.width - 2 if canvas.medium.narrow else canvas.width * 0.56
    top = canvas.lines(0, 0, canvas.wrap(up.label, side, weight=700, size=small), weight=700, size=small)
    if up.scale.high_words:
        top += canvas.lines(0, top, [up.scale.high_words], size=small, paint="ink-soft")
    box = Box(1.0, top + 4, side, side * (1.0 if canvas.medium.narrow else 0.92))
    plot = _ground(canvas, box, axes, quadrants)
    y = _across_words(canvas, across, box)
    _points(canvas, points, axes, plot)
    if canvas.medium.narrow:
        canvas.height = _names(canvas, points, (0, y + canvas.size, canvas.width))
    else:
        x = side + 28
        canvas.height = max(y, _names(canvas, points, (x, box.y, canvas.width - x))) + 4


def _across_words(canvas: Canvas, across: MatrixAxis, box: Box) -> float:
    """What the horizontal axis measures, and the words of its ends."""
    small, right = canvas.size * 0.87, box.x + box.width
    y = box.y + box.height + 6
    ends = [
        canvas.wrap(text, box.width / 2 - 8, size=small) if text else []
        for text in (across.scale.low_words, across.scale.high_words)
    ]
    canvas.lines(box.x, y, ends[0], size=small, paint="ink-soft")
    canvas.lines(right, y, ends[1], anchor="end", size=small, paint="ink-soft")
    y += canvas.lines_height(max(map(len, ends)), small)
    label = canvas.wrap(across.label, box.width, weight=700, size=small)
    return y + canvas.lines(right, y, label, anchor="end", weight=700, size=small)


def _ground(canvas: Canvas, box: Box, axes: tuple[MatrixAxis, MatrixAxis], quadrants: Quadrants) -> Box:
    """The four quadrants and their words; gives the stretch left to points, clear of any word."""
    x, y, width, height = box
    across, up = axes
    cut_x = x + width / 2
    if quadrants.split:
        cut_x = x + across.scale.share(quadrants.split[0]) * width
    widths = {"left": cut_x - x, "right": x + width - cut_x}
    small = canvas.size * 0.87
    said = {
        corner: canvas.wrap(
            getattr(quadrants, corner),
            widths[corner.split("_")[1]] - 16,
            size=small,
            weight=_weight(quadrants, corner),
        )
        for corner in CORNERS
    }
    bands = [
        12 + canvas.lines_height(max(len(said[f"{row}_left"]), len(said[f"{row}_right"])), small)
        for row in ("top", "bottom")
    ]
    plot = Box(x, y + bands[0], width, height - sum(bands))
    share = up.scale.share(quadrants.split[1]) if quadrants.split else 0.5
    cut_y = plot.y + (1 - share) * plot.height
    lefts, tops = {"left": x, "right": cut_x}, {"top": y, "bottom": cut_y}
    heights = {"top": cut_y - y, "bottom": y + height - cut_y}
    row, side = quadrants.highlight.split("_")
    canvas.rect(lefts[side], tops[row], widths[side], heights[row], "primary-soft")
    canvas.rect(x, y, width, height, "none", outline="line")
    canvas.line(cut_x, y, cut_x, y + height, "line")
    canvas.line(x, cut_y, x + width, cut_y, "line")
    for corner, lines in said.items():
        row, side = corner.split("_")
        line_y = y + 8 if row == "top" else y + height - 8 - canvas.lines_height(len(lines), small)
        at, anchor = (x + 8, START) if side == "left" else (x + width - 8, END)
        paint = "ink" if corner == quadrants.highlight else "ink-soft"
        canvas.lines(
            at, line_y, lines, anchor=anchor, size=small, weight=_weight(quadrants, corner), paint=paint
        )
    return plot


def _weight(quadrants: Quadrants, corner: str) -> int:
    return 700 if corner == quadrants.highlight else 400


def _points(
    canvas: Canvas, points: tuple[MatrixPoint, ...], axes: tuple[MatrixAxis, MatrixAxis], box: Box
) -> None:
    x, y, width, height = box
    radius = canvas.size * 0.72
    inner = (x + radius, y + radius, x + width - radius, y + height - radius)
    across, up = axes
    exact = [
        (
            x + across.scale.share(point.across.middle) * width,
            y + (1 - up.scale.share(point.up.middle)) * height,
        )
        for point in points
    ]
    placed = push_apart(exact, 2 * radius + 4, inner)
    for point, (true_x, true_y) in zip(points, exact, strict=True):
        paint = hue_paint(point.hue) if point.hue else "primary"
        if not point.across.is_exact:
            ends = [x + across.scale.share(end) * width for end in (point.across.low, point.across.high)]
            canvas.line(ends[0], true_y, ends[1], true_y, paint, width=1.5)
        if not point.up.is_exact:
            ends = [y + (1 - up.scale.share(end)) * height for end in (point.up.low, point.up.high)]
            canvas.line(true_x, ends[0], true_x, ends[1], paint, width=1.5)
    for rank, (point, (seen_x, seen_y)) in enumerate(zip(points, placed, strict=True), start=1):
        paint = hue_paint(point.hue) if point.hue else "primary"
        with canvas.group(f"{rank}. {point.label}"):
            canvas.path(circle_path(seen_x, seen_y, radius), "surface", outline=paint, width=2.5)
            size = canvas.size * 0.87
            baseline = canvas.middle_baseline(seen_y, size)
            canvas.text(seen_x, baseline, str(rank), anchor="middle", size=size, weight=700)
    for point, (true_x, true_y), (seen_x, seen_y) in zip(points, exact, placed, strict=True):
        if (
            math.dist((true_x, true_y), (seen_x, seen_y)) > radius * 0.5
        ):  # pushed aside: its true place stays marked
            paint = hue_paint(point.hue) if point.hue else "primary"
            canvas.marker("circle", true_x, true_y, canvas.size * 0.24, paint)


def push_apart(
    points: list[tuple[float, float]], distance: float, inner: tuple[float, float, float, float]
) -> list[tuple[float, float]]:
    """Move points until all are ``distance`` apart and inside ``inner``; the same input, the same answer."""
    left, top, right, bottom = inner
    places = [[min(max(x, left), right), min(max(y, top), bottom)] for x, y in points]
    for _round in range(200):
        moved = False
        for i, first in enumerate(places):
            for second in places[i + 1 :]:
                dx, dy = second[0] - first[0], second[1] - first[1]
                apart = (dx * dx + dy * dy) ** 0.5
                if apart >= distance - 0.01:
                    continue
                if apart < 0.01:  # the same spot: part them sideways
                    dx, dy, apart = 1.0, 0.3, 1.044
                push = (distance - apart) / 2 / apart if apart > 0.01 else distance / 2
                for place, sign in ((first, -1), (second, 1)):
                    place[0] = min(max(place[0] + sign * dx * push, left), right)
                    place[1] = min(max(place[1] + sign * dy * push, top), bottom)
                moved = True
        if not moved:
            break
    return [(x, y) for x, y in places]


def _names(canvas: Canvas, points: tuple[MatrixPoint, ...], place: tuple[float, float, float]) -> float:
    """The ordered list that names the numbers."""
    x, y, width = place
    indent = canvas.measure(f"{len(points)}.", weight=700) + 8
    side = canvas.size * 0.8
    for rank, point in enumerate(points, start=1):
        canvas.text(x + indent - 8, y + canvas.size * 0.92, f"{rank}.", anchor="end", weight=700)
        text_x = x + indent
        if point.hue:
            canvas.hue_swatch(text_x, y + canvas.size * 0.2, side, point.hue)
            text_x += side + 8
        lines = canvas.wrap(point.label, x + width - text_x)
        y += canvas.lines(text_x, y, lines)
        if point.note:
            notes = canvas.wrap(point.note, x + width - text_x, size=canvas.size * 0.87)
            y += canvas.lines(text_x, y, notes, size=canvas.size * 0.87, paint="ink-soft")
        y += canvas.size * 0.5
    return y
