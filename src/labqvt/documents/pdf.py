"""PDF through Typst: tagged, PDF/UA-1 and PDF/A-2a together, French by default.

The document travels as JSON, never as markup: whatever a person typed is printed as typed. Typst is imported on first use.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from labqvt.documents.charts.paints import HUE_TEXTURES
from labqvt.documents.charts.swatch import swatch_svg
from labqvt.documents.charts.values import Chart
from labqvt.documents.fonts import FONT_FOLDER
from labqvt.documents.model import (
    Block, Bullets, Callout, CheckBoxes, Columns, Cover, CutGrid, Document, FigureBlock, Heading, KeyFigures, Note,
    PageBreak, Paragraph, QrBlock, Run, Space, Statement, TableBlock, Text, WritingLines,
)  # fmt: skip
from labqvt.documents.qr import qr_svg
from labqvt.documents.tables import Table, written_rows
from labqvt.documents.words import Words
from labqvt.foundation.design.tokens import FONT_FAMILY, LIGHT
from labqvt.foundation.typography import typo

TEMPLATE: Final = Path(__file__).parent / "typst" / "document.typ"
STANDARDS: Final = ("ua-1", "a-2a")


def render_pdf(document: Document, language: str = "fr", *, at: datetime | None = None) -> bytes:
    """Write the document. ``at`` is its date of production (now when left out)."""
    import typst  # noqa: PLC0415 - 80 MB of compiler, loaded only when a PDF is asked for

    data = {
        "language": language,
        "design": {"font": FONT_FAMILY, "palette": asdict(LIGHT)},
        "document": _Writer(language).document(document),
    }
    pdf: bytes = typst.compile(
        TEMPLATE.read_bytes(), format="pdf", font_paths=_fonts(), pdf_standards=list(STANDARDS),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, timestamp=int((at or datetime.now(UTC)).timestamp()),
    )  # fmt: skip
    return pdf


@cache
def _fonts() -> Any:
    import typst  # noqa: PLC0415 - see render_pdf

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONT_FOLDER)])


class _Writer:
    """Blocks to JSON, with the typography of the language applied to every word."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.words = Words(language)

    def document(self, document: Document) -> dict[str, Any]:
        return {
            "title": self.say(document.title), "author": document.author, "subject": self.say(document.subject),
            "keywords": list(document.keywords), "layout": document.layout, "paper": document.paper,
            "landscape": document.landscape, "running": self.say(document.running_title or document.title),
            "foot": self.say(document.foot), "signature": self.say(document.signature), "outline": document.outline,
            "contents": self.words.contents,
            "strip": [swatch_svg(hue) for hue in HUE_TEXTURES],
            "blocks": [self.block(block) for block in document.blocks],
        }  # fmt: skip

    def say(self, text: str) -> str:
        return typo(text, self.language)

    def runs(self, text: Text) -> list[dict[str, Any]]:
        parts = (text,) if isinstance(text, str) else text
        runs = [part if isinstance(part, Run) else Run(part) for part in parts]
        return [asdict(run) | {"text": self.say(run.text)} for run in runs]

    def table(self, table: Table) -> dict[str, Any]:
        return {
            "caption": self.say(table.caption), "note": self.say(table.note),
            "heads": [self.say(column.label) for column in table.columns],
            "numeric": [column.numeric for column in table.columns],
            "rows": written_rows(table, self.language),
        }  # fmt: skip

    def figure(self, chart: Chart) -> dict[str, Any]:
        return {
            "title": self.say(chart.title), "source": self.say(chart.source), "svg": chart.svg_for_print,
            "alt": self.say(f"{chart.title}. {chart.description}"), "table": self.table(chart.table),
        }  # fmt: skip

    def block(self, block: Block) -> dict[str, Any]:  # noqa: C901, PLR0911, PLR0912 - one line per kind of block
        match block:
            case Cover():
                facts = [[self.say(name), self.say(value)] for name, value in block.facts]
                words = {name: self.say(getattr(block, name)) for name in ("title", "subtitle", "eyebrow", "notice")}
                return {"kind": "cover", "facts": facts, **words}
            case Heading():
                swatch = swatch_svg(block.hue) if block.hue else ""
                return {"kind": "heading", "text": self.say(block.text), "level": block.level, "swatch": swatch,
                        "lead": self.say(block.lead)}  # fmt: skip
            case Paragraph():
                return {"kind": "paragraph", "runs": self.runs(block.text), "lead": block.lead, "align": block.align}
            case Bullets():
                return {"kind": "bullets", "items": [self.runs(item) for item in block.items], "ordered": block.ordered}
            case Statement():
                return {"kind": "statement", "label": self.say(block.label), "runs": self.runs(block.text)}
            case KeyFigures():
                items = [{name: self.say(text) for name, text in asdict(item).items()} for item in block.items]
                return {"kind": "key-figures", "items": items}
            case FigureBlock():
                return {"kind": "figure", "with_table": block.with_table, "width": block.width} | self.figure(block.chart)
            case TableBlock():
                swatches = [swatch_svg(hue) if hue else "" for hue in block.hue_column]
                return {"kind": "table", "widths": list(block.widths), "row_height": block.row_height,
                        "swatches": swatches, "table": self.table(block.table)}  # fmt: skip
            case Callout():
                return {"kind": "callout", "title": self.say(block.title), "tone": block.tone,
                        "body": [self.runs(text) for text in block.body]}  # fmt: skip
            case Note():
                return {"kind": "note", "runs": self.runs(block.text)}
            case PageBreak():
                return {"kind": "page-break"}
            case Space():
                return {"kind": "space", "height": block.height}
            case Columns():
                columns = [[self.block(inner) for inner in column] for column in block.columns]
                return {"kind": "columns", "columns": columns, "shares": list(block.shares or [1] * len(columns))}
            case WritingLines():
                return {"kind": "writing-lines", "count": block.count, "label": self.say(block.label)}
            case CheckBoxes():
                return {"kind": "check-boxes", "items": [self.say(item) for item in block.items],
                        "inline": block.inline, "round": block.round}  # fmt: skip
            case QrBlock():
                return {"kind": "qr", "svg": qr_svg(block.data), "alt": self.say(block.alt), "size": block.size,
                        "caption": self.say(block.caption), "align": block.align}  # fmt: skip
            case CutGrid():
                return {"kind": "cut-grid", "columns": block.columns, "rows": block.rows, "cells": [
                    {"code": cell.code, "heading": self.say(cell.heading), "lines": [self.say(line) for line in cell.lines],
                     "qr": qr_svg(cell.qr) if cell.qr else "", "alt": self.say(cell.qr_alt)}
                    for cell in block.cells
                ]}  # fmt: skip
