"""Worlds counted sheet by sheet: how many people of each kind filled each possible sheet. Slow, and it can prove.

When every possible sheet is counted, what no world allows is impossible. When they are too many, some are drawn:
a world found is still a world, and what is not found is left unsettled.
"""

import math
from collections.abc import Sequence
from itertools import product
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from labqvt_stats.verifier.scales import Sheet, Shown

NODES: Final = 5000
_MOST_SHEETS: Final = 1500
Insider = tuple[int, Sheet]
"""Kind and sheet of somebody who knows their own answers."""


class SheetWorlds:
    """The system over counts ``z[kind, sheet]``, and what its worlds have already shown to be possible."""

    def __init__(self, shown: Shown, insiders: Sequence[Insider]) -> None:
        self.shown = shown
        self.sheets = self._possible_sheets([sheet for _, sheet in insiders])
        self.complete = len(self.sheets) == math.prod(len(codes) + 1 for codes in shown.scale.codes)
        self.place = {sheet: number for number, sheet in enumerate(self.sheets)}
        self.known: dict[tuple[int, int], NDArray[np.int_]] = {}
        self._build()

    def _possible_sheets(self, needed: Sequence[Sheet]) -> list[Sheet]:
        """All sheets when they are few; else those needed, constant ones, and drawn ones (fixed seed)."""
        choices = [range(-1, len(codes)) for codes in self.shown.scale.codes]
        most = max(_MOST_SHEETS // max(1, len(self.shown.sizes) // 3), 300)
        if math.prod(len(c) for c in choices) <= most:
            return list(product(*choices))
        draw = np.random.default_rng(6)
        found = set(needed) | {
            tuple(min(k, len(c) - 2) for c in choices) for k in range(-1, max(map(len, choices)) - 1)
        }
        while len(found) < most:
            found.add(tuple(int(draw.integers(-1, len(c) - 1)) for c in choices))
        return sorted(found)

    def _build(self) -> None:
        """Rows over counts ``z[kind, sheet]``, kind after kind."""
        shown, kinds = self.shown, len(self.shown.sizes)
        items = range(len(shown.scale.items))
        self.classes = np.array([[shown.scale.class_of(s, i) for s in self.sheets] for i in items])
        worth = np.array([shown.scale.worth(sheet) for sheet in self.sheets])
        rows, lo, hi = [], [], []
        for kind in range(kinds):
            rows.append(np.kron(np.eye(kinds)[kind], np.ones(len(self.sheets))))
            lo.append(float(shown.sizes[kind]))
            hi.append(float(shown.sizes[kind]))
        for concerned, item, classes, (low, high) in shown.class_bounds():
            rows.append(np.kron(concerned, np.isin(self.classes[item], classes)).astype(float))
            lo.append(low)
            hi.append(high)
        for score in shown.scores:
            low, high = score["interval"]
            group = shown.kinds[score["group"]].astype(float)
            rows.append(np.kron(group, np.where(np.isnan(worth), 0, worth - low)))
            lo.append(0)
            hi.append(np.inf)
            rows.append(np.kron(group, np.where(np.isnan(worth), 0, worth - high)))
            lo.append(-np.inf)
            hi.append(0 if high >= 100 else -1e-4)
        self.rows = sparse.csr_matrix(np.array(rows))
        self.lo, self.hi = np.array(lo), np.array(hi)

    def told(self, insider: Insider | None, seen: NDArray[np.int_]) -> str | None:
        """The item on which somebody's class is told, "" when none, None when it could not be settled.

        ``seen`` (items, kinds) are the classes already known to be possible for the others, as bits.
        """
        shown, known = self.shown, (-1, -1)
        floor = np.zeros(self.rows.shape[1])
        others = shown.sizes.copy()
        if insider is not None:
            known = (insider[0], self.place[insider[1]])
            floor[known[0] * len(self.sheets) + known[1]] = 1
            others[insider[0]] -= 1
        if known not in self.known and isinstance(outcome := self._world(floor, None, 0), str):
            return "" if outcome == "impossible" and self.complete else None
        for item in range(len(shown.scale.items)):
            for kind in np.flatnonzero(others > 0):
                while (mask := int(self.known[known][item, kind]) | int(seen[item, kind])).bit_count() < 2:
                    outside = (mask >> self.classes[item] & 1) == 0
                    row = np.kron(np.eye(len(shown.sizes))[kind], outside).astype(float)
                    own = insider is not None and insider[0] == kind and bool(outside[known[1]])
                    outcome = self._world(floor, row, 1 + own)
                    if isinstance(outcome, str):
                        return shown.scale.items[item] if outcome == "impossible" else None
        return ""

    def _world(
        self, floor: NDArray[np.float64], row: NDArray[np.float64] | None, least: float
    ) -> NDArray[np.int_] | Literal["impossible", "unsettled"]:
        rows, lo, hi = self.rows, self.lo, self.hi
        if row is not None:
            rows = sparse.vstack([rows, sparse.csr_matrix(row)], format="csr")
            lo, hi = np.append(lo, least), np.append(hi, np.inf)
        found = optimize.milp(
            np.zeros(rows.shape[1]),
            integrality=np.ones(rows.shape[1]),
            bounds=optimize.Bounds(floor, np.inf),
            constraints=optimize.LinearConstraint(rows, lo, hi),
            options={"node_limit": NODES},
        )
        if found.status == 2:
            return "impossible"
        if found.x is None:
            return "unsettled"
        world: NDArray[np.int_] = np.round(found.x).astype(int).reshape(len(self.shown.sizes), -1)
        self._learn(world)
        return world

    def _learn(self, world: NDArray[np.int_]) -> None:
        """A world speaks for every insider it holds."""
        nothing = np.zeros((len(self.shown.scale.items), len(self.shown.sizes)), dtype=int)
        for kind, sheet in zip(*np.nonzero(world), strict=True):
            left = world.copy()
            left[kind, sheet] -= 1
            seen = self.known.setdefault((int(kind), int(sheet)), nothing.copy())
            seen |= self._present(left)
        seen = self.known.setdefault((-1, -1), nothing.copy())
        seen |= self._present(world)

    def _present(self, world: NDArray[np.int_]) -> NDArray[np.int_]:
        return np.array(
            [np.bitwise_or.reduce((1 << classes)[None, :] * (world > 0), axis=1) for classes in self.classes]
        )
