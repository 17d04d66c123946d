"""A document as data: frozen blocks that every writer (PDF today) renders the same way.

Text is plain: no markup is ever interpreted. Emphasis is said with ``Run``; typography is applied by the
writer.
"""

from dataclasses import dataclass, field
from typing import Literal

from labqvt.documents.charts.values import Chart
from labqvt.documents.tables import Table


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with its emphasis; ``url`` makes it a link."""

    text: str
    strong: bool = False
    emphasis: bool = False
    url: str = ""


Text = str | tuple[str | Run, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: what, for whom, when. ``facts`` are pairs (name, value) at its foot.

    Not ``alone``, it heads the first page, and what follows begins under it.
    """

    title: str
    subtitle: str = ""
    eyebrow: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    notice: str = ""
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Heading:
    """A section title; levels follow one another (1, then 2, then 3). ``hue`` adds its textured square."""

    text: str
    level: int = 1
    hue: str = ""
    lead: str = ""  # one sentence under the title, in the same breath


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text
    lead: bool = False  # larger, opens a section
    align: Literal["start", "center"] = "start"


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence that must be read: large, with a small word above it (« Ce qui est fort »)."""

    label: str
    text: Text


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """``value`` as shown, what it counts, and what makes it sure (number, period, source)."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A chart with its title above and its source below; ``with_table`` prints the table twin under it."""

    chart: Chart
    with_table: bool = False
    width: float = 1.0  # share of the text width


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table. ``widths`` are shares (0: as needed); ``row_height`` in mm leaves room to write by hand."""

    table: Table
    widths: tuple[float, ...] = ()
    row_height: float = 0
    hue_column: tuple[str, ...] = ()  # one hue per row, or nothing


@dataclass(frozen=True, slots=True)
class Callout:
    """A frame to stop at. ``tone``: plain, attention or promise (a commitment made to the reader)."""

    title: str
    body: tuple[Text, ...]
    tone: Literal["plain", "attention", "promise"] = "plain"


@dataclass(frozen=True, slots=True)
class Note:
    """A source or a condition, small."""

    text: Text


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True)
class Space:
    """Empty height in mm; ``None`` pushes what follows to the foot of the page."""

    height: float | None = 8


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side; ``shares`` weigh their widths."""

    columns: tuple[tuple["Block", ...], ...]
    shares: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class WritingLines:
    """Ruled lines to write on by hand."""

    count: int = 3
    label: str = ""


@dataclass(frozen=True, slots=True)
class CheckBoxes:
    """Boxes to tick by hand, in a row when they are short."""

    items: tuple[str, ...]
    inline: bool = False
    round: bool = False  # one answer only


@dataclass(frozen=True, slots=True)
class QrBlock:
    """A QR code with the address written under it, for those without a camera."""

    data: str
    alt: str
    caption: str = ""
    size: float = 38  # mm
    align: Literal["start", "center"] = "center"


@dataclass(frozen=True, slots=True)
class CutCell:
    """One slip of a sheet to cut: a word above, the code in large, what to do with it, its QR."""

    code: str
    heading: str = ""
    lines: tuple[str, ...] = ()
    qr: str = ""
    qr_alt: str = ""


@dataclass(frozen=True, slots=True)
class CutGrid:
    """Slips with dashed lines to cut along; ``per_page`` = columns × rows of one sheet."""

    cells: tuple[CutCell, ...]
    columns: int = 2
    rows: int = 5


Block = (
    Cover | Heading | Paragraph | Bullets | Statement | KeyFigures | FigureBlock | TableBlock | Callout | Note
    | PageBreak | Space | Columns | WritingLines | CheckBoxes | QrBlock | CutGrid
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """What is written, and how it presents itself.

    ``layout``: « report » (running head, page numbers), « sheet » (one or two printed pages, quiet foot) or
    « poster » (read from two metres). ``paper`` is a Typst paper name (a4, a3, a5).
    """

    title: str
    blocks: tuple[Block, ...]
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    layout: Literal["report", "sheet", "poster"] = "report"
    paper: Literal["a3", "a4", "a5"] = "a4"
    landscape: bool = False
    running_title: str = ""  # head of pages; the title when empty
    foot: str = ""  # e.g. edition, conditions of circulation
    outline: bool = False  # table of contents after the cover
    signature: str = field(default="Lab’QVT")
