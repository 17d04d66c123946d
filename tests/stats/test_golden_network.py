"""What is said of networks and texts, against R on the same files.

golden/network.R (R 4.2.2; psych 2.2.9, multilevel 2.7, survey 4.1-1, pwr 1.3, SnowballC 0.7.0) wrote
golden/network.json and the second column of golden/stems.csv. The answers of golden/texts.txt are invented.
"""

import csv
import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from labqvt_stats.agreement import average_deviation, intraclass_forms
from labqvt_stats.effects import detectable_effect, power_of_two_means, probability_of_superiority
from labqvt_stats.finite_population import pooled_spread
from labqvt_stats.french import STOP_WORDS, stem
from labqvt_stats.references import StructureScore, reference_for
from labqvt_stats.reliability import alpha_without, cronbach_alpha
from labqvt_stats.themes import coders_agree, factorise, vocabulary_of
from labqvt_stats.weighting import raked_mean

FOLDER = Path(__file__).with_name("golden")
GOLDEN = json.loads((FOLDER / "network.json").read_text(encoding="utf-8"))
SIZES = {"a": 3, "b": 4, "c": 5, "d": 6, "e": 4}


def close(value, tolerance=1e-9):
    return pytest.approx(value, rel=tolerance, abs=tolerance)


@pytest.fixture(scope="module")
def rows():
    with (FOLDER / "answers.csv").open(encoding="utf-8") as source:
        return list(csv.DictReader(source))


def items_of(rows, scale):
    return np.array(
        [
            [
                float(r[f"{scale}{i + 1}"]) if r[f"{scale}{i + 1}"] != "NA" else np.nan
                for i in range(SIZES[scale])
            ]
            for r in rows
        ]
    )


def complete(rows, scale):
    items = items_of(rows, scale)
    return items[np.isfinite(items).all(axis=1)]


def scores_of(rows, scale):
    items = items_of(rows, scale)
    answered = np.isfinite(items).sum(axis=1)
    with np.errstate(invalid="ignore"):
        means = np.nansum(items, axis=1) / answered
    return np.where(answered >= np.ceil(SIZES[scale] / 2), (means - 1) / 4 * 100, np.nan)


def test_the_six_forms_of_intraclass_correlation_are_those_of_psych(rows):
    found = intraclass_forms(complete(rows, "c")[:60])
    assert list(found) == list(GOLDEN["icc_forms"])
    for name, expected in GOLDEN["icc_forms"].items():
        assert (found[name].value, found[name].lo, found[name].hi) == close(tuple(expected))


def test_the_consistency_of_items_as_judges_is_their_alpha(rows):
    items = complete(rows, "c")[:60]
    assert intraclass_forms(items)["ICC3k"].value == close(cronbach_alpha(items).alpha, 1e-12)


def test_average_deviation_is_that_of_multilevel(rows):
    assert average_deviation(complete(rows, "b")[:40]) == close(GOLDEN["ad"])


@pytest.mark.parametrize("scale", SIZES)
def test_alpha_without_each_item_is_that_of_psych(rows, scale):
    assert list(alpha_without(items_of(rows, scale))) == close(GOLDEN["alpha_without"][scale])


@pytest.mark.parametrize("scale", ["a", "e"])
def test_a_raked_mean_and_its_error_are_those_of_survey(rows, scale):
    margins = [
        ([r["sex"] for r in rows], {"f": 5200, "m": 4800}),
        ([r["sector"] for r in rows], {"x": 3000, "y": 4000, "z": 3000}),
    ]
    found = raked_mean(scores_of(rows, scale), margins, np.array([r["unit"] for r in rows]))
    expected = GOLDEN["raked"][scale]
    assert (found.mean, found.se) == close((expected["mean"], expected["se"]), 1e-8)
    assert (found.units, found.df) == (25, 24)
    assert found.deff > 1


def test_probability_of_superiority_is_that_of_all_pairs(rows):
    scores = scores_of(rows, "a")
    kept = np.isfinite(scores)
    y, female = scores[kept], np.array([r["sex"] == "f" for r in rows])[kept]
    pain = [[1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1], [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4]]
    pairs = {
        "all": (y[female], y[~female]),
        "small": (y[:12], y[12:30]),
        "published": (np.array(pain[1], dtype=float), np.array(pain[0], dtype=float)),
    }
    for expected in GOLDEN["superiority"]:
        found = probability_of_superiority(*pairs[expected["kind"]])
        assert (found.value, found.lo, found.hi, found.p) == close(
            tuple(expected[key] for key in ("value", "lo", "hi", "p"))
        )
    assert found.p == pytest.approx(0.005786, abs=1e-6)  # as Brunner & Munzel print it


@pytest.mark.parametrize("case", GOLDEN["power"], ids=lambda c: f"{c['n1']}-{c['n2']}-{c['d']}")
def test_power_of_two_unpaired_groups_is_that_of_pwr(case):
    assert power_of_two_means(case["d"], (case["n1"], case["n2"])) == close(case["power"], 1e-7)


@pytest.mark.parametrize("case", GOLDEN["detectable"], ids=lambda c: f"{c['n1']}-{c['n2']}")
def test_the_detectable_effect_is_that_of_pwr(case):
    found = detectable_effect((case["n1"], case["n2"]))
    assert found == pytest.approx(case["d"], abs=1e-4)  # its root finder stops there
    assert power_of_two_means(found, (case["n1"], case["n2"])) == close(0.8)


def test_the_agreement_of_two_coders_is_that_of_psych():
    assert coders_agree(GOLDEN["kappa"]["first"], GOLDEN["kappa"]["second"]) == close(
        GOLDEN["kappa"]["value"]
    )


def test_references_without_one_s_own_are_those_of_r(rows):
    scores, units = scores_of(rows, "a"), np.array([r["unit"] for r in rows])
    kept = np.isfinite(scores)
    structures = [
        StructureScore(u, float(scores[kept & (units == u)].mean()), n, int(np.ceil(1.4 * n - 1e-9)))
        for u in np.unique(units)
        for n in [int((kept & (units == u)).sum())]
    ]
    for expected in GOLDEN["references"]:
        spread = pooled_spread(scores, units)[0]
        found = reference_for(expected["own"], structures, spread, dated=date(2026, 11, 23))
        assert found is not None
        told = (found.mean, found.p25, found.p75, found.people)
        assert told == tuple(expected[key] for key in ("mean", "p25", "p75", "people"))
        assert (found.structures, found.shrunken) == (24, True)


def test_stems_are_those_of_snowball():
    with (FOLDER / "stems.csv").open(encoding="utf-8") as source:
        expected = {row["word"]: row["stem"] for row in csv.DictReader(source)}
    assert len(expected) > 2900
    assert {word: stem(word) for word in expected} == expected


def test_the_stop_words_given_to_r_are_ours():
    assert (FOLDER / "stop_words.txt").read_text(encoding="utf-8").split() == sorted(STOP_WORDS)


def test_weights_of_terms_and_factors_are_those_of_r():
    texts = (FOLDER / "texts.txt").read_text(encoding="utf-8").splitlines()
    found, expected = vocabulary_of(texts, least_authors=3), GOLDEN["texts"]
    assert list(found.terms) == expected["terms"]
    assert list(found.authors) == expected["authors"]
    assert list(found.weights[0]) == close(expected["row1"])
    assert list(found.weights[29]) == close(expected["row30"])
    w, h = factorise(found.weights, 3)
    assert w == close(np.array(list(expected["w"].values())).T, 1e-6)
    assert h == close(np.array(list(expected["h"].values())), 1e-6)
