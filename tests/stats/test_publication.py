"""Releases under attack: what succeeds with the protection off fails with it on."""

import copy
import json

import numpy as np
import pytest

from labqvt_stats import Column, InvalidAnswersError, Protection, RefusedParameterError
from labqvt_stats.audit import audit_release
from labqvt_stats.displays import Display
from labqvt_stats.publication import protect
from labqvt_stats.release_cases import ReleasedGroup
from labqvt_stats.verifier import verify
from tests.stats.simulated import answers, attributes, filled, instrument, responses_of

NAMES = ("unfavourable", "neutral", "favourable", "none")


def exact(lo, hi=None):
    return Display("exact", lo, lo if hi is None else hi, "")


def table(*bounds):
    return dict(zip(NAMES, (exact(*b) if isinstance(b, tuple) else exact(b) for b in bounds), strict=True))


def structure_of(given, columns=(), **options):
    return protect(given, columns, **options)["structures"][0]


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        (table(0, 0, 8, 0), True),
        (table(0, 1, 7, 0), True),
        (table((0, 2), (0, 2), (6, 8), (0, 2)), False),
        (table(3, 2, 3, 0), False),
    ],
    ids=["unanimity", "an insider alone outside", "banded", "spread"],
)
def test_exact_counts_tell_a_class_and_bands_do_not(shown, told):
    shape = instrument(1, 0, lone=1)
    release = ReleasedGroup(np.arange(8), {"lone0": shown}, {})
    assert audit_release(shape, [release], 6).safe is not told


def test_a_score_at_its_very_end_tells_everybody_s_answers():
    """Five-class safe, three-class unsafe: a mean of 100 shown exactly pins all items at once."""
    shape = instrument(3)
    bands = {f"s0i{i}": table((0, 2), (0, 2), (6, 8), (0, 2)) for i in range(3)}
    pinned = ReleasedGroup(np.arange(8), bands, {"s0": exact(99.9, 100)})
    assert not audit_release(shape, [pinned], 6).safe
    clipped = ReleasedGroup(np.arange(20), {}, {"s0": exact(89.5, 100)})
    assert audit_release(shape, [clipped], 6).safe


def test_only_insiders_expose_a_six_person_structure_at_the_top():
    """Whoever answered 25 on average among six shown « ≥ 90 » knows that all others answered 100."""
    shape = instrument(2)
    bands = {f"s0i{i}": table((0, 2), (0, 2), (4, 6), (0, 0)) for i in range(2)}
    release = ReleasedGroup(np.arange(6), bands, {"s0": exact(87.5, 100)})
    assert audit_release(shape, [release], 6, insiders=False).safe
    assert not audit_release(shape, [release], 6).safe


def test_two_audiences_that_compare_are_one_release():
    """Each score alone is safe; a group shown twice with other roundings is a narrower interval."""
    shape = instrument(4)
    first = ReleasedGroup(np.arange(6), {}, {"s0": exact(92.4, 97.5)})
    second = ReleasedGroup(np.arange(6), {}, {"s0": exact(97.4, 100)})
    assert audit_release(shape, [first], 6, insiders=False).safe
    assert not audit_release(shape, [first, second], 6, insiders=False).safe


@pytest.mark.parametrize("seed", range(12))
def test_the_verifier_finds_nothing_in_a_release(seed):
    draw = np.random.default_rng(seed)
    n = int(draw.integers(4, 19))
    given = answers(instrument(3, 1, lone=1), n, draw, missing=0.02)
    publication = json.loads(json.dumps(protect(given, attributes(n, draw))))
    structure = publication["structures"][0]
    if n < 6:
        assert not structure["shown"]
    (verdict,) = verify(publication, responses_of(given))
    assert not verdict.exposed


def test_a_breakdown_is_shown_from_twenty_answers_with_all_its_groups():
    draw = np.random.default_rng(3)
    given = answers(instrument(3), 26, draw)
    gender = Column("gender", ["f"] * 14 + ["m"] * 12)
    structure = structure_of(given, [gender])
    assert structure["shown"]
    assert [group["id"] for group in structure["groups"]] == ["all", "gender:f", "gender:m"]
    assert {shown["group"] for shown in structure["items"]} == {"all"}
    assert {shown["group"] for shown in structure["scores"]} == {"all", "gender:f", "gender:m"}
    assert structure["certificate"]["min_support"] == 12
    (verdict,) = verify(protect(given, [gender]))
    assert not verdict.exposed
    small = structure_of(given.take(np.arange(6, 25)), [Column("gender", gender.values[6:25])])
    assert [group["id"] for group in small["groups"]] == ["all"]


