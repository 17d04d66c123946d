"""Files of answers as other tools write them."""

from __future__ import annotations

import dataclasses
import io
import time
import zipfile
from pathlib import Path

import polars
import pyreadstat
import pytest

from labqvt_forms import (
    DECLINED,
    AnswersError,
    Block,
    Choice,
    ChoiceList,
    Date,
    DualBlock,
    FileError,
    FormError,
    FreeText,
    Group,
    MultipleChoice,
    Nature,
    Number,
    Precision,
    Questionnaire,
    Ranking,
    Role,
    Row,
    SingleChoice,
    Text,
    YesNo,
    read_answers,
)
from labqvt_forms.answers import OTHER
from tests.forms.answers.test_answers import AGREE, CONTRACT
from tests.forms.shared_files import shared

DATA = Path(__file__).parent / "data"


def only(*items: object) -> Questionnaire:
    return Questionnaire(id="q", groups=(Group(id="g", items=items),))  # type: ignore[arg-type]  # items of any kind


LIMESURVEY = only(
    Block(id="Q1", choices=AGREE, rows=(Row(id="Q1_S1"), Row(id="Q1_1a"))),
    DualBlock(id="D", first=AGREE, second=AGREE, rows=(Row(id="D_S1"),)),
    MultipleChoice(id="M", choices=CONTRACT, other=True),
    Ranking(id="R", choices=CONTRACT),
    SingleChoice(id="L", choices=CONTRACT, other=True),
    FreeText(id="T"),
)
LIMESURVEY_ANSWERS = {
    "Q1_S1": ("1", "3"),
    "Q1_1a": ("2", None),
    "D_S1_1": ("1", None),
    "D_S1_2": ("3", None),
    "M": ("cdi", "cdi cdd"),
    "R": ("cdd cdi", None),
    "L": ("intérim", "cdi"),
    "T": ("l'été & «\u00a0lui\u00a0»\nbien", None),
}
QUESTIONS = [
    ("6", "0", "Q1", "F"), ("61", "6", "S1", "T"), ("62", "6", "1a", "T"), ("7", "0", "D", "1"), ("71", "7", "S1", "T"),
    ("8", "0", "M", "M"), ("81", "8", "cdi", "T"), ("82", "8", "cdd", "T"), ("9", "0", "R", "R"),
    ("91", "9", "cdi", "T"), ("92", "9", "cdd", "T"), ("10", "0", "L", "L"), ("11", "0", "T", "T"),
]  # fmt: skip
OLD_FIELDS = [
    "5X1X6S1", "5X1X61a", "5X1X7S1#0", "5X1X7S1#1", "5X1X8cdi", "5X1X8cdd", "5X1X8other", "5X2X91", "5X2X92", "5X2X10",
    "5X2X10other", "5X2X11",
]  # fmt: skip
NEW_FIELDS = [
    "Q6_S61", "Q6_S62", "Q7_S71#0", "Q7_S71#1", "Q8_S81", "Q8_S82", "Q8_Cother", "Q9_S91", "Q9_S92", "Q10", "Q10_Cother",
    "Q11",
]  # fmt: skip
CELLS = [
    ("1", "3"), ("2", ""), ("1", ""), ("3", ""), ("Y", "Y"), ("", "Y"), ("", ""), ("cdd", ""), ("cdi", ""),
    ("-oth-", "cdi"), ("intérim", ""), ("l'été & «\u00a0lui\u00a0»\nbien", ""),
]  # fmt: skip


