"""Groups of a network against the others: what may be said to differ, and how often it is said of nothing."""

import numpy as np
import pytest
from scipy import stats

from labqvt_stats.finite_population import t_quantile
from labqvt_stats.groups import GroupMean, against_the_rest


def group(mean, half=3.0, n=60, units=12):
    return GroupMean(mean, half, n, units)


def test_a_group_far_from_the_others_is_told():
    [verdicts] = against_the_rest([[group(60), group(61), group(59), group(80)]])
    assert verdicts[3] == "up"
    assert "up" not in verdicts[:3]


def test_groups_alike_are_not_told_apart():
    assert against_the_rest([[group(60), group(61), group(59)]]) == [["not-demonstrable"] * 3]


def test_a_group_alone_differs_from_nobody():
    assert against_the_rest([[group(60)], []]) == [["not-demonstrable"], []]


def test_the_standard_error_is_read_back_from_the_interval():
    assert group(50, half=4.0, units=9).se == pytest.approx(4.0 / stats.t.ppf(0.975, 8))


def test_the_test_is_that_of_two_independent_means():
    """Two groups: each against the other is one comparison, made twice."""
    one, other = group(60, 2.0, units=30), group(64, 2.0, units=30)
    t = 4 / np.hypot(one.se, other.se)
    p = 2 * stats.t.sf(t, 29)
    [verdicts] = against_the_rest([[one, other]])
    assert verdicts == (["down", "up"] if p < 0.05 else ["not-demonstrable"] * 2)


def test_on_nothing_at_all_a_page_seldom_says_something():
    """Six themes of five regions drawn from one distribution: a page is wrong in about one case out of twenty."""
    draw = np.random.default_rng(7)
    wrong = 0
    for _ in range(300):
        cuts = []
        for _theme in range(6):
            se = draw.uniform(1, 3, 5)
            cuts.append([GroupMean(60 + draw.normal(0, s), s * t_quantile(0.95, 17), 100, 18) for s in se])
        wrong += any(v != "not-demonstrable" for verdicts in against_the_rest(cuts) for v in verdicts)
    assert wrong / 300 < 0.08
