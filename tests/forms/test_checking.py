"""Mistakes in the logic of a questionnaire, found before anyone answers."""

from __future__ import annotations

import pytest

from labqvt_forms import (
    Choice,
    ChoiceList,
    Computed,
    Dialect,
    Formula,
    Group,
    MultipleChoice,
    Number,
    Questionnaire,
    SingleChoice,
)
from labqvt_forms.checking import check_logic

LIST = ChoiceList("l", (Choice("a"), Choice("b")))


def findings(condition: str, *, dialect: Dialect = Dialect.XPATH) -> tuple[str, ...]:
    questionnaire = Questionnaire(
        id="q",
        groups=(
            Group(
                id="g",
                items=(
                    SingleChoice(id="x", choices=LIST),
                    MultipleChoice(id="m", choices=LIST),
                    Number(id="n", relevant=Formula(condition, dialect)),
                    Computed(id="c", formula=Formula("${n} + 1")),
                ),
            ),
        ),
    )
    return check_logic(questionnaire)


@pytest.mark.parametrize(
    ("condition", "finding"),
    [
        ("${y} = 1", "« n » : la formule « ${y} = 1 » cite « y », qui n’existe pas."),
        ("${x} = 'c'", "« n » : « ${x} = 'c' » ne peut jamais être vrai : "
         "« c » n’est pas un code de « x » (a, b)."),
        (
            "${x} = 'a' and selected(${x}, 'b')",
            "« n » : « ${x} = 'a' and selected(${x}, 'b') » ne peut jamais être vrai : "
            "« x » ne peut pas valoir à la fois « a » et « b ».",
        ),
        ("pulldata(${x})", "« n » : la formule « pulldata(${x}) » ne sera pas évaluée : "
         "la fonction « pulldata » n’est pas prise en charge."),
        ("${c} > 3", "cercle de conditions : n → c → n."),
        ("${n} > 3", "cercle de conditions : n → n."),
    ],
)  # fmt: skip
def test_each_mistake_is_told_in_one_sentence(condition: str, finding: str) -> None:
    assert findings(condition) == (finding,)


def test_a_formula_of_another_tool_is_told() -> None:
    (finding,) = findings("x.shown == 1", dialect=Dialect.EXPRESSIONSCRIPT)
    assert "« x.shown == 1 » ne sera pas évaluée" in finding


@pytest.mark.parametrize(
    "condition", ["${x} = 'a' or ${x} = 'b'", "selected(${m}, 'a') and selected(${m}, 'b')", "${x} != 'c'"]
)
def test_sound_conditions_raise_nothing(condition: str) -> None:
    assert findings(condition) == ()
