"""Answers in the archives of LimeSurvey, read and written."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from labqvt_forms import (
    DECLINED,
    AnswerTable,
    Choice,
    ChoiceList,
    DualBlock,
    FormError,
    Group,
    Item,
    MultipleChoice,
    Number,
    Questionnaire,
    Ranking,
    Role,
    Row,
    SingleChoice,
    Text,
    YesNo,
    answers_to_bytes,
    read,
    read_answers,
    to_bytes,
)
from tests.forms.shared_files import shared

LISTE = ChoiceList("liste", (Choice("1", Text.of(fr="Un")), Choice("très-long", Text.of(fr="Deux"))))


def questionnaire(*items: Item) -> Questionnaire:
    return Questionnaire(id="42", groups=(Group(id="g1", items=items),))


def test_the_answers_of_a_real_archive_are_those_of_its_other_files() -> None:
    reading = read(shared("forms/qvt.lsa"))
    answers = read_answers(shared("forms/qvt.lsa"), reading.questionnaire)
    assert answers.n == 200
    assert answers.columns == read_answers(shared("forms/qvt200_csv.csv"), reading.questionnaire).columns


def test_an_archive_carries_structure_and_answers(tmp_path: Path) -> None:
    declining = Choice("98", Text.of(fr="Je préfère ne pas répondre"), role=Role.DECLINES)
    asked = questionnaire(
        SingleChoice(id="a", choices=LISTE, other=True),
        MultipleChoice(id="b", choices=ChoiceList("b", (*LISTE.choices, declining))),
        Ranking(id="c", choices=LISTE),
        DualBlock(id="d", first=LISTE, second=LISTE, rows=(Row(id="d_r"), Row(id="autre"))),
        YesNo(id="e", declinable=True),
        Number(id="f"),
    )
    columns = {
        "a": ("1", "très-long", "ailleurs", None),
        "b": ("1 très-long", None, DECLINED, "1"),
        "c": ("très-long 1", "1", None, None),
        "d_r_1": ("1", "très-long", None, "1"),
        "d_r_2": ("très-long", None, "1", "1"),
        "autre_1": (None, "1", "1", "très-long"),
        "autre_2": ("1", "1", "très-long", None),
        "e": ("yes", "no", None, DECLINED),
        "f": ("3", "2.5", None, "-1"),
    }
    written = answers_to_bytes(AnswerTable(4, columns), asked, "limesurvey-archive", with_texts=True)
    assert any("notre code -98" in warning for warning in written.warnings)
    (tmp_path / "x.lsa").write_bytes(written.content)
    assert read(tmp_path / "x.lsa").questionnaire == asked
    back = read_answers(tmp_path / "x.lsa", asked)
    assert back.columns == columns


def test_an_archive_tells_nothing_of_who_answered_and_when() -> None:
    asked = questionnaire(Number(id="f"))
    content = answers_to_bytes(AnswerTable(1, {"f": ("3",)}), asked, "limesurvey-archive").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["survey_42.lss", "survey_42_responses.lsr"]
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert b"<submitdate><![CDATA[1980-01-01 00:00:00]]>" in archive.read("survey_42_responses.lsr")


def test_an_archive_without_answers_is_refused_as_answers(tmp_path: Path) -> None:
    asked = questionnaire(Number(id="f"))
    (tmp_path / "x.lsa").write_bytes(to_bytes(asked, "lsa").content)
    with pytest.raises(FormError, match=r"x\.lsa : cette archive LimeSurvey ne contient que la structure"):
        read_answers(tmp_path / "x.lsa", asked)
