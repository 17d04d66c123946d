"""LimeSurvey structures as questionnaires."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from labqvt_forms import (
    FormError,
    Kind,
    Nature,
    Questionnaire,
    Rating,
    Reading,
    Required,
    Role,
    SingleChoice,
    Text,
    read,
)
from labqvt_forms.formats.html_text import plain_text
from tests.forms.shared_files import shared


def table(name: str, *rows: dict[str, object]) -> str:
    def cell(key: str, value: object) -> str:
        return f"<{key}><![CDATA[{value}]]></{key}>"

    body = "".join("<row>" + "".join(cell(k, v) for k, v in row.items()) + "</row>" for row in rows)
    return f"<{name}><fields></fields><rows>{body}</rows></{name}>"


def lss(path: Path, *tables: str, languages: str = "fr") -> Reading:
    """Read a structure made of these tables."""
    listed = "".join(f"<language>{language}</language>" for language in languages.split())
    document = (
        '<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>'
        f"<DBVersion>177</DBVersion><languages>{listed}</languages>{''.join(tables)}</document>"
    )
    file = path / "enquete.lss"
    file.write_text(document, encoding="utf-8")
    return read(file)


def question(qid: int, type_: str, title: str, **more: object) -> dict[str, object]:
    return {"qid": qid, "gid": 1, "parent_qid": 0, "type": type_, "title": title, "language": "fr",
            "question": f"Question {title}", "question_order": qid, **more}  # fmt: skip


GROUP = table("groups", {"gid": 1, "group_name": "Travail", "group_order": 1, "language": "fr"})
SURVEY = table("surveys", {"sid": 42, "anonymized": "Y", "language": "fr"})


def test_three_files_of_one_survey_give_one_questionnaire() -> None:
    readings = [read(shared(f"forms/{name}")) for name in ("qvt.lss", "qvt.lsa", "qvt_structure.txt")]
    first = readings[0].questionnaire
    assert [reading.questionnaire == first for reading in readings] == [True] * 3
    assert [reading.warnings for reading in readings] == [(), (), ()]
    assert len(first.groups) == 8
    assert len(first.answer_variables) == 40
    assert first.anonymous
    assert first.title == Text.of(fr="Baromètre QVT A")
    assert first.welcome == Text.of(fr="Bienvenue. Vos réponses sont anonymes.")
    choices = first.variable("Q3_SQ004").choices
    assert choices is not None
    assert [choice.label.pick("fr") for choice in choices.choices] == [
        "Pas du tout d’accord",
        "Plutôt pas d’accord",
        "Ni d’accord ni pas d’accord",
        "Plutôt d’accord",
        "Tout à fait d’accord",
    ]


@pytest.mark.parametrize(
    ("name", "kinds", "nature"),
    [
        ("citric_survey.lss", "text rating file yes_no", Nature.NOMINATIVE),
        ("citric_limesurvey_survey_432535.lss", "rating text", Nature.ANONYMOUS),
    ],
)
def test_real_structures_of_the_recent_layout(name: str, kinds: str, nature: Nature) -> None:
    questionnaire = read(shared(f"forms/{name}")).questionnaire
    assert [str(variable.kind) for variable in questionnaire.variables] == kinds.split()
    assert questionnaire.nature is nature


def test_the_old_layout_holds_its_texts_inside_the_tables(tmp_path: Path) -> None:
    def both(row: dict[str, object], key: str, english: str) -> list[dict[str, object]]:
        return [row, {**row, "language": "en", key: english}]

    reading = lss(
        tmp_path,
        table(
            "groups",
            *both(
                {"gid": 1, "group_name": "Travail", "group_order": 1, "language": "fr"}, "group_name", "Work"
            ),
        ),
        table("questions", *both(question(1, "F", "Q1", mandatory="S"), "question", "Question one")),
        table(
            "subquestions",
            *both(question(2, "T", "SQ1", parent_qid=1, question="Écouté"), "question", "Heard"),
        ),
        table(
            "answers",
            *both(
                {"qid": 1, "code": "A1", "answer": "Non", "sortorder": 1, "language": "fr"}, "answer", "No"
            ),
            *both(
                {"qid": 1, "code": "A2", "answer": "Oui", "sortorder": 2, "language": "fr"}, "answer", "Yes"
            ),
        ),
        table("surveys", {"sid": 42, "anonymized": "Y", "language": "fr", "additional_languages": "en"}),
        languages="fr en",
    )
    questionnaire = reading.questionnaire
    assert questionnaire.languages == ("fr", "en")
    assert questionnaire.groups[0].title == Text.of(fr="Travail", en="Work")
    variable = questionnaire.variable("Q1_SQ1")
    assert (variable.label, variable.required) == (Text.of(fr="Écouté", en="Heard"), Required.SOFT)
    assert variable.choices is not None
    assert [choice.label for choice in variable.choices.choices] == [
        Text.of(fr="Non", en="No"),
        Text.of(fr="Oui", en="Yes"),
    ]


def all_types(path: Path) -> Questionnaire:
    letters = "15ABCDEFGHIKLMNOPQRSTUXY!|*:;"
    questions = [question(number, letter, f"T{number}") for number, letter in enumerate(letters, start=1)]
    subquestions = [
        question(100 * number + scale, "T", f"S{scale}", parent_qid=number, scale_id=scale)
        for number in range(1, len(letters) + 1)
        for scale in (0, 1)
    ]
    answers = [
        {
            "qid": number,
            "code": f"A{scale}{code}",
            "answer": f"réponse {code}",
            "sortorder": code,
            "scale_id": scale,
        }
        for number in range(1, len(letters) + 1)
        for code in (1, 2)
        for scale in (0, 1)
    ]
    tables = (
        GROUP,
        SURVEY,
        table("questions", *questions),
        table("subquestions", *subquestions),
        table("answers", *answers),
    )
    return lss(path, *tables).questionnaire


def test_every_type_code_has_its_item(tmp_path: Path) -> None:
    kinds = [str(item.kind) for item in all_types(tmp_path).items]
    assert kinds == [
        "dual",
        "rating",
        "block",
        "block",
        "block",
        "date",
        "block",
        "block",
        "single",
        "block",
        "language",
        "numbers",
        "single",
        "multiple",
        "number",
        "single",
        "multiple",
        "texts",
        "ranking",
        "text",
        "text",
        "text",
        "note",
        "yes_no",
        "single",
        "file",
        "computed",
        "numbers",
        "texts",
    ]


def test_attributes_bound_numbers_and_choices(tmp_path: Path) -> None:
    attributes = [
        {"qid": 1, "attribute": "min_num_value_n", "value": 0},
        {"qid": 1, "attribute": "max_num_value_n", "value": 10},
        {"qid": 2, "attribute": "max_answers", "value": 2},
        {"qid": 2, "attribute": "exclude_all_others", "value": "S2"},
        {"qid": 2, "attribute": "array_filter", "value": "Q9"},
    ]
    options = [question(10 + n, "T", f"S{n}", parent_qid=2) for n in (1, 2, 3)]
    reading = lss(
        tmp_path,
        GROUP,
        SURVEY,
        table("questions", question(1, "N", "enps"), question(2, "M", "quoi")),
        table("subquestions", *options),
        table("question_attributes", *attributes),
    )
    enps, what = reading.questionnaire.items
    assert isinstance(enps, Rating)
    assert enps.enps
    assert what.kind is Kind.MULTIPLE
    variable = reading.questionnaire.variable("quoi")
    assert variable.choices is not None
    assert [choice.exclusive for choice in variable.choices.choices] == [False, True, False]
    assert [warning for warning in reading.warnings if "filtre de lignes (Q9)" in warning]


def test_scripts_never_come_in(tmp_path: Path) -> None:
    hostile = "<p onclick='x()'>Bonjour <b>vous</b></p><script>alert(1)</script><iframe src='x'>y</iframe>"
    reading = lss(tmp_path, GROUP, SURVEY, table("questions", question(1, "S", "Q1", question=hostile)))
    (item,) = reading.questionnaire.items
    assert item.label == Text.of(fr="Bonjour vous")
    assert any("script" in warning for warning in reading.warnings)
    assert any("mise en forme" in warning for warning in reading.warnings)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("a < b et c > d", "a < b et c > d"),
        ("&lt;script&gt;", "<script>"),
        ("un<br />deux", "un\ndeux"),
        ("<p>un</p>\n<p>deux</p>", "un\n\ndeux"),
        ("<script>perdu", ""),
        ("<style>p{}</style>gardé", "gardé"),
    ],
)
def test_html_becomes_words(html: str, words: str) -> None:
    assert plain_text(html)[0] == words


def test_an_anonymous_survey_loses_its_time_stamps_with_a_warning(tmp_path: Path) -> None:
    survey = table("surveys", {"sid": 1, "anonymized": "Y", "datestamp": "Y", "ipaddr": "Y"})
    reading = lss(tmp_path, GROUP, survey, table("questions", question(1, "S", "Q1")))
    assert [w.split(" : ")[0] for w in reading.warnings] == ["« datestamp »", "« ipaddr »"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('<!DOCTYPE d [<!ENTITY a "b">]><document>&a;</document>', "entités ou une DTD"),
        ("<document><a></document>", "abîmé"),
        ("<questionnaire/>", "n’est pas une structure LimeSurvey"),
    ],
)
def test_hostile_or_broken_xml_is_refused(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "x.lss"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(FormError, match=words):
        read(file)


def test_a_structure_text_says_the_row_that_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "s.txt"
    file.write_text("class\ttype/scale\tname\trelevance\ttext\nQ\tL\tQ1\t1\tBonjour\n", encoding="utf-8")
    with pytest.raises(FormError, match=r"s\.txt, ligne 2 : cette question précède tout groupe"):
        read(file)


def test_choices_that_are_no_answer_are_recognised(tmp_path: Path) -> None:
    answers = [
        {"qid": 1, "code": f"A{n}", "answer": label, "sortorder": n, "language": "fr"}
        for n, label in enumerate(["Oui", "Ne sait pas", "Je ne souhaite pas répondre"], start=1)
    ]
    reading = lss(
        tmp_path, GROUP, SURVEY, table("questions", question(1, "L", "Q1")), table("answers", *answers)
    )
    choices = reading.questionnaire.variable("Q1").choices
    assert choices is not None
    assert [choice.role for choice in choices.choices] == [Role.ANSWER, Role.ASIDE, Role.DECLINES]


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("survey.lss", "<document/>")
    file = tmp_path / "x.lsa"
    file.write_bytes(buffer.getvalue()[:-20])
    with pytest.raises(FormError, match="est abîmé"):
        read(file)


def conditions(path: Path, *rows: dict[str, object]) -> Reading:
    """Read a survey whose second question has these conditions of the old kind."""
    told = [
        {"qid": 2, "cqid": 1, "scenario": 1, "cfieldname": "42X1X1", "method": "==", **row} for row in rows
    ]
    answers = [{"qid": 1, "code": f"A{n}", "answer": f"réponse {n}", "sortorder": n} for n in (1, 2)]
    questions = (question(1, "L", "Q1"), question(2, "S", "Q2"))
    tables = (table("questions", *questions), table("answers", *answers), table("conditions", *told))
    return lss(path, GROUP, SURVEY, *tables)


@pytest.mark.parametrize(
    ("rows", "formula"),
    [
        ([{"value": "A1"}], "${Q1} = 'A1'"),
        ([{"value": "A1"}, {"value": "A2"}], "${Q1} = 'A1' or ${Q1} = 'A2'"),
        ([{"value": "A1"}, {"value": "3", "method": ">", "scenario": 2}], "${Q1} = 'A1' or ${Q1} > 3"),
        ([{"value": " ", "method": ""}], "${Q1} = ''"),
    ],
)
def test_conditions_of_old_surveys_become_formulas(
    tmp_path: Path, rows: list[dict[str, object]], formula: str
) -> None:
    reading = conditions(tmp_path, *rows)
    assert str(reading.questionnaire.items[1].relevant) == formula
    assert reading.warnings == ()


def test_an_old_condition_that_cannot_be_said_is_told(tmp_path: Path) -> None:
    reading = conditions(tmp_path, {"value": "^A", "method": "RX"})
    assert reading.questionnaire.items[1].relevant is None
    assert reading.warnings == ("« question Q2 » : non repris : conditions (42X1X1 RX ^A).",)


@pytest.mark.parametrize("kind", ["Group", "Question"])
def test_a_lone_group_or_question_is_read(tmp_path: Path, kind: str) -> None:
    content = shared("forms/qvt.lss").read_text(encoding="utf-8")
    file = tmp_path / "x.lsg"
    file.write_text(
        content.replace("<LimeSurveyDocType>Survey", f"<LimeSurveyDocType>{kind}"), encoding="utf-8"
    )
    assert len(read(file).questionnaire.answer_variables) == 40


def test_answers_cited_by_their_numbers_are_recognised(tmp_path: Path) -> None:
    cited = '((42X1X1.NAOK == "Y") and 42X1X2SQ1.NAOK > 2 and 42X1X3b.NAOK == "Y" and 42X1X4a#1.NAOK == "2")'
    rows = [
        {"qid": 10 + parent, "parent_qid": parent, "title": code, "language": "fr"}
        for parent, code in ((2, "SQ1"), (3, "b"), (4, "a"))
    ]
    sides = [{"qid": 4, "code": 2, "answer": "x", "scale_id": side, "language": "fr"} for side in (0, 1)]
    reading = lss(
        tmp_path,
        GROUP,
        SURVEY,
        table(
            "questions",
            question(1, "Y", "oui"),
            question(2, "A", "bloc"),
            question(3, "M", "cases"),
            question(4, "1", "double"),
            question(5, "S", "avis", relevance=cited),
            question(6, "S", "autre", relevance='42X1X99.NAOK == "Y"'),
        ),
        table("subquestions", *rows),
        table("answers", *sides),
    )
    *_, opinion, other = reading.questionnaire.items
    assert str(opinion.relevant) == (
        "${oui} = 'Y' and ${bloc_SQ1} > 2 and selected(${cases}, 'b') and ${double_a_2} = '2'"
    )
    assert str(other.relevant) == '42X1X99.NAOK == "Y"'
    assert any("42X1X99" in warning for warning in reading.warnings)


def test_before_version_1_91_an_anonymous_survey_is_private(tmp_path: Path) -> None:
    survey = table("surveys", {"sid": 42, "private": "N", "language": "fr"})
    reading = lss(tmp_path, GROUP, survey, table("questions", question(1, "S", "avis")))
    assert reading.questionnaire.nature is Nature.NOMINATIVE
    assert reading.warnings == ()


def test_what_limesurvey_computes_or_says_beside_is_named(tmp_path: Path) -> None:
    settings = {"surveyls_language": "fr", "surveyls_title": "T", "surveyls_policy_notice": "Vos droits"}
    attributes = [
        {"qid": 1, "attribute": "date_min", "value": "{jour}", "language": ""},
        {"qid": 2, "attribute": "numbers_only", "value": "1", "language": ""},
        {"qid": 3, "attribute": "slider_layout", "value": "1", "language": ""},
        {"qid": 3, "attribute": "slider_max", "value": "50", "language": ""},
    ]
    defaults = [
        {"qid": 2, "sqid": 0, "specialtype": "", "defaultvalue": "{TOKEN:FIRSTNAME}"},
        {"qid": 3, "sqid": 9, "specialtype": "", "defaultvalue": "5"},
    ]
    reading = lss(
        tmp_path,
        GROUP,
        SURVEY,
        table("surveys_languagesettings", settings),
        table("questions", question(1, "D", "date"), question(2, "S", "nom"), question(3, "K", "parts")),
        table("subquestions", {"qid": 9, "parent_qid": 3, "title": "a", "language": "fr"}),
        table("question_attributes", *attributes),
        table("defaultvalues", *defaults),
        table("conditions", {"qid": 1, "cqid": 2, "cfieldname": "42X1X2", "method": "RX", "value": "/a/"}),
    )
    day, name, parts = reading.questionnaire.items
    assert (getattr(day, "earliest", None), getattr(name, "default", None)) == ("", "")
    assert getattr(parts, "most", None) == 50
    assert reading.warnings == (
        "non repris : texte sur la protection des données.",
        "« question date » : non repris : conditions (42X1X2 RX /a/), borne calculée ({jour}).",
        "« question nom » : non repris : chiffres seulement (1), "
        "réponse par défaut calculée ({TOKEN:FIRSTNAME}).",
        "« question parts » : non repris : réponse par défaut d’une ligne ou de « Autre ».",
    )


def test_a_cited_name_is_told_and_an_unknown_type_keeps_its_answers(tmp_path: Path) -> None:
    reading = lss(
        tmp_path,
        GROUP,
        SURVEY,
        table("questions", question(1, "W", "liste") | {"question": "Bonjour {TOKEN:FIRSTNAME}"}),
        table("answers", {"qid": 1, "code": "a", "answer": "Un", "language": "fr"}),
    )
    (item,) = reading.questionnaire.items
    assert isinstance(item, SingleChoice)
    assert item.choices.codes == ("a",)
    assert reading.warnings == (
        "« question liste » : type « W » inconnu : devient une réponse dans sa liste.",
        "« question liste » : un texte cite « {TOKEN:FIRSTNAME} » : il est montré tel quel, sans sa valeur.",
    )


def test_a_rule_on_all_the_rows_at_once_stays_as_it_is(tmp_path: Path) -> None:
    reading = lss(
        tmp_path,
        GROUP,
        SURVEY,
        table("questions", question(1, "A", "bloc")),
        table("subquestions", {"qid": 2, "parent_qid": 1, "title": "a", "language": "fr"}),
        table("question_attributes", {"qid": 1, "attribute": "em_validation_q", "value": "count(self) > 1"}),
    )
    validation = getattr(reading.questionnaire.items[0], "validation", None)
    assert validation is not None
    assert str(validation.formula) == "count(self) > 1"
    (warning,) = reading.warnings
    assert "« count(self) > 1 » ne sera pas évaluée" in warning
