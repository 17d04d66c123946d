"""Families of possible worlds that clear many insiders at once.

A profile fixes, item by item, the sum of scores of each displayed group. Worlds of single items that keep these
sums combine freely: whoever an insider is and however they answered, pick for each item a world where their
atom holds their answer, and the displays hold. An answer of theirs is *cleared* on an item when such worlds
leave every other person at least two classes.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labqvt_stats.answers import Floats
from labqvt_stats.walks import Exchanges, exchanges_of, wander
from labqvt_stats.worlds import Ints, Rows, Worlds, rows_of, solve

_BITS = np.array([int(mask).bit_count() for mask in range(16)])


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """Sheet of an insider: atom, code per item, and weight of their scores in the sums over items."""

    atom: int
    codes: tuple[int, ...]
    weight: float


class Profile:
    """Worlds per item around one world ``x`` of the whole scale.

    ``own`` makes a profile for the insider of one atom who skips items: their code to each item in ``x``, and
    what one of their scores then weighs in the sums (0 when they answered too few items to have a score).
    """

    def __init__(self, worlds: Worlds, x: Floats, own: "OwnSheet | None" = None) -> None:
        self.worlds = worlds
        self.own = own
        release = worlds.release
        sums = np.array(
            [
                [
                    float(worlds.item_sum(s.group, item) @ worlds.table_of(x, item).ravel())
                    for s in release.scores
                ]
                for item in range(release.n_items)
            ]
        ).reshape(release.n_items, len(release.scores))
        if own is not None:
            for place, shown in enumerate(release.scores):
                if release.groups[shown.group, own.atom]:
                    sums[:, place] -= [
                        (1 - own.weight) * worlds.score[item][code] for item, code in enumerate(own.codes)
                    ]
        margins = np.array(
            [self._margin(place, sums[:, place].sum()) for place in range(len(release.scores))]
        )
        reserve = skip_slack(worlds)
        self.skips_fit = margins >= reserve
        spare = np.where(self.skips_fit, margins - reserve, margins) / release.n_items
        self.rows = [self._item_rows(item, sums[item], spare) for item in range(release.n_items)]
        self._walks = 0
        atoms = worlds.atoms
        self.seen: list[NDArray[np.uint8]] = [
            np.zeros((atoms, len(codes), atoms), dtype=np.uint8) for codes in release.codes
        ]

    def _margin(self, place: int, total: float) -> float:
        shown = self.worlds.release.scores[place]
        own = self.own
        absent = own is not None and own.weight == 0 and self.worlds.release.groups[shown.group, own.atom]
        lo, hi = self.worlds.sum_bounds(shown, int(absent))
        return max(0.0, min(total - lo, hi - total))

    def _item_rows(self, item: int, sums: Floats, spare: Floats) -> Rows:
        worlds = self.worlds
        if worlds.release.free_skips:
            return worlds.all_rows()
        kept = [
            (worlds.item_sum(shown.group, item), sums[place] - spare[place], sums[place] + spare[place])
            for place, shown in enumerate(worlds.release.scores)
        ]
        return rows_of([*worlds.item_rows(item), *kept])

    def cleared(self, item: int, atom: int, code: int) -> bool:
        """Whether an insider of ``atom`` who gave ``code`` leaves everybody two classes on ``item``."""
        return not len(self._uncleared(item, atom, code))

    def _uncleared(self, item: int, atom: int, code: int) -> Ints:
        others = self.worlds.release.sizes.copy()
        others[atom] -= 1
        return np.flatnonzero((others > 0) & (_BITS[self.seen[item][atom, code]] < 2))

    def clear(self, item: int, atom: int, code: int) -> bool:
        """Look for the worlds that clear an answer; False when this profile has none.

        Raises
        ------
        Unsolved
            Node limit of the solver.
        """
        while len(open_atoms := self._uncleared(item, atom, code)):
            if not self._one_more(item, atom, code, open_atoms):
                return False
        return True

    def _one_more(self, item: int, atom: int, code: int, open_atoms: Ints) -> bool:
        worlds = self.worlds
        classes = worlds.group[item]
        seen = self.seen[item][atom, code]
        cost = np.zeros((worlds.atoms, len(classes)))
        for other in open_atoms:
            cost[other] -= (seen[other] >> classes & 1) == 0
        target = int(open_atoms[0])
        rows = self.rows[item]
        if seen[target]:
            elsewhere = np.zeros_like(cost)
            elsewhere[target] = (seen[target] >> classes & 1) == 0
            own = float(elsewhere[atom, code])
            rows = rows.and_also([(elsewhere.ravel(), 1.0 + own, np.inf)])
        floor, ceiling = np.zeros_like(cost), worlds.ceiling(item)
        floor[atom, code] = 1
        ceiling[atom, code] = max(ceiling[atom, code], 1)
        x = solve(self._for_own(rows, item, atom, code), cost.ravel(), floor.ravel(), ceiling.ravel())
        if x is None:
            return False
        table = np.round(x).astype(np.intp).reshape(cost.shape)
        around = self._for_own(self.rows[item], item, atom, code)
        self._walks += 1
        found = wander(table, around, (floor, ceiling), self._exchanges(item), self._walks)
        self._note(item, found, atom, code)
        return True

    def _exchanges(self, item: int) -> Exchanges:
        known: Exchanges | None = self.worlds.exchanges.get(item)
        if known is None:
            known = self.worlds.exchanges[item] = exchanges_of(self.worlds, item, self.rows[item])
        return known

    def _for_own(self, rows: Rows, item: int, atom: int, code: int) -> Rows:
        """Bounds moved by what the insider's score weighs less, or more, than one of ``y``."""
        if self.own is None:
            return rows
        release = self.worlds.release
        own = np.zeros(len(rows.lo))
        first = len(self.worlds.item_rows(item))
        for place, shown in enumerate(release.scores):
            if release.groups[shown.group, atom]:
                own[first + place] = (1 - self.own.weight) * self.worlds.score[item][code]
        return Rows(rows.matrix, rows.lo + own, rows.hi + own)

    def _note(self, item: int, tables: Ints, atom: int, code: int) -> None:
        """Record what worlds (W, atoms, codes) leave to each person, for every insider they hold (or their own)."""
        classes = self.worlds.group[item]
        masks = present_classes(tables, classes)
        holders = (
            [(atom, code)]
            if self.own is not None
            else list(zip(*np.nonzero(tables.any(axis=0)), strict=True))
        )
        for holder, given in holders:
            if self.worlds.skip[item][given] and (holder, given) != (atom, code) and not self._free:
                continue
            held = tables[:, holder, given] > 0
            without = tables[held, holder].copy()
            without[:, given] -= 1
            seen = self.seen[item][holder, given]
            own = seen[holder] | np.bitwise_or.reduce(present_classes(without, classes))
            seen |= np.bitwise_or.reduce(masks[held], axis=0)
            seen[holder] = own

    @property
    def _free(self) -> bool:
        return self.worlds.release.free_skips


def present_classes(table: Ints, classes: Ints) -> NDArray[np.uint8]:
    """Bit mask of the classes present in each row of a (…, codes) table."""
    bits = np.left_shift(1, classes) * (table > 0)
    masks: NDArray[np.uint8] = np.bitwise_or.reduce(bits, axis=-1).astype(np.uint8)
    return masks


def skip_slack(worlds: Worlds) -> float:
    """How far an insider's mean over what they answered may fall from whole steps, skips filled by steps.

    With ``r`` skips, r times the mean of A answers is a multiple of step · gcd(r, A) / A.
    """
    release = worlds.release
    widest = 0.0
    for skipped in range(1, release.n_items - release.answers_needed + 1):
        answered = release.n_items - skipped
        parts = answered // math.gcd(skipped, answered)
        widest = max(widest, (parts // 2) / parts)
    return worlds.largest_step() * widest
