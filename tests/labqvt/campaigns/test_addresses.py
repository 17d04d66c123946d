"""Lists of addresses as people have them."""

import io

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from labqvt.campaigns import addresses
from labqvt_forms.errors import FileError

NAMES = st.text("abcdefghij", min_size=1, max_size=8)
GIVEN = st.lists(st.builds("{}@{}.fr".format, NAMES, NAMES), max_size=30)


def lines_of(found):
    return [(fault.line, fault.written) for fault in found.faults]


def test_a_pasted_list_tells_its_doubles_and_its_mistakes_with_their_line():
    found = addresses.in_text(
        "a@exemple.fr\nb@exemple.fr; Marie <C@Exemple.FR>\n\npas une adresse\nA@exemple.fr\nd@exemple\n"
    )
    assert found.addresses == ("a@exemple.fr", "b@exemple.fr", "c@exemple.fr")
    assert lines_of(found) == [
        (4, "pas"), (4, "une"), (4, "adresse"), (5, "A@exemple.fr"), (6, "d@exemple"),
    ]  # fmt: skip
    assert found.faults[3].why == "déjà donnée à la ligne 1"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_column_of_a_csv_is_found_whatever_its_place(delimiter, encoding):
    rows = [["Prénom", "Courriel pro", "Équipe"], ["Zoé", "zoe@exemple.fr", "nuit"], ["Ali", "ali@", "jour"]]
    content = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    found = addresses.in_file(content)
    assert found.addresses == ("zoe@exemple.fr",)
    assert lines_of(found) == [(3, "ali@")]


def test_the_column_of_a_workbook_is_found_on_whichever_sheet():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet("Notice").write(0, 0, "contact@exemple.fr")
        sheet = book.add_worksheet("Équipe")
        for row, cells in enumerate([("Nom", "Adresse"), ("Zoé", "z@exemple.fr"), ("Ali", "a@exemple.fr"), ("Zoé", "z@exemple.fr")]):  # fmt: skip
            sheet.write_row(row, 0, cells)
    found = addresses.in_file(buffer.getvalue())
    assert found.addresses == ("z@exemple.fr", "a@exemple.fr")
    assert lines_of(found) == [(4, "z@exemple.fr")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"nom,prenom\nA,B\n", "Aucune colonne"),
        (b"", "Aucune colonne"),
        (b"x" * (addresses.MOST_BYTES + 1), "1 Mo"),
        (b"PK\x03\x04 damaged", ""),
    ],
)
def test_a_file_without_addresses_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(FileError) as refused:
        addresses.in_file(content)
    assert sentence in str(refused.value)
    assert str(refused.value)


@given(given=GIVEN)
def test_each_address_is_kept_once_and_each_other_line_is_told(given):
    found = addresses.in_text("\n".join(given))
    assert set(found.addresses) == set(given)
    assert len(found.addresses) == len(set(given))
    assert len(found.addresses) + len(found.faults) == len(given)


def read(content: bytes) -> tuple[tuple[str, ...], str]:
    try:
        return addresses.in_file(content).addresses, ""
    except FileError as refused:
        return (), str(refused)


@given(content=st.binary(max_size=400))
def test_any_file_gives_addresses_or_a_sentence(content):
    found, sentence = read(content.removeprefix(b"PK\x03\x04").removeprefix(b"\xd0\xcf\x11\xe0"))
    assert all("@" in address for address in found)
    assert not (found and sentence)
