"""What other tools find in our files: real parsers, and PSPP and R themselves where they are installed."""

from __future__ import annotations

import csv
import json
import math
import random
import shutil
import subprocess
from pathlib import Path

import polars
import pyreadstat
import pytest
from python_calamine import CalamineWorkbook

from labqvt_forms import (
    DECLINED,
    AnswerTable,
    Block,
    Choice,
    ChoiceList,
    DualBlock,
    Formula,
    FreeText,
    Group,
    MultipleChoice,
    Number,
    Questionnaire,
    Ranking,
    Rating,
    Role,
    Row,
    Scale,
    SingleChoice,
    Text,
    answers_dictionary,
    read,
    read_answers,
    scale_score,
    write_answers,
)
from labqvt_forms.answers.spss_codes import cut
from tests.forms.answer_tables import answers_to
from tests.forms.answers.test_answers import AGREE, CONTRACT
from tests.forms.questionnaires import Maker
from tests.forms.shared_files import shared

LETTERS = ChoiceList(
    "lettres",
    (
        Choice("A1", Text.of(fr="Pas du tout d’accord", en="Strongly disagree")),
        Choice("A2", Text.of(fr="Tout à fait d’accord", en="Strongly agree")),
        Choice("98", Text.of(fr="Ne sait pas"), role=Role.ASIDE),
        Choice("non", Text.of(fr="Je préfère ne pas répondre"), role=Role.DECLINES),
    ),
)
QUESTIONNAIRE = Questionnaire(
    id="q",
    title=Text.of(fr="Enquête"),
    groups=(
        Group(
            id="g",
            items=(
                Block(
                    id="b",
                    label=Text.of(fr="Êtes-vous d’accord ?"),
                    choices=LETTERS,
                    rows=(
                        Row(id="b1", label=Text.of(fr="On m’écoute")),
                        Row(id="b2", label=Text.of(fr="On m’ignore"), reverse=True),
                    ),
                ),
                DualBlock(id="d", first=AGREE, second=LETTERS, rows=(Row(id="d1"),)),
                MultipleChoice(id="m", label=Text.of(fr="Statut"), choices=CONTRACT),
                Ranking(id="r", label=Text.of(fr="Priorités"), choices=CONTRACT),
                Rating(id="note", enps=True),
                Number(id="age", integer=True, declinable=True, relevant=Formula("${note} > 5")),
                SingleChoice(id="with", choices=CONTRACT, other=True),
                FreeText(id="avis"),
            ),
        ),
    ),
    scales=(Scale(id="s", label=Text.of(fr="Écoute"), items=("b1", "b2", "note"), missing_rule=2),),
)
TABLE = AnswerTable(
    3,
    {
        "b1": ("A1", "98", None),
        "b2": ("A2", DECLINED, "A1"),
        "d1_1": ("1", DECLINED, None),
        "d1_2": (None, "A2", None),
        "m": ("cdi cdd", "cdd", None),
        "r": ("cdd cdi", "cdi", None),
        "note": ("10", "0", None),
        "age": (DECLINED, None, None),
        "with": ("intérim", "cdi", None),
        "avis": ("é « à » 中文", None, None),
    },
)


