"""Opinions by class: one bar a row, the favourable end held on the left and the unfavourable one on the right.

When counts are released as ranges, each class is drawn at its sure minimum, and what the release leaves unsaid is one
hatched block: the eye never reads more than was published.
"""

from dataclasses import dataclass
from typing import Final

from labqvt.documents.charts.canvas import Canvas, compose
from labqvt.documents.charts.rows import legend, wrapped_label
from labqvt.documents.charts.values import Chart, Span
from labqvt.documents.tables import Column, Table
from labqvt.documents.words import Words

# Paint and texture of each kind of class; the order is that of the bar.
LOOKS: Final = {
    "favourable": ("favourable", ""),
    "neutral": ("neutral", ""),
    "unanswered": ("ink-soft", "blank"),
    "unfavourable": ("unfavourable", "diagonal"),
}
UNSAID: Final = ("ink-soft", "unsaid")


@dataclass(frozen=True, slots=True)
class LikertClass:
    """A class of answers. ``kind``: favourable, neutral, unanswered or unfavourable."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class LikertRow:
    """One question: what is known of each class (same order as the classes), out of ``total``."""

    label: str
    parts: tuple[Span, ...]
    total: float = 100
    hue: str = ""
    note: str = ""  # shown at the end of the row, e.g. the number of answers


def likert_bars(
    *, title: str, classes: tuple[LikertClass, ...], rows: tuple[LikertRow, ...], description: str = "",
    source: str = "", unit: str = "", decimals: int = 0, note_label: str = "", language: str = "fr", chart_id: str = "",
) -> Chart:  # fmt: skip
    """Stacked bars of opinion classes, best kept to three or four classes."""
    words = Words(language)
    for row in rows:
        if len(row.parts) != len(classes):
            raise ValueError(f"« {row.label} » : {len(row.parts)} valeurs pour {len(classes)} classes.")
    table = Table(
        caption=title,
        columns=(
            Column(words.label),
            *(Column(one.label, numeric=True) for one in classes),
            *((Column(note_label or words.count, numeric=True),) if any(row.note for row in rows) else ()),
        ),
        rows=tuple(
            (
                row.label,
                *(part.written(language, decimals=decimals, unit=unit) for part in row.parts),
                *((row.note,) if any(one.note for one in rows) else ()),
            )
            for row in rows
        ),
    )

    def draw(canvas: Canvas) -> None:
        _draw(canvas, classes, rows, unit, decimals, note_label or words.count)

    return compose(
        chart_id=chart_id, title=title, description=description or words.figures_in_table, source=source, table=table,
        language=language, draw=draw,
    )  # fmt: skip


def _draw(
    canvas: Canvas, classes: tuple[LikertClass, ...], rows: tuple[LikertRow, ...], unit: str, decimals: int,
    note_label: str,
) -> None:  # fmt: skip
    order = sorted(range(len(classes)), key=lambda rank: tuple(LOOKS).index(classes[rank].kind))
    entries = [(*LOOKS[classes[rank].kind], classes[rank].label) for rank in order]
    if any(_unsaid(row) > 0 for row in rows):
        entries.append((*UNSAID, canvas.words.unsaid))
    y = legend(canvas, entries) + canvas.size * 0.9

    def ends(row: LikertRow) -> tuple[str, str]:
        written = {
            classes[rank].kind: row.parts[rank].written(canvas.language, decimals=decimals, unit=unit) for rank in order
        }
        return written.get("favourable", ""), written.get("unfavourable", "")

    value_width = max((canvas.measure(text, weight=700) for row in rows for text in ends(row)), default=0)
    notes = any(row.note for row in rows) and not canvas.medium.narrow
    note_width = max(canvas.measure(text, size=canvas.size * 0.87) for text in [note_label, *(row.note for row in rows)])
    note_width = note_width + 16 if notes else 0
    label_width = 0 if canvas.medium.narrow else canvas.width * 0.38
    left = label_width + (20 if label_width else 0) + value_width + 8
    right = canvas.width - note_width - value_width - 8
    if notes:
        y += canvas.lines(canvas.width, y, [note_label], anchor="end", size=canvas.size * 0.87, paint="ink-soft") + 4
    bar = canvas.size * 1.35
    for row in rows:
        label = wrapped_label(canvas, row.label, label_width or canvas.width, row.hue)
        if canvas.medium.narrow:
            y += label.draw(y) + 4
            middle = y + bar / 2
            height = bar
        else:
            height = max(label.height, bar)
            label.draw(y + (height - label.height) / 2)
            middle = y + height / 2
        before, after = ends(row)
        canvas.text(left - 8, canvas.middle_baseline(middle), before, anchor="end", weight=700)
        canvas.text(right + 8, canvas.middle_baseline(middle), after, weight=700)
        if notes:
            baseline = canvas.middle_baseline(middle, canvas.size * 0.87)
            canvas.text(canvas.width, baseline, row.note, anchor="end", size=canvas.size * 0.87, paint="ink-soft")
        _bar(canvas, row, [classes[rank].kind for rank in order], order, (left, middle - bar / 2, right - left, bar))
        y += height + canvas.size * (1.15 if canvas.medium.narrow else 0.85)
    canvas.height = y


def _unsaid(row: LikertRow) -> float:
    return row.total - sum(part.low for part in row.parts)


def _bar(
    canvas: Canvas, row: LikertRow, kinds: list[str], order: list[int], box: tuple[float, float, float, float]
) -> None:
    """Sure minima from the left, the unsaid block, then the sure unfavourable minimum against the right."""
    x, y, width, height = box
    parts = [(LOOKS[kind], row.parts[rank].low) for kind, rank in zip(kinds, order, strict=True)]
    at = len(parts) - 1 if kinds and kinds[-1] == "unfavourable" else len(parts)
    parts.insert(at, (UNSAID, max(0.0, _unsaid(row))))
    whole = max(row.total, sum(amount for _look, amount in parts)) or 1
    with canvas.group():
        for (paint, texture), amount in parts:
            segment = amount / whole * width
            canvas.rect(x, y, segment, height, paint, texture=texture, outline="line")
            x += segment
