"""Lists of structures: what spreadsheets give, and every line that is wrong named by its number."""

import csv

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from labqvt.documents.tables import Column, Table
from labqvt.documents.xlsx import Sheet, Workbook, render_xlsx
from labqvt.structure_surveys import inviting
from labqvt.structure_surveys.importing import (
    band_of,
    department_of,
    lines_of_file,
    lines_of_text,
    read_list,
)
from tests.labqvt.structure_surveys.factories import SurveyFactory, invited, lead_of

pytestmark = pytest.mark.django_db
TABLE = (
    "Nom\tSIRET\tDépartement\tEffectif\tRelais\tCourriel\tRemarque\n"
    "La Halte\t732 829 320 00074\t4\t12\tréseau\taccueil@exemple.invalid\tx\n"
    "Le Foyer\t\t13001\t1-9\t\t\t\n"
    "\n"
    "La Ruche\t123\t99\tbeaucoup\tinconnu\tpas une adresse\t\n"
    "la halte\t\t04\t\t\t\t\n"
)


def test_a_pasted_table_is_read_and_wrong_lines_are_named():
    survey = SurveyFactory()
    inviting.add_relay(survey=survey, name="Réseau", by=lead_of(survey))
    told = read_list(lines_of_text(TABLE), survey)
    assert [(row["name"], row.get("siret"), row["department"], row.get("band")) for row in told.rows] == [
        ("La Halte", "73282932000074", "04", "10_19"), ("Le Foyer", None, "13", "1_9")
    ]  # fmt: skip
    assert told.ignored == ["Remarque"]
    by_line = {}
    for error in told.errors:
        by_line.setdefault(error.line, []).append(error.sentence)
    assert sorted(by_line) == [5, 6]
    wrong = " ".join(by_line[5])
    for words in ("SIRET", "département", "taille", "relais", "Adresse de la structure"):
        assert words.casefold() in wrong.casefold(), words
    assert "déjà dans la liste" in by_line[6][0]


def test_a_workbook_and_a_french_csv_read_alike():
    survey = SurveyFactory()
    table = Table((Column("Nom"), Column("Département")), (("La Halte", "13"), ("L’Épi", "84")))
    content = render_xlsx(Workbook("Liste", (Sheet("Liste", table),)), "fr")
    french = "Nom;Département\r\nLa Halte;13\r\nL’Épi;84\r\n".encode("cp1252")
    for one in (content, french):
        rows = read_list(lines_of_file(one), survey).rows
        assert [row["name"] for row in rows] == ["La Halte", "L’Épi"]
        assert [row["department"] for row in rows] == ["13", "84"]


def test_a_plain_list_of_names_is_enough_and_doubles_are_told():
    survey = SurveyFactory()
    invited(survey, "Déjà Là")
    told = read_list(lines_of_text("La Halte\nLe Foyer\ndéjà là\nLA HALTE"), survey)
    assert [row["name"] for row in told.rows] == ["La Halte", "Le Foyer"]
    assert [error.line for error in told.errors] == [3, 4]


@pytest.mark.parametrize("text", ["", "   \n\n", "a;b\nc;d"])
def test_what_is_not_a_list_is_refused(text):
    told = read_list(lines_of_text(text), SurveyFactory())
    assert told.errors
    assert not told.rows


@given(st.integers(0, 5000))
def test_a_headcount_is_always_in_one_band(count):
    limits = {"none": (0, 0), "1_9": (1, 9), "10_19": (10, 19), "20_49": (20, 49), "50_plus": (50, 10**9)}
    low, high = limits[band_of(str(count))]
    assert low <= count <= high
    assert band_of(f"{count} salariés") == band_of(str(count))


@pytest.mark.parametrize(
    ("text", "band"),
    [("10-19", "10_19"), ("10 à 19", "10_19"), ("5 à 30", None), ("1 200", "50_plus"), ("50+", "50_plus"), ("?", None),
     ("20 à 49 personnes", "20_49"), ("12,0", "10_19")],
)  # fmt: skip
def test_bands_as_people_write_them(text, band):
    assert band_of(text) == band


@pytest.mark.parametrize(
    ("text", "department"), [("4", "04"), ("13001", "13"), ("97400", "974"), ("2a", "2A"), ("1000", "01")]
)
def test_departments_as_people_write_them(text, department):
    assert department_of(text) == department


def test_a_quotation_mark_never_closed_keeps_nothing():
    told = read_list(lines_of_text('Nom;Département\n"' + "a;b\n" * 9_000), SurveyFactory())
    assert [error.line for error in told.errors] == [2]
    assert not told.rows


def test_what_the_reader_of_csv_refuses_is_said_in_a_sentence():
    limit = csv.field_size_limit(1000)
    try:
        with pytest.raises(ValidationError, match="ne se lit pas"):
            lines_of_text("Nom;Département\n" + "a" * 2000 + ";13")
    finally:
        csv.field_size_limit(limit)


@given(st.text(max_size=300))
def test_no_pasted_text_breaks_the_reader(text):
    lines_of_text(text)
