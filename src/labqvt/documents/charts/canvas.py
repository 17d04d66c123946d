"""The drawing board: marks and measured words, written as SVG for the screen or for paper."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import escape
from typing import Final, Literal

from labqvt.documents.charts.paints import HUE_TEXTURES, PRINTED, TEXTURES, hue_paint
from labqvt.documents.charts.swatch import MARKS, SIDE
from labqvt.documents.charts.values import Chart
from labqvt.documents.fonts import measure, wrap
from labqvt.documents.glyphs import clean, printable
from labqvt.documents.tables import Table, written_rows
from labqvt.documents.words import words_of
from labqvt.foundation.design.tokens import FONT_FAMILY
from labqvt.foundation.typography import typo

Anchor = Literal["start", "middle", "end"]
LEADING: Final = 1.28
TOLD_ROWS: Final = 8
SLACK: Final = 1.02  # browsers round advances; a hair more than measured keeps words inside their column


@dataclass(frozen=True, slots=True)
class Medium:
    """Where a drawing will be seen: width in user units, size of text, colours themed or concrete."""

    name: Literal["web", "phone", "print"]
    width: float
    size: float
    themed: bool

    @property
    def narrow(self) -> bool:
        return self.name == "phone"


MEDIA: Final = (
    Medium("web", 704, 15, themed=True),
    Medium("phone", 328, 15, themed=True),
    Medium("print", 640, 13, themed=False),
)


def number(value: float) -> str:
    """A coordinate, short."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


# Words of figures are those of questionnaires, the same from page to page.
_set = lru_cache(maxsize=4096)(typo)


