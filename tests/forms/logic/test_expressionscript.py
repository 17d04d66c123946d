"""LimeSurvey's formulas as ours, and back."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labqvt_forms.logic import (
    Names,
    OutsideSubset,
    parse_expressionscript,
    parse_xpath,
    print_expressionscript,
    print_xpath,
)
from tests.forms.logic.expressions import IDS, random_node

NAMES = Names(
    {"Q1": "Q1", "age": "age", "B_S1": "B_S1", "D_S1_0": "D_S1_1", "D_S1_1": "D_S1_2"},
    {"m_a": ("m", "a"), "m_b": ("m", "b")},
)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ('Q1.NAOK == "A1"', "${Q1} = 'A1'"),
        (
            '((Q1 == "A1") && (age.NAOK >= 18)) || !is_empty(B_S1)',
            "${Q1} = 'A1' and ${age} >= 18 or ${B_S1} != ''",
        ),
        ("age gt 3 and age.value le 4 or Q1 ne 'x'", "${age} > 3 and ${age} <= 4 or ${Q1} != 'x'"),
        ('m_a.NAOK == "Y" and m_b != "Y"', "selected(${m}, 'a') and not(selected(${m}, 'b'))"),
        ('m_a == ""', "not(selected(${m}, 'a'))"),
        ("!is_empty(m_a)", "selected(${m}, 'a')"),
        ("count(m_a, m_b) > 1", "count-selected(${m}) > 1"),
        ("count(m_a, age) > 1", "count-non-empty(if(selected(${m}, 'a'), 'Y', ''), ${age}) > 1"),
        ("if(is_empty(age), 0, age.NAOK)", "coalesce(${age}, 0)"),
        ('regexMatch("/^[A-Z]+$/", self)', "regex(., '[A-Z]+')"),
        (r"regexMatch('/\d{5}/', Q1)", r"regex(${Q1}, '[\s\S]*(?:\d{5})[\s\S]*')"),
        ('date("Y-m-d") > Q1', "today() > ${Q1}"),
        ("D_S1_0 == D_S1_1", "${D_S1_1} = ${D_S1_2}"),
        ("sum(age, -1 * +2) / 3", "sum(${age}, -1 * 2) div 3"),
        ('Q1 == "dit \\"oui\\""', "${Q1} = 'dit \"oui\"'"),
    ],
)
def test_conditions_are_read_and_written_back(theirs: str, ours: str) -> None:
    node = parse_expressionscript(theirs, NAMES)
    assert print_xpath(node) == ours
    assert parse_expressionscript(print_expressionscript(node, NAMES), NAMES) == node


@pytest.mark.parametrize(
    ("theirs", "why"),
    [
        ("inconnue.NAOK > 3", "ne désigne aucune question"),
        ("Q1.shown == 1", "« Q1.shown » n’est pas une réponse"),
        ("sum(that.Q1.NAOK)", "n’est pas compris"),
        ("rand(1, 3) > 2", "la fonction « rand »"),
        ("Q1 = 3", "n’est pas compris"),
        ('regexMatch("/a/i", Q1)', "options que nous n’avons pas"),
        ("(Q1", "« ) » manque"),
        ("", "inachevée"),
        ("!" * 1000 + "Q1", "trop imbriquée"),
    ],
)
def test_what_is_outside_is_named(theirs: str, why: str) -> None:
    with pytest.raises(OutsideSubset) as refusal:
        parse_expressionscript(theirs, NAMES)
    assert why in str(refusal.value)


@pytest.mark.parametrize(
    "ours", ["${a} mod 2 = 0", "score('s') > 3", "contains(${a}, 'b')", "${inconnue} = 1"]
)
def test_what_limesurvey_has_not_is_refused_on_writing(ours: str) -> None:
    with pytest.raises(OutsideSubset):
        print_expressionscript(parse_xpath(ours), Names({"a": "a"}))


def test_random_formulas_come_back_unless_limesurvey_has_no_word_for_them() -> None:
    draw = random.Random(3)
    names = Names({id_: id_ for id_ in IDS if id_ != "statut"}, {"statut_cdi": ("statut", "cdi")})
    written = 0
    for _ in range(4000):
        node = random_node(draw, 3)
        try:
            first = print_expressionscript(node, names)
        except OutsideSubset:
            continue
        again = parse_expressionscript(first, names)
        second = print_expressionscript(again, names)
        assert parse_expressionscript(second, names) == again, first
        written += 1
    assert written > 1500


@given(st.text(max_size=60))
def test_any_text_is_a_formula_or_is_refused(text: str) -> None:
    try:
        node = parse_expressionscript(text, NAMES)
    except OutsideSubset as refusal:
        assert str(refusal)  # noqa: PT017 - either outcome is right, both are looked at
    else:
        assert print_xpath(node)
