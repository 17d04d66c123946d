"""Workbooks: values keep their type, and nobody's text becomes a formula."""

import io
import zipfile

import pytest
from python_calamine import load_workbook

from labqvt.documents.tables import Column, Table
from labqvt.documents.xlsx import Sheet, Workbook, render_xlsx

TABLE = Table(
    (Column("Question", meaning="Texte posé"), Column("Score", numeric=True, decimals=1, unit="%")),
    (("=1+1", 41.26), ("-a", None), ("Calme", 1042.0)),
    note="Source : mesure de mars 2026.",
)


def opened(workbook):
    return load_workbook(io.BytesIO(render_xlsx(workbook)))


def part(workbook, name):
    return zipfile.ZipFile(io.BytesIO(render_xlsx(workbook))).read(name).decode()


def test_numbers_stay_numbers_and_blanks_stay_blank():
    rows = opened(Workbook("t", (Sheet("Scores", TABLE),))).get_sheet_by_name("Scores").to_python()
    assert rows[:4] == [["Question", "Score"], ["=1+1", 41.26], ["-a", ""], ["Calme", 1042.0]]


@pytest.mark.parametrize("sly", ["=1+1", "+33", "-2+3", "@SUM(A1)", "\t=1", "=HYPERLINK('x')"])
def test_text_never_becomes_a_formula(sly):
    workbook = Workbook("t", (Sheet("s", Table((Column("c"),), ((sly,),))),))
    sheet = part(workbook, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    assert 'quotePrefix="1"' in part(workbook, "xl/styles.xml")


def test_notes_come_first_and_meanings_last():
    names = opened(Workbook("t", (Sheet("Scores", TABLE),), notes=("À savoir",))).sheet_names
    assert names == ["À lire", "Scores", "Dictionnaire"]


def test_sheet_names_are_made_acceptable_and_unique():
    table = Table((Column("c"),), ())
    sheets = (
        Sheet("Scores [2026]/1", table),
        Sheet("scores  2026  1", table),
        Sheet("x" * 40, table),
        Sheet("", table),
    )
    names = opened(Workbook("t", sheets)).sheet_names
    assert len({name.lower() for name in names}) == 4
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="1 cellules pour 2 colonnes"):
        Table((Column("a"), Column("b")), (("x",),))
