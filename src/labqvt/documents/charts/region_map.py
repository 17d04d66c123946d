"""France by region: metropolitan shapes, overseas tiles of equal size, shades that read in grey."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from labqvt.documents.charts.canvas import Canvas, compose
from labqvt.documents.charts.values import Chart
from labqvt.documents.fonts import measure
from labqvt.documents.tables import Column, Table
from labqvt.documents.words import words_of

OVERSEAS: Final = {
    "01": "Guadeloupe",
    "02": "Martinique",
    "03": "Guyane",
    "04": "La Réunion",
    "06": "Mayotte",
}
# From the palest to the strongest: ever more ink, so that shades also read in black and white.
SHADES: Final = (
    ("primary-soft", ""), ("primary", "sparse"), ("primary", "dense"), ("primary", "dots"), ("primary", ""),
)  # fmt: skip
STEPS: Final = {1: (2,), 2: (0, 4), 3: (0, 2, 4), 4: (0, 1, 2, 4), 5: (0, 1, 2, 3, 4)}


@dataclass(frozen=True, slots=True)
class RegionValue:
    """What is shown of one region (INSEE code): its text, and its rank in ``classes``."""

    code: str
    text: str
    level: int


@cache
def boundaries() -> dict[str, Any]:
    """Outlines of the regions, with their source."""
    found: dict[str, Any] = json.loads(
        (Path(__file__).parent / "data" / "regions.json").read_text(encoding="utf-8")
    )
    return found


def region_map(
    *, title: str, classes: tuple[str, ...], values: tuple[RegionValue, ...], value_label: str = "",
    description: str = "", source: str = "", language: str = "fr", chart_id: str = "",
) -> Chart:  # fmt: skip
    """``classes`` are the words of the legend, palest first; a region left out is drawn blank."""
    words = words_of(language)
    names = {code: region["name"] for code, region in boundaries()["regions"].items()} | OVERSEAS
    for value in values:
        if value.code not in names:
            raise ValueError(f"Région inconnue : « {value.code} » (code INSEE attendu).")
        if not 0 <= value.level < len(classes):
            raise ValueError(f"« {names[value.code]} » : classe {value.level} hors de la légende.")
    if len(classes) not in STEPS:
        raise ValueError(f"De 1 à 5 classes : {len(classes)} demandées.")
    given = {value.code: value for value in values}
    table = Table(
        caption=title,
        columns=(Column(words.region), Column(value_label or words.value, numeric=True)),
        rows=tuple(
            (name, given[code].text if code in given else words.no_data) for code, name in _by_name(names)
        ),
        note=boundaries()["source"],
    )

    shown = _Shown(classes, given, names, *_chips(values, names))

    def draw(canvas: Canvas) -> None:
        _draw(canvas, shown)

    return compose(
        chart_id=chart_id, title=title, description=description, source=source, table=table,
        language=language, draw=draw,
    )  # fmt: skip


_PLAIN: Final = str.maketrans("ÉÎ", "EI")
_BLANK: Final = ("surface", "")
_CHIP_EMS: Final = 3.2  # a longer text does not fit on a small region: numbers stand for it


@dataclass(frozen=True, slots=True)
class _Shown:
    """What every part of the drawing needs to know."""

    classes: tuple[str, ...]
    given: dict[str, RegionValue]
    names: dict[str, str]
    chips: dict[str, str]  # what is written on each region
    key: tuple[str, ...]  # what the numbers stand for, when they do

    def look(self, code: str) -> tuple[str, str]:
        value = self.given.get(code)
        return _BLANK if value is None else SHADES[STEPS[len(self.classes)][value.level]]

    def said(self, code: str, nothing: str) -> str:
        return f"{self.names[code]} – {self.given[code].text if code in self.given else nothing}"


def _by_name(names: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(names.items(), key=lambda pair: pair[1].translate(_PLAIN))


def _chips(values: tuple[RegionValue, ...], names: dict[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Short texts stand on the map; otherwise numbers do, in the order of names, and a list says them."""
    if all(measure(value.text, 1, 700) <= _CHIP_EMS for value in values):
        return {value.code: value.text for value in values}, ()
    texts = {value.code: value.text for value in values}
    ordered = [(code, name) for code, name in _by_name(names) if code in texts]
    chips = {code: str(rank) for rank, (code, _name) in enumerate(ordered, start=1)}
    return chips, tuple(f"{name} – {texts[code]}" for code, name in ordered)


