"""Scores as the scale extension defines them."""

from __future__ import annotations

import pytest

from labqvt_forms import (
    DECLINED,
    Block,
    Choice,
    ChoiceList,
    Group,
    Number,
    Questionnaire,
    Role,
    Row,
    Scale,
    item_share,
    scale_score,
)

FIVE = ChoiceList("l", (*(Choice(str(n)) for n in range(1, 6)), Choice("9", role=Role.ASIDE)))


def score(
    answers: dict[str, object], rule: object = "half", span: tuple[float, float] = (0.0, 100.0)
) -> float | None:
    rows = (Row(id="a"), Row(id="b", reverse=True), Row(id="c"), Row(id="d"))
    scale = Scale(id="s", items=("a", "b", "c", "d"), missing_rule=rule, range=span)  # type: ignore[arg-type]  # any rule
    block = Block(id="k", choices=FIVE, rows=rows)
    return scale_score(
        scale, Questionnaire(id="q", groups=(Group(id="g", items=(block,)),), scales=(scale,)), answers
    )


@pytest.mark.parametrize(
    ("answers", "rule", "expected"),
    [
        ({"a": "5", "b": "1", "c": "5", "d": "5"}, "half", 100.0),
        ({"a": "1", "b": "5", "c": "1", "d": "1"}, "half", 0.0),
        ({"a": "5", "b": "5"}, "half", 50.0),
        ({"a": "5"}, "half", None),
        ({"a": "5", "b": "9", "c": DECLINED, "d": None}, "half", None),
        ({"a": "5", "b": "9"}, 1, 100.0),
        ({"a": "5", "b": "1", "c": "3"}, "all", None),
        ({"a": "5", "b": "1", "c": "3"}, 3, pytest.approx(250 / 3)),
        ({}, 1, None),
    ],
)
def test_a_score_is_the_mean_of_what_was_answered(
    answers: dict[str, object], rule: object, expected: object
) -> None:
    assert score(answers, rule) == expected


def test_a_score_runs_over_its_range() -> None:
    assert score({"a": "3", "b": "3"}, span=(1.0, 5.0)) == 3.0


def test_a_number_without_bounds_has_no_share() -> None:
    items = (Number(id="free"), Number(id="bounded", least=0, most=20))
    questionnaire = Questionnaire(id="q", groups=(Group(id="g", items=items),))
    assert item_share(questionnaire.variable("free"), "3") is None
    assert item_share(questionnaire.variable("bounded"), "5") == 0.25
    assert item_share(questionnaire.variable("bounded"), "21") is None
