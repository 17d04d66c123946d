"""Files of published figures: all understood, or nothing kept and each fault told."""

import pytest
from django.core.exceptions import PermissionDenied

from labqvt.indicators.models import Statement
from labqvt.indicators.statements import COLUMNS, StatementFileError, import_statements
from labqvt.people.models import Scope

HEAD = ",".join(COLUMNS)
GOOD = 'K1,National,copil,Comités,5,exact,réunions,rapport.txt,63\nK2,Bretagne,copil,Comités,"3,5",approx,,rapport.txt,\n'


@pytest.fixture
def take_in(cast, tmp_path):
    def act(content, *, name="chiffres.csv", by=None):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return import_statements(path=path, programme=cast.programme, by=by or cast.national)

    return act


def test_each_row_goes_to_its_place_with_its_source(cast, take_in):
    assert take_in(f"{HEAD}\n{GOOD}K3,Occitanie,structures,Structures,12,approx,,retour.txt,3\n") == 3
    rows = {row.reference: row for row in Statement.objects.select_related("scope")}
    assert (rows["K1"].scope, rows["K2"].scope) == (cast.programme.scope, cast.region.scope)
    assert (rows["K3"].scope.label, rows["K3"].scope.parent) == ("Occitanie", cast.programme.scope)
    assert (float(rows["K2"].value), rows["K2"].source_line, rows["K1"].source_line) == (3.5, None, 63)


def test_the_same_file_replaces_what_it_gave_and_another_file_does_not(take_in):
    take_in(f"{HEAD}\n{GOOD}")
    take_in(f"{HEAD}\n{GOOD}", name="autre.csv")
    take_in(f"{HEAD}\nK9,National,copil,Comités,6,exact,,rapport.txt,1\n")
    assert sorted(Statement.objects.values_list("file_name", "reference")) == [
        ("autre.csv", "K1"), ("autre.csv", "K2"), ("chiffres.csv", "K9")
    ]  # fmt: skip


def test_the_csv_of_a_french_spreadsheet_is_read(take_in):
    french = (
        f"{HEAD}\n".replace(",", ";") + "K1;National;copil;Comités;1 200,5;exact;réunions;rapport.txt;63\n"
    )
    take_in(french.encode("cp1252"))
    row = Statement.objects.get()
    assert (float(row.value), row.text, row.unit) == (1200.5, "Comités", "réunions")


@pytest.mark.parametrize(
    ("row", "column", "fault"),
    [
        (
            "K3,National,copil,Comités,beaucoup,exact,,rapport.txt,1",
            "value",
            "« beaucoup » n’est pas un nombre",
        ),
        ("K3,National,copil,Comités,NaN,exact,,rapport.txt,1", "value", "« NaN » n’est pas un nombre"),
        (
            "K3,National,copil,Comités,5,environ,,rapport.txt,1",
            "qualifier",
            "« environ » n’est pas un qualificatif",
        ),
        ("K3,National,copil,Comités,5,exact,,rapport.txt,page 3", "line", "« page 3 » n’est pas un numéro"),
        (",National,copil,Comités,5,exact,,rapport.txt,1", "id", "rien n’est écrit"),
        ("K3,National,,Comités,5,exact,,rapport.txt,1", "indicator_code", "rien n’est écrit"),
        ("K3,National,un code,Comités,5,exact,,rapport.txt,1", "indicator_code", "lettres, chiffres et _"),
        (f"K3,National,copil,{'x' * 301},5,exact,,rapport.txt,1", "label_fr", "plus de 300 caractères"),
        ("K1,National,copil,Comités,5,exact,,rapport.txt,1", "id", "« K1 » est déjà ligne 2"),
    ],
)
def test_a_fault_is_told_with_its_row_and_column_and_nothing_is_kept(take_in, row, column, fault):
    with pytest.raises(StatementFileError) as refused:
        take_in(f"{HEAD}\n{GOOD}{row}\n")
    [sentence] = refused.value.faults
    assert sentence.startswith(f"ligne 4, colonne « {column} » : ")
    assert fault in sentence
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "il manque la colonne"),
        (HEAD.replace("unit,", "").encode() + b"\n", "il manque la colonne « unit »"),
        (HEAD.encode() + b"\n", "que l’en-tête"),
        (b"PK\x03\x04 not a csv", "n’est pas un fichier CSV"),
        (b"%PDF-1.7", "n’est pas un fichier CSV"),
    ],
)
def test_a_file_that_is_not_one_is_refused_in_one_sentence(take_in, content, fault):
    with pytest.raises(StatementFileError, match=fault):
        take_in(content)


def test_a_file_that_is_not_there_is_refused_in_one_sentence(cast, tmp_path):
    with pytest.raises(StatementFileError, match="ne s’ouvre pas"):
        import_statements(path=tmp_path / "absent.csv", programme=cast.programme, by=None)


def test_many_faults_are_told_without_drowning_the_reader(take_in):
    rows = "".join(f"K{n},National,copil,Comités,x,exact,,rapport.txt,1\n" for n in range(30))
    with pytest.raises(StatementFileError) as refused:
        take_in(f"{HEAD}\n{rows}")
    assert len(refused.value.faults) == 30
    assert str(refused.value).endswith("… et 10 autres fautes.")


def test_a_faulty_file_leaves_what_the_good_one_gave(take_in):
    take_in(f"{HEAD}\n{GOOD}")
    with pytest.raises(StatementFileError):
        take_in(f"{HEAD}\nK1,National,copil,Comités,x,exact,,rapport.txt,63\n")
    assert Statement.objects.count() == 2
    assert Scope.objects.filter(label="Bretagne").count() == 1


@pytest.mark.parametrize("who", ["lead", "partner", "stranger", "administrator"])
def test_published_figures_are_taken_in_by_the_national_coordination(cast, take_in, who):
    with pytest.raises(PermissionDenied, match="coordination nationale"):
        take_in(f"{HEAD}\n{GOOD}", by=getattr(cast, who))
    assert not Statement.objects.exists()


def test_the_file_of_the_field_is_understood(cast, shared):
    assert (
        import_statements(path=shared / "data" / "key-figures.csv", programme=cast.programme, by=None) == 87
    )
