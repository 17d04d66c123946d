"""PDF through Typst: tagged, PDF/UA-1 and PDF/A-2a together, French by default.

The document travels as JSON, never as markup: what a person typed is printed as typed. Typst is imported
on first use.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from labqvt.documents.fonts import FONT_FOLDER
from labqvt.documents.model import Document
from labqvt.documents.payload import Payload
from labqvt.foundation.design.tokens import FONT_FAMILY, LIGHT

TEMPLATE: Final = Path(__file__).parent / "typst" / "document.typ"
STANDARDS: Final = ("ua-1", "a-2a")


def render_pdf(document: Document, language: str = "fr", *, at: datetime | None = None) -> bytes:
    """Write the document. ``at`` is its date of production (now when left out)."""
    import typst  # noqa: PLC0415 - 80 MB of compiler, loaded only when a PDF is asked for

    data = {
        "language": language,
        "design": {"font": FONT_FAMILY, "palette": asdict(LIGHT)},
        "document": Payload(language).document(document),
    }
    pdf: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        pdf_standards=list(STANDARDS),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int((at or datetime.now(UTC)).timestamp()),
    )
    return pdf


@cache
def _fonts() -> Any:
    """Our files only: the same document on every machine."""
    import typst  # noqa: PLC0415 - see render_pdf

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONT_FOLDER)])
