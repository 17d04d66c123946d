"""A document as the plain data the Typst template reads, every word set by the typography of its language."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from functools import singledispatchmethod
from typing import Any, Final

from labqvt.documents.charts.paints import HUE_TEXTURES
from labqvt.documents.charts.swatch import swatch_svg
from labqvt.documents.charts.values import Chart
from labqvt.documents.fonts import measure
from labqvt.documents.glyphs import clean, printable
from labqvt.documents.model import (
    Block,
    Bullets,
    Callout,
    CheckBoxes,
    Columns,
    Cover,
    CutCell,
    CutGrid,
    Document,
    FigureBlock,
    Heading,
    KeyFigures,
    Note,
    PageBreak,
    Paragraph,
    QrBlock,
    Run,
    Space,
    Statement,
    TableBlock,
    Text,
    WritingLines,
)
from labqvt.documents.qr import qr_svg
from labqvt.documents.tables import Table, written_rows
from labqvt.documents.words import words_of
from labqvt.foundation.typography import typo

Data = dict[str, Any]
# Widths of table columns, in em of the table.
TABULAR: Final = 1.08  # figures of equal width are a little wider than those ``measure`` knows
CELL_PADDING: Final = 1.1
MOST_FIXED: Final = 12
MOST_SHARED: Final = 30
_BREAKS: Final = re.compile(r"\s+|(?<=-)")  # where the compiler may end a line
PAGE_SHARE: Final = 29  # what figures may take of a page of about 48


class Payload:
    """Turns blocks into data; ``block`` knows one form per kind of block."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.words = words_of(language)

    def document(self, document: Document) -> Data:
        _check(document)
        return {
            "title": self.say(document.title),
            "author": clean(document.author),
            "subject": self.say(document.subject),
            "keywords": [clean(word) for word in document.keywords],
            "layout": document.layout,
            "paper": document.paper,
            "landscape": document.landscape,
            "running": self.say(document.running_title or document.title),
            "foot": self.say(document.foot),
            "signature": self.say(document.signature),
            "outline": document.outline,
            "contents": self.words.contents,
            "strip": [swatch_svg(hue) for hue in HUE_TEXTURES],
            "blocks": self.blocks(document.blocks),
        }

    def say(self, text: str) -> str:
        return typo(printable(text), self.language)

    def runs(self, text: Text) -> list[Data]:
        parts = (text,) if isinstance(text, str) else text
        runs = [part if isinstance(part, Run) else Run(part) for part in parts]
        return [asdict(run) | {"text": self.say(run.text)} for run in runs]

    def table(self, table: Table) -> Data:
        return {
            "caption": self.say(table.caption),
            "note": self.say(table.note),
            "heads": [self.say(column.label) for column in table.columns],
            "numeric": [column.numeric for column in table.columns],
            "rows": (
                rows := [[printable(cell) for cell in row] for row in written_rows(table, self.language)]
            ),
            "measures": _measures(table, rows),
        }

    def chart(self, chart: Chart) -> Data:
        return {
            "title": self.say(chart.title),
            "source": self.say(chart.source),
            "svg": chart.svg_for_print,
            "alt": self.say(f"{chart.title}. {chart.description}"),
            "table": self.table(chart.table),
        }

    def blocks(self, blocks: tuple[Block, ...]) -> list[Data]:
        return [self.block(block) for block in blocks]

    @singledispatchmethod
    def block(self, block: object) -> Data:
        raise TypeError(f"Bloc inconnu : {type(block).__name__}.")

    @block.register
    def _(self, block: Cover) -> Data:
        facts = [[self.say(name), self.say(value)] for name, value in block.facts]
        words = {name: self.say(getattr(block, name)) for name in ("title", "subtitle", "eyebrow", "notice")}
        return {"kind": "cover", "facts": facts, "alone": block.alone} | words

    @block.register
    def _(self, block: Heading) -> Data:
        swatch = swatch_svg(block.hue) if block.hue else ""
        words = {"text": self.say(block.text), "lead": self.say(block.lead)}
        return {"kind": "heading", "level": block.level, "swatch": swatch} | words

    @block.register
    def _(self, block: Paragraph) -> Data:
        return {"kind": "paragraph", "runs": self.runs(block.text), "lead": block.lead, "align": block.align}

    @block.register
    def _(self, block: Bullets) -> Data:
        return {
            "kind": "bullets",
            "items": [self.runs(item) for item in block.items],
            "ordered": block.ordered,
        }

    @block.register
    def _(self, block: Statement) -> Data:
        return {"kind": "statement", "label": self.say(block.label), "runs": self.runs(block.text)}

    @block.register
    def _(self, block: KeyFigures) -> Data:
        items = [{name: self.say(text) for name, text in asdict(item).items()} for item in block.items]
        return {"kind": "key-figures", "items": items}

    @block.register
    def _(self, block: FigureBlock) -> Data:
        look = {"kind": "figure", "with_table": block.with_table, "width": block.width}
        return look | self.chart(block.chart)

    @block.register
    def _(self, block: TableBlock) -> Data:
        swatches = [swatch_svg(hue) if hue else "" for hue in block.hue_column]
        look = {"kind": "table", "widths": list(block.widths), "row_height": block.row_height}
        return look | {"swatches": swatches, "table": self.table(block.table)}

    @block.register
    def _(self, block: Callout) -> Data:
        body = [self.runs(text) for text in block.body]
        return {"kind": "callout", "title": self.say(block.title), "tone": block.tone, "body": body}

    @block.register
    def _(self, block: Note) -> Data:
        return {"kind": "note", "runs": self.runs(block.text)}

    @block.register
    def _(self, _block: PageBreak) -> Data:
        return {"kind": "page-break"}

    @block.register
    def _(self, block: Space) -> Data:
        return {"kind": "space", "height": block.height}

    @block.register
    def _(self, block: Columns) -> Data:
        columns = [self.blocks(column) for column in block.columns]
        return {"kind": "columns", "columns": columns, "shares": list(block.shares) or [1] * len(columns)}

    @block.register
    def _(self, block: WritingLines) -> Data:
        return {"kind": "writing-lines", "count": block.count, "label": self.say(block.label)}

    @block.register
    def _(self, block: CheckBoxes) -> Data:
        items = [self.say(item) for item in block.items]
        return {"kind": "check-boxes", "items": items, "inline": block.inline, "round": block.round}

    @block.register
    def _(self, block: QrBlock) -> Data:
        words = {"alt": self.say(block.alt), "caption": self.say(block.caption)}
        return {"kind": "qr", "svg": qr_svg(block.data), "size": block.size, "align": block.align} | words

    @block.register
    def _(self, block: CutGrid) -> Data:
        cells = [self._cut_cell(cell) for cell in block.cells]
        return {"kind": "cut-grid", "columns": block.columns, "rows": block.rows, "cells": cells}

    def _cut_cell(self, cell: CutCell) -> Data:
        return {
            "code": printable(cell.code),
            "heading": self.say(cell.heading),
            "lines": [self.say(line) for line in cell.lines],
            "qr": qr_svg(cell.qr) if cell.qr else "",
            "alt": self.say(cell.qr_alt),
        }


