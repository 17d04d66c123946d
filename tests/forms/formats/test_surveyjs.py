"""Surveys of SurveyJS, as its editor writes them and as we do."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest

from labqvt_forms import (
    Block,
    Choice,
    ChoiceList,
    Computed,
    Date,
    Dialect,
    DualBlock,
    FileUpload,
    FormError,
    Formula,
    FreeText,
    FreeTexts,
    Group,
    Item,
    MultipleChoice,
    Note,
    Number,
    Numbers,
    Precision,
    Questionnaire,
    Ranking,
    Rating,
    Reading,
    Required,
    Role,
    Row,
    SingleChoice,
    Text,
    Validation,
    YesNo,
    read_bytes,
    to_bytes,
)
from tests.forms.questionnaires import drawn


def survey(*elements: dict[str, Any], **survey: Any) -> Reading:
    document = {"locale": "fr", "pages": [{"name": "p", "elements": list(elements)}], **survey}
    return read_bytes(json.dumps(document).encode(), name="enquete")


def item(**element: Any) -> Item:
    (found,) = survey({"name": "q", "title": "Q", **element}).questionnaire.items
    return found


Q = {"id": "q", "label": Text.of(fr="Q")}
UN_DEUX = ChoiceList("q", (Choice("1", Text.of(fr="Un")), Choice("2", Text.of(fr="Deux"))))
CHOICES = [{"value": 1, "text": "Un"}, {"value": 2, "text": "Deux"}]
ROWS = [{"value": "r", "text": "R"}, "S"]


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ({"type": "radiogroup", "choices": ["1|Un", "2|Deux"]}, SingleChoice(**Q, choices=UN_DEUX)),
        (
            {"type": "dropdown", "choices": CHOICES, "hasOther": True, "showCommentArea": True},
            SingleChoice(**Q, choices=UN_DEUX, dropdown=True, other=True, comment=True),
        ),
        (
            {"type": "checkbox", "choices": CHOICES, "choicesOrder": "random", "maxSelectedChoices": 1},
            MultipleChoice(**Q, choices=UN_DEUX, random_order=True, most=1),
        ),
        (
            {"type": "boolean", "valueTrue": "1", "valueFalse": 2, "labelTrue": "Un", "labelFalse": "Deux"},
            YesNo(**Q, choices=UN_DEUX),
        ),
        (
            {"type": "matrix", "columns": CHOICES, "rows": ROWS, "isAllRowRequired": True},
            Block(
                **Q,
                choices=UN_DEUX,
                required=Required.YES,
                rows=(Row(id="q_r", label=Text.of(fr="R")), Row(id="q_S", label=Text.of(fr="S"))),
            ),
        ),
        (
            {"type": "multipletext", "items": [{"name": "a", "inputType": "number"}]},
            Numbers(**Q, rows=(Row(id="q_a", label=Text.of(fr="a")),)),
        ),
        ({"type": "multipletext", "items": [{"name": "a"}]}, FreeTexts(**Q, rows=(Row(id="q_a", label=Text.of(fr="a")),))),
        ({"type": "text", "inputType": "number", "min": 1, "step": 1}, Number(**Q, least=1.0, integer=True)),
        (
            {"type": "text", "inputType": "date", "min": "2024-01-01", "maxValueExpression": "today()"},
            Date(**Q, earliest="2024-01-01", latest="today"),
        ),
        ({"type": "text", "inputType": "datetime-local"}, Date(**Q, precision=Precision.MINUTE)),
        ({"type": "text", "inputType": "month"}, Date(**Q, precision=Precision.MONTH)),
        ({"type": "text", "inputType": "time"}, Date(**Q, precision=Precision.TIME)),
        ({"type": "comment", "maxLength": 200, "isRequired": True}, FreeText(**Q, long=True, longest=200, required=Required.YES)),
        ({"type": "rating"}, Rating(**Q, least=1, most=5)),
        ({"type": "rating", "rateMin": 0, "rateMax": 10}, Rating(**Q)),
        ({"type": "rating", "rateValues": [0, 5, 10]}, Rating(**Q, step=5)),
        ({"type": "rating", "rateValues": CHOICES}, SingleChoice(**Q, choices=UN_DEUX)),
        ({"type": "ranking", "choices": CHOICES, "maxSelectedChoices": 1}, Ranking(**Q, choices=UN_DEUX, most=1)),
        ({"type": "expression", "expression": "1 + 1"}, Computed(**Q, formula=Formula("1 + 1"))),
        ({"type": "html", "html": "<b>Lisez</b>"}, Note(id="q", label=Text.of(fr="Lisez"))),
        ({"type": "file", "acceptedTypes": ".pdf, .odt", "allowMultiple": True}, FileUpload(**Q, accept=("pdf", "odt"))),
        ({"type": "signaturepad"}, FileUpload(**Q, most=1)),
        ({"type": "slider"}, Number(**Q, least=0.0, most=100.0)),
        ({"type": "inconnu"}, FreeText(**Q, long=True)),
        ({"type": "matrixdynamic", "columns": []}, FreeText(**Q, long=True)),
        ({"type": "dropdown", "choicesByUrl": {"url": "x"}}, FreeText(**Q, long=True)),
    ],
    ids=lambda value: value.get("type") if isinstance(value, dict) else "",
)  # fmt: skip
def test_every_kind_is_read(element: dict[str, Any], expected: Item) -> None:
    assert item(**element) == expected


def test_special_choices_have_their_role() -> None:
    found = item(
        type="checkbox", choices=["a"], showNoneItem=True, showRefuseItem=True, showDontKnowItem=True
    )
    assert isinstance(found, MultipleChoice)
    assert [(c.code, c.role, c.exclusive) for c in found.choices.choices] == [
        ("a", Role.ANSWER, False),
        ("none", Role.ANSWER, True),
        ("refused", Role.DECLINES, False),
        ("dontknow", Role.ASIDE, False),
    ]


def test_a_table_of_two_scales_is_a_dual_block_and_another_is_an_item_per_column() -> None:
    columns = [
        {"name": "fait", "choices": CHOICES},
        {"name": "utile", "title": "Utile", "choices": ["a", "b"]},
    ]
    dual = item(type="matrixdropdown", columns=columns, rows=["r"])
    assert isinstance(dual, DualBlock)
    assert (dual.first.codes, dual.second.codes, dual.second_label) == (
        ("1", "2"),
        ("a", "b"),
        Text.of(fr="Utile"),
    )
    columns += [{"name": "nombre", "cellType": "text", "inputType": "number"}]
    reading = survey({"type": "matrixdropdown", "name": "q", "columns": columns, "rows": ["r"]})
    assert [type(found) for found in reading.questionnaire.items] == [Block, Block, Numbers]
    assert [v.id for v in reading.questionnaire.variables] == ["q_r_fait", "q_r_utile", "q_r_nombre"]
    assert any("un item par colonne" in warning for warning in reading.warnings)


def test_names_of_any_length_stay_apart() -> None:
    long = "Quel est votre avis sur tout ce qui fait que le travail se fait bien, ou mal, chez vous"
    table = {
        "columns": [{"name": f"{long} {n}"} for n in range(3)],
        "rows": [f"{long} a", f"{long} b"],
        "choices": ["1"],
    }
    questionnaire = survey({"type": "matrixdropdown", "name": long, **table}).questionnaire
    assert len({variable.id for variable in questionnaire.variables}) == 6
    assert max(len(variable.id) for variable in questionnaire.variables) <= 64


def test_an_answer_that_must_be_a_number_is_one() -> None:
    rule = [{"type": "numeric", "minValue": 1}]
    assert item(type="text", validators=rule) == Number(**Q, least=1.0)
    several = item(
        type="multipletext", items=[{"name": "a", "validators": rule}, {"name": "b", "validators": rule}]
    )
    assert isinstance(several, Numbers)
    assert several.least == 1.0


def test_panels_follow_each_other_with_the_conditions_of_what_contains_them() -> None:
    inner = {
        "type": "panel",
        "name": "b",
        "title": "B",
        "visibleIf": "{x} = 2",
        "elements": [{"type": "text", "name": "z"}],
    }
    panel = {"type": "panel", "name": "a", "title": "A", "enableIf": "{x} = 1", "elements": [inner]}
    plain = {"type": "panel", "name": "c", "elements": [{"type": "text", "name": "y"}]}
    reading = survey({"type": "text", "name": "x"}, plain, panel, {"type": "text", "name": "w"})
    told = [(g.id, [i.id for i in g.items], str(g.relevant or "")) for g in reading.questionnaire.groups]
    assert told == [("p", ["x", "y"], ""), ("b", ["z"], "${x} = 1 and ${x} = 2"), ("p_2", ["w"], "")]
    assert sum("imbriqués" in warning for warning in reading.warnings) == 1


def test_conditions_of_a_table_name_its_lines() -> None:
    asked = {"type": "checkbox", "name": "m", "choices": ["R 1", "S"]}
    table = {
        "type": "matrix", "name": "q", "columns": ["1", "2"], "rowsVisibleIf": "{m} contains {item}",
        "rows": ["R 1", {"value": "S", "visibleIf": "{q.R 1} = 2"}],
    }  # fmt: skip
    block = survey(asked, table).questionnaire.items[1]
    assert isinstance(block, Block)
    assert [str(row.relevant) for row in block.rows] == [
        "selected(${m}, 'R_1')",
        "selected(${m}, 'S') and ${q_R_1} = 2",
    ]


def test_validators_become_bounds_patterns_and_rules() -> None:
    rules = [
        {"type": "numeric", "minValue": 1, "maxValue": 9},
        {"type": "expression", "expression": "{q} % 2 = 0", "text": "Pair"},
    ]
    number = item(type="text", inputType="number", validators=rules)
    rule = Validation(Formula(". mod 2 = 0"), Text.of(fr="Pair"))
    assert number == Number(**Q, least=1.0, most=9.0, validation=rule)
    text = item(
        type="text", validators=[{"type": "regex", "regex": "^[0-9]{5}$"}, {"type": "text", "minLength": 2}]
    )
    assert text == FreeText(**Q, pattern="[0-9]{5}", validation=Validation(Formula("string-length(.) >= 2")))
    counted = item(type="checkbox", choices=CHOICES, validators=[{"type": "answercount", "minCount": 1}])
    assert counted == MultipleChoice(**Q, choices=UN_DEUX, least=1)


def test_texts_by_language() -> None:
    title = {"default": "Age", "fr": "Âge", "es": "Edad"}
    reading = survey(
        {"type": "text", "name": "q", "title": title}, {"type": "text", "name": "r", "title": {"fr": "R"}}
    )
    assert reading.questionnaire.languages == ("fr", "en", "es")
    assert reading.questionnaire.items[0].label == Text.of(en="Age", fr="Âge", es="Edad")
    alone = survey({"type": "text", "name": "q", "title": {"default": "Âge", "es": "Edad"}}).questionnaire
    assert (alone.languages, alone.items[0].label) == (("fr", "es"), Text.of(fr="Âge", es="Edad"))


def test_what_is_outside_the_subset_stays_word_for_word_and_is_quoted() -> None:
    written = "age({x}) > 18"
    reading = survey({"type": "text", "name": "x"}, {"type": "text", "name": "y", "visibleIf": written})
    assert reading.questionnaire.items[1].relevant == Formula(written, Dialect.SURVEYJS)
    assert any(written in warning for warning in reading.warnings)
    assert (
        json.loads(to_bytes(reading.questionnaire, "surveyjs").content)["pages"][0]["elements"][1][
            "visibleIf"
        ]
        == written
    )
    for format_ in ("lss", "xlsform", "json"):
        back = read_bytes(to_bytes(reading.questionnaire, format_).content, name="x").questionnaire
        assert back.items[1].relevant == Formula(written, Dialect.SURVEYJS)


def test_what_is_not_taken_is_told() -> None:
    reading = survey(
        {
            "type": "text",
            "name": "x",
            "requiredIf": "{x} = 1",
            "title": "<script>alert(1)</script>Bon<i>jour</i>",
        },
        triggers=[{"type": "complete", "expression": "{x} = 2"}],
    )
    assert reading.questionnaire.items[0].label == Text.of(fr="Bonjour")
    assert reading.warnings == (
        "le fichier ne dit pas si l’enquête est anonyme : elle est tenue pour anonyme.",
        "non repris : déclencheur « complete » ({x} = 2).",
        "« question x » : un script contenu dans un texte est retiré.",
        "« question x » : la mise en forme d’un texte n’est pas reprise (i).",
        "« question x » : non repris : obligation sous condition ({x} = 1).",
    )


def test_choices_of_another_question_calculated_values_and_the_start_page() -> None:
    pages = [
        {"name": "debut", "elements": [{"type": "html", "name": "h", "html": "Bienvenue"}]},
        {"name": "p", "elements": [
            {"type": "radiogroup", "name": "a", "choices": CHOICES},
            {"type": "checkbox", "name": "b", "choicesFromQuestion": "a"},
        ]},
    ]  # fmt: skip
    calculated = [{"name": "total", "expression": "{a} + 1"}]
    questionnaire = survey(pages=pages, firstPageIsStarted=True, calculatedValues=calculated).questionnaire
    first, second, total = questionnaire.items
    assert questionnaire.welcome == Text.of(fr="Bienvenue")
    assert isinstance(first, SingleChoice)
    assert isinstance(second, MultipleChoice)
    assert second.choices is first.choices
    assert total == Computed(id="total", formula=Formula("${a} + 1"))


def test_what_we_write_is_what_surveyjs_says() -> None:
    scale = ChoiceList(
        "accord", (Choice("1", Text.of(fr="Non", en="No")), Choice("2", Text.of(fr="Oui", en="Yes")))
    )
    several = MultipleChoice(id="m", choices=scale, label=Text.of(fr="Quoi"))
    block = Block(
        id="b",
        label=Text.of(fr="Accord", en="Agree"),
        choices=scale,
        rows=(Row(id="b_1", label=Text.of(fr="Un"), relevant=Formula("selected(${m}, '2')"), reverse=True),),
        required=Required.YES,
    )
    score = Computed(id="c", formula=Formula("count-selected(${m}) + ${b_1}"))
    questionnaire = Questionnaire(
        id="e", languages=("fr", "en"), groups=(Group(id="g", items=(several, block, score)),)
    )
    written = to_bytes(questionnaire, "surveyjs")
    _, matrix, expression = json.loads(written.content)["pages"][0]["elements"]
    assert matrix["title"] == {"default": "Agree", "fr": "Accord"}
    assert matrix["rows"] == [{"value": "b_1", "text": {"fr": "Un"}, "visibleIf": "{m} contains '2'"}]
    assert (matrix["isRequired"], matrix["eachRowRequired"]) == (True, True)
    assert expression["expression"] == "{m.length} + {b.b_1}"
    assert matrix["labqvt"] == {"lists": ["accord"], "rows": {"b_1": {"reverse": True}}}
    assert written.warnings == ("SurveyJS ne dit pas : sens inversé (b_1).",)


JUNK: list[Any] = [
    None, True, -1, 1e300, 10**30, "", " ", "a b", "{q1}", [], {}, [[]], [None], {"a": 1}, {"default": 3}, "matrix",
    "matrixdropdown", "paneldynamic", "boolean", "rating", "checkbox", [{"value": {}}], "{q1} anyof []",
]  # fmt: skip
KEYS = [
    "type",
    "name",
    "choices",
    "rows",
    "columns",
    "labqvt",
    "visibleIf",
    "rateValues",
    "inputType",
    "elements",
]


@pytest.mark.thorough
def test_a_document_of_any_shape_is_read_or_refused() -> None:
    draw = random.Random(9)
    written = [to_bytes(drawn(seed), "surveyjs").content for seed in range(12)]
    outcomes = {"read": 0, "refused": 0}
    for _ in range(400):
        document = json.loads(draw.choice(written))
        places = list(_places(document))
        for holder, key in draw.sample(places, min(len(places), 3)):
            elsewhere = isinstance(holder, dict) and draw.random() < 0.4
            holder[draw.choice(KEYS) if elsewhere else key] = copy.deepcopy(draw.choice(JUNK))
        try:
            read_bytes(json.dumps(document).encode(), name="abîmé")
        except FormError as refusal:
            assert str(refusal).strip()  # noqa: PT017 - both outcomes are right
            outcomes["refused"] += 1
        else:
            outcomes["read"] += 1
    assert min(outcomes.values()) > 50


def _places(part: Any) -> Any:
    """Yield every place of a document, as its holder and its key."""
    for key in list(part) if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ():
        yield part, key
        yield from _places(part[key])


def test_a_table_where_lines_are_added_is_asked_once() -> None:
    columns = [{"name": "nom", "cellType": "text"}, {"name": "lien", "choices": ["a", "b"]}]
    reading = survey({"type": "matrixdynamic", "name": "foyer", "rowCount": 10**9, "columns": columns})
    assert [variable.id for variable in reading.questionnaire.variables] == ["foyer_1_nom", "foyer_1_lien"]
    assert any("n’en garde qu’une" in warning for warning in reading.warnings)


def test_an_unknown_type_keeps_its_choices() -> None:
    found = item(type="barrating", choices=[{"value": 1, "text": "Un"}, {"value": 2, "text": "Deux"}])
    assert found == SingleChoice(**Q, choices=UN_DEUX)


@pytest.mark.parametrize(
    ("element", "words"),
    [
        ({"type": "radiogroup", "choices": [1], "showOtherItem": True, "otherText": "Précisez"},
         "texte de « Autre » (Précisez)"),
        ({"type": "dropdown", "choicesMin": 1, "choicesMax": 10**9}, "les choix au-delà de 200"),
        ({"type": "text", "inputType": "number", "maxValueExpression": "{a} + 1"}, "borne calculée ({a} + 1)"),
        ({"type": "matrixdropdown", "rows": ["r"], "columns": [{"name": "c", "cellType": "checkbox"}],
          "choices": [1, 2]}, "plusieurs réponses dans « c »"),
        ({"type": "text", "title": "Bonjour {nom}"}, "un texte cite « {nom} »"),
    ],
)  # fmt: skip
def test_what_is_lost_is_named(element: dict[str, Any], words: str) -> None:
    assert any(words in warning for warning in survey({"name": "q", **element}).warnings)
