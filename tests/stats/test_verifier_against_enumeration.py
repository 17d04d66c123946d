"""The verifier against all possible worlds, enumerated: it says « exposed » where they agree, and nowhere else."""

import json

import numpy as np
import pytest

from labqvt_stats.publication import instrument_json
from labqvt_stats.verifier import smallest_combination
from labqvt_stats.verifier.deduction import Deduction
from labqvt_stats.verifier.displays import CLASS_NAMES
from labqvt_stats.verifier.scales import scales_of
from tests.stats.enumerated import SHAPE, SHEETS, Crowd, one_group, told, two_groups

[SCALE] = scales_of(json.loads(json.dumps(instrument_json(SHAPE))))
BANDS = (0, 1, 2)  # exact counts, then two widths: many of these releases expose somebody


def attack(groups, tables, scores):
    """The attack on what is shown of groups of rows: tables of everybody, one score a group."""
    structure = {
        "items": [
            {"group": "all", "item": f"i{item}", "classes": dict(zip(CLASS_NAMES, tables[item], strict=True))}
            for item in range(2)
        ],
        "scores": [{"group": name, "scale": "s", "interval": score} for name, score in scores.items()],
    }
    people = np.unique(np.concatenate(list(groups.values())))
    membership = np.array([np.isin(people, rows) for rows in groups.values()])
    return Deduction(SCALE, structure, groups, membership, threshold=3)


def as_sheet(number):
    return tuple(code if code < 3 else -1 for code in SHEETS[number])


@pytest.fixture(scope="module")
def five():
    return Crowd(5)


@pytest.mark.parametrize(
    "seed", [*range(12), *(pytest.param(n, marks=pytest.mark.long) for n in range(12, 60))]
)
def test_whole_structures(five, seed):
    draw = np.random.default_rng(seed)
    crowd, n = five, five.n
    truth = int(draw.choice(np.flatnonzero(crowd.valid > 0)))
    tables, score, possible = one_group(crowd, truth, BANDS[seed % 3], (5, 10, 25)[seed // 3 % 3])
    found = attack({"all": np.arange(n)}, tables, {"all": score})
    assert bool(found.told_to(None)) == told(crowd.masks()[possible])
    for sheet in range(len(SHEETS)):
        held = possible & (crowd.counts[:, sheet] > 0)
        exposed = bool(held.any()) and told(crowd.masks(sheet)[held])
        answer = found.told_to((0, as_sheet(sheet)))
        assert answer is not None
        assert bool(answer) == exposed, SHEETS[sheet]
        assert not answer or answer[1]


@pytest.fixture(scope="module")
def three():
    return Crowd(3)


@pytest.mark.parametrize(
    "seed", [*range(12), *(pytest.param(n, marks=pytest.mark.long) for n in range(12, 60))]
)
def test_structures_in_two_groups(three, seed):
    draw = np.random.default_rng(500 + seed)
    crowd, n = three, 3
    answered = np.flatnonzero(crowd.valid == n)
    first, second = (int(draw.choice(answered)) for _ in range(2))
    tables, whole, scores, possible = two_groups(
        crowd, first, second, BANDS[seed % 3], (10, 20, 25)[seed // 3 % 3]
    )
    groups = {"all": np.arange(6), "a": np.arange(3), "b": np.arange(3, 6)}
    found = attack(groups, tables, {"all": whole, "a": scores[0], "b": scores[1]})
    kind_of = {"a": int(found.kind_of[0]), "b": int(found.kind_of[5])}
    plain = crowd.masks()
    for own, joint in (("a", possible), ("b", possible.T)):
        for sheet in range(len(SHEETS)):
            held = joint & (crowd.counts[:, sheet] > 0)[:, None]
            exposed = bool(held.any()) and (
                told(crowd.masks(sheet)[held.any(axis=1)]) or told(plain[held.any(axis=0)])
            )
            answer = found.told_to((kind_of[own], as_sheet(sheet)))
            assert answer is not None
            assert bool(answer) == exposed, (own, SHEETS[sheet])


def test_enumeration_itself_sees_both():
    """Neither test above is a wall of « nothing »: exact counts of five expose, and wide bands do not."""
    assert smallest_combination(np.ones((1, 5), dtype=bool), 5) == 0
    exact = attack({"all": np.arange(5)}, [[(0, 0), (0, 0), (5, 5), (0, 0)]] * 2, {"all": (97.5, 100)})
    wide = attack({"all": np.arange(5)}, [[(0, 2), (0, 2), (3, 5), (0, 2)]] * 2, {"all": (50, 100)})
    assert exact.told_to(None)
    assert wide.told_to(None) == ()
