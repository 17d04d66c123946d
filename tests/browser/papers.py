"""PDFs as a person and as a screen reader receive them: their words, their pages, their structure."""

import io
import re
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
from playwright.sync_api import Download


@dataclass(frozen=True, slots=True)
class Paper:
    """A downloaded PDF."""

    content: bytes
    pages: tuple[str, ...]
    language: str
    is_tagged: bool

    @property
    def text(self) -> str:
        return " ".join(self.pages)


def paper_of(download: Download) -> Paper:
    return read_paper(Path(download.path()).read_bytes())


def read_paper(content: bytes) -> Paper:
    document = pypdfium2.PdfDocument(content)
    pages = tuple(re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in document)
    document.close()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        marked = bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False))
        return Paper(content, pages, str(pdf.Root.get("/Lang", "")), marked and "/StructTreeRoot" in pdf.Root)