def _measures(table: Table, rows: list[list[str]]) -> list[Data]:
    """Columns of figures as wide as they need, the rest shared between columns of words.

    Heads stay on one line where there is room, then take two; a table of many figures shares everything.
    """
    widest = [max((measure(row[x], 1) for row in rows), default=0) for x in range(len(table.columns))]
    heads = [measure(column.label, 1, 700) for column in table.columns]
    words = [
        max((measure(word, 1, 700) for word in _BREAKS.split(one.label)), default=0) for one in table.columns
    ]
    figures = [x for x, column in enumerate(table.columns) if column.numeric and x]
    for head_share in (1, 0.62):
        fixed = {
            x: min(max(widest[x] * TABULAR, words[x], heads[x] * head_share) + CELL_PADDING, MOST_FIXED)
            for x in figures
        }
        if sum(fixed.values()) <= PAGE_SHARE:
            break
    else:
        fixed = {}
    return [
        {"fixed": fixed[x]}
        if x in fixed
        else {"share": min(max(widest[x], words[x], 4) + CELL_PADDING, MOST_SHARED)}
        for x in range(len(table.columns))
    ]


def _check(document: Document) -> None:
    """What a screen reader needs and the compiler would refuse less clearly."""
    if not document.title.strip():
        raise ValueError("Un document doit avoir un titre.")
    level = 0
    for heading in _headings(document.blocks):
        if heading.level > level + 1:
            raise ValueError(f"« {heading.text} » : titre de niveau {heading.level} après un niveau {level}.")
        level = heading.level


def _headings(blocks: tuple[Block, ...]) -> Iterator[Heading]:
    """In reading order, those inside columns included."""
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Columns):
            for column in block.columns:
                yield from _headings(column)
