"""One thing followed over time: lines named at their end, the rounds and their numbers under the axis."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from labqvt.documents.charts.canvas import Canvas, compose, number
from labqvt.documents.charts.paints import hue_paint
from labqvt.documents.charts.rows import marker_legend
from labqvt.documents.charts.values import PERCENT, Chart, Scale, Span
from labqvt.documents.tables import Column, Table
from labqvt.documents.words import words_of

Place = Callable[[float], float]
SHAPES: Final = ("circle", "diamond", "square", "triangle", "wedge", "bar")
DASHES: Final = ("", "7 4", "2 3", "9 3 2 3", "4 4", "1 4")
PAINTS: Final = ("primary", "favourable", "ink-soft", "link", "ink", "line")


@dataclass(frozen=True, slots=True)
class Wave:
    """One moment on the axis; ``note`` stands under it, e.g. the number of answers."""

    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    value: Span
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """One line: a point for each wave, ``None`` where nothing is shown. ``note`` is a word under its name."""

    label: str
    points: tuple[TrendPoint | None, ...]
    hue: str = ""
    note: str = ""


def trend(
    *, title: str, waves: tuple[Wave, ...], series: tuple[TrendSeries, ...], scale: Scale = PERCENT,
    description: str = "", source: str = "", language: str = "fr", chart_id: str = "",
) -> Chart:  # fmt: skip
    """At most six lines; beyond, make several charts."""
    words = words_of(language)
    for one in series:
        if len(one.points) != len(waves):
            raise ValueError(f"« {one.label} » : {len(one.points)} points pour {len(waves)} moments.")
    if len(series) > len(SHAPES):
        raise ValueError(f"Au plus {len(SHAPES)} lignes par figure : {len(series)} demandées.")

    def cell(point: TrendPoint | None) -> str:
        if point is None:
            return words.nothing
        written = scale.write(point.value, language)
        return f"{written} ({scale.write_ends(point.interval, language)})" if point.interval else written

    heads = tuple(
        Column(f"{wave.label} ({wave.note})" if wave.note else wave.label, numeric=True) for wave in waves
    )
    table = Table(
        caption=title,
        columns=(Column(words.label), *heads),
        rows=tuple(
            (f"{one.label} ({one.note})" if one.note else one.label, *(cell(point) for point in one.points))
            for one in series
        ),
    )

    def draw(canvas: Canvas) -> None:
        _draw(canvas, waves, series, scale)

    return compose(
        chart_id=chart_id, title=title, description=description, source=source, table=table,
        language=language, draw=draw,
    )  # fmt: skip


def _paint(one: TrendSeries, rank: int) -> str:
    return hue_paint(one.hue) if one.hue else PAINTS[rank]


def _draw(canvas: Canvas, waves: tuple[Wave, ...], series: tuple[TrendSeries, ...], scale: Scale) -> None:
    small = canvas.size * 0.87
    y = 4.0
    if canvas.medium.narrow:
        entries = [(SHAPES[rank], _paint(one, rank), _named(one)) for rank, one in enumerate(series)]
        y = marker_legend(canvas, entries) + canvas.size * 0.5
    ticks = [(tick, scale.write_tick(tick, canvas.language)) for tick in scale.ticks]
    left = max(canvas.measure(text, size=small) for _tick, text in ticks) + 8
    last_values = [_last(canvas, one, scale) for one in series]
    if canvas.medium.narrow:
        names_width = max(canvas.measure(text, weight=700) for text in last_values) + 16 + canvas.size * 0.76
    else:
        names_width = canvas.width * 0.3
    right = canvas.width - names_width
    top, bottom = y + small * 0.5, y + (220 if canvas.medium.narrow else 264)
    inset = min(40.0, (right - left) / (2 * len(waves)))

    def x_of(rank: int) -> float:
        if len(waves) == 1:
            return (left + right) / 2
        return left + inset + rank * (right - left - 2 * inset) / (len(waves) - 1)

    def y_of(value: float) -> float:
        return bottom - scale.share(value) * (bottom - top)

    for tick, text in ticks:
        canvas.line(left, y_of(tick), right, y_of(tick), "hairline")
        baseline = canvas.middle_baseline(y_of(tick), small)
        canvas.text(left - 8, baseline, text, anchor="end", size=small, paint="ink-soft")
    canvas.height = _moments(canvas, waves, [x_of(rank) for rank in range(len(waves))], bottom + 6)
    for rank, one in enumerate(series):
        aside = (rank - (len(series) - 1) / 2) * min(canvas.size * 0.65, inset / max(len(series) - 1, 1))
        _line(canvas, one, rank, ([x_of(wave) + aside for wave in range(len(waves))], y_of))
    _names(canvas, series, last_values, right, y_of)


def _named(one: TrendSeries) -> str:
    return f"{one.label} – {one.note}" if one.note else one.label


def _last(canvas: Canvas, one: TrendSeries, scale: Scale) -> str:
    shown = [point for point in one.points if point]
    return scale.write(shown[-1].value, canvas.language) if shown else "–"


def _moments(canvas: Canvas, waves: tuple[Wave, ...], places: list[float], y: float) -> float:
    """The rounds under the axis, each with its note."""
    small = canvas.size * 0.87
    step = places[1] - places[0] if len(places) > 1 else canvas.width * 0.5
    heights = []
    for place, wave in zip(places, waves, strict=True):
        lines = canvas.wrap(wave.label, step - 8, size=small)
        height = canvas.lines(place, y, lines, anchor="middle", size=small)
        if wave.note:
            notes = canvas.wrap(wave.note, step - 8, size=small)
            height += canvas.lines(place, y + height, notes, anchor="middle", size=small, paint="ink-soft")
        heights.append(height)
    return y + max(heights) + 4


def _line(canvas: Canvas, one: TrendSeries, rank: int, places: tuple[list[float], Place]) -> None:
    """Intervals behind, the line broken where nothing is shown, the markers in front."""
    xs, y_of = places
    paint, steps, drawing = _paint(one, rank), "", False
    for wave, point in enumerate(one.points):
        if point is None:
            drawing = False
            continue
        ends = point.interval or ((point.value.low, point.value.high) if not point.value.is_exact else None)
        if ends:
            canvas.line(xs[wave], y_of(ends[0]), xs[wave], y_of(ends[1]), paint, width=2)
            for end in ends:
                canvas.line(xs[wave] - 4, y_of(end), xs[wave] + 4, y_of(end), paint, width=2)
        steps += f"{'L' if drawing else 'M'}{number(xs[wave])} {number(y_of(point.value.middle))}"
        drawing = True
    if "L" in steps:
        canvas.path(steps, outline=paint, width=2.5, dash=DASHES[rank])
    for wave, point in enumerate(one.points):
        if point:
            canvas.marker(SHAPES[rank], xs[wave], y_of(point.value.middle), canvas.size * 0.38, paint)


@dataclass(slots=True)
class NameBlock:
    """The name at the end of a line, free to move up or down."""

    top: float
    height: float
    rank: int = 0
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def _names(
    canvas: Canvas, series: tuple[TrendSeries, ...], last_values: list[str], right: float, y_of: Place
) -> None:
    """Names at the end of lines, pushed apart until none touches another."""
    small, radius = canvas.size * 0.87, canvas.size * 0.38
    x = right + (8 if canvas.medium.narrow else 16)
    blocks = []
    for rank, one in enumerate(series):
        texts = ("", "") if canvas.medium.narrow else (one.label, one.note)
        wrapped = [tuple(canvas.wrap(text, canvas.width - x, size=small)) if text else () for text in texts]
        height = canvas.lines_height(1) + canvas.lines_height(sum(map(len, wrapped)), small)
        shown = [point for point in one.points if point]
        wished = y_of(shown[-1].value.middle) if shown else canvas.height
        blocks.append(NameBlock(wished - canvas.size * 0.6, height, rank, *wrapped))
    blocks.sort(key=lambda block: block.top)
    spread(blocks, 0.0, canvas.height)
    for block in blocks:
        y, paint = block.top, _paint(series[block.rank], block.rank)
        canvas.marker(SHAPES[block.rank], x + radius, y + canvas.size * 0.62, radius, paint)
        canvas.text(x + 8 + 2 * radius, y + canvas.size * 0.95, last_values[block.rank], weight=700)
        y += canvas.lines_height(1)
        y += canvas.lines(x, y, block.lines, size=small)
        canvas.lines(x, y, block.notes, size=small, paint="ink-soft")
    canvas.height = max(canvas.height, *(block.top + block.height for block in blocks))


def spread(blocks: list[NameBlock], top: float, bottom: float, gap: float = 6) -> None:
    """Push sorted blocks apart downwards, then back up from the floor while there is room above."""
    floor = top
    for block in blocks:
        block.top = max(block.top, floor)
        floor = block.top + block.height + gap
    ceiling = max(bottom, top + sum(block.height + gap for block in blocks) - gap)
    for block in reversed(blocks):
        block.top = min(block.top, ceiling - block.height)
        ceiling = block.top - gap
