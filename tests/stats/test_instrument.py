"""Items, scales and answers: what is refused, how classes and scores follow from the questionnaire."""

import math

import numpy as np
import pytest

from labqvt_stats import (
    Answers,
    Column,
    Instrument,
    InvalidAnswersError,
    InvalidInstrumentError,
    Item,
    Scale,
    diagnose,
)
from labqvt_stats.publication import protect
from labqvt_stats.scores import scale_scores
from labqvt_stats.verifier import verify
from tests.stats.simulated import answers, instrument, responses_of

U, N, F = "unfavourable", "neutral", "favourable"


def likert(points, **how):
    return Item(
        "q", "", tuple(str(v) for v in range(1, points + 1)), tuple(map(float, range(1, points + 1))), **how
    )


@pytest.mark.parametrize(
    ("points", "classes"),
    [(2, [U, F]), (3, [U, N, F]), (4, [U, U, F, F]), (5, [U, U, N, F, F]), (7, [U, U, U, N, F, F, F])],
)
def test_classes_are_thirds_of_the_range(points, classes):
    assert [likert(points).class_of(code) for code in likert(points).codes] == classes
    assert [likert(points, reverse=True).class_of(c) for c in likert(points).codes] == classes[::-1]


def test_scores_span_the_range_of_the_codes_and_turn_with_reversal():
    assert likert(5).scores == (0, 25, 50, 75, 100)
    assert likert(5, reverse=True).scores == (100, 75, 50, 25, 0)
    assert likert(4, low=0.0, high=4.0).scores == (25, 50, 75, 100)


def test_a_code_without_value_counts_as_no_answer():
    item = Item("q", "", ("1", "2", "nc"), (1.0, 2.0, math.nan), scale="s")
    given = Answers.from_codes(Instrument((item,), (Scale("s", "", ("q",)),)), {"q": ["1", "nc", None, "2"]})
    assert given.class_counts(0) == {U: 1, N: 0, F: 1, "none": 2}
    assert np.isnan(scale_scores(given, given.instrument.scale("s"))).tolist() == [False, True, True, False]


@pytest.mark.parametrize(("rule", "needed"), [("half", 2), ("all", 3), (1, 1)])
def test_the_missing_rule_decides_who_has_a_score(rule, needed):
    items = tuple(Item(i, "", ("1", "2"), (1.0, 2.0)) for i in "abc")
    shape = Instrument(items, (Scale("s", "", ("a", "b", "c"), rule),))
    given = Answers(shape, np.array([[0, 0, 0], [1, 1, -1], [1, -1, -1], [-1, -1, -1]], dtype=np.int16))
    scored = np.isfinite(scale_scores(given, shape.scale("s")))
    assert scored.tolist() == [answered >= needed for answered in (3, 2, 1, 0)]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Item("q", "", ()), "codes de réponse"),
        (lambda: Item("q", "", ("1", "1")), "codes de réponse"),
        (lambda: Item("q", "", ("1", "2"), (1.0,)), "une valeur par code"),
        (lambda: Item("q", "", ("1", "2"), (1.0, 1.0)), "étendue"),
        (lambda: Item("q", "", ("1", "2"), (1.0, 2.0), classes={"3": U}), "classe ou code inconnu"),
        (lambda: Scale("s", "", ("a", "b"), 3), "3 réponses"),
        (lambda: Instrument((likert(5),), (Scale("s", "", ("x",)),)), "absente"),
        (lambda: Instrument(()), "aucune question"),
    ],
)
def test_a_wrong_questionnaire_is_refused_in_a_sentence(make, words):
    with pytest.raises(InvalidInstrumentError, match=words):
        make()


@pytest.mark.parametrize(
    ("columns", "words"),
    [({}, "absente"), ({"q": ["1", "9"]}, "réponse n° 2 : code inconnu « 9 »")],
)
def test_wrong_answers_are_refused_with_their_place(columns, words):
    with pytest.raises(InvalidAnswersError, match=words):
        Answers.from_codes(Instrument((likert(5),)), columns)


def test_a_nominal_question_is_counted_in_a_network_and_silent_elsewhere():
    shape = instrument(3)
    trade = Item("trade", "", ("a", "b"))
    both = Instrument((*shape.items, trade), shape.scales)
    positions = answers(shape, 40, np.random.default_rng(1)).positions
    given = Answers(both, np.column_stack([positions, np.arange(40) % 2]).astype(np.int16))
    assert diagnose(given)["items"][-1]["counts"] == {"a": 20, "b": 20}
    few = given.take(np.arange(12))
    assert diagnose(few)["items"][-1]["counts"] is None
    publication = protect(few)
    assert publication["structures"][0]["shown"]
    assert not verify(publication, responses_of(few))[0].exposed


def test_a_column_says_not_stated_for_empty_values():
    assert Column("x", ["a", "", None]).stated() == ["a", "non renseigné", "non renseigné"]