def _draw(canvas: Canvas, shown: _Shown) -> None:
    shapes = boundaries()
    map_width = canvas.width - 4 if canvas.medium.narrow else canvas.width * (0.58 if shown.key else 0.66)
    scale = map_width / shapes["width"]
    regions = shapes["regions"]
    for code, region in regions.items():
        paint, texture = shown.look(code)
        with canvas.group(shown.said(code, canvas.words.no_data)):
            canvas.shape(region["path"], scale, (2, 2), paint, texture=texture, outline="line", width=1.2)
    for code, region in regions.items():
        if code in shown.chips:
            x, y = (coordinate * scale + 2 for coordinate in region["heart"])
            _chip(canvas, x, y, shown.chips[code], canvas.width)
    bottom = shapes["height"] * scale + 8
    x = 0 if canvas.medium.narrow else map_width + 24
    beside = canvas.width - x
    if canvas.medium.narrow:
        y = _overseas(canvas, shown, (0, bottom + 4, canvas.width, 5)) + 10
        canvas.height = _key(canvas, shown, (x, _legend(canvas, shown, (x, y, beside)), beside))
    elif shown.key:
        under = _overseas(canvas, shown, (0, bottom + 4, map_width, 5))
        canvas.height = max(under, _key(canvas, shown, (x, _legend(canvas, shown, (x, 4, beside)), beside)))
    else:
        y = _legend(canvas, shown, (x, 4, beside)) + 16
        canvas.height = max(bottom, _overseas(canvas, shown, (x, y, beside, 2)))


def _key(canvas: Canvas, shown: _Shown, place: tuple[float, float, float]) -> float:
    """What the numbers of the map stand for."""
    x, y, width = place
    y += canvas.size * 0.6 if shown.key else 0
    size = canvas.size * 0.93
    indent = canvas.measure(f"{len(shown.key)}.", size=size, weight=700) + 8
    for rank, text in enumerate(shown.key, start=1):
        canvas.lines(x + indent - 8, y, [f"{rank}."], anchor="end", size=size, weight=700)
        y += canvas.lines(x + indent, y, canvas.wrap(text, width - indent, size=size), size=size)
        y += canvas.size * 0.3
    return y


def _chip(canvas: Canvas, x: float, y: float, text: str, edge: float) -> None:
    """Words on a small plate, readable over any texture."""
    size = canvas.size * 0.87
    width = canvas.measure(text, size=size, weight=700) + 10
    x = min(max(x, width / 2 + 1), edge - width / 2 - 1)
    canvas.rect(x - width / 2, y - size * 0.72, width, size * 1.44, "surface", radius=3)
    canvas.text(x, canvas.middle_baseline(y, size), text, anchor="middle", size=size, weight=700)


def _legend(canvas: Canvas, shown: _Shown, place: tuple[float, float, float]) -> float:
    """Shades from the strongest to the palest, then the blank."""
    x, y, width = place
    steps = STEPS[len(shown.classes)]
    entries = [(*SHADES[step], words) for step, words in zip(steps, shown.classes, strict=True)][::-1]
    if len(shown.given) < len(shown.names):
        entries.append((*_BLANK, canvas.words.no_data))
    for entry in entries:
        y = _entry(canvas, entry, (x, y, width), canvas.size * 1.15)
    return y


def _entry(
    canvas: Canvas, entry: tuple[str, str, str], box: tuple[float, float, float], side: float
) -> float:
    paint, texture, text = entry
    x, y, width = box
    lines = canvas.wrap(text, width - side - 8, size=canvas.size * 0.93)
    canvas.rect(x + 0.5, y + 0.5, side, side, paint, texture=texture, outline="line")
    height = canvas.lines(x + side + 8, y + 1, lines, size=canvas.size * 0.93)
    return y + max(height, side) + 8


def _overseas(canvas: Canvas, shown: _Shown, box: tuple[float, float, float, int]) -> float:
    """Tiles of equal size: a small territory is not a small matter."""
    x, y, width, across = box
    small = canvas.size * 0.8
    canvas.text(x, y + canvas.size, canvas.words.overseas, weight=700, size=canvas.size * 0.93)
    y += canvas.size * 1.6
    gap = 8
    tile_width = (width - gap * (across - 1)) / across
    tile_height = canvas.size * 1.9
    row_height = tile_height + small * 1.7
    for rank, (code, name) in enumerate(OVERSEAS.items()):
        left, top = x + (rank % across) * (tile_width + gap), y + (rank // across) * row_height
        paint, texture = shown.look(code)
        with canvas.group(shown.said(code, canvas.words.no_data)):
            canvas.rect(
                left + 0.5, top, tile_width - 1, tile_height, paint, texture=texture, outline="line", radius=2
            )
            if code in shown.chips:
                _chip(canvas, left + tile_width / 2, top + tile_height / 2, shown.chips[code], canvas.width)
            size = min(small, small * tile_width / max(canvas.measure(name, size=small), 1))
            canvas.text(
                left + tile_width / 2, top + tile_height + small * 1.1, name, anchor="middle", size=size
            )
    return y + -(-len(OVERSEAS) // across) * row_height
