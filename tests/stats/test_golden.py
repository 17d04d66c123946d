"""The library against R on the same file.

golden/golden.R (R 4.2.2; psych 2.2.9, lavaan 0.6-14, multilevel 2.7, survey 4.1-1, effectsize 0.8.3) wrote
golden/golden.json from golden/answers.csv, which golden/make_answers.py simulated.
"""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from labqvt_stats import Answers, Instrument, Item, Scale
from labqvt_stats.agreement import intraclass_correlation, shrunken_means, within_group_agreement
from labqvt_stats.drivers import lmg_shares
from labqvt_stats.effects import benjamini_hochberg, hedges_g
from labqvt_stats.finite_population import (
    Participation,
    mean_estimate,
    pooled_spread,
    proportion_estimate,
    wilson,
)
from labqvt_stats.reliability import cronbach_alpha, item_total_correlations, mcdonald_omega
from labqvt_stats.scores import describe, scale_item_scores, scale_scores
from labqvt_stats.weighting import clustered_mean, kish_deff, rake, stratified_mean

FOLDER = Path(__file__).with_name("golden")
GOLDEN = json.loads((FOLDER / "golden.json").read_text(encoding="utf-8"))
SIZES = {"a": 3, "b": 4, "c": 5, "d": 6, "e": 4}


def close(value, tolerance=1e-6):
    return pytest.approx(value, rel=tolerance, abs=tolerance)


@pytest.fixture(scope="module")
def rows():
    with (FOLDER / "answers.csv").open(encoding="utf-8") as source:
        return list(csv.DictReader(source))


@pytest.fixture(scope="module")
def answers(rows):
    codes, values = tuple("12345"), (1.0, 2.0, 3.0, 4.0, 5.0)
    items = tuple(
        Item(f"{scale}{i + 1}", "", codes, values, scale=scale)
        for scale, size in SIZES.items()
        for i in range(size)
    )
    scales = tuple(
        Scale(scale, "", tuple(f"{scale}{i + 1}" for i in range(size))) for scale, size in SIZES.items()
    )
    columns = {item.id: [None if r[item.id] == "NA" else r[item.id] for r in rows] for item in items}
    return Answers.from_codes(Instrument(items, scales), columns)


@pytest.fixture(scope="module")
def first(answers):
    """Scores of scale a, with the people who have none."""
    return scale_scores(answers, answers.instrument.scale("a"))


@pytest.fixture(scope="module")
def units(rows):
    return np.array([r["unit"].zfill(2) for r in rows])


@pytest.mark.parametrize("scale", SIZES)
def test_reliability_is_that_of_psych_and_lavaan(answers, scale):
    expected = GOLDEN["reliability"][scale]
    items = scale_item_scores(answers, answers.instrument.scale(scale))
    alpha = cronbach_alpha(items)
    assert alpha.n_people == expected["n"]
    assert (alpha.alpha, alpha.lo, alpha.hi) == close(
        (expected["alpha"], expected["lo"], expected["hi"]), 1e-10
    )
    assert item_total_correlations(items) == close(expected["item_total"], 1e-10)
    assert mcdonald_omega(items).omega == close(expected["omega"])


@pytest.mark.parametrize("scale", SIZES)
def test_scale_scores_follow_the_half_rule(answers, scale):
    described = describe(scale_scores(answers, answers.instrument.scale(scale)))
    expected = {name: GOLDEN["scores"][name][scale] for name in ("n", "mean", "sd")}
    assert (described.n, described.mean, described.sd) == close(tuple(expected.values()), 1e-10)


def test_intraclass_correlations_are_those_of_multilevel(first, units):
    expected = GOLDEN["icc"]
    mean_size = intraclass_correlation(first, units, size="mean")
    assert (mean_size.icc1, mean_size.icc2) == close((expected["icc1"], expected["icc2"]), 1e-10)
    balanced = intraclass_correlation(first, units)
    assert (balanced.icc1, balanced.size) == close((expected["icc1_m0"], expected["m0"]), 1e-10)
    spread, _df = pooled_spread(first, units)
    assert spread**2 == close(expected["msw"], 1e-10)