def archive(path: Path, fields: list[str], languages: tuple[str, ...]) -> Path:
    """Write a LimeSurvey archive with these names of columns; one row per language is the old layout."""

    def rows(parent: bool) -> str:
        return "".join(
            f"<row><qid>{qid}</qid><parent_qid>{above}</parent_qid><type>{type_}</type><title>{code}</title>"
            f"<language>{language}</language></row>"
            for qid, above, code, type_ in QUESTIONS
            for language in languages
            if (above == "0") is parent
        )

    structure = (
        "<document><LimeSurveyDocType>Survey</LimeSurveyDocType>"
        f"<questions><rows>{rows(True)}</rows></questions>"
        f"<subquestions><rows>{rows(False)}</rows></subquestions></document>"
    )
    names = ["id", "token", *fields]
    cells = [("1", "2"), ("abc", "def"), *CELLS]

    def element(name: str, cell: str) -> str:
        tag = (f"_{name}" if name[0].isdigit() else name).replace("#", "-")
        return f"<{tag}><![CDATA[{cell}]]></{tag}>" if cell else f"<{tag}/>"

    lines = "".join(
        f"<row>{''.join(element(name, cell) for name, cell in zip(names, row, strict=True))}</row>"
        for row in zip(*cells, strict=True)
    )
    titles = "".join(f"<fieldname>{name}</fieldname>" for name in names)
    responses = (
        "<document><LimeSurveyDocType>Responses</LimeSurveyDocType>"
        f"<responses><fields>{titles}</fields><rows>{lines}</rows></responses></document>"
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("survey_5.lss", structure)
        file.writestr("survey_5_responses.lsr", responses)
    return path


@pytest.mark.parametrize(
    ("fields", "languages"), [(OLD_FIELDS, ("fr", "en")), (OLD_FIELDS, ("fr",)), (NEW_FIELDS, ("fr",))]
)
def test_archives_of_every_age_are_read_through_codes(
    tmp_path: Path, fields: list[str], languages: tuple[str, ...]
) -> None:
    table = read_answers(archive(tmp_path / "r.lsa", fields, languages), LIMESURVEY)
    assert dict(table.columns) == LIMESURVEY_ANSWERS
    assert table.warnings == (
        "l’enquête est anonyme : colonnes qui disent qui a répondu, d’où ou quand, écartées (« token »).",
    )


def test_answers_without_what_they_need_are_refused(tmp_path: Path) -> None:
    whole = archive(tmp_path / "r.lsa", OLD_FIELDS, ("fr",))
    with zipfile.ZipFile(whole) as file:
        structure, responses = file.read("survey_5.lss"), file.read("survey_5_responses.lsr")
    (tmp_path / "r.lsr").write_bytes(responses)
    with pytest.raises(FileError, match=r"se lisent dans son \.lsa"):
        read_answers(tmp_path / "r.lsr", LIMESURVEY)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("survey_5.lss", structure)
    (tmp_path / "s.lsa").write_bytes(buffer.getvalue())
    with pytest.raises(FileError, match="ne contient que la structure"):
        read_answers(tmp_path / "s.lsa", LIMESURVEY)
    bomb = b'<!DOCTYPE d [<!ENTITY a "aaaa">]>' + responses
    with zipfile.ZipFile(tmp_path / "b.lsa", "w") as file:
        file.writestr("survey_5.lss", structure)
        file.writestr("survey_5_responses.lsr", bomb)
    with pytest.raises(FileError, match="entités ou une DTD"):
        read_answers(tmp_path / "b.lsa", LIMESURVEY)


@pytest.mark.parametrize(
    "titles",
    [
        "Q1[S1]. Travail [Écoute];D[S1][1]. Deux;D[S1][2]. Deux;Q1[1a]. Travail [Aide]",
        "Q1[S1] [Travail];D[S1][1] [Deux];D[S1][2] [Deux];Q1[1a] [Travail]",
        "Q1[S1] : Travail;D[S1][1] : Deux;D[S1][2] : Deux;Q1[1a] : Travail",
    ],
)
def test_headers_that_give_the_code_before_the_words(tmp_path: Path, titles: str) -> None:
    questionnaire = only(*LIMESURVEY.items[:2])
    (tmp_path / "r.csv").write_text(f"{titles}\n1;2;3;9\n", encoding="utf-8")
    columns = read_answers(tmp_path / "r.csv", questionnaire).columns
    assert columns == {"Q1_S1": ("1",), "Q1_1a": (DECLINED,), "D_S1_1": ("2",), "D_S1_2": ("3",)}


def test_words_beside_other_take_its_place(tmp_path: Path) -> None:
    questionnaire = only(SingleChoice(id="L", label=Text.of(fr="Contrat"), choices=CONTRACT, other=True))
    for text in (
        "L;L[other]\n-oth-;intérim\ncdi;\n-oth-;\n",
        "Contrat;Contrat [Autre]\nAutre;intérim\nCDI;\nAutre;\n",
    ):
        (tmp_path / "r.csv").write_text(text, encoding="utf-8")
        assert read_answers(tmp_path / "r.csv", questionnaire).columns["L"] == ("intérim", "cdi", OTHER)


KOBO = """start,end,deviceid,g/service,g/statut,g/statut/cdi,g/statut/cdd,_id,_uuid,_submission_time,_index,username
2026-01-01,2026-01-02,d1,a,cdi cdd,1,1,12,u1,2026-01-02,1,jean
2026-01-03,2026-01-04,d2,b,,,,13,u2,2026-01-04,2,lou
2026-01-05,2026-01-06,d3,c,cdd,0,1,14,u3,2026-01-06,3,
"""


def test_metadata_of_people_are_dropped_by_name_and_kept_for_structures(tmp_path: Path) -> None:
    questionnaire = only(FreeText(id="service"), MultipleChoice(id="statut", choices=CONTRACT))
    (tmp_path / "r.csv").write_text(KOBO, encoding="utf-8")
    table = read_answers(tmp_path / "r.csv", questionnaire)
    assert dict(table.columns) == {"service": ("a", "b", "c"), "statut": ("cdi cdd", None, "cdd")}
    assert table.extra == {}
    assert table.warnings == (
        "l’enquête est anonyme : colonnes qui disent qui a répondu, d’où ou quand, écartées (« start », « end », "
        "« deviceid », « _id », « _uuid », « _submission_time », « _index », « username »).",
    )
    with pytest.raises(
        AnswersError, match="la colonne « username » dit qui a répondu, d’où ou quand : elle ne se garde pas"
    ):
        read_answers(tmp_path / "r.csv", questionnaire, extra_columns=["username"])
    named = dataclasses.replace(questionnaire, nature=Nature.NOMINATIVE)
    table = read_answers(tmp_path / "r.csv", named, extra_columns=["username", "_submission_time"])
    assert table.extra["username"] == ("jean", "lou", "")
    assert table.warnings == ()


def test_either_way_odk_writes_several_choices(tmp_path: Path) -> None:
    questionnaire = only(MultipleChoice(id="statut", choices=CONTRACT))
    for text in (
        "g-statut\ncdi cdd\ncdd\n",
        "g/statut/cdi,g/statut/cdd\n1,1\n0,1\n",
        "g/statut/cdi,g/statut/cdd\nTRUE,TRUE\nFALSE,TRUE\n",
        "statut,statut/cdi\ncdi cdd,1\ncdd,0\n",
    ):
        (tmp_path / "r.csv").write_text(text, encoding="utf-8")
        assert read_answers(tmp_path / "r.csv", questionnaire).columns["statut"] == ("cdi cdd", "cdd"), text


def test_a_multiple_response_set_of_spss_is_one_multiple_choice() -> None:
    choices = ChoiceList("s", (Choice("1", Text.of(fr="CDI")), Choice("2", Text.of(fr="CDD, court"))))
    questionnaire = only(MultipleChoice(id="statut", choices=choices), Number(id="x", declinable=True))
    table = read_answers(DATA / "multiple_response_set.sav", questionnaire)
    assert dict(table.columns) == {"statut": ("1", "1 2", None), "x": ("3", "4", DECLINED)}


def test_values_spss_declares_missing(tmp_path: Path) -> None:
    choices = ChoiceList("c", (Choice("1"), Choice("2"), Choice("8", Text.of(fr="NSP"), role=Role.ASIDE)))
    questionnaire = only(SingleChoice(id="a", choices=choices), Number(id="n"))
    frame = polars.DataFrame({"a": [1.0, 8.0, 97.0, 98.0, None], "n": [4.0, 99.0, 999.0, 1000.0, None]})
    pyreadstat.write_sav(
        frame,
        str(tmp_path / "r.sav"),
        variable_value_labels={"a": {97.0: "Refus", 98.0: "Non posé"}, "n": {999.0: "Refus"}},
        missing_ranges={"a": [8.0, 97.0, 98.0], "n": [{"lo": 999.0, "hi": 1000.0}]},
    )
    table = read_answers(tmp_path / "r.sav", questionnaire)
    assert dict(table.columns) == {
        "a": ("1", "8", DECLINED, None, None),
        "n": ("4", "99", DECLINED, None, None),
    }


def test_the_sample_of_spss_is_read() -> None:
    sex = ChoiceList("sexe", (Choice("m", Text.of(fr="Male")), Choice("f", Text.of(fr="Female"))))
    questionnaire = only(
        FreeText(id="mychar"),
        Number(id="mynum"),
        SingleChoice(id="mylabl", choices=sex),
        FreeText(id="mytime"),
    )
    columns = read_answers(shared("forms/sample.sav"), questionnaire).columns
    assert dict(columns) == {
        "mychar": ("a", "b", "c", "d", "e"),
        "mynum": ("1.1", "1.2", "-1000.3", "-1.4", "1000.3"),
        "mylabl": ("m", "f", "m", "f", "m"),
        "mytime": ("10:10:10", "23:10:10", "00:00:00", "16:10:10", None),
    }


def test_signs_that_vv_files_name(tmp_path: Path) -> None:
    text = "Avis\tÂge\nT\tN\na{newline}b{tab}{lbrace}c{rbrace}\t3\n{question_not_shown}\t\n"
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    table = read_answers(tmp_path / "r.csv", only(FreeText(id="T"), Number(id="N")))
    assert dict(table.columns) == {"T": ("a\nb\t{c}", None), "N": ("3", None)}


def test_answers_that_have_no_place_are_named(tmp_path: Path) -> None:
    questionnaire = only(
        MultipleChoice(id="m", choices=CONTRACT, other=True),
        SingleChoice(id="s", choices=CONTRACT, comment=True),
    )
    text = "g/m,g/m_other,g/s,s[comment],site\ncdi other,intérim,cdd,bien,A\nother,stage,,,B\n"
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    table = read_answers(tmp_path / "r.csv", questionnaire)
    assert dict(table.columns) == {"m": ("cdi", None), "s": ("cdd", None)}
    assert table.warnings == (
        "commentaires et précisions « Autre » non repris (« g/m_other », « s[comment] »).",
    )
    assert table.unread == ("g/m_other", "s[comment]", "site")


def test_midnights_and_seconds_that_formats_add_are_taken_off(tmp_path: Path) -> None:
    questionnaire = only(
        Date(id="d"), Date(id="t", precision=Precision.TIME), Date(id="m", precision=Precision.MINUTE)
    )
    text = "d,t,m\n2026-03-14 00:00:00,10:30:00,2026-03-14 10:30:00\n2026-03-14,10:30,2026-03-14 10:30\n"
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    columns = read_answers(tmp_path / "r.csv", questionnaire).columns
    assert columns == {"d": ("2026-03-14",) * 2, "t": ("10:30",) * 2, "m": ("2026-03-14 10:30",) * 2}


def test_headers_made_to_be_slow_are_not(tmp_path: Path) -> None:
    questionnaire = only(FreeText(id="t"), MultipleChoice(id="m", choices=CONTRACT, other=True))
    for header in ("a-/" * 30_000, "a." * 30_000 + " [", "m_" * 30_000 + "other", "[" * 90_000):
        (tmp_path / "r.csv").write_text(f'"{header}",m,t\nx,cdi,b\n', encoding="utf-8")
        start = time.process_time()
        assert read_answers(tmp_path / "r.csv", questionnaire).columns["m"] == ("cdi",)
        assert time.process_time() - start < 4


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a," * 300_000 + b"\n" + b"1," * 300_000, "300000 colonnes"),
        (b"a;b\n" + b";\n" * 2**20, "plus de 1048576 lignes"),
        (b'a;b\n1;"' + b"x" * 10_000_001, "ligne 2 : ce texte n’est pas un CSV lisible"),
    ],
    ids=["columns", "rows", "one cell"],
)
def test_a_file_larger_than_a_spreadsheet_is_refused_at_once(
    tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    started = time.process_time()
    with pytest.raises(FormError, match=words):
        read_answers(tmp_path / "x.csv", only(FreeText(id="a")))
    assert time.process_time() - started < 6


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (["31/12/2020", "1/2/2021", "05.06.2021"], ["2020-12-31", "2021-02-01", "2021-06-05"]),
        (["12/31/2020", "1/2/2021"], ["2020-12-31", "2021-01-02"]),
        (["2021/03/04", "2021-03-05", "32/13/2020"], ["2021-03-04", "2021-03-05", "32/13/2020"]),
    ],
    ids=["french", "american", "year first"],
)
def test_dates_of_a_spreadsheet_are_read_in_one_way(
    tmp_path: Path, written: list[str], read_as: list[str]
) -> None:
    (tmp_path / "x.csv").write_text("\n".join(["jour", *written]), encoding="utf-8")
    table = read_answers(tmp_path / "x.csv", only(Date(id="jour")))
    assert list(table.columns["jour"]) == read_as


