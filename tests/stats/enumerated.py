"""All possible worlds of a few people, enumerated: what the gate and the verifier are held to.

Two items of three codes (or a skip), one scale under the half rule: sixteen sheets, so every world of six people
can be listed. Sizes are below what is ever published; the reasoning does not depend on them.
"""

from itertools import combinations_with_replacement, product

import numpy as np

from labqvt_stats import Instrument, Item, Scale
from labqvt_stats.displays import Display

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


def one_group(crowd, truth, band, step):
    """What is shown of everybody when ``truth`` is: tables, score, and the worlds that fit both."""
    tables = [[banded(int(c), crowd.n, band) for c in crowd.table[truth, item]] for item in range(2)]
    score = rounded(crowd.total[truth] / crowd.valid[truth], step)
    possible = fits(crowd.total, crowd.valid, score) & _inside(crowd.table, tables)
    assert possible[truth]
    return tables, score, possible


def two_groups(crowd, first, second, band, step):
    """The same for two groups of ``crowd.n`` each, whose truths are given: tables and score of the whole, scores."""
    n = crowd.n
    scores = [rounded(crowd.total[world] / n, step) for world in (first, second)]
    whole = rounded((crowd.total[first] + crowd.total[second]) / (2 * n), step)
    sums = crowd.table[:, None] + crowd.table[None, :]
    tables = [[banded(int(c), 2 * n, band) for c in sums[first, second, item]] for item in range(2)]
    possible = fits(crowd.total, crowd.valid, scores[0])[:, None] & fits(crowd.total, crowd.valid, scores[1])
    possible &= fits(
        crowd.total[:, None] + crowd.total, (crowd.valid[:, None] + crowd.valid).astype(float), whole
    )
    possible &= _inside(sums, tables)
    assert possible[first, second]
    return tables, whole, scores, possible


def _inside(counts, tables):
    """Whether (…, item, class) counts are those that the tables allow."""
    lo, hi = np.moveaxis(np.array(tables), 2, 0)
    return ((counts >= lo) & (counts <= hi)).all(axis=(-2, -1))
