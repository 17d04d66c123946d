"""What an SPSS file says was asked, from its own variables."""

from __future__ import annotations

from pathlib import Path

import polars
import pyreadstat
import pytest

from labqvt_forms import (
    Block,
    Date,
    FileError,
    FreeText,
    Kind,
    Number,
    Role,
    SingleChoice,
    read,
    read_answers,
    read_bytes,
    to_bytes,
    write_answers,
)
from labqvt_forms.writing import FORMATS
from tests.forms.shared_files import shared


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "enquete.sav"
    agree = {1.0: "Pas d’accord", 2.0: "D’accord", 98.0: "Ne souhaite pas répondre"}
    pyreadstat.write_sav(
        polars.DataFrame(
            {
                "REL_1": [1.0, 2.0],
                "REL_2": [2.0, 98.0],
                "age": [30.0, 41.0],
                "statut": [1.0, 9.0],
                "mot": ["a", "b"],
                "uuid": ["x", "y"],
            }
        ),
        str(path),
        file_label="Baromètre",
        column_labels=["On m’écoute", "On m’aide", "Votre âge", "Votre contrat", "Un mot ?", "n°"],
        variable_value_labels={"REL_1": agree, "REL_2": agree, "statut": {1.0: "CDI", 9.0: "Absent"}},
        missing_ranges={"REL_1": [98.0], "REL_2": [98.0], "statut": [9.0]},
        variable_format={"age": "F3.0"},
    )
    return path


def test_variables_become_questions(file: Path) -> None:
    reading = read(file)
    block, age, status, word = reading.questionnaire.items
    assert reading.questionnaire.title.pick("fr") == "Baromètre"
    assert isinstance(block, Block)
    assert (block.id, [row.id for row in block.rows]) == ("REL", ["REL_1", "REL_2"])
    assert [choice.role for choice in block.choices.choices] == [Role.ANSWER, Role.ANSWER, Role.DECLINES]
    assert isinstance(age, Number)
    assert age.integer
    assert isinstance(status, SingleChoice)
    assert status.choices.choices[1].role is Role.ASIDE
    assert isinstance(word, FreeText)
    assert any("uuid retiré" in warning for warning in reading.warnings)


def test_its_own_answers_answer_it(file: Path) -> None:
    table = read_answers(file, read(file).questionnaire)
    assert table.columns["REL_1"] == ("1", "2")
    assert table.columns["age"] == ("30", "41")


def test_what_spss_keeps_of_ours_comes_back(file: Path, tmp_path: Path) -> None:
    questionnaire = read(file).questionnaire
    write_answers(read_answers(file, questionnaire), questionnaire, tmp_path / "r.sav", with_texts=True)
    back = read(tmp_path / "r.sav").questionnaire
    assert [variable.id for variable in back.variables] == [v.id for v in questionnaire.variables]


def test_the_files_at_hand_are_read_and_converted() -> None:
    sample = read(shared("forms/sample.sav")).questionnaire
    assert [variable.kind for variable in sample.variables][:3] == [Kind.TEXT, Kind.NUMBER, Kind.DATE]
    assert isinstance(sample.items[2], Date)
    cut = read(shared("forms/qvt200.sav")).questionnaire
    form = read(shared("forms/qvt.lss")).questionnaire
    one_column = {v.id for v in form.variables if v.answered and v.kind is not Kind.MULTIPLE}
    assert one_column <= {v.id for v in cut.variables}
    for format_ in set(FORMATS) - {"lsg", "lsq"}:
        assert read_bytes(to_bytes(cut, format_).content, name="retour").questionnaire == cut


def test_a_damaged_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "x.sav").write_bytes(b"$FL2" + b"\x00" * 500)
    with pytest.raises(FileError, match=r"x\.sav : ce fichier SPSS ne se lit pas"):
        read(tmp_path / "x.sav")
