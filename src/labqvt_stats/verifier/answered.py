"""Worlds where the others answered every item: counted item by item, so quick to find and to reuse.

Inside a kind, answers to different items may be paired freely, and the score of a full sheet adds up over its
items: such a world is only how many people of each kind gave each code to each item. Where exact counts betray that
somebody skipped an item, some people fill whole sheets that skip it and say the same everywhere else. What such a
world shows possible is possible. The same system made generous (anybody may skip, and a skip brings whatever suits) holds every world
there is: what it forbids is impossible.
"""

import math
from collections.abc import Iterator
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from labqvt_stats.verifier.scales import NO_ANSWER, Sheet, Shown
from labqvt_stats.verifier.sheets import NODES, Insider

_BELOW: Final = 1e-4  # a score rounds up at the half: its upper bound is not reached


class AnsweredWorlds:
    """The system over counts of the others, and the worlds already found with it.

    A world is ``y[kind, item, code]``, then ``w[kind, sheet]`` over the few ``partial`` sheets, one after the other.
    ``generous`` gives each item one more code, a skip, last, and needs no partial sheet.
    """

    def __init__(self, shown: Shown, *, generous: bool = False) -> None:
        self.shown, self.generous = shown, generous
        scale = shown.scale
        self.items = len(scale.items)
        self.codes = max(map(len, scale.codes)) + 1
        self.usable = np.zeros((self.items, self.codes), dtype=bool)
        self.classes = np.full((self.items, self.codes), NO_ANSWER)
        self.scores = np.zeros((self.items, self.codes))
        for item, codes in enumerate(scale.scores):
            scored = ~np.isnan(codes) | (not shown.scores)
            self.usable[item, : len(codes)] = scored | generous
            self.usable[item, -1] = generous
            self.classes[item, : len(codes)] = scale.classes[item]
            self.scores[item, : len(codes)] = np.nan_to_num(codes)
        self.bits = 1 << self.classes
        self.partial = [] if generous else list(self._partial_sheets())
        classes = [[scale.class_of(sheet, item) for sheet in self.partial] for item in range(self.items)]
        self.partial_classes = np.array(classes, dtype=int).reshape(self.items, len(self.partial))
        self.shape = (len(shown.sizes), self.items, self.codes)
        self.counts = math.prod(self.shape)
        self.pool: list[NDArray[np.int_]] = []
        self._build()

    def _partial_sheets(self) -> Iterator[Sheet]:
        """Sheets that skip one item which somebody must have skipped, and bring one score everywhere else."""
        shown, people = self.shown, int(self.shown.sizes.sum())
        answered = np.zeros(self.items)
        whole = np.zeros(self.items, dtype=bool)
        for concerned, item, classes, (_low, high) in shown.class_bounds():
            if concerned.all():
                whole[item] = True
                answered[item] += 0 if classes == [NO_ANSWER] else high
        if shown.scale.needed >= self.items > 1:
            return
        for forced in np.flatnonzero(whole & (answered < people)):
            for score in np.unique(self.scores[self.usable]):
                sheet = []
                for other in range(self.items):
                    places = np.flatnonzero(self.usable[other] & (self.scores[other] == score))
                    sheet.append(-1 if other == forced else int(places[0]) if len(places) else None)
                if None not in sheet:
                    yield tuple(sheet)  # type: ignore[arg-type]  # no None is left

    def _build(self) -> None:
        shown, kinds = self.shown, len(self.shown.sizes)
        rows, lo, hi = [], [], []

        def add(
            on_counts: NDArray[np.float64], on_partial: NDArray[np.float64], low: float, high: float
        ) -> None:
            rows.append(np.append(on_counts.ravel(), on_partial.ravel()))
            lo.append(low)
            hi.append(high)

        for kind in range(kinds):
            partial = np.zeros((kinds, len(self.partial)))
            partial[kind] = 1
            for item in range(self.items):
                counts = np.zeros(self.shape)
                counts[kind, item, self.usable[item]] = 1
                add(counts, partial, float(shown.sizes[kind]), float(shown.sizes[kind]))
        self.after_sizes = len(rows)
        for concerned, item, classes, (low, high) in shown.class_bounds():
            counts = np.zeros(self.shape)
            counts[:, item] = np.outer(concerned, np.isin(self.classes[item], classes))
            partial = np.outer(concerned, np.isin(self.partial_classes[item], classes)).astype(float)
            add(counts, partial, low, high)
        worth = np.nan_to_num([shown.scale.worth(sheet) for sheet in self.partial])
        for score in shown.scores:
            low, high = score["interval"]
            group = shown.kinds[score["group"]].astype(float)
            add(
                group[:, None, None] * self._share(low, upwards=True), np.outer(group, worth - low), 0, np.inf
            )
            end = 0 if high >= 100 else -_BELOW
            add(
                group[:, None, None] * self._share(high, upwards=False),
                np.outer(group, worth - high),
                -np.inf,
                end,
            )
        self.rows = np.array(rows)
        self.lo, self.hi = np.array(lo), np.array(hi)
        top = np.where(self.usable[None], shown.sizes[:, None, None], 0)
        self.top = np.append(top.ravel(), np.repeat(shown.sizes, len(self.partial))).astype(float)

    def _share(self, bound: float, *, upwards: bool) -> NDArray[np.float64]:
        """What each answer adds to (score - bound), an equal share for each item.

        Whoever answered fewer items than a score needs adds nothing, whatever they answered: as if each skip
        brought up to ``spill`` beyond either end of the scale.
        """
        share = (self.scores - bound) / self.items
        if self.generous:
            most = min(self.shown.scale.needed, self.items) - 1
            spill = 100 * max(a / (self.items - a) for a in range(most + 1))
            worth = 100 + spill if upwards else -spill
            share[:, -1] = (worth - bound) / self.items
            for item, codes in enumerate(self.shown.scale.scores):
                share[item, : len(codes)][np.isnan(codes)] = (worth - bound) / self.items
        return share

    def seen_by(self, insider: Insider | None) -> NDArray[np.int_]:
        """Classes (as bits) possible for the others of each (item, kind), asking for worlds until two are known."""
        seen = self._from_pool(insider)
        others = self.others(insider)
        if not seen.any():
            world = self._solve(insider, None, seen)
            if isinstance(world, str):
                return seen
            self._keep(world, insider)
            seen |= self._present(world)
        for item in range(self.items):
            for kind in np.flatnonzero(others > 0):
                while int(seen[item, kind]).bit_count() < 2:
                    world = self._solve(insider, (item, int(kind), int(seen[item, kind])), seen)
                    if isinstance(world, str):
                        break
                    self._keep(world, insider)
                    seen |= self._present(world)
        return seen

    def forbids(self, insider: Insider | None, wanted: tuple[int, int, int] | None = None) -> bool:
        """Whether nobody with this sheet exists; or, with ``wanted``, none who leaves another class there."""
        nothing = np.zeros((self.items, len(self.shown.sizes)), dtype=int)
        return isinstance(found := self._solve(insider, wanted, nothing), str) and found == "impossible"

    def others(self, insider: Insider | None) -> NDArray[np.int_]:
        """People of each kind, the insider taken out."""
        others = self.shown.sizes.copy()
        if insider is not None:
            others[insider[0]] -= 1
        return others

    def _from_pool(self, insider: Insider | None) -> NDArray[np.int_]:
        """What the worlds found for others show to this insider: those where somebody could hold their sheet."""
        seen = np.zeros((self.items, len(self.shown.sizes)), dtype=int)
        if insider is not None and not self._answered(insider):
            return seen
        own = self._own_places(insider)
        for world in self.pool:
            if (world[own] > 0).all():
                left = world.copy()
                left[own] -= 1
                seen |= self._present(left)
        return seen

    def _own_places(self, insider: Insider | None) -> NDArray[np.int_]:
        """Where a world counts the answers of a full sheet."""
        if insider is None:
            return np.empty(0, dtype=int)
        kind, sheet = insider
        places: NDArray[np.int_] = (kind * self.items + np.arange(self.items)) * self.codes + np.array(sheet)
        return places

    def _answered(self, insider: Insider) -> bool:
        return all(code >= 0 and self.usable[item, code] for item, code in enumerate(insider[1]))

    def _keep(self, world: NDArray[np.int_], insider: Insider | None) -> None:
        """Keep a world for the next insiders, its own insider put back, unless they skipped something."""
        if insider is None or self._answered(insider):
            whole = world.copy()
            whole[self._own_places(insider)] += 1
            self.pool.append(whole)

    def _present(self, world: NDArray[np.int_]) -> NDArray[np.int_]:
        """Classes present, as bits: (items, kinds)."""
        counts = world[: self.counts].reshape(self.shape)
        partial = world[self.counts :].reshape(len(self.shown.sizes), 1, len(self.partial))
        bits = np.bitwise_or.reduce(self.bits[None] * (counts > 0), axis=2)
        bits |= np.bitwise_or.reduce((1 << self.partial_classes)[None] * (partial > 0), axis=2)
        found: NDArray[np.int_] = bits.T
        return found

    def _solve(
        self, insider: Insider | None, wanted: tuple[int, int, int] | None, seen: NDArray[np.int_]
    ) -> NDArray[np.int_] | Literal["impossible", "unsettled"]:
        """Answers of the others, one of ``wanted`` = (item, kind) out of the classes of its third part, a mask.

        Among such worlds, one that shows other things not ``seen`` yet is preferred.
        """
        lo, hi = self._without(insider)
        rows, cost = self.rows, np.zeros(len(self.top))
        if wanted is not None:
            item, kind, mask = wanted
            counts = np.zeros(self.shape)
            counts[kind, item] = self.usable[item] & ((mask & self.bits[item]) == 0)
            partial = np.zeros((self.shape[0], len(self.partial)))
            partial[kind] = (mask >> self.partial_classes[item] & 1) == 0
            rows = np.vstack([rows, np.append(counts.ravel(), partial.ravel())])
            lo, hi = np.append(lo, 1), np.append(hi, np.inf)
            unsure = np.array([[int(mask).bit_count() < 2 for mask in masks] for masks in seen.T])
            fresh = unsure[:, :, None] & ((seen.T[:, :, None] & self.bits[None]) == 0)
            cost[: self.counts] = -1.0 * fresh.ravel()
        found = optimize.milp(
            cost,
            integrality=np.ones(len(cost)),
            bounds=optimize.Bounds(0, self.top),
            constraints=optimize.LinearConstraint(rows, lo, hi),
            options={"node_limit": NODES, "mip_rel_gap": 0.5},
        )
        if found.status == 2:
            return "impossible"
        if found.x is None:
            return "unsettled"
        world: NDArray[np.int_] = np.round(found.x).astype(int)
        return world

    def _without(self, insider: Insider | None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Bounds on the others once the insider's own sheet is taken out of what is shown."""
        if insider is None:
            return self.lo, self.hi
        kind, sheet = insider
        own = np.zeros(len(self.lo))
        own[kind * self.items : (kind + 1) * self.items] = 1
        place = self.after_sizes
        for concerned, item, classes, _ in self.shown.class_bounds():
            own[place] = concerned[kind] and self.shown.scale.class_of(sheet, item) in classes
            place += 1
        worth = self.shown.scale.worth(sheet)
        for score in self.shown.scores:
            if self.shown.kinds[score["group"]][kind] and not math.isnan(worth):
                own[place : place + 2] = [worth - bound for bound in score["interval"]]
            place += 2
        return self.lo - own, self.hi - own
