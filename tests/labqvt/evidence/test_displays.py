"""What leaves the door, from plain rows: thresholds, direction apart, displayed values only."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labqvt.evidence.displays import HONEST_CLAIM, NETWORK_CLAIM, Sheet, Terms, certificate_of, content_of
from labqvt.evidence.gate import passed
from labqvt.evidence.verification import Findings
from labqvt.instruments.shipping import PACKS_DIR
from labqvt_forms import Questionnaire
from labqvt_forms.formats import json_form


@pytest.fixture(scope="module")
def form() -> Questionnaire:
    return json_form.loads((PACKS_DIR / "six-determinants-salaries.json").read_text(encoding="utf-8"))


def sheets(form, codes, *, audience="employees", structure="a"):
    """One sheet per code, which answers it everywhere (turned on reversed items: an opinion, not a habit)."""
    return [
        Sheet(
            audience,
            structure,
            {v.id: str(6 - int(code)) if v.reverse else code for v in form.answer_variables},
        )
        for code in codes
    ]


def test_five_answers_give_no_release_and_six_give_one(form):
    assert content_of(sheets(form, "44445"), form, Terms(population=8)) is None
    content = content_of(sheets(form, "444455"), form, Terms(population=8))
    assert (content["schema"], content["n_responses"], content["n_population"]) == (
        "labqvt/diagnosis/1",
        6,
        8,
    )


def test_direction_does_not_help_to_reach_the_threshold(form):
    opened = sheets(form, "44445") + sheets(form, "555", audience="direction")
    assert content_of(opened, form, Terms(population=8, direction_consents=True)) is None


def test_direction_answers_change_nothing_of_the_employees(form):
    employees = sheets(form, "1122334455")
    alone = content_of(employees, form, Terms(population=12))
    for answer in "15":
        with_direction = content_of(
            employees + sheets(form, answer, audience="direction"), form, Terms(population=12)
        )
        assert with_direction == alone | {"n_direction": None}


def test_the_mirror_of_a_small_direction_needs_consent(form):
    opened = sheets(form, "3333333333") + sheets(form, "5", audience="direction")
    assert content_of(opened, form, Terms(population=12))["mirror"] is None
    content = content_of(opened, form, Terms(population=12, direction_consents=True))
    assert {row["direction"]["mean"] for row in content["mirror"]} == {100.0}
    assert content["mirror"][0]["employees"]["mean"] == [49.5, 50.5]


def test_a_structure_of_forty_is_still_shown_banded_and_rounded(form):
    content = content_of(sheets(form, "12345" * 8), form, Terms(population=50))
    assert not content["network_cell"]
    item = content["items"][0]
    assert item["counts"] == {
        "unfavourable": [16, 16],
        "neutral": [8, 8],
        "favourable": [16, 16],
        "none": [0, 2],
    }
    assert (item["mean"], item["sd"], item["n_missing"]) == (None, None, None)
    for scale in content["scales"]:
        assert scale["mean"] == [49.5, 50.5]
        assert scale["sd"] is scale["alpha"] is scale["omega"] is None


def test_under_ten_people_scores_are_told_to_five_points(form):
    content = content_of(sheets(form, "2344455"), form, Terms(population=9))
    assert content["scales"][0]["mean"] == [67.5, 72.5]  # the mean is 71.4


@pytest.mark.parametrize(
    ("population", "interval", "bounds"), [(10, True, False), (15, True, True), (25, False, True)]
)
def test_participation_rules_what_surrounds_a_score(form, population, interval, bounds):
    content = content_of(sheets(form, "2233445544"), form, Terms(population=population))
    scale = content["scales"][0]
    assert (scale["ci95"] is not None, scale["bounds"] is not None) == (interval, bounds)


def test_a_network_cell_holds_plain_numbers(form):
    opened = [one for unit in "abcde" for one in sheets(form, "123455", structure=unit)]
    content = content_of(opened, form, Terms(population=90, pooled=True))
    assert content["network_cell"]
    assert isinstance(content["scales"][0]["mean"], float)
    assert content["units"] is None
    assert content["breakdowns"] == []


@pytest.mark.parametrize(
    "sizes",
    [
        {"a": 10, "b": 10, "c": 10, "d": 10},
        {"a": 5, "b": 6, "c": 6, "d": 6, "e": 6},
        {"a": 31, "b": 6, "c": 6, "d": 6, "e": 6},
    ],
    ids=["four structures", "twenty-nine people", "one above half"],
)
def test_what_is_not_a_network_cell_is_not_released(form, sizes):
    opened = [one for unit, size in sizes.items() for one in sheets(form, "4" * size, structure=unit)]
    assert content_of(opened, form, Terms(population=200, pooled=True)) is None


def test_the_certificate_claims_only_what_was_done(form):
    terms = Terms(population=8)
    content = content_of(sheets(form, "445555"), form, terms)
    certificate = certificate_of(content, terms, Findings())
    assert certificate["audited"] is True
    assert certificate["claim"] == HONEST_CLAIM
    assert certificate["min_support"] == 6
    unsettled = certificate_of(content, terms, Findings(unsettled={"contenu": ["non tranché"]}))
    assert unsettled["audited"] is False
    assert unsettled["verification"]["unsettled"] == {"contenu": ["non tranché"]}


def test_the_certificate_of_a_network_cell_claims_no_gate(form):
    opened = [one for unit in "abcdef" for one in sheets(form, "23344", structure=unit)]
    terms = Terms(population=90, pooled=True)
    certificate = certificate_of(content_of(opened, form, terms), terms, Findings())
    assert certificate["claim"] == NETWORK_CLAIM
    assert (certificate["gate"], certificate["audited"]) == (False, False)
    assert "verification" not in certificate


def test_words_of_both_languages_leave_with_the_numbers(form):
    content = content_of(sheets(form, "444455"), form, Terms(population=8))
    assert content["scales"][1]["determinant"] == "contenu"
    assert set(content["items"][0]["labels"]) == {"fr", "en"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(st.sampled_from(["1", "2", "3", "4", "5", ""]), min_size=25, max_size=25), min_size=1, max_size=14),
    absent=st.integers(0, 12),
)  # fmt: skip
def test_no_count_tells_what_two_people_or_fewer_answered(form, rows, absent):
    ids = [variable.id for variable in form.answer_variables]
    opened = [Sheet("employees", "a", dict(zip(ids, row, strict=True))) for row in rows]
    content = content_of(opened, form, Terms(population=len(rows) + absent))
    if len(rows) < 6:
        assert content is None
        return
    n = len(rows)
    for item in content["items"]:
        for low, high in (item["counts"] or {}).values():
            assert (
                (low, high) == (0, min(2, n - 6))
                or low >= n - 2
                or 2 < low == high < n - 2
                or (low, high) == (0, 2)
            )
    for scale in content["scales"]:
        if scale["mean"] is not None:
            assert scale["mean"][1] - scale["mean"][0] >= (5 if n < 10 else 1)
    json.dumps(content)


@pytest.mark.parametrize(
    ("codes", "safe"),
    [("234523", True), ("12345123", True), ("444455", False), ("5555555551", False)],
    ids=["six apart", "eight apart", "six at the top", "all at the top but one"],
)
def test_the_gate_refuses_what_an_insider_could_finish(form, codes, safe):
    """« All at the top but one »: the one knows what the nine others said everywhere."""
    found = passed(sheets(form, codes), form, Terms(population=len(codes)))
    assert (found is not None) is safe