def test_nothing_shown_looks_the_same_whatever_the_cause():
    few = structure_of(filled(instrument(2), [[4, 4]] * 5))
    unsafe = structure_of(filled(instrument(2), [[4, 4]] * 6))
    assert few | {"n": 6} == unsafe
    assert unsafe["certificate"] is None


def test_each_structure_of_a_file_has_its_release():
    draw = np.random.default_rng(8)
    given = answers(instrument(3), 23, draw)
    unit = Column("unit", ["A"] * 12 + ["B"] * 8 + ["C"] * 3)
    found = {s["id"]: s for s in protect(given, structure=unit)["structures"]}
    assert (found["A"]["n"], found["C"]["shown"], found["C"]["groups"]) == (12, False, [])
    assert found["B"]["groups"][0]["rows"] == list(range(12, 20))


def test_a_second_release_is_audited_with_the_first():
    """A variable that differs by two people from the one published is shown alone, not after the other."""
    given = answers(instrument(3), 24, np.random.default_rng(5))
    team = Column("team", ["x"] * 12 + ["y"] * 12)
    room = Column("room", ["x"] * 11 + ["y"] * 12 + ["x"])
    alone = structure_of(given, [room])
    assert len(alone["groups"]) == 3
    after = structure_of(given, [room], previous=protect(given, [team]))
    assert len(after["groups"]) <= 1


def test_a_previous_release_of_other_answers_is_refused():
    given = answers(instrument(3), 24, np.random.default_rng(5))
    with pytest.raises(InvalidAnswersError, match="autres réponses"):
        protect(given.take(np.arange(12)), previous=protect(given))


def test_coalitions_are_refused_rather_than_ignored():
    given = answers(instrument(2), 9, np.random.default_rng(1))
    with pytest.raises(RefusedParameterError, match="bavarde"):
        protect(given, protection=Protection(insiders=2, band=3))


# Mutants: what the verifier must see when a rule is broken.


@pytest.fixture(scope="module")
def release():
    given = answers(instrument(3), 26, np.random.default_rng(3))
    gender = Column("gender", ["f"] * 14 + ["m"] * 12)
    return protect(given, [gender]), responses_of(given)


def hide_a_sibling(s):
    s["groups"].pop()


def shrink_a_group(s):
    s["groups"][1]["rows"] = s["groups"][1]["rows"][:5]


def add_a_group_one_person_away(s):
    rows = s["groups"][1]["rows"][1:] + s["groups"][2]["rows"][:1]
    rest = sorted(set(s["groups"][0]["rows"]) - set(rows))
    for name, part in (("x", rows), ("y", rest)):
        s["groups"].append({"id": f"room:{name}", "by": "room", "label": name, "rows": part})


def tell_a_small_count(s):
    s["items"][0]["classes"]["none"] = [1, 1]


def tell_a_group_table(s):
    s["items"].append(s["items"][0] | {"group": "gender:f"})


def tell_five_classes(s):
    s["items"][0]["detail"] = [1, 2, 3, 4, 5]


def tell_a_decimal(s):
    s["scores"][0]["interval"] = [61.45, 61.55]


def forget_to_clip(s):
    s["scores"][0]["interval"] = [96.5, 97.5]


def lie_about_a_score(s):
    s["scores"][0]["interval"] = [11.5, 12.5]


def break_down_under_twenty(s):
    kept = set(range(19))
    for group in s["groups"]:
        group["rows"] = [row for row in group["rows"] if row in kept]


@pytest.mark.parametrize(
    "mutant",
    [
        hide_a_sibling,
        shrink_a_group,
        add_a_group_one_person_away,
        tell_a_small_count,
        tell_a_group_table,
        tell_five_classes,
        tell_a_decimal,
        forget_to_clip,
        lie_about_a_score,
        break_down_under_twenty,
    ],
    ids=lambda mutant: mutant.__name__,
)
def test_the_verifier_sees_a_broken_rule(release, mutant):
    publication, responses = copy.deepcopy(release)
    mutant(publication["structures"][0])
    (verdict,) = verify(publication, responses)
    assert verdict.exposed


def test_the_verifier_refuses_lowered_parameters(release):
    publication = copy.deepcopy(release[0])
    publication["parameters"]["others"] = 4
    assert any("plancher" in sentence for sentence in verify(publication)[0].exposed)
