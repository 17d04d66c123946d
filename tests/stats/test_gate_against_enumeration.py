"""The gate against all possible worlds, enumerated: what it calls safe must be safe."""

import numpy as np
import pytest

from labqvt_stats.audit import audit_release
from labqvt_stats.instrument import CLASSES
from labqvt_stats.release_cases import ReleasedGroup
from tests.stats.enumerated import SHAPE, SHEETS, Crowd, interval, one_group, told, two_groups


def exposed_alone(crowd, possible):
    """Whether an outsider, or an insider with any possible sheet, is told somebody's class."""
    if told(crowd.masks()[possible]):
        return True
    return any(
        held.any() and told(crowd.masks(sheet)[held])
        for sheet in range(len(SHEETS))
        if (held := possible & (crowd.counts[:, sheet] > 0)).any()
    )


@pytest.fixture(scope="module")
def six():
    return Crowd(6)


@pytest.mark.parametrize(
    "seed", [*range(10), *(pytest.param(n, marks=pytest.mark.long) for n in range(10, 30))]
)
def test_whole_structures(six, seed):
    draw = np.random.default_rng(seed)
    crowd, n = six, six.n
    truth = int(draw.integers(len(crowd.counts)))
    while np.isnan(crowd.total[truth] / max(1, crowd.valid[truth])) or not crowd.valid[truth]:
        truth = int(draw.integers(len(crowd.counts)))
    tables, score, possible = one_group(crowd, truth, 2 if seed % 2 else 1, (5, 10, 25)[seed % 3])
    items = {
        f"i{item}": {name: interval(*tables[item][number]) for number, name in enumerate(CLASSES)}
        for item in range(2)
    }
    safe = audit_release(SHAPE, [ReleasedGroup(np.arange(n), items, {"s": interval(*score)})], 4).safe
    assert not (safe and exposed_alone(crowd, possible))


def exposed_together(crowd, possible):
    """The same for two atoms; possible: (worlds, worlds) of the first and of the second."""
    sides = [possible.any(axis=1), possible.any(axis=0)]
    plain = crowd.masks()
    if any(told(plain[side]) for side in sides):
        return True
    for own in range(2):
        joint = possible if own == 0 else possible.T
        for sheet in range(len(SHEETS)):
            held = joint & (crowd.counts[:, sheet] > 0)[:, None]
            if held.any() and (told(crowd.masks(sheet)[held.any(axis=1)]) or told(plain[held.any(axis=0)])):
                return True
    return False


@pytest.fixture(scope="module")
def three():
    return Crowd(3)


@pytest.mark.parametrize(
    "seed", [*range(10), *(pytest.param(n, marks=pytest.mark.long) for n in range(10, 30))]
)
def test_structures_in_two_groups(three, seed):
    draw = np.random.default_rng(100 + seed)
    crowd, n = three, 3
    answered = np.flatnonzero(crowd.valid == n)
    first, second = (int(draw.choice(answered)) for _ in range(2))
    tables, whole, scores, possible = two_groups(
        crowd, first, second, 2 if seed % 2 else 1, (10, 20, 25)[seed % 3]
    )
    items = {
        f"i{item}": {name: interval(*tables[item][number]) for number, name in enumerate(CLASSES)}
        for item in range(2)
    }
    groups = [
        ReleasedGroup(np.arange(6), items, {"s": interval(*whole)}),
        ReleasedGroup(np.arange(3), {}, {"s": interval(*scores[0])}),
        ReleasedGroup(np.arange(3, 6), {}, {"s": interval(*scores[1])}),
    ]
    safe = audit_release(SHAPE, groups, 4).safe
    assert not (safe and exposed_together(crowd, possible))
