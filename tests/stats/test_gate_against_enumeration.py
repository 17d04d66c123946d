"""The gate against all possible worlds, enumerated: what it calls safe must be safe.

Two items of three codes (or a skip), one scale under the half rule: sixteen sheets, so every world of six people
can be listed. Sizes are below what is ever published; the gate's reasoning does not depend on them.
"""

from itertools import combinations_with_replacement, product

import numpy as np
import pytest

from labqvt_stats import Instrument, Item, Scale
from labqvt_stats.displays import Display
from labqvt_stats.instrument import CLASSES
from labqvt_stats.publication import audit_release
from labqvt_stats.release_cases import ReleasedGroup

SHAPE = Instrument(
    tuple(Item(f"i{i}", "", ("1", "2", "3"), (1.0, 2.0, 3.0), scale="s") for i in range(2)),
    (Scale("s", "", ("i0", "i1")),),
)
SHEETS = list(product((0, 1, 2, 3), repeat=2))  # class per item: each code is its own class, 3 is a skip
WORTH = np.array([np.mean([50.0 * c for c in s if c < 3]) if min(s) < 3 else np.nan for s in SHEETS])


class Crowd:
    """All ways for n people to fill the sheets."""

    def __init__(self, n):
        self.n = n
        self.sheets = np.array(list(combinations_with_replacement(range(len(SHEETS)), n)))
        counts = np.zeros((len(self.sheets), len(SHEETS)), dtype=int)
        for place in range(n):
            np.add.at(counts, (np.arange(len(counts)), self.sheets[:, place]), 1)
        self.counts = counts
        classes = np.array(SHEETS)
        self.table = np.stack(
            [counts @ (classes[:, item, None] == np.arange(4)) for item in range(2)], axis=1
        )  # (worlds, item, class)
        self.total = counts @ np.nan_to_num(WORTH)
        self.valid = counts @ np.isfinite(WORTH)

    def masks(self, without=None):
        """(worlds, item) bits of the classes present, one person of a sheet taken out."""
        table = self.table.copy()
        if without is not None:
            for item in range(2):
                table[:, item, SHEETS[without][item]] -= 1
        return ((table > 0) << np.arange(4)).sum(axis=2)


def interval(lo, hi):
    return Display("banded", lo, hi, "")


def banded(count, n, band):
    if count <= band:
        return (0, band)
    return (n - band, n) if count >= n - band else (count, count)


def rounded(mean, step):
    value = step * np.floor(mean / step + 0.5)
    return (max(0.0, value - step / 2), min(100.0, value + step / 2))


def fits(total, valid, bounds):
    """Worlds whose mean rounds inside the display (the upper end, short of 100, is not reached)."""
    lo, hi = bounds
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / valid
    return (mean >= lo - 1e-9) & ((mean < hi - 1e-9) | ((hi >= 100) & (mean <= 100)))


def told(seen):
    """Whether all worlds agree on one class, on some item."""
    return any(int(mask).bit_count() < 2 for mask in np.bitwise_or.reduce(seen, axis=0))


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
    tables = [
        [banded(int(c), n, 2 if seed % 2 else 1) for c in crowd.table[truth, item]] for item in range(2)
    ]
    score = rounded(crowd.total[truth] / crowd.valid[truth], (5, 10, 25)[seed % 3])
    possible = fits(crowd.total, crowd.valid, score)
    for item in range(2):
        for number, (lo, hi) in enumerate(tables[item]):
            possible &= (crowd.table[:, item, number] >= lo) & (crowd.table[:, item, number] <= hi)
    assert possible[truth]
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
    step = (10, 20, 25)[seed % 3]
    scores = [rounded(crowd.total[w] / n, step) for w in (first, second)]
    whole = rounded((crowd.total[first] + crowd.total[second]) / (2 * n), step)
    sums = crowd.table[:, None] + crowd.table[None, :]
    tables = [[banded(int(c), 2 * n, 2 if seed % 2 else 1) for c in sums[first, second, i]] for i in range(2)]
    possible = fits(crowd.total, crowd.valid, scores[0])[:, None] & fits(crowd.total, crowd.valid, scores[1])
    possible &= fits(
        crowd.total[:, None] + crowd.total, (crowd.valid[:, None] + crowd.valid).astype(float), whole
    )
    for item in range(2):
        for number, (lo, hi) in enumerate(tables[item]):
            possible &= (sums[:, :, item, number] >= lo) & (sums[:, :, item, number] <= hi)
    assert possible[first, second]
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
