"""The diagnosis of a file: who may see plain numbers, what the rest becomes, and every part of the structure."""

import json
from dataclasses import replace

import numpy as np
import pytest

from labqvt_stats import Column, DiagnosisOptions, InvalidAnswersError, RefusedParameterError, diagnose
from labqvt_stats.scores import describe, scale_scores
from tests.stats.simulated import answers, filled, instrument


def people(n, seed=1, **how):
    return answers(instrument(3, 2), n, np.random.default_rng(seed), **how)


def diagnosed(given, **options):
    found = diagnose(given, DiagnosisOptions(**options))
    return json.loads(json.dumps(found, allow_nan=False))


def mean_of(given, scale="s0"):
    return describe(scale_scores(given, given.instrument.scale(scale))).mean


def test_a_file_of_thirty_people_is_told_plainly():
    given = people(40, missing=0.05)
    found = diagnosed(given)
    item, scale = found["items"][0], found["scales"][0]
    codes = given.positions[:, 0]
    assert item["counts"] == {str(c + 1): int((codes == c).sum()) for c in range(5)}
    assert (item["n"], item["n_missing"]) == (int((codes >= 0).sum()), int((codes < 0).sum()))
    assert item["mean"] == pytest.approx(float(codes[codes >= 0].mean() + 1))
    assert scale["mean"] == pytest.approx(mean_of(given))
    assert scale["ci95"][0] < scale["mean"] < scale["ci95"][1]
    assert scale["alpha_ci95"][0] < scale["alpha"] < scale["alpha_ci95"][1]
    assert 0 < scale["omega"] < 1
    assert (found["n_responses"], found["protection"]["audited"], found["protection"]["exposed"]) == (
        40,
        False,
        None,
    )


@pytest.mark.parametrize("n", [6, 9, 12, 29])
def test_under_thirty_people_only_displays_are_told(n):
    given = people(n)
    found = diagnosed(given)
    for item in found["items"]:
        assert (item["mean"], item["sd"], item["n_missing"]) == (None, None, None)
        assert set(item["counts"]) == {"unfavourable", "neutral", "favourable", "none"}
    for scale in found["scales"]:
        assert scale["mean"][0] <= mean_of(given, scale["id"]) <= scale["mean"][1]
        assert [scale[key] for key in ("sd", "alpha", "alpha_ci95", "omega")] == [None] * 4
        assert scale["ci95"][0] <= scale["mean"][0] <= scale["mean"][1] <= scale["ci95"][1]


@pytest.mark.parametrize("n", [1, 5])
def test_under_six_people_nothing_is_told(n):
    found = diagnosed(people(n), by=[Column("gender", ["f"] * n)])
    assert all(item["counts"] is None for item in found["items"])
    assert all(scale["mean"] is None and scale["ci95"] is None for scale in found["scales"])
    assert (found["breakdowns"], found["priorities"]) == ([], [])


def test_everything_told_of_a_small_file_comes_from_its_displays():
    """Two files that display alike are told alike, to the last figure."""
    shape = instrument(2)
    one = filled(shape, [[4, 3], [3, 3], [4, 4], [3, 1], [2, 2], [1, 1], [0, 2], [4, 0]])
    two = filled(shape, [[4, 4], [3, 3], [4, 4], [3, 1], [2, 2], [1, 1], [0, 2], [4, 0]])
    assert not np.array_equal(np.sort(one.positions, axis=0), np.sort(two.positions, axis=0))
    assert diagnosed(one, population=12) == diagnosed(two, population=12)


def test_groups_that_are_cells_are_plain_only_if_what_they_leave_is_one_too():
    given = people(120)
    both = diagnosed(given, by=[Column("site", ["a"] * 60 + ["b"] * 60)])["breakdowns"][0]["categories"]
    assert [c["scales"]["s0"]["mean"] for c in both] == pytest.approx(
        [mean_of(given.take(np.arange(60))), mean_of(given.take(np.arange(60, 120)))]
    )
    site = Column("site", ["a"] * 60 + ["b"] * 52 + ["c"] * 8)
    three = diagnosed(given, by=[site])["breakdowns"][0]["categories"]
    kinds = {c["value"]: c["plain"] for c in three}
    assert kinds == {"a": True, "b": False, "c": False}
    assert isinstance(three[2]["scales"]["s0"]["mean"], list)


def test_a_variable_that_cannot_be_shown_whole_is_absent():
    found = diagnosed(people(40), by=[Column("gender", ["f"] * 36 + ["m"] * 4)])
    assert (found["breakdowns"], found["protection"]["hidden"]) == ([], 1)


