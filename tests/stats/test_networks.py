"""Structures side by side: references that tell no neighbour, drivers with their doubt, items out of place."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labqvt_stats import InvalidAnswersError, NotEnoughDataError
from labqvt_stats.agreement import average_deviation, intraclass_forms
from labqvt_stats.drivers import cuts_of, driver_intervals, lmg_shares, quadrant
from labqvt_stats.effects import power_of_two_means, probability_of_superiority
from labqvt_stats.references import StructureScore, reference_for
from labqvt_stats.reliability import alpha_without, unexpected_items
from labqvt_stats.weighting import raked_mean

DAY = date(2026, 11, 23)


def network(sizes, kinds=None):
    return [
        StructureScore(f"s{i}", 40.0 + 3 * i, n, 2 * n, kinds[i] if kinds else "")
        for i, n in enumerate(sizes)
    ]


def reference(own, structures):
    return reference_for(own, structures, 20.0, dated=DAY)


def test_a_reference_says_who_made_it_and_when():
    found = reference("s0", network([10] * 7, ["small"] * 3 + ["large"] * 3 + ["huge"]))
    assert (found.structures, found.people, found.dated) == (6, 60, DAY)
    assert found.composition == {"large": 3, "small": 2, "autres": 1}
    assert found.largest_share == pytest.approx(1 / 6)
    assert not found.shrunken


def test_a_reference_never_holds_the_structure_that_reads_it():
    structures = network([10] * 7)
    moved = [s if s.id != "s0" else StructureScore("s0", 99.0, 10, 20) for s in structures]
    assert reference("s0", structures) == reference("s0", moved)
    assert reference("s1", structures) != reference("s1", moved)


@pytest.mark.parametrize(
    ("sizes", "there"),
    [([10] * 6, True), ([10] * 5, False), ([50, 6, 6, 6, 6, 6], True), ([9, 50, 6, 6, 6, 6], False),
     ([9, 6, 6, 6, 6, 6], True), ([9, 8, 6, 6, 6, 5], False)],
)  # fmt: skip
def test_a_reference_is_a_network_cell_of_structures_with_a_result(sizes, there):
    assert (reference("s0", network(sizes)) is not None) is there


def test_structures_alike_are_preferred_when_what_they_leave_is_a_cell_too():
    small, large = ["small"] * 6, ["large"] * 5
    assert reference("s0", network([10] * 11, small + large)).kind == "small"
    assert reference("s0", network([10] * 10, small + large[:4])).kind == ""
    assert reference("s0", network([10] * 10, ["small"] * 5 + large)).kind == ""


@given(st.integers(6, 40), st.integers(0, 1000))
def test_whoever_collects_all_references_solves_no_structure_to_the_point(m, seed):
    """The leave-own-out means of everybody give each score by subtraction; rounding must leave it ± m/2."""
    scores = np.random.default_rng(seed).uniform(20, 90, m)
    structures = [StructureScore(f"s{i}", float(s), 10) for i, s in enumerate(scores)]
    means = np.array([reference(f"s{i}", structures).mean for i in range(m)])
    exact = np.array([(scores.sum() - s) / (m - 1) for s in scores])
    assert np.allclose(exact.sum() - (m - 1) * exact, scores)  # the attack, on unrounded references
    assert set(means) <= {float(round(v)) for v in means}
    assert (np.abs(means - exact) <= 0.5).all()


def test_a_structure_counts_once():
    with pytest.raises(InvalidAnswersError, match="Deux fois"):
        reference("s0", network([10] * 6) + network([10]))


def driven(n=900, structures=45, seed=1):
    draw = np.random.default_rng(seed)
    x = draw.normal(size=(n, 3))
    return x, x @ [1.0, 0.5, 0.0] + draw.normal(size=n), draw.integers(structures, size=n)


def test_intervals_of_drivers_hold_their_shares_and_repeat():
    x, y, units = driven()
    found = driver_intervals(x, y, units)
    assert [d.share for d in found] == pytest.approx(list(lmg_shares(x, y)))
    assert all(d.lo <= d.share <= d.hi for d in found)
    assert found[0].lo > found[2].hi
    assert found == driver_intervals(x, y, units)


def test_intervals_of_drivers_cover_what_is_true():
    """Of independent predictors weighing 1, 0.5 and 0 with unit noise, the first explains 1/2.25."""
    first = [driver_intervals(*driven(seed=seed), draws=100)[0] for seed in range(20)]
    assert sum(d.lo <= 1 / 2.25 <= d.hi for d in first) >= 16


def test_drivers_need_structures_and_spread():
    x, y, units = driven()
    with pytest.raises(NotEnoughDataError, match="30 structures ; reçu 29"):
        driver_intervals(x, y, units % 29)
    with pytest.raises(NotEnoughDataError, match="200 réponses"):
        lmg_shares(x[:150], y[:150])


@pytest.mark.parametrize(
    ("shown", "importance", "corner"),
    [((40, 40), 0.3, "act"), ((70, 70), 0.3, "keep"), ((40, 45), 0.1, "watch"), ((61, 66), 0.1, "settled"),
     ((57.5, 62.5), 0.3, "undecided"), ((60, 60), 0.2, "keep")],
)  # fmt: skip
def test_corners_are_those_of_the_reference_and_a_display_across_the_cut_has_none(shown, importance, corner):
    cuts = cuts_of([50, 60, 70], [0.1, 0.2, 0.3])
    assert (cuts.score, cuts.importance) == (60, 0.2)
    assert quadrant(shown, importance, cuts) == corner


def test_no_reference_no_matrix():
    with pytest.raises(NotEnoughDataError, match="référence"):
        cuts_of([], [])


def test_an_item_that_goes_with_another_scale_is_named():
    draw = np.random.default_rng(3)
    first, second = draw.normal(size=(2, 400))
    items = np.column_stack([*(first + draw.normal(0, 0.6, 400) for _ in range(3)),
                             *(second + draw.normal(0, 0.6, 400) for _ in range(4))])  # fmt: skip
    assert unexpected_items(items, [0, 0, 0, 1, 1, 1, 1]) == []
    (found,) = unexpected_items(items, [0, 0, 0, 0, 1, 1, 1])
    assert (found.item, found.closer_to) == (3, 1)
    assert found.other > found.own + 0.1
    with pytest.raises(NotEnoughDataError, match="200 réponses complètes"):
        unexpected_items(items[:199], [0] * 7)
    with pytest.raises(NotEnoughDataError, match="même réponse"):
        unexpected_items(np.column_stack([items, np.ones(400)]), [0] * 8)


def test_agreement_refuses_what_it_cannot_measure():
    with pytest.raises(NotEnoughDataError, match="10 réponses"):
        average_deviation(np.ones((9, 3)))
    with pytest.raises(InvalidAnswersError, match="complet"):
        intraclass_forms(np.array([[1.0, np.nan], [2.0, 3.0]]))
    with pytest.raises(NotEnoughDataError, match="deux juges"):
        intraclass_forms(np.ones((5, 1)))
    with pytest.raises(NotEnoughDataError, match="identique"):
        intraclass_forms(np.array([[1.0, 2.0], [2.0, 3.0], [4.0, 5.0]]))
    with pytest.raises(NotEnoughDataError, match="trois"):
        alpha_without(np.ones((40, 2)))


def test_groups_that_do_not_overlap_have_no_test_of_superiority():
    found = probability_of_superiority(np.array([3.0, 4, 5]), np.array([1.0, 2]))
    assert (found.value, found.lo, found.hi, found.p) == (1, 1, 1, None)
    with pytest.raises(NotEnoughDataError, match="deux réponses"):
        power_of_two_means(0.5, (1, 10))


def test_margins_that_explain_everything_leave_no_error():
    sex = ["f", "m"] * 60
    scores = np.where(np.array(sex) == "f", 70.0, 40.0)
    found = raked_mean(scores, [(sex, {"f": 30, "m": 10})], np.arange(120) // 10)
    assert (found.mean, found.se) == (pytest.approx(62.5), pytest.approx(0, abs=1e-9))
    with pytest.raises(NotEnoughDataError, match="deux structures"):
        raked_mean(scores, [(sex, {"f": 30, "m": 10})], np.zeros(120))
