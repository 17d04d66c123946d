"""Subtraction: what the planner lets through, against brute force and the verifier's own method."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labqvt_stats import Column, InvalidAnswersError, Protection
from labqvt_stats.planner import plan_groups
from labqvt_stats.support import family_of, minimum_support, support_reaches
from labqvt_stats.verifier import smallest_combination
from tests.stats.simulated import attributes

THRESHOLD = 6


def rank(rows):
    """Rank in exact fractions."""
    rows, found = [[Fraction(int(v)) for v in row] for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((r for r in range(found, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for r in range(found + 1, len(rows)):
            factor = rows[r][column] / rows[found][column]
            rows[r] = [a - factor * b for a, b in zip(rows[r], rows[found], strict=True)]
        found += 1
    return found


def brute_support(family):
    """Fewest people whose removal lowers the rank of the incidence: the definition, by enumeration."""
    incidence, sizes = np.unique(family, axis=1, return_counts=True)
    full, least = rank(incidence), int(sizes.sum())
    for number in range(1, len(sizes) + 1):
        for atoms in combinations(range(len(sizes)), number):
            weight = int(sizes[list(atoms)].sum())
            if weight < least and rank(np.delete(incidence, atoms, axis=1)) < full:
                least = weight
    return least


def test_two_groups_that_differ_by_one_person_each_are_refused():
    """Threshold alone lets {1..7} and {2..8} through; their difference tells two answers."""
    n = 24
    first = np.array([1] * 12 + [0] * 12)
    second = np.array([0] + [1] * 12 + [0] * 11)
    assert min(np.bincount(first).min(), np.bincount(second).min()) >= THRESHOLD
    assert not support_reaches(n, [first, second], THRESHOLD)
    assert minimum_support(family_of(n, [first, second])) == 2
    assert smallest_combination(family_of(n, [first, second]), THRESHOLD) == 2


partitions = st.integers(8, 14).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 2), min_size=n, max_size=n), min_size=1, max_size=3)
)


@given(partitions)
@settings(max_examples=60, deadline=None)
def test_minimum_support_is_that_of_brute_force(drawn):
    shaped = [np.unique(np.array(p), return_inverse=True)[1] for p in drawn]
    n = len(drawn[0])
    family = family_of(n, shaped)
    expected = brute_support(family)
    assert minimum_support(family) == expected
    assert support_reaches(n, shaped, THRESHOLD) == (expected >= THRESHOLD)
    assert smallest_combination(family, THRESHOLD) == (expected if expected < THRESHOLD else 0)


@pytest.mark.parametrize("seed", range(40))
def test_no_planned_family_lets_the_verifier_subtract(seed):
    draw = np.random.default_rng(seed)
    n = int(draw.integers(4, 101))
    plan = plan_groups(attributes(n, draw), n, Protection())
    family = family_of(n, [variable.partition for variable in plan.shown])
    assert not plan.shown or n >= 20
    assert n < THRESHOLD or smallest_combination(family, THRESHOLD) == 0


def test_a_threshold_alone_is_often_open_to_subtraction():
    """The attack that the planner closes works on structures of 20 to 49 people when only sizes are checked."""
    open_families = 0
    for seed in range(40):
        draw = np.random.default_rng(seed)
        n = int(draw.integers(20, 50))
        categories = [
            np.array(c.values) == value for c in attributes(n, draw) for value in sorted(set(c.values))
        ]
        shown = [np.ones(n, dtype=bool), *(rows for rows in categories if rows.sum() >= 5)]
        open_families += smallest_combination(np.array(shown), 5) > 0
    assert open_families >= 15


def test_small_classes_are_merged_before_a_variable_is_given_up():
    age = Column("age", ["a"] * 8 + ["b"] * 3 + ["c"] * 9 + ["d"] * 8, ("a", "b", "c", "d"))
    plan = plan_groups([age], 28, Protection())
    assert plan.shown[0].labels == ("a", "b + c", "d") or plan.shown[0].labels == ("a + b", "c", "d")
    alone = Column("gender", ["f"] * 25 + ["m"] * 3)
    assert plan_groups([alone], 28, Protection()).withheld == ("gender",)


def test_not_stated_is_a_group_like_the_others():
    column = Column("gender", ["f"] * 12 + ["m"] * 8 + [None] * 7)
    assert set(plan_groups([column], 27, Protection()).shown[0].labels) == {"f", "m", "non renseigné"}


def test_a_column_of_another_length_is_refused():
    with pytest.raises(InvalidAnswersError, match="2 valeurs pour 27"):
        plan_groups([Column("gender", ["f", "m"])], 27, Protection())