class Canvas:
    """One SVG being drawn, top to bottom. ``height`` is set last, by the chart."""

    def __init__(self, medium: Medium, chart_id: str, language: str) -> None:
        self.medium, self.language, self.width, self.size = medium, language, medium.width, medium.size
        self.height = 0.0
        self.words = words_of(language)
        self._id = f"{chart_id}-{medium.name}"
        self._marks: list[str] = []
        self._said: dict[str, str] = {}  # words are measured, wrapped, then drawn: set once
        self._patterns: dict[str, str] = {}

    # Words

    def say(self, text: str) -> str:
        """Text as it will be drawn: typography of the language, and only what the medium can hold."""
        if text not in self._said:
            safe = clean(text) if self.medium.themed else printable(text)
            self._said[text] = _set(safe, self.language)
        return self._said[text]

    def measure(self, text: str, *, size: float | None = None, weight: int = 400) -> float:
        return measure(self.say(text), size or self.size, weight) * SLACK

    def wrap(self, text: str, width: float, *, size: float | None = None, weight: int = 400) -> list[str]:
        return wrap(self.say(text), width / SLACK, size or self.size, weight)

    def text(
        self, x: float, y: float, text: str, *, anchor: Anchor = "start", size: float | None = None,
        weight: int = 400, paint: str = "ink",
    ) -> None:  # fmt: skip
        """One line of words; ``y`` is its baseline."""
        if not text:
            return
        attributes = f'x="{number(x)}" y="{number(y)}" font-size="{number(size or self.size)}"'
        if weight != 400:
            attributes += f' font-weight="{weight}"'
        if anchor != "start":
            attributes += f' text-anchor="{anchor}"'
        words = escape(self.say(text), quote=False)
        self._marks.append(f"<text {attributes}{self._look(paint)}>{words}</text>")

    def lines(
        self, x: float, y: float, lines: Sequence[str], *, anchor: Anchor = "start", size: float | None =
        None, weight: int = 400, paint: str = "ink",
    ) -> float:  # fmt: skip
        """Lines already wrapped, ``y`` being the top of the first; gives the height they take."""
        size = size or self.size
        for rank, line in enumerate(lines):
            baseline = y + size * (0.92 + rank * LEADING)
            self.text(x, baseline, line, anchor=anchor, size=size, weight=weight, paint=paint)
        return self.lines_height(len(lines), size)

    def lines_height(self, count: int, size: float | None = None) -> float:
        size = size or self.size
        return size * LEADING * count

    def middle_baseline(self, y: float, size: float | None = None) -> float:
        """Baseline that centres capitals and figures on ``y``."""
        return y + (size or self.size) * 0.34

    # Marks

    def rect(
        self, x: float, y: float, width: float, height: float, paint: str, *, texture: str = "",
        outline: str = "", radius: float = 0,
    ) -> None:  # fmt: skip
        if width <= 0 or height <= 0:
            return
        box = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
        rounded = f' rx="{number(radius)}"' if radius else ""
        self._marks.append(f"<rect {box}{rounded}{self._look(paint, texture=texture, outline=outline)}/>")

    def path(
        self, d: str, paint: str = "none", *, texture: str = "", outline: str = "", width: float = 1,
        dash: str = "", round_ends: bool = False,
    ) -> None:  # fmt: skip
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        ends = ' stroke-linecap="round" stroke-linejoin="round"' if round_ends else ' stroke-linejoin="round"'
        look = self._look(paint, texture=texture, outline=outline, width=width)
        self._marks.append(f'<path d="{d}"{look}{dashes}{ends if outline else ""}/>')

    def shape(
        self, d: str, scale: float, origin: tuple[float, float], paint: str, *, texture: str = "",
        outline: str = "", width: float = 1,
    ) -> None:  # fmt: skip
        """An outline drawn elsewhere, brought to ``scale``; strokes and textures keep their own size."""
        self.path(_scaled(d, scale, origin), paint, texture=texture, outline=outline, width=width)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, paint: str, *, width: float = 1, dash: str = "",
        round_ends: bool = False,
    ) -> None:  # fmt: skip
        d = f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"
        self.path(d, outline=paint, width=width, dash=dash, round_ends=round_ends)

    def marker(self, shape: str, x: float, y: float, radius: float, paint: str) -> None:
        """A point whose shape means something: circle, diamond, square, triangle, wedge or bar."""
        outline = (
            "ink" if paint == "accent" else "surface"
        )  # the accent is too pale to stand on the page alone
        self.path(_marker_path(shape, x, y, radius), paint, outline=outline, width=1.5)

    def hue_swatch(self, x: float, y: float, side: float, hue: str) -> None:
        """The small square that says a hue twice: by colour and by texture."""
        marks, filled = MARKS[HUE_TEXTURES[hue]]
        look = self._look("surface") if filled else self._look("none", outline="surface", width=1.3)
        place = f"translate({number(x)} {number(y)}) scale({number(side / SIDE)})"
        ground = f'<rect width="{SIDE}" height="{SIDE}"{self._look(hue_paint(hue))}/>'
        self._marks.append(f'<g transform="{place}">{ground}<path d="{marks}"{look}/></g>')

    @contextmanager
    def group(self, title: str = "") -> Iterator[None]:
        """Marks that belong together; ``title`` shows when the pointer rests on them."""
        said = f"<title>{escape(self.say(title), quote=False)}</title>" if title else ""
        self._marks.append(f"<g>{said}")
        yield
        self._marks.append("</g>")

    # Writing

    def svg(self, title: str, description: str) -> str:
        """The whole drawing, named and described for those who do not see it."""
        title_id, desc_id = f"{self._id}-title", f"{self._id}-desc"
        size = f'viewBox="0 0 {number(self.width)} {number(self.height)}"'
        if self.medium.themed:
            look = f'class="chart-svg chart-svg--{self.medium.name}"'
        else:
            measures = f'width="{number(self.width)}" height="{number(self.height)}"'
            look = f"{measures} font-family=\"'{FONT_FAMILY}'\""
        defs = f"<defs>{''.join(self._patterns.values())}</defs>" if self._patterns else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} {look} role="img"'
            f' aria-labelledby="{title_id} {desc_id}">'
            f'<title id="{title_id}">{escape(self.say(title), quote=False)}</title>'
            f'<desc id="{desc_id}">{escape(self.say(description), quote=False)}</desc>'
            f"{defs}{''.join(self._marks)}</svg>"
        )

    def _look(self, paint: str, *, texture: str = "", outline: str = "", width: float = 1) -> str:
        """Attributes of fill and stroke: classes when the page chooses the colours, colours on paper."""
        classes, attributes = [], ""
        if texture:
            attributes = f' fill="url(#{self._pattern(paint, texture)})"'
        elif paint == "none":
            attributes = ' fill="none"'
        elif self.medium.themed:
            classes.append(f"fill-{paint}")
        else:
            attributes = f' fill="{PRINTED[paint]}"'
        if outline:
            attributes += f' stroke-width="{number(width)}"'
            if self.medium.themed:
                classes.append(f"stroke-{outline}")
            else:
                attributes += f' stroke="{PRINTED[outline]}"'
        return (f' class="{" ".join(classes)}"' if classes else "") + attributes

    def _pattern(self, paint: str, texture: str) -> str:
        pattern_id = f"{self._id}-{texture}-{paint}"
        if pattern_id not in self._patterns:
            tile = TEXTURES[texture]
            ground, ink = (tile.ground, paint) if tile.ground else (paint, "surface")
            marks = self._look(ink) if tile.filled else self._look("none", outline=ink, width=1.3)
            side = number(tile.side)
            self._patterns[pattern_id] = (
                f'<pattern id="{pattern_id}" width="{side}" height="{side}" patternUnits="userSpaceOnUse">'
                f'<rect width="{side}" height="{side}"{self._look(ground)}/>'
                f'<path d="{tile.marks}"{marks}/></pattern>'
            )
        return pattern_id


