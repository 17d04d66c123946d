"""PDF: the tags a screen reader walks, read back with an independent library."""

import io
import shutil
import subprocess
import time
from datetime import UTC, datetime

import pikepdf
import pytest

from labqvt.documents.fonts import measure
from labqvt.documents.model import (
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
    KeyFigure,
    KeyFigures,
    Note,
    PageBreak,
    Paragraph,
    QrBlock,
    Run,
    Space,
    Statement,
    TableBlock,
    WritingLines,
)
from labqvt.documents.payload import Payload
from labqvt.documents.pdf import render_pdf
from labqvt.documents.tables import Column, Table
from tests.labqvt.documents.samples import MAKERS

AT = datetime(2026, 5, 12, 14, 0, tzinfo=UTC)
SLY = '#eval("1") *gras* <script> $x$ @ref \\ [lien](u)'
TABLE = Table(
    (Column("Sujet"), Column("Score", numeric=True, decimals=1)),
    (("Bruit", 41.25), ("Calme", 1042.0)),
    "Scores",
)


def report(charts):
    return Document(
        title="Lecture d'ensemble : printemps",
        author="Équipe",
        subject="Essai",
        outline=True,
        foot="Édition unique",
        blocks=(
            Cover("Lecture", "Sous-titre", "Maison", (("Période", "mars 2026"),), "À savoir"),
            Heading("En bref", 1, lead="Trois phrases."),
            Statement("Fort", "Le calme."),
            KeyFigures((KeyFigure("42", "lieux", "mars 2026"),)),
            Heading("Sujets", 2, hue="sante"),
            Paragraph((SLY, Run("gras", strong=True), Run("lien", url="https://exemple.org"))),
            *(FigureBlock(chart, with_table=rank == 0) for rank, chart in enumerate(charts)),
            Heading("Tableaux", 3),
            TableBlock(TABLE, hue_column=("sante", "")),
            Bullets(("un", ("deux ", Run("fort", strong=True)))),
            Bullets(("un", "deux"), ordered=True),
            Callout("À savoir", ("Un", "Deux"), "attention"),
            Columns(((Paragraph("gauche"),), (Paragraph("droite"), Note("source")))),
            PageBreak(),
            WritingLines(2, "À écrire"),
            CheckBoxes(("Oui", "Non"), inline=True, round=True),
            CheckBoxes(("Un", "Deux")),
            Space(4),
            QrBlock("https://exemple.org", "Adresse du site", "exemple.org"),
        ),
    )


@pytest.fixture(scope="module")
def written():
    charts = [maker() for maker in MAKERS]
    return charts, render_pdf(report(charts), at=AT)


@pytest.fixture(scope="module")
def opened(written):
    with pikepdf.open(io.BytesIO(written[1])) as pdf:
        yield pdf


def tags(pdf):
    """Every structure element with its depth-first order."""

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for child in node:
                yield from walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield node
            if "/K" in node:
                yield from walk(node.K)

    return list(walk(pdf.Root.StructTreeRoot.K))


def named(pdf, *names):
    return [node for node in tags(pdf) if str(node.S) in names]


def test_the_document_says_who_it_is(opened):
    with opened.open_metadata() as metadata:
        assert metadata["dc:title"] == "Lecture d’ensemble\u00a0: printemps"
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
    assert str(opened.Root.Lang) == "fr-FR"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert opened.Root.MarkInfo.Marked


def test_headings_follow_one_another(opened):
    levels = [str(node.S) for node in named(opened, "/H1", "/H2", "/H3")]
    assert levels[-3:] == ["/H1", "/H2", "/H3"]


def test_every_picture_is_told(opened, written):
    charts, _pdf = written
    told = [str(node.Alt) for node in named(opened, "/Figure") if "/Alt" in node]
    for chart in charts:
        assert any(text.startswith(chart.title.replace("'", "’").replace(" :", "\u00a0:")) for text in told)
    assert len([node for node in named(opened, "/Figure") if "/Alt" not in node]) == 0


