"""``labqvt answers`` as a person or a program calls it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from labqvt.cli import main
from labqvt_forms import (
    AnswerTable,
    Choice,
    ChoiceList,
    FreeText,
    Group,
    MultipleChoice,
    Questionnaire,
    SingleChoice,
    Text,
    read_answers,
)
from labqvt_forms.answers import DIALECTS
from labqvt_forms.formats import json_form

AGREE = ChoiceList(
    "accord", (Choice("1", Text.of(fr="Non", en="No")), Choice("2", Text.of(fr="Oui", en="Yes")))
)
QUESTIONNAIRE = Questionnaire(
    id="q",
    languages=("fr", "en"),
    groups=(
        Group(
            id="g",
            items=(
                SingleChoice(id="a", label=Text.of(fr="Écouté", en="Heard"), choices=AGREE),
                MultipleChoice(id="m", label=Text.of(fr="Quoi"), choices=AGREE),
                FreeText(id="t", label=Text.of(fr="Avis")),
            ),
        ),
    ),
)
ANSWERS = "a,m[1],m[2],t,_uuid,site\n1,1,0,bien,x1,N\n2,1,1,mal,x2,S\n"
COLUMNS = {"a": ("1", "2"), "m": ("1", "1 2"), "t": ("bien", "mal")}


@pytest.fixture
def form(tmp_path: Path) -> str:
    path = tmp_path / "enquete.json"
    path.write_text(json_form.dumps(QUESTIONNAIRE), encoding="utf-8")
    return str(path)


@pytest.fixture
def answers(tmp_path: Path) -> str:
    path = tmp_path / "reponses.csv"
    path.write_text(ANSWERS, encoding="utf-8")
    return str(path)


def test_convert_writes_the_dictionary_beside_and_tells_what_is_left_out(
    form: str, answers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sortie" / "r.sav"
    out.parent.mkdir()
    assert main(["answers", "convert", answers, str(out), "--questionnaire", form]) == 0
    printed, told = capsys.readouterr()
    assert printed == ""
    assert "écartées (« _uuid »)" in told
    assert "colonnes que le questionnaire ne connaît pas, non reprises : « site »." in told
    assert "textes libres laissés de côté" in told
    assert {path.name for path in out.parent.iterdir()} == {"r.sav", "r.sps", "dictionnaire.csv"}
    assert read_answers(out, QUESTIONNAIRE).columns == COLUMNS | {"t": (None, None)}


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_every_dialect_is_written_with_its_texts(
    form: str, answers: str, tmp_path: Path, dialect: str
) -> None:
    known = DIALECTS[dialect]
    out = tmp_path / f"r{known.extension}"
    asked = ["--as", dialect, "--with-texts", "--lang", "en"]
    assert main(["answers", "convert", answers, str(out), "--questionnaire", form, *asked]) == 0
    assert read_answers(known.data_file(out), QUESTIONNAIRE).columns == COLUMNS


def test_convert_in_a_pipe(form: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "labqvt.cli", "answers", "convert", "-", "-", "--questionnaire", form]
    done = subprocess.run(
        [*command, "--as", "sav", "--with-texts"], input=ANSWERS.encode(), capture_output=True, check=True
    )
    (tmp_path / "r.sav").write_bytes(done.stdout)
    assert read_answers(tmp_path / "r.sav", QUESTIONNAIRE).columns == COLUMNS


def test_dictionary_in_a_file_or_a_pipe(
    form: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    out = tmp_path / "d.csv"
    assert main(["answers", "dictionary", str(out), "--questionnaire", form, "--lang", "en"]) == 0
    assert "\r\na,a,Heard,choix unique,nominale,1 = No | 2 = Yes," in out.read_bytes().decode()
    assert main(["answers", "dictionary", "-", "--questionnaire", form]) == 0
    sys.stdout.flush()
    assert "a,a,Écouté," in capfdbinary.readouterr().out.decode()


@pytest.mark.parametrize(
    ("responses", "out"),
    [("r.csv", "r.csv"), ("r-donnees.csv", "r.R"), ("dictionnaire.csv", "r.sav"), ("r.csv", "enquete.json")],
)
def test_no_file_that_was_given_is_written_over(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], responses: str, out: str
) -> None:
    source = tmp_path / responses
    source.write_text(ANSWERS, encoding="utf-8")
    asked = ["convert", str(source), str(tmp_path / out), "--as", "r" if out == "r.R" else "csv"]
    assert main(["answers", *asked, "--questionnaire", form]) == 2
    assert "serait écrit par-dessus" in capsys.readouterr().err
    assert source.read_text(encoding="utf-8") == ANSWERS


@pytest.mark.parametrize(
    ("out", "words"),
    [("x.ods", "x.ods : extension « .ods » inconnue"), ("-", "dites le format"), ("absent/x.csv", "ne peut pas être écrit")],
)  # fmt: skip
def test_what_cannot_be_written_is_refused(
    form: str, answers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], out: str, words: str
) -> None:
    target = out if out == "-" else str(tmp_path / out)
    assert main(["answers", "convert", answers, target, "--questionnaire", form]) == 2
    told = capsys.readouterr().err
    assert words in told.splitlines()[-1]
    assert "Traceback" not in told


def test_answers_that_do_not_fit_are_refused_at_their_place(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "r.csv").write_text("a,m[1],m[2]\n7,1,0\n", encoding="utf-8")
    out = str(tmp_path / "o.csv")
    assert main(["answers", "convert", str(tmp_path / "r.csv"), out, "--questionnaire", form]) == 2
    assert "r.csv, ligne 2, colonne « a » : « 7 » n’est pas une réponse possible" in capsys.readouterr().err
    assert not Path(out).exists()


def test_an_empty_table_is_written_as_headers() -> None:
    from labqvt_forms import answers_to_bytes

    table = AnswerTable(0, {variable.id: () for variable in QUESTIONNAIRE.answer_variables})
    assert answers_to_bytes(table, QUESTIONNAIRE, "csv").content == b"a,m[1],m[2]\r\n"
