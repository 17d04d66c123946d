"""Opinions by class: one bar a row, the favourable end held on the left and the unfavourable one on the
right.

When counts are released as ranges, each class is drawn at its sure minimum, and what the release leaves
unsaid is one hatched block: the eye never reads more than was published.
"""

from dataclasses import dataclass
from typing import Final

from labqvt.documents.charts.canvas import Canvas, compose
from labqvt.documents.charts.rows import legend, wrapped_label
from labqvt.documents.charts.values import Box, Chart, Scale, Span
from labqvt.documents.tables import Column, Table
from labqvt.documents.words import words_of

# Paint and texture of each kind of class; the order is that of the bar.
LOOKS: Final = {
    "favourable": ("favourable", ""),
    "neutral": ("neutral", ""),
    "unanswered": ("unanswered", ""),
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
    *, title: str, classes: tuple[LikertClass, ...], rows: tuple[LikertRow, ...], unit: str = "",
    decimals: int = 0, note_label: str = "", description: str = "", source: str = "", language: str = "fr",
    chart_id: str = "",
) -> Chart:  # fmt: skip
    """Stacked bars of opinion classes, best kept to three or four classes."""
    words, scale = words_of(language), Scale(unit=unit, decimals=decimals)
    for one in classes:
        if one.kind not in LOOKS:
            raise ValueError(f"Classe inconnue : « {one.kind} ». Classes possibles : {', '.join(LOOKS)}.")
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
                *(scale.write(part, language) for part in row.parts),
                *((row.note,) if any(one.note for one in rows) else ()),
            )
            for row in rows
        ),
    )

    def draw(canvas: Canvas) -> None:
        _draw(canvas, classes, rows, scale, note_label or words.count)

    return compose(
        chart_id=chart_id, title=title, description=description, source=source, table=table,
        language=language, draw=draw,
    )  # fmt: skip


def _draw(
    canvas: Canvas,
    classes: tuple[LikertClass, ...],
    rows: tuple[LikertRow, ...],
    scale: Scale,
    note_label: str,
) -> None:
    order = sorted(range(len(classes)), key=lambda rank: tuple(LOOKS).index(classes[rank].kind))
    kinds = [classes[rank].kind for rank in order]
    entries = [(*LOOKS[classes[rank].kind], classes[rank].label) for rank in order]
    if any(_unsaid(row) > 0 for row in rows):
        entries.append((*UNSAID, canvas.words.unsaid))
    y = legend(canvas, entries) + canvas.size * 0.9

    def end(row: LikertRow, kind: str) -> str:
        if kind not in kinds:
            return ""
        return scale.write(row.parts[order[kinds.index(kind)]], canvas.language)

    small, narrow = canvas.size * 0.87, canvas.medium.narrow
    ends = [(end(row, "favourable"), end(row, "unfavourable")) for row in rows]
    value_width = max((canvas.measure(text, weight=700) for pair in ends for text in pair), default=0)
    notes = any(row.note for row in rows) and not narrow
    note_widths = [canvas.measure(text, size=small) for text in (note_label, *(row.note for row in rows))]
    label_width = 0 if narrow else canvas.width * 0.38
    left = label_width + (0 if narrow else 20) + value_width + 8
    right = canvas.width - (max(note_widths) + 16 if notes else 0) - value_width - 8
    if notes:
        y += canvas.lines(canvas.width, y, [note_label], anchor="end", size=small, paint="ink-soft") + 4
    bar = canvas.size * 1.35
    for row, (before, after) in zip(rows, ends, strict=True):
        label = wrapped_label(canvas, row.label, label_width or canvas.width, row.hue)
        height = bar if narrow else max(label.height, bar)
        if narrow:
            y += label.draw(y) + 4
        else:
            label.draw(y + (height - label.height) / 2)
        middle = y + height / 2
        canvas.text(left - 8, canvas.middle_baseline(middle), before, anchor="end", weight=700)
        canvas.text(right + 8, canvas.middle_baseline(middle), after, weight=700)
        if notes:
            baseline = canvas.middle_baseline(middle, small)
            canvas.text(canvas.width, baseline, row.note, anchor="end", size=small, paint="ink-soft")
        minima = [row.parts[rank].low for rank in order]
        _bar(
            canvas, row, list(zip(kinds, minima, strict=True)), Box(left, middle - bar / 2, right - left, bar)
        )
        y += height + canvas.size * (1.15 if narrow else 0.85)
    canvas.height = y


def _unsaid(row: LikertRow) -> float:
    return row.total - sum(part.low for part in row.parts)


def _bar(canvas: Canvas, row: LikertRow, minima: list[tuple[str, float]], box: Box) -> None:
    """Sure minima from the left, the unsaid block, then the sure unfavourable minimum against the right."""
    parts = [(LOOKS[kind], amount) for kind, amount in minima]
    last_is_unfavourable = bool(minima) and minima[-1][0] == "unfavourable"
    parts.insert(len(parts) - last_is_unfavourable, (UNSAID, max(0.0, _unsaid(row))))
    whole = sum(amount for _look, amount in parts) or 1
    x = box.x
    with canvas.group():
        for (paint, texture), amount in parts:
            segment = amount / whole * box.width
            canvas.rect(x, box.y, segment, box.height, paint, texture=texture, outline="line")
            x += segment