def test_structures_inside_a_network_show_their_displays_only():
    given = people(60)
    unit = Column("unit", [name for name in "ABCDEF" for _ in range(10)])
    found = diagnosed(given, structure=unit)
    assert found["network_cell"]
    assert isinstance(found["scales"][0]["mean"], float)
    (by_unit,) = found["breakdowns"]
    assert all(isinstance(c["scales"]["s0"]["mean"], list) for c in by_unit["categories"])
    assert [u["shown"] for u in found["units"]] == [True] * 6
    assert found["units"][0]["items"][0]["mean"] is None


def test_a_small_structure_is_not_deduced_from_the_others():
    """Three people alone would have been told by subtraction, to a few points: another structure hides with them."""
    given = people(63)
    unit = Column("unit", [name for name in "ABCDEF" for _ in range(10)] + ["G"] * 3)
    found = diagnosed(given, structure=unit)
    units = {u["id"]: u for u in found["units"]}
    assert [name for name in units if not units[name]["shown"]] == ["A", "G"]
    assert all(units[name]["n"] is units[name]["scales"] is units[name]["items"] is None for name in "AG")
    assert (units["B"]["n"], units["B"]["items"]) == (10, None)
    assert units["B"]["scales"][0]["mean"] is not None
    assert "unit" not in [b["by"] for b in found["breakdowns"]]


@pytest.mark.parametrize(
    "sizes", [[20, 3], [12, 11, 10, 10, 5], [60, 40, 30, 20, 1], [10, 10, 9, 2, 2, 1], [8, 7, 6, 5, 5]]
)
def test_structures_left_out_are_nobody_or_enough_for_a_result(sizes):
    names = [f"S{number}" for number, size in enumerate(sizes) for _ in range(size)]
    found = diagnosed(people(len(names)), structure=Column("unit", names))
    left = len(names) - sum(u["n"] for u in found["units"] if u["shown"])
    assert left == 0 or left >= 6


def test_four_structures_are_not_a_network():
    given = people(60)
    found = diagnosed(given, structure=Column("unit", [name for name in "ABCD" for _ in range(15)]))
    assert not found["network_cell"]
    assert isinstance(found["scales"][0]["mean"], list)


def test_the_direction_is_taken_out_and_shown_only_if_it_agrees():
    given = people(43)
    direction = [row < 3 for row in range(43)]
    found = diagnosed(given, direction=direction)
    employees = given.take(np.arange(3, 43))
    assert found["n_responses"] == 40
    assert found["scales"][0]["mean"] == pytest.approx(mean_of(employees))
    assert [entry["direction"] for entry in found["mirror"]] == [None, None]
    assert [entry["gap"] for entry in found["mirror"]] == [None, None]
    agreed = diagnosed(given, direction=direction, direction_consents=True)["mirror"][0]
    assert agreed["gap"] == pytest.approx(agreed["direction"]["mean"] - agreed["employees"]["mean"])
    assert agreed["gap_ci95"][0] < agreed["gap"] < agreed["gap_ci95"][1]


def test_participation_decides_between_interval_and_bounds():
    given = people(40)
    full, some, few = (diagnosed(given, population=n)["scales"][0] for n in (40, 62, 90))
    assert full["ci95"] == pytest.approx([full["mean"]] * 2)
    assert some["ci95"] is not None
    assert some["bounds"][0] == pytest.approx(some["mean"] * 40 / 62)
    assert few["ci95"] is None
    assert few["bounds"] is not None


def test_a_population_smaller_than_its_answers_is_refused():
    with pytest.raises(InvalidAnswersError, match="effectif"):
        diagnosed(people(40), population=39)


def waves(low, high, n=40):
    shape = instrument(3)
    draw = np.random.default_rng(4)
    both = [answers(shape, n, draw, mood=mood).positions for mood in (low, high)]
    given = filled(shape, np.vstack(both))
    return given, Column("wave", ["2026"] * n + ["2027"] * n)


@pytest.mark.parametrize(("later", "verdict"), [(0.9, "up"), (-0.9, "down"), (0.0, "not-demonstrable")])
def test_waves_of_forty_people_are_compared(later, verdict):
    given, wave = waves(0.0, later)
    found = diagnosed(given, wave=wave)
    (change,) = found["waves"]
    assert (change["from"], change["to"], change["verdict"]) == ("2026", "2027", verdict)
    assert change["effect"]["name"] == "hedges_g"
    assert change["ci95"][0] < change["difference"] < change["ci95"][1]
    assert found["n_responses"] == 40


def test_small_waves_conclude_only_beyond_rounding_and_without_effect_size():
    given, wave = waves(0.0, 0.3, n=9)
    (change,) = diagnosed(given, wave=wave)["waves"]
    assert (change["verdict"], change["effect"], change["p"]) == ("not-demonstrable", None, None)
    assert change["detectable"] > 25


