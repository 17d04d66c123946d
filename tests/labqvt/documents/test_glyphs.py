"""Whatever a person types, the document comes out."""

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labqvt.documents.charts import DotRow, Span, dots_with_intervals
from labqvt.documents.glyphs import clean, printable
from labqvt.documents.model import Document, FigureBlock, Heading, Paragraph
from labqvt.documents.pdf import render_pdf


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Bravo 🎉", "Bravo □"),
        ("❤️", "❤"),
        ("e\u0301", "é"),
        ("a\x00\x0bb\ud800", "ab"),
        ("→ ☐ ✓ œ Ÿ « 1ʳᵉ »", "→ ☐ ✓ œ Ÿ « 1ʳᵉ »"),
        ("deux\nlignes", "deux\nlignes"),
    ],
)
def test_paper_holds_what_it_can_draw(typed, printed):
    assert printable(typed) == printed


@pytest.mark.parametrize("text", ["😀 漢字 العربية", "\x1b[0m\ufffe", "\ud83d seul", "a\u200bb\u00ad"])
def test_no_text_stops_a_document(text):
    chart = dots_with_intervals(title=f"t {text}", rows=(DotRow(text, Span.exact(3)),))
    blocks = (Heading(f"a {text}"), Paragraph(text), FigureBlock(chart, with_table=True))
    pdf = render_pdf(Document(f"Titre {text}", blocks, author=text, foot=text))
    assert len(pikepdf.open(io.BytesIO(pdf)).pages) == 1


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_printed(text):
    assert render_pdf(Document("t", (Heading("t"), Paragraph(text)))).startswith(b"%PDF")


@given(st.text())
def test_cleaning_is_idempotent(text):
    assert clean(clean(text)) == clean(text)
    assert printable(printable(text)) == printable(text)
