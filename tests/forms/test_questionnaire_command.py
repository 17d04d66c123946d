"""``labqvt questionnaire`` as a person or a program calls it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import raw

from labqvt.cli import main, questionnaire
from labqvt_forms import (
    Block,
    Choice,
    ChoiceList,
    Formula,
    FreeText,
    Group,
    MultipleChoice,
    Note,
    Questionnaire,
    Required,
    Row,
    Scale,
    Text,
    read_bytes,
    writing,
)
from labqvt_forms.formats import json_form

AGREE = ChoiceList(
    "accord", (Choice("1", Text.of(fr="Non", en="No")), Choice("2", Text.of(fr="Oui", en="Yes")))
)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    questionnaire = Questionnaire(
        id="q",
        title=Text.of(fr="Enquête", en="Survey"),
        languages=("fr", "en"),
        groups=(
            Group(
                id="g",
                items=(
                    Note(id="n", label=Text.of(fr="Bonjour")),
                    Block(
                        id="b",
                        choices=AGREE,
                        required=Required.YES,
                        rows=(Row(id="b1", label=Text.of(fr="Écouté", en="Heard"), reverse=True),),
                    ),
                    MultipleChoice(id="m", label=Text.of(fr="Quoi"), choices=AGREE),
                    FreeText(id="t", label=Text.of(fr="Avis"), relevant=Formula("${b1} = '1'")),
                ),
            ),
        ),
        scales=(Scale(id="s", label=Text.of(fr="Score"), items=("b1",)),),
    )
    path = tmp_path / "enquete.json"
    path.write_text(json_form.dumps(questionnaire), encoding="utf-8")
    return path


def test_show_as_json_has_the_promised_shape(form: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questionnaire", "show", str(form), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {key: told[key] for key in ("title", "languages", "anonymous", "warnings")} == {
        "title": "Enquête",
        "languages": ["fr", "en"],
        "anonymous": True,
        "warnings": [],
    }
    assert [(item["id"], item["type"]) for item in told["items"]] == [
        ("n", "note"),
        ("b1", "single"),
        ("m", "multiple"),
        ("t", "text"),
    ]
    row = told["items"][1]
    assert (row["label"], row["scale"], row["reverse"], row["required"], row["relevant"]) == (
        "Écouté",
        "s",
        True,
        True,
        None,
    )
    assert row["choices"] == [{"code": "1", "label": "Non"}, {"code": "2", "label": "Oui"}]
    assert told["items"][3]["relevant"] == "${b1} = '1'"
    assert (told["scales"][0]["id"], told["scales"][0]["label"], told["scales"][0]["items"]) == (
        "s",
        "Score",
        ["b1"],
    )


def test_show_to_a_person_in_another_language(form: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questionnaire", "show", str(form), "--lang", "en"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("Survey (fr, en, anonyme)")
    assert "1 No · 2 Yes" in page


def test_a_wrong_file_is_refused_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"%PDF-1.4")
    assert main(["questionnaire", "show", str(tmp_path / "x.xlsx"), "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "x.xlsx : format non reconnu" in err


def test_the_library_is_light_to_import() -> None:
    heavy = ["python_calamine", "pyreadstat", "polars", "numpy", "pandas", "django", "xlsxwriter"]
    code = f"import sys, labqvt_forms; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_convert_there_and_back(form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questionnaire", "convert", str(form), str(tmp_path / "a.xlsx")]) == 0
    assert main(["questionnaire", "convert", str(tmp_path / "a.xlsx"), str(tmp_path / "b.lss")]) == 0
    assert main(["questionnaire", "convert", str(tmp_path / "b.lss"), str(tmp_path / "c.txt")]) == 0
    assert main(["questionnaire", "convert", str(tmp_path / "c.txt"), str(tmp_path / "c.xml")]) == 0
    assert main(["questionnaire", "convert", str(tmp_path / "c.xml"), str(tmp_path / "d.json")]) == 0
    assert (tmp_path / "d.json").read_text(encoding="utf-8") == form.read_text(encoding="utf-8")
    out, err = capsys.readouterr()
    assert out == ""
    assert "Attention : LimeSurvey ne dit pas : échelles (questionnaire)." in err


def test_convert_to_paper_in_the_language_asked(form: Path, tmp_path: Path) -> None:
    assert main(["questionnaire", "convert", str(form), str(tmp_path / "a.pdf"), "--lang", "en"]) == 0
    page = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0]
    assert "Heard" in page.get_textpage().get_text_range()
    fonts = {
        item.get_font().get_base_name() for item in page.get_objects() if item.type == raw.FPDF_PAGEOBJ_TEXT
    }
    assert all("AtkinsonHyperlegible" in name for name in fonts)


def test_convert_to_surveyjs_and_back(form: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "surveyjs.json"
    assert main(["questionnaire", "convert", str(form), str(theirs), "--as", "surveyjs"]) == 0
    assert json.loads(theirs.read_text(encoding="utf-8"))["pages"][0]["name"] == "g"
    assert main(["questionnaire", "convert", str(theirs), str(tmp_path / "d.json")]) == 0
    assert (tmp_path / "d.json").read_text(encoding="utf-8") == form.read_text(encoding="utf-8")


def test_convert_one_group_or_one_question(
    form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["questionnaire", "convert", str(form), str(tmp_path / "a.lsq")]) == 2
    assert "a.lsq : un fichier .lsq porte une seule question" in capsys.readouterr().err
    assert main(["questionnaire", "convert", str(form), str(tmp_path / "a.lsq"), "--question", "b"]) == 0
    assert main(["questionnaire", "convert", str(form), str(tmp_path / "a.lsg"), "--group", "g"]) == 0
    assert main(["questionnaire", "show", str(tmp_path / "a.lsq"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [item["id"] for item in told["items"]] == ["b1"]
    assert main(["questionnaire", "convert", str(form), str(tmp_path / "a.lsg"), "--group", "x"]) == 2
    assert "le groupe « x » n’existe pas" in capsys.readouterr().err


def test_the_formats_named_by_the_command_are_those_written() -> None:
    assert sorted(questionnaire.FORMATS) == sorted([*writing.FORMATS, *writing.PRINTED])


def test_convert_in_a_pipe(form: Path) -> None:
    command = [sys.executable, "-m", "labqvt.cli", "questionnaire", "convert", "-", "-", "--as", "tsv"]
    done = subprocess.run(command, input=form.read_bytes(), capture_output=True, check=True)
    back = read_bytes(done.stdout, name="q").questionnaire
    assert json_form.dumps(back) == form.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("out", "words"), [("x.odt", "x.odt : extension « .odt » inconnue"), ("-", "dites le format")]
)
def test_a_format_that_cannot_be_written_is_refused(
    form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], out: str, words: str
) -> None:
    assert main(["questionnaire", "convert", str(form), out if out == "-" else str(tmp_path / out)]) == 2
    assert words in capsys.readouterr().err