def test_agreement_is_that_of_multilevel(rows):
    complete = [
        [float(r[f"b{i}"]) for i in range(1, 5)]
        for r in rows
        if "NA" not in [r[f"b{i}"] for i in range(1, 5)]
    ]
    assert within_group_agreement(np.array(complete[:40]), 5) == close(GOLDEN["rwg"], 1e-10)


def test_shrinkage_with_a_finite_population():
    given = {name: np.atleast_1d(np.array(value)) for name, value in GOLDEN["shrinkage"].items()}
    found = shrunken_means(given["means"], given["n"], given["N"], float(given["s"][0]))
    assert found == close(given["value"], 1e-10)


def test_raking_clusters_and_strata_are_those_of_survey(rows, first, units):
    weights = rake(
        [
            ([r["sex"] for r in rows], {"f": 5200, "m": 4800}),
            ([r["sector"] for r in rows], {"x": 3000, "y": 4000, "z": 3000}),
        ]
    )
    assert weights == close(GOLDEN["rake"]["weights"], 1e-9)
    assert kish_deff(weights) == close(GOLDEN["rake"]["deff"], 1e-9)
    for name, given in (("clustered", weights), ("clustered_unweighted", None)):
        found = clustered_mean(first, units, given)
        assert (found.mean, found.se) == close((GOLDEN[name]["mean"], GOLDEN[name]["se"]), 1e-8)
    strata = stratified_mean(first, np.array([r["sector"] for r in rows]), {"x": 300, "y": 200, "z": 150})
    assert (strata.value, strata.se) == close(
        (GOLDEN["stratified"]["mean"], GOLDEN["stratified"]["se"]), 1e-8
    )


def test_mean_of_a_finite_population_is_that_of_survey():
    expected = GOLDEN["finite_mean"]
    described = describe(np.array(expected["y"]))
    found = mean_estimate(described.mean, described.sd, Participation(9, 14))
    assert (found.value, found.se) == close((expected["mean"], expected["se"]), 1e-10)
    assert (found.lo, found.hi) == close(tuple(expected["ci"]), 1e-10)


@pytest.mark.parametrize(
    "case", GOLDEN["finite_proportion"], ids=lambda case: f"{case['x']}-{case['n']}-{case['N']}"
)
def test_proportions_of_a_finite_population(case):
    found = proportion_estimate(case["x"], Participation(case["n"], case["N"]))
    assert (found.lo, found.hi) == close(tuple(case["ci"]), 1e-10)


@pytest.mark.parametrize("case", GOLDEN["wilson"], ids=lambda case: f"{case['x']}-{case['n']}")
def test_wilson_intervals_are_those_of_prop_test(case):
    assert wilson(case["x"], case["n"]) == close(tuple(case["ci"]), 1e-8)


def test_hedges_g_and_its_noncentral_interval_are_those_of_effectsize(rows, first):
    kept = np.isfinite(first)
    y, female = first[kept], np.array([r["sex"] == "f" for r in rows])[kept]
    pairs = {
        "all": (y[female], y[~female]),
        "shifted": (y[female] + 30, y[~female]),
        "small": (y[:12], y[12:30]),
    }
    for expected in GOLDEN["hedges"]:
        a, b = (describe(group) for group in pairs[expected["kind"]])
        found = hedges_g(a.mean - b.mean, (a.n, b.n), (a.sd, b.sd))
        assert (found.value, found.lo, found.hi) == close((expected["g"], expected["lo"], expected["hi"]))


def test_adjusted_p_values_are_those_of_p_adjust():
    assert benjamini_hochberg(GOLDEN["bh"]["p"]) == close(GOLDEN["bh"]["adjusted"], 1e-12)


def test_driver_shares_are_those_of_all_orders_of_entry(answers):
    scores = {s: scale_scores(answers, answers.instrument.scale(s)) for s in SIZES}
    shares = lmg_shares(np.column_stack([scores[s] for s in "abcd"]), scores["e"])
    assert list(shares) == close(list(GOLDEN["lmg"]["shares"].values()), 1e-9)
    assert shares.sum() == close(GOLDEN["lmg"]["r2"], 1e-9)
