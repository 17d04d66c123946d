"""Mistakes of logic told with their place, in the language asked."""

from __future__ import annotations

import pytest

from labqvt_forms import (
    Block,
    Choice,
    ChoiceList,
    Date,
    Formula,
    FreeText,
    Group,
    MultipleChoice,
    Number,
    Questionnaire,
    Row,
    SingleChoice,
    Text,
    Validation,
    YesNo,
)
from labqvt_forms.checking import check_logic, logic_findings
from labqvt_forms.findings import Severity
from labqvt_forms.spots import Spot

LIST = ChoiceList("l", (Choice("a", Text.of(fr="Jamais", en="Never")), Choice("b", Text.of(fr="Souvent"))))
BOXES = ChoiceList("m", (Choice("x"), Choice("y"), Choice("none", exclusive=True)))


def questionnaire(
    *, group: str = "", item: str = "", row: str = "", rule: str = "", last: str = ""
) -> Questionnaire:
    def formula(text: str) -> Formula | None:
        return Formula(text) if text else None

    return Questionnaire(
        id="q",
        languages=("fr", "en"),
        groups=(
            Group(
                id="g1",
                items=(
                    SingleChoice(id="x", label=Text.of(fr="Fréquence", en="Frequency"), choices=LIST),
                    MultipleChoice(id="m", choices=BOXES, most=1),
                    Number(id="n", label=Text.of(fr="Âge", en="Age"), least=16.0, most=70.0, integer=True),
                    Date(id="d", earliest="2024-01-01"),
                    YesNo(id="o"),
                    FreeText(id="t"),
                ),
            ),
            Group(
                id="g2",
                relevant=formula(group),
                items=(
                    Block(
                        id="B",
                        relevant=formula(item),
                        rows=(Row(id="B1", relevant=formula(row)),),
                        choices=LIST,
                    ),
                    Number(id="v", most=5.0, validation=Validation(Formula(rule)) if rule else None),
                    FreeText(id="z", relevant=formula(last)),
                ),
            ),
        ),
    )


def kinds(**conditions: str) -> list[tuple[str, str]]:
    return [(each.kind, str(each.spot)) for each in logic_findings(questionnaire(**conditions))]


@pytest.mark.parametrize(
    ("condition", "kind"),
    [
        ("${x} = 'a' and ${x} = 'b'", "two_codes"),
        ("${x} = 'zut'", "unknown_code"),
        ("${x} = 'zut' or ${n} > 20", "stray_code"),
        ("${n} > 65 and ${n} < 20", "contradiction"),
        ("${n} > 80", "contradiction"),
        ("${n} < 16", "contradiction"),
        ("${n} > 16 and ${n} < 17", "contradiction"),
        ("selected(${m}, 'x') and selected(${m}, 'y')", "contradiction"),
        ("selected(${m}, 'x') and selected(${m}, 'none')", "contradiction"),
        ("count-selected(${m}) >= 2", "contradiction"),
        ("${d} < '2023-06-01'", "contradiction"),
        ("${o} = 'yes' and not(${o} = 'yes')", "contradiction"),
        ("${t} = 'a' and ${t} = 'b'", "contradiction"),
        ("${x} = '' and ${x} != ''", "contradiction"),
        ("(${x} = 'a' or ${n} > 80) and ${x} = 'b'", "contradiction"),
        ("${x} = 'a' or ${x} != 'a'", "always"),
        ("${n} <= 70 or ${n} = ''", "always"),
        ("${v} > 3", "forward"),
        ("pulldata(${x})", "outside"),
        ("${nulle} = 1", "unknown_reference"),
        ("${z} = 'a'", "forward"),
    ],
)
def test_a_condition_is_judged_by_the_answers_it_can_get(condition: str, kind: str) -> None:
    assert kinds(item=condition) == [(kind, "item:B")]


@pytest.mark.parametrize(
    "condition",
    [
        "${x} = 'a' or ${x} = 'b'",
        "${n} > 20 and ${n} < 65",
        "selected(${m}, 'x') or selected(${m}, 'y')",
        "${d} > '2024-06-01' and ${d} < today()",
        "${o} = 'yes' and ${n} >= 18",
        "${x} != 'a'",
        "${t} = 'a' or ${t} = 'b'",
        "contains(${t}, 'a') and contains(${t}, 'b')",
        "${n} + 1 > 20",
    ],
)
def test_a_sound_condition_is_left_alone(condition: str) -> None:
    assert kinds(item=condition) == []


def test_conditions_of_group_item_and_row_hold_together() -> None:
    assert kinds(group="${x} = 'a'", item="${x} = 'b'") == [("contradicts_outer", "item:B")]
    assert kinds(group="${n} > 30", row="${n} < 20") == [("contradicts_outer", "row:B/B1")]
    assert kinds(group="${x} = 'a'", item="${x} = 'a'") == [("always", "item:B")]
    assert kinds(item="${x} = 'a'", last="${B1} = 'b' and ${x} = 'b'") == [("depends_on_hidden", "item:z")]


def test_what_depends_on_a_question_never_asked_is_never_asked() -> None:
    assert kinds(item="${n} > 80", last="${B1} != ''") == [
        ("contradiction", "item:B"),
        ("depends_on_hidden", "item:z"),
    ]
    assert kinds(item="${n} > 80", last="${B1} = ''")[1:] == [("always", "item:z")]


def test_a_rule_that_no_answer_satisfies_is_told() -> None:
    assert kinds(rule=". > 5") == [("impossible_rule", "item:v")]
    assert kinds(rule=". >= 5") == []
    assert kinds(rule=". != '' and . > ${n}") == []


def test_circles_are_told_once_with_their_place() -> None:
    found = logic_findings(questionnaire(item="${z} = 'a'", last="${B1} = 'a'"))
    assert [(each.kind, str(each.spot)) for each in found if each.kind == "circle"] == [
        ("circle", "row:B/B1")
    ]


def test_findings_speak_in_labels_and_both_languages() -> None:
    made = questionnaire(item="${n} > 80 and ${x} = 'a'")
    (french,), (english,) = logic_findings(made, "fr"), logic_findings(made, "en")
    assert french.sentence == (
        "“« Âge » est plus de 80 et « Fréquence » est « Jamais »” ne peut jamais être vrai : "
        "aucune réponse possible ne le permet."
    )
    assert english.sentence == (
        "‘“Age” is more than 80 and “Frequency” is “Never”’ can never be true: no possible answer allows it."
    )
    assert french.severity is Severity.ERROR
    assert french.advice
    assert check_logic(made) == (
        "« B » : « ${n} > 80 and ${x} = 'a' » ne peut jamais être vrai : aucune réponse possible ne le permet.",
    )
    assert french.spot == Spot.item("B")