def tool(name: str) -> str:
    """Return the path of a program, or skip the test with its name."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"program absent: {name} (its own verdict on our files is not asked)")
    return path


def test_spss_file_as_pyreadstat_reads_it(tmp_path: Path) -> None:
    write_answers(TABLE, QUESTIONNAIRE, tmp_path / "r.sav", with_texts=True)
    data, meta = pyreadstat.read_sav(tmp_path / "r.sav", output_format="dict", user_missing=True)
    assert meta.column_names == [
        "b1", "b2", "d1_1", "d1_2", "m_cdi", "m_cdd", "r_rang_cdi", "r_rang_cdd", "note", "age", "with_2",
        "with_autre", "avis",
    ]  # fmt: skip
    assert meta.column_names_to_labels["b1"] == "[On m’écoute] Êtes-vous d’accord ?"
    assert meta.variable_value_labels["b1"] == {
        1.0: "Pas du tout d’accord",
        2.0: "Tout à fait d’accord",
        98.0: "Ne sait pas",
        3.0: "Je préfère ne pas répondre",
    }
    missing = {name: [bounds["lo"] for bounds in ranges] for name, ranges in meta.missing_ranges.items()}
    assert missing["b1"] == [3.0, 98.0]
    assert missing["d1_1"] == [9.0]
    assert missing["age"] == [98.0, 99.0]
    assert [meta.variable_measure[name] for name in ("b1", "m_cdi", "r_rang_cdi", "note", "age", "with_2")] == [
        "ordinal", "nominal", "ordinal", "scale", "scale", "nominal",
    ]  # fmt: skip
    assert data["b2"] == [2.0, 3.0, 1.0]
    assert data["age"] == [98.0, 99.0, 99.0]
    assert (data["m_cdi"][:2], data["r_rang_cdi"][:2]) == ([1.0, 0.0], [2.0, 1.0])
    assert data["avis"] == ["é « à » 中文", "", ""]


def test_french_labels_arrive_to_the_byte(tmp_path: Path) -> None:
    questionnaire = read(shared("forms/qvt.lss")).questionnaire
    table = read_answers(shared("forms/qvt200.sav"), questionnaire)
    write_answers(table, questionnaire, tmp_path / "r.sav")
    _, meta = pyreadstat.read_sav(tmp_path / "r.sav", output_format="dict", metadataonly=True)
    labels = list(meta.variable_value_labels["Q1_SQ001"].values())[:5]
    assert [label.encode() for label in labels] == [
        b"Pas du tout d\xe2\x80\x99accord",
        b"Plut\xc3\xb4t pas d\xe2\x80\x99accord",
        b"Ni d\xe2\x80\x99accord ni pas d\xe2\x80\x99accord",
        b"Plut\xc3\xb4t d\xe2\x80\x99accord",
        b"Tout \xc3\xa0 fait d\xe2\x80\x99accord",
    ]


def test_long_labels_are_cut_between_characters() -> None:
    accents = "é" * 200
    assert len(cut(accents, 255).encode()) <= 255
    assert cut(accents, 255) == "é" * 126 + "…"
    words = "mot " * 100
    assert cut(words, 120) == ("mot " * 29).strip() + "…"
    composed = "e\u0301" * 100
    assert cut(composed, 120).removesuffix("…") == "e\u0301" * 39
    family = "👨\u200d👩\u200d👧" * 20
    assert cut(family, 120).removesuffix("…") == "👨\u200d👩\u200d👧" * 6
    assert cut("court", 120) == "court"


def test_names_spss_accepts_are_unique_and_find_their_questions(tmp_path: Path) -> None:
    items = tuple(
        Number(id=id_) for id_ in ("Âge", "age", "AGE", "by", "1er", "a.b", "x" * 64, "中文", "a_b")
    )
    questionnaire = Questionnaire(id="q", groups=(Group(id="g", items=items),))
    table = AnswerTable(1, {item.id: (str(rank),) for rank, item in enumerate(items)})
    assert write_answers(table, questionnaire, tmp_path / "r.sav") == ()
    _, meta = pyreadstat.read_sav(tmp_path / "r.sav", output_format="dict")
    assert meta.column_names == ["Age", "age_2", "AGE_3", "by_2", "v_1er", "a_b", "x" * 60, "v", "a_b_2"]
    assert read_answers(tmp_path / "r.sav", questionnaire).columns == table.columns


def test_workbook_as_calamine_reads_it(tmp_path: Path) -> None:
    write_answers(TABLE, QUESTIONNAIRE, tmp_path / "r.xlsx")
    book = CalamineWorkbook.from_path(str(tmp_path / "r.xlsx"))
    assert book.sheet_names == ["codes", "libellés", "dictionnaire"]
    codes, labels, dictionary = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert codes[0][:6] == ["b1", "b2", "d1_1", "d1_2", "m[cdi]", "m[cdd]"]
    assert codes[1][:6] == ["A1", "A2", 1.0, "", 1.0, 1.0]
    assert labels[0][0] == "[On m’écoute] Êtes-vous d’accord ?"
    assert labels[1][:6] == [
        "Pas du tout d’accord",
        "Tout à fait d’accord",
        "Pas d’accord",
        "",
        "CDI",
        "CDD, court",
    ]
    assert labels[2][:4] == [
        "Ne sait pas",
        "Je préfère ne pas répondre",
        "Je préfère ne pas répondre",
        "Tout à fait d’accord",
    ]
    assert [row[codes[0].index("age")] for row in labels[1:]] == [
        "Ne souhaite pas répondre",
        "Non posé",
        "Non posé",
    ]
    assert [row[codes[0].index("with")] for row in labels[1:3]] == ["Autre", "CDI"]
    assert [row[0] for row in dictionary] == ["variable", *codes[0]]


def test_parquet_as_polars_reads_it(tmp_path: Path) -> None:
    write_answers(TABLE, QUESTIONNAIRE, tmp_path / "r.parquet")
    frame = polars.read_parquet(tmp_path / "r.parquet")
    assert frame.schema["m[cdi]"] == polars.Int8
    assert frame.schema["age"] == polars.Float64
    assert frame["age"].to_list() == [-98.0, -99.0, -99.0]
    told = json.loads(polars.read_parquet_metadata(tmp_path / "r.parquet")["labqvt"])
    assert (told["schema"], told["anonymous"], told["variables"][0]["variable"]) == (
        "labqvt/answers/1",
        True,
        "b1",
    )


def test_the_dictionary_says_what_each_column_holds(tmp_path: Path) -> None:
    write_answers(TABLE, QUESTIONNAIRE, tmp_path / "r.csv")
    written = (tmp_path / "dictionnaire.csv").read_bytes()
    rows = {row["variable"]: row for row in csv.DictReader(written.decode().splitlines())}
    assert rows["b2"] == {
        "variable": "b2",
        "question": "b2",
        "libelle": "[On m’ignore] Êtes-vous d’accord ?",
        "type": "choix unique",
        "mesure": "ordinale",
        "codes": "A1 = Pas du tout d’accord | A2 = Tout à fait d’accord | 98 = Ne sait pas | non = Je préfère ne pas répondre",
        "echelle": "s",
        "inverse": "oui",
        "manquants": "vide = sans réponse | non = Je préfère ne pas répondre",
        "condition": "",
    }
    assert rows["age"]["manquants"] == "vide = sans réponse | -98 = Ne souhaite pas répondre | -99 = Non posé"
    assert rows["age"]["condition"] == "${note} > 5"
    assert "avis" not in rows
    assert "avis" in answers_dictionary(QUESTIONNAIRE).decode()
    write_answers(TABLE, QUESTIONNAIRE, tmp_path / "r.sav")
    french = (tmp_path / "dictionnaire.csv").read_bytes().decode()
    assert french.startswith("\ufeffvariable;question;")
    assert "1 = Pas du tout d’accord [A1]" in french


def test_pspp_runs_our_syntax_and_finds_our_scores(tmp_path: Path) -> None:
    program = tool("pspp")
    for number, questionnaire in enumerate(
        [QUESTIONNAIRE, *(Maker(seed).questionnaire() for seed in range(12))]
    ):
        if not questionnaire.answer_variables:
            continue
        table = answers_to(questionnaire, random.Random(number), 30)
        write_answers(table, questionnaire, tmp_path / "r.sav", with_texts=True)
        scores = [f"score_{rank}" for rank in range(1, len(questionnaire.scales) + 1)]
        page = (tmp_path / "r.sps").read_text(encoding="utf-8-sig")
        known = [name for name in scores if f"COMPUTE {name} " in page]
        page += "SAVE OUTFILE='scored.sav'.\n"
        (tmp_path / "r2.sps").write_text(page, encoding="utf-8")
        done = subprocess.run(
            [program, "-e", "-", "r2.sps"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), number
        data, meta = pyreadstat.read_sav(tmp_path / "scored.sav", output_format="dict")
        options = [
            v
            for v in questionnaire.answer_variables
            if v.kind.value == "multiple" and len(v.choices.choices) > 1
        ]
        assert len(meta.mr_sets) == len(options)
        for name in known:
            scale = questionnaire.scales[scores.index(name)]
            ours = [scale_score(scale, questionnaire, table.row(row)) for row in range(table.n)]
            for theirs, score in zip(data[name], ours, strict=True):
                blank = theirs is None or math.isnan(theirs)
                assert blank is (score is None), (number, name)
                assert blank or abs(theirs - score) < 1e-9


def test_r_runs_our_script(tmp_path: Path) -> None:
    program = tool("Rscript")
    write_answers(TABLE, QUESTIONNAIRE, tmp_path / "r.R", with_texts=True)
    checks = """
source("r.R", encoding = "UTF-8")
stopifnot(identical(as.character(reponses$b1), c("Pas du tout d’accord", "Ne sait pas", NA)))
stopifnot(identical(levels(reponses$d1_1)[4], "Je préfère ne pas répondre"))
stopifnot(identical(as.character(reponses[["m[cdi]"]]), c("Oui", "Non", NA)))
stopifnot(identical(reponses$note, c(10, 0, NA)), all(is.na(reponses$age)))
stopifnot(identical(attr(reponses$b1, "label"), "[On m’écoute] Êtes-vous d’accord ?"))
stopifnot(identical(reponses$avis[1], "é « à » 中文"))
"""
    (tmp_path / "checks.R").write_text(checks, encoding="utf-8")
    done = subprocess.run(
        [program, "-e", 'source("checks.R", encoding = "UTF-8")'],
        cwd=tmp_path, capture_output=True, text=True, check=False, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