def test_tables_have_heads(opened):
    assert len(named(opened, "/Table")) == 2
    heads = named(opened, "/TH")
    assert len(heads) >= 2 + 6
    assert {
        str(node.A.Scope if isinstance(node.A, pikepdf.Dictionary) else node.A[0].Scope) for node in heads
    } == {"/Column"}


def test_only_our_typeface_is_embedded(opened):
    fonts = {
        str(font.BaseFont).split("+")[-1]
        for page in opened.pages
        for font in page.Resources.get("/Font", {}).values()
    }
    assert {name for name in fonts if not name.startswith("AtkinsonHyperlegibleNext")} == set()


@pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext absent : le texte du PDF n’est pas relu"
)
def test_what_people_typed_is_printed_as_typed(written):
    text = subprocess.run(
        ["pdftotext", "-", "-"], input=written[1], capture_output=True, check=True
    ).stdout.decode()
    assert SLY in " ".join(text.split())


def test_the_same_document_gives_the_same_file(written):
    charts, pdf = written
    assert render_pdf(report(charts), at=AT) == pdf


@pytest.mark.parametrize("layout", ["sheet", "poster"])
def test_sheets_and_posters_compile(layout):
    pdf = render_pdf(
        Document(
            "Affiche", (Heading("Venez"), Space(None), Paragraph("Merci", align="center")), layout=layout
        )
    )
    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("blocks", "titles"), [((Paragraph("Venez"),), 1), ((Heading("Venez"), Paragraph("Merci")), 0)]
)
def test_a_poster_opens_with_its_title_unless_a_heading_does(blocks, titles):
    pdf = render_pdf(Document("Notre travail", blocks, layout="poster"))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(named(opened, "/Title")) == titles


def test_slips_fill_as_many_sheets_as_needed():
    cells = tuple(
        CutCell(f"K7F-{rank:02d}Q-M3", "Votre code", ("À taper sur exemple.org",), "https://exemple.org")
        for rank in range(21)
    )
    pdf = render_pdf(Document("Codes", (CutGrid(cells, columns=2, rows=5),), layout="sheet"))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 3
        assert len([node for node in named(opened, "/Figure") if "/Alt" in node]) == 21


def test_english_documents_say_so():
    with pikepdf.open(io.BytesIO(render_pdf(Document("Report", (Heading("Hello"),)), "en"))) as opened:
        assert str(opened.Root.Lang) == "en"


def test_a_later_compile_is_quick(written):
    charts, _pdf = written
    start = time.perf_counter()
    render_pdf(report(charts), at=AT)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("title", "blocks", "reason"),
    [
        ("  ", (), "doit avoir un titre"),
        ("t", (Heading("Un"), Heading("Trois", 3)), "« Trois » : titre de niveau 3 après un niveau 1"),
        ("t", (Heading("Un"), Columns(((Heading("Deux", 2), Heading("Quatre", 4)),))), "« Quatre »"),
        ("t", (Heading("Deux", 2),), "« Deux » : titre de niveau 2 après un niveau 0"),
    ],
)
def test_what_a_screen_reader_would_stumble_on_is_refused(title, blocks, reason):
    with pytest.raises(ValueError, match=reason):
        render_pdf(Document(title, blocks))


def test_columns_of_figures_are_as_wide_as_they_need_and_never_cut_a_word():
    columns = (Column("Sujet"), Column("Trois quarts sous", numeric=True), Column("n", numeric=True))
    few = Payload("fr").table(Table(columns, (("Bruit", 41.25, 1042),)))["measures"]
    assert "share" in few[0]
    assert few[1]["fixed"] > measure("Trois quarts sous", 1, 700)
    assert few[2]["fixed"] < 4
    many = (Column("Sujet"), *[Column("Trois quarts sous", numeric=True)] * 9)
    assert all("share" in one for one in Payload("fr").table(Table(many, ()))["measures"])
