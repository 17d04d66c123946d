"""What charts made of rows share: wrapped labels with their hue, a legend that flows, an axis drawn once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from labqvt.documents.charts.canvas import Canvas
from labqvt.documents.charts.values import Scale


@dataclass(frozen=True, slots=True)
class RowLabel:
    """A label broken to its column, with the small square of its hue when it has one."""

    canvas: Canvas
    lines: list[str]
    hue: str
    x: float

    @property
    def height(self) -> float:
        return self.canvas.lines_height(len(self.lines))

    def draw(self, y: float) -> float:
        side = self.canvas.size * 0.8
        if self.hue:
            self.canvas.hue_swatch(self.x, y + self.canvas.size * 0.2, side, self.hue)
        indent = side + 8 if self.hue else 0
        return self.canvas.lines(self.x + indent, y, self.lines)


def wrapped_label(canvas: Canvas, text: str, width: float, hue: str = "", x: float = 0) -> RowLabel:
    indent = canvas.size * 0.8 + 8 if hue else 0
    return RowLabel(canvas, canvas.wrap(text, width - indent), hue, x)


def legend(canvas: Canvas, entries: Sequence[tuple[str, str, str]], y: float = 0) -> float:
    """Swatches (paint, texture, words) flowing on as many lines as needed; gives where the legend ends."""
    side = canvas.size * 0.87

    def swatch(rank: int, x: float, y: float) -> None:
        paint, texture, _text = entries[rank]
        canvas.rect(x + 0.5, y + 0.5, side, side, paint, texture=texture, outline="line")

    return _flow(canvas, [(side + 6, text) for _paint, _texture, text in entries], swatch, y)


def marker_legend(canvas: Canvas, entries: Sequence[tuple[str, str, str]], y: float = 0) -> float:
    """Markers (shape, paint, words) flowing like ``legend``."""
    radius = canvas.size * 0.4

    def mark(rank: int, x: float, y: float) -> None:
        shape, paint, _text = entries[rank]
        draw_marker(canvas, shape, (x + 1.3 * radius, y + canvas.size * 0.45), radius, paint)

    leads = [
        2.6 * radius + (14 if shape in ("interval", "bounds") else 8) for shape, _paint, _text in entries
    ]
    return _flow(canvas, [(lead, entry[2]) for lead, entry in zip(leads, entries, strict=True)], mark, y)


def _flow(
    canvas: Canvas, entries: Sequence[tuple[float, str]], mark: Callable[[int, float, float], None], y: float
) -> float:
    """Marks followed by their words, from left to right; an entry wider than the drawing wraps."""
    size, x, gap = canvas.size * 0.93, 0.0, canvas.size * 0.36
    height = 0.0
    for rank, (lead, text) in enumerate(entries):
        lines = canvas.wrap(text, canvas.width - lead, size=size)
        width = lead + max(canvas.measure(line, size=size) for line in lines)
        if x and x + width > canvas.width:
            x, y, height = 0.0, y + height, 0.0
        mark(rank, x, y)
        canvas.lines(x + lead, y - size * 0.12, lines, size=size)
        height = max(height, canvas.lines_height(len(lines), size) + gap)
        x += width + 20
    return y + height


def draw_marker(canvas: Canvas, shape: str, centre: tuple[float, float], radius: float, paint: str) -> None:
    """A marker, or a stretch of interval when the shape is ``interval`` or ``bounds``."""
    x, y = centre
    if shape == "interval":
        interval(canvas, x - 1.3 * radius + 1.5, x + 1.3 * radius + 5, y, paint)
    elif shape == "bounds":
        canvas.line(x - 1.3 * radius, y, x + 1.3 * radius + 6, y, paint, width=1.5, dash="2 3")
    else:
        canvas.marker(shape, x, y, radius, paint)


def interval(canvas: Canvas, x1: float, x2: float, y: float, paint: str) -> None:
    """A range that closes with small caps."""
    canvas.line(x1, y, x2, y, paint, width=2.5)
    cap = canvas.size * 0.3
    for x in (x1, x2):
        canvas.line(x, y - cap, x, y + cap, paint, width=2.5, round_ends=True)


@dataclass(frozen=True, slots=True)
class Track:
    """The stretch of a row where values are placed."""

    scale: Scale
    left: float
    right: float

    def x(self, value: float) -> float:
        return self.left + self.scale.share(value) * (self.right - self.left)

    @property
    def ticks(self) -> tuple[float, ...]:
        """All of them, or the ends and the middle where there is little room."""
        ticks = self.scale.ticks
        if self.right - self.left > 240:
            return ticks
        return tuple(dict.fromkeys((ticks[0], ticks[len(ticks) // 2], ticks[-1])))

    def grid(
        self, canvas: Canvas, top: float, bottom: float, words: Sequence[tuple[float, float]] = ()
    ) -> None:
        """The fine rules of one row, left out where they would strike its words."""
        for tick in self.ticks:
            x = self.x(tick)
            if not any(start - 2 < x < end + 2 for start, end in words):
                canvas.line(x, top, x, bottom, "hairline")


def horizontal_axis(canvas: Canvas, track: Track, y: float) -> float:
    """Figures of the axis under the rows, then the words of both ends; gives where they end."""
    size, scale, left, right = canvas.size * 0.87, track.scale, track.left, track.right
    for tick in track.ticks:
        x = track.x(tick)
        written = scale.write_tick(tick, canvas.language)
        canvas.text(x, y + size * 1.15, written, anchor="middle", size=size, paint="ink-soft")
    y += size * 1.6
    if scale.low_words or scale.high_words:
        half = (right - left) / 2
        low = canvas.wrap(scale.low_words, half - 8, size=size)
        high = canvas.wrap(scale.high_words, half - 8, size=size)
        canvas.lines(left, y, low, size=size, paint="ink-soft")
        canvas.lines(right, y, high, anchor="end", size=size, paint="ink-soft")
        y += canvas.lines_height(max(len(low), len(high)), size)
    return y + 4