def test_priorities_follow_scores_and_say_that_no_importance_is_known():
    found = diagnosed(people(40))
    scores = {scale["id"]: scale["mean"] for scale in found["scales"]}
    assert [p["scale"] for p in found["priorities"]] == sorted(scores, key=scores.get)
    assert [p["rank"] for p in found["priorities"]] == [1, 2]
    assert any("Priorités rangées par score" in caveat for caveat in found["caveats"])


def test_importance_is_derived_from_two_hundred_answers():
    given = answers(instrument(3, 3), 250, np.random.default_rng(2))
    found = diagnosed(given, outcome="s2")
    assert {p["scale"] for p in found["priorities"]} == {"s0", "s1"}
    assert all(p["importance"] > 0 for p in found["priorities"])


def test_weights_move_the_mean_and_widen_the_interval():
    given = people(60)
    plain = diagnosed(given)["scales"][0]
    heavy = diagnosed(given, weights=[3.0] * 30 + [1.0] * 30)["scales"][0]
    half = mean_of(given.take(np.arange(30))) * 0.75 + mean_of(given.take(np.arange(30, 60))) * 0.25
    assert heavy["mean"] == pytest.approx(half)
    assert heavy["ci95"][1] - heavy["ci95"][0] > plain["ci95"][1] - plain["ci95"][0]


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"others": 4}, RefusedParameterError, "others"),
        ({"weights": [1.0]}, InvalidAnswersError, "1 valeurs pour 40"),
        ({"by": [Column("x", ["a"])]}, InvalidAnswersError, "« x »"),
        ({"weights": [-1.0] * 40}, InvalidAnswersError, "positifs"),
    ],
)
def test_wrong_options_are_refused_in_one_sentence(wrong, error, words):
    with pytest.raises(error, match=words):
        diagnosed(people(40), **wrong)


def test_a_file_without_answers_is_refused():
    given = people(1)
    with pytest.raises(InvalidAnswersError, match="aucune réponse"):
        diagnose(given.take(np.array([], dtype=np.intp)))
    assert replace(DiagnosisOptions(), others=6).protection.threshold == 7


def test_the_matrix_is_cut_at_the_reference_only():
    given = answers(instrument(3, 4), 250, np.random.default_rng(2))
    asked = {"outcome": "s3", "references": {"s0": 40, "s1": 45, "s2": 50}}
    assert {p["quadrant"] for p in diagnosed(given, **asked)["priorities"]} == {None}
    asked["reference_importances"] = {"s0": 0.01, "s1": 0.02, "s2": 0.03}
    assert {p["quadrant"] for p in diagnosed(given, **asked)["priorities"]} == {"keep"}
    asked["references"] = {"s0": 70, "s1": 75, "s2": 80}
    assert {p["quadrant"] for p in diagnosed(given, **asked)["priorities"]} == {"act"}


def test_each_item_says_what_its_scale_would_be_without_it():
    scale = diagnosed(people(60))["scales"][0]
    assert len(scale["alpha_without"]) == 3
    assert diagnosed(people(12))["scales"][0]["alpha_without"] is None


def test_an_item_out_of_place_is_told_at_network_level_only():
    draw = np.random.default_rng(3)
    two = [answers(instrument(3), 300, draw, mood=0).positions for _ in range(2)]
    mixed = np.hstack([two[0][:, :2], two[1]])  # s0: two items of one kind and one of the other
    given = filled(instrument(3, 2), np.hstack([mixed, draw.permutation(two[1][:, :1])]))
    assert sum("va davantage avec" in caveat for caveat in diagnosed(given)["caveats"]) >= 1
    small = given.take(np.arange(29))
    assert not any("va davantage" in caveat for caveat in diagnosed(small)["caveats"])


def test_written_answers_become_themes_from_thirty():
    texts = ["la charge de travail", "une équipe soudée", None, "trop de charge"] * 15
    found = diagnosed(people(60), texts={"mot": texts})
    assert {theme["question"] for theme in found["themes"]} == {"mot"}
    assert sum("charge" in theme["terms"] for theme in found["themes"]) == 1
    few = diagnosed(people(36), texts={"mot": texts[:36]})
    assert few["themes"] == []
    assert any("reçu 27 : à coder à la main" in caveat for caveat in few["caveats"])
    with pytest.raises(InvalidAnswersError, match="« mot » : 36 valeurs pour 60"):
        diagnosed(people(60), texts={"mot": texts[:36]})
    assert diagnosed(people(60))["themes"] is None