@lru_cache(maxsize=128)
def _scaled(d: str, scale: float, origin: tuple[float, float]) -> str:
    """A path of absolute moves and relative lines, brought to ``scale``."""
    out = []
    for command, numbers in re.findall(r"([Mlz])([^Mlz]*)", d):
        values = [float(value) * scale for value in re.findall(r"-?\d+(?:\.\d+)?", numbers)]
        if command == "M":
            values = [value + start for value, start in zip(values, origin, strict=True)]
        out.append(command + " ".join(f"{value:.1f}" for value in values).replace(" -", "-"))
    return "".join(out)


def circle_path(x: float, y: float, r: float) -> str:
    half = f"a{number(r)} {number(r)} 0 1 0"
    return f"M{number(x - r)} {number(y)}{half} {number(2 * r)} 0{half} {number(-2 * r)} 0z"


def _marker_path(shape: str, x: float, y: float, r: float) -> str:
    if shape == "circle":
        return circle_path(x, y, r)
    corners = {
        "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
        "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
        "triangle": ((0, -1.2), (1.15, 0.85), (-1.15, 0.85)),
        "wedge": ((0, 1.2), (1.15, -0.85), (-1.15, -0.85)),
        "bar": ((-1.3, -0.6), (1.3, -0.6), (1.3, 0.6), (-1.3, 0.6)),
    }[shape]
    return "M" + "L".join(f"{number(x + dx * r)} {number(y + dy * r)}" for dx, dy in corners) + "z"


def told(table: Table, language: str) -> str:
    """The table in a breath, for those who hear the figure; long ones are left to the table itself."""
    words = words_of(language)
    if len(table.rows) > TOLD_ROWS:
        return words.figures_in_table
    heads = [column.label for column in table.columns[1:]]
    rows = [
        f"{first} : " + ", ".join(f"{head} {cell}" for head, cell in zip(heads, cells, strict=True))
        for first, *cells in written_rows(table, language)
    ]
    return f"{' ; '.join(rows)}. {words.figures_in_table}"


def compose(
    *, chart_id: str, title: str, description: str, source: str, table: Table, language: str,
    draw: Callable[[Canvas], None],
) -> Chart:  # fmt: skip
    """Draw the same values for each medium and bind them with their words and their table."""
    chart_id = chart_id or "chart-" + sha256(repr((title, table)).encode()).hexdigest()[:10]
    description = " ".join(part for part in (description, told(table, language)) if part)
    media = {medium.name: medium for medium in MEDIA}

    def drawn(medium: str) -> str:
        canvas = Canvas(media[medium], chart_id, language)
        draw(canvas)
        return canvas.svg(title, description)

    return Chart(
        id=chart_id, title=title, description=description, source=source, table=table, drawn=drawn
    )  # fmt: skip
