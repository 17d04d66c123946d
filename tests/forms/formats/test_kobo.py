"""What KoboToolbox alone writes: scores, rankings by level, matrices."""

from __future__ import annotations

from pathlib import Path

import pytest

from labqvt_forms import Block, QuestionnaireError, Reading, read
from tests.forms.workbooks import workbook

HEAD = ["type", "name", "label", "required", "kobo--score-choices", "kobo--rank-items", "kobo--matrix_list"]
CHOICES = [
    ["list_name", "name", "label"],
    ["accord", "1", "Non"],
    ["accord", "2", "Oui"],
    ["themes", "sante", "Santé"],
    ["themes", "egalite", "Égalité"],
    ["lignes", "r1", "Lundi"],
    ["lignes", "r2", "Mardi"],
]


def read_rows(folder: Path, *rows: list[str]) -> Reading:
    return read(workbook(folder / "kobo.xlsx", survey=[HEAD, *rows], choices=CHOICES))


def test_a_score_is_a_block_of_statements(tmp_path: Path) -> None:
    reading = read_rows(
        tmp_path,
        ["begin_score", "climat", "Le climat", "false", "accord"],
        ["score__row", "c1", "On m’écoute", "true"],
        ["score__row", "c2", "On m’aide", "true"],
        ["end_score"],
    )
    [block] = reading.questionnaire.items
    assert isinstance(block, Block)
    assert (block.id, block.label.pick("fr")) == ("climat", "Le climat")
    assert [row.id for row in block.rows] == ["c1", "c2"]
    assert block.choices.codes == ("1", "2")
    assert reading.warnings == ()


def test_a_ranking_gives_one_question_a_level(tmp_path: Path) -> None:
    reading = read_rows(
        tmp_path,
        ["begin_rank", "prio", "Classez", "", "", "themes"],
        ["rank__level", "prio1", "En premier"],
        ["rank__level", "prio2", "En second"],
        ["end_rank"],
    )
    assert [v.id for v in reading.questionnaire.variables] == ["prio1", "prio2"]
    assert "le classement « prio » est lu comme une question par rang" in reading.warnings[0]


def test_a_matrix_keeps_the_columns_of_its_answers(tmp_path: Path) -> None:
    reading = read_rows(
        tmp_path,
        ["begin_kobomatrix", "mat", "Semaine", "", "", "", "lignes"],
        ["select_one accord", "ok", "Tranquille ?"],
        ["integer", "heures", "Heures"],
        ["end_kobomatrix"],
    )
    questionnaire = reading.questionnaire
    assert [v.id for v in questionnaire.variables] == [
        "mat_r1_ok", "mat_r2_ok", "mat_r1_heures", "mat_r2_heures",
    ]  # fmt: skip
    assert isinstance(questionnaire.items[0], Block)
    assert questionnaire.variable("mat_r2_heures").label.pick("fr") == "Mardi"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["begin_score", "climat", "", "", "accord"], ["score__row", "c1", "x"]], "jamais fermé"),
        ([["begin_score", "climat", "Le climat"], ["end_score"]], "liste de choix de « climat » est vide"),
        (
            [["begin_kobomatrix", "m", "", "", "", "", "absente"], ["end_kobomatrix"]],
            "« absente » n’existe pas",
        ),
    ],
)
def test_what_is_unfinished_is_refused_by_name(tmp_path: Path, rows: list[list[str]], words: str) -> None:
    with pytest.raises(QuestionnaireError, match=words):
        read_rows(tmp_path, *rows)