def test_a_day_and_its_hour_are_read_in_one_way(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("quand\n3/4/2021 8:30\n", encoding="utf-8")
    table = read_answers(tmp_path / "x.csv", only(Date(id="quand", precision=Precision.MINUTE)))
    assert list(table.columns["quand"]) == ["2021-04-03 08:30"]


def test_truth_is_yes_or_no_whatever_writes_it(tmp_path: Path) -> None:
    choices = ChoiceList("on", (Choice("no", Text.of(fr="Non")), Choice("yes", Text.of(fr="Oui"))))
    form = only(YesNo(id="a", choices=choices))
    (tmp_path / "x.csv").write_text("a\nVRAI\nfaux\n1\nOui\n", encoding="utf-8")
    assert list(read_answers(tmp_path / "x.csv", form).columns["a"]) == ["yes", "no", "yes", "yes"]
    polars.DataFrame({"a": [True, False]}).write_parquet(tmp_path / "x.parquet")
    assert list(read_answers(tmp_path / "x.parquet", form).columns["a"]) == ["yes", "no"]


def test_blank_lines_before_the_titles_keep_the_numbers_of_lines(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("\n\na;b\n1;x\n1e999;x\n", encoding="utf-8")
    with pytest.raises(AnswersError, match="ligne 5, colonne « a » : « 1e999 » n’est pas un nombre"):
        read_answers(tmp_path / "x.csv", only(Number(id="a"), FreeText(id="b")))


def test_null_signs_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('[{"a": "x\\u0000y \\\\u0000"}]', encoding="utf-8")
    table = read_answers(tmp_path / "x.json", only(FreeText(id="a")))
    assert list(table.columns["a"]) == ["xy \\u0000"]
