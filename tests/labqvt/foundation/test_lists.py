"""A list is read whoever wrote it, and one that cannot be is told in a sentence."""

import io
from contextlib import suppress

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from labqvt.foundation.lists import UnreadableListError, rows_of, sheets_of


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Nom;12\nAutre;3", [["Nom", "12"], ["Autre", "3"]]),
        ("Nom\t12\r\nAutre\t3", [["Nom", "12"], ["Autre", "3"]]),
        ("Nom,12", [["Nom", "12"]]),
        ("Régie\nAmis, voisins", [["Régie"], ["Amis, voisins"]]),
        ("Effectifs\nRégie ; 12", [["Effectifs"], ["Régie ", " 12"]]),
        ("\ufeffNom;1", [["Nom", "1"]]),
        ("", []),
    ],
)
def test_rows_of_a_text(text, rows):
    assert rows_of(text) == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_accents_of_french_excel_are_kept(encoding):
    assert sheets_of("Maison d’été;3".encode(encoding))[0].cells == [["Maison d’été", "3"]]


def test_the_first_filled_sheet_keeps_its_own_row_numbers():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("vide")
        book.add_worksheet("liste").write_row(3, 0, ["Nom", 12])
    [sheet] = sheets_of(out.getvalue(), first_filled=True)
    assert sheet.first == 4
    assert sheet.cells[0][0] == "Nom"


@pytest.mark.parametrize("content", [b"PK\x03\x04 rien", b"\x81\x8d;\xff\x9d"])
def test_what_cannot_be_read_is_told(content):
    with pytest.raises(UnreadableListError, match=r".{20}"):
        sheets_of(content)


@given(st.text(max_size=300))
def test_any_text_gives_rows_or_a_sentence(text):
    with suppress(UnreadableListError):
        assert all(isinstance(cell, str) for row in rows_of(text) for cell in row)
