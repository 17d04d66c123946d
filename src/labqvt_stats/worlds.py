"""Possible worlds behind a release: every way people may have answered one scale, given what is displayed.

People with the same memberships (an atom) are exchangeable, and answers to different items may be paired freely
inside an atom, so a world is only how many people of each atom gave each code to each item. With complete
answers a scale's score adds up over items, hence every display is linear in these numbers. Worlds are
restricted to complete answers, but for a few fixed sheets where a display forces missing ones: a world found is
a real one, which is all that a proof of safety needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from labqvt_stats.answers import Floats

NODE_LIMIT = 2_000
_CHECK = 1e-7
_GAP = 0.5  # costs only guide the search: a world found or proven impossible is all that counts
_OPEN_END = 1e-3  # in sums of scores, whose steps are whole points

Ints = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Code:
    """One way to answer an item: score on 0-100 it brings, class number 0..3, and whether it is a skip.

    Skips are the insider's own: others answer, except where ``ScaleRelease.free_skips`` says that skipping is
    an answer like any other (no score depends on it).
    """

    score: float
    group: int
    skip: bool = False


@dataclass(frozen=True, slots=True)
class ScoreBounds:
    """Mean score of a group between ``lo`` and ``hi`` (excluded, a score rounds up at the half).

    ``fixed_people`` of the group are out of ``sizes``, with sheets worth ``fixed_sum`` (scores over all items).
    """

    group: int
    lo: float
    hi: float
    fixed_people: int = 0
    fixed_sum: float = 0.0


@dataclass(frozen=True, eq=False)
class ScaleRelease:
    """What a release displays of one scale, or of one item outside any scale.

    sizes : (A,) people per atom
    groups : (G, A) booleans, atoms of each published group
    codes : codes of each item
    tables : (group, item, (4, 2) bounds of class counts)
    scores : what is displayed of the groups' mean scores
    answers_needed : items a person must answer to have a score
    free_skips : skips are answers like any other
    widest : the release before anybody was set aside; whether a sheet is possible at all is asked there
    """

    sizes: Ints
    groups: NDArray[np.bool_]
    codes: Sequence[Sequence[Code]]
    tables: Sequence[tuple[int, int, Floats]]
    scores: Sequence[ScoreBounds]
    answers_needed: int = 1
    free_skips: bool = False
    widest: "ScaleRelease | None" = None

    @property
    def n_items(self) -> int:
        """Number of items of the scale."""
        return len(self.codes)

    def people(self, group: int) -> int:
        """Size of a group."""
        return int(self.sizes[self.groups[group]].sum())


def spill(n_items: int, answers_needed: int) -> float:
    """How far beyond 0..100 (in shares of 100) a skip must reach to cover people who have no score.

    Who answered a < ``answers_needed`` items leaves the mean; in sums over items this is as if their skips
    brought them to the mean of the others, whatever they answered: up to a/(n_items - a) beyond either end.
    """
    return max(a / (n_items - a) for a in range(max(1, min(answers_needed, n_items))))


def generous(release: ScaleRelease) -> ScaleRelease:
    """The widest form of a release: nobody set aside, and skips that bring any score (their two extremes)."""
    wide = release.widest or release
    beyond = 100 * spill(wide.n_items, wide.answers_needed)
    codes = []
    for listed in wide.codes:
        skips = [code for code in listed if code.skip]
        reach = {id(code): (-beyond if place % 2 == 0 else 100 + beyond) for place, code in enumerate(skips)}
        codes.append([Code(reach.get(id(code), code.score), code.group, code.skip) for code in listed])
    return ScaleRelease(
        wide.sizes, wide.groups, codes, wide.tables, wide.scores, answers_needed=wide.answers_needed
    )


@dataclass(frozen=True, eq=False)
class Rows:
    """``lo <= matrix @ x <= hi``."""

    matrix: Floats
    lo: Floats
    hi: Floats

    def and_also(self, rows: Sequence[tuple[Floats, float, float]]) -> "Rows":
        """The same with more rows."""
        if not rows:
            return self
        matrix, lo, hi = zip(*rows, strict=True)
        return Rows(np.vstack([self.matrix, *matrix]), np.append(self.lo, lo), np.append(self.hi, hi))

    def widened(self, columns: int) -> "Rows":
        """The same with more variables, absent from these rows."""
        return Rows(np.hstack([self.matrix, np.zeros((len(self.lo), columns))]), self.lo, self.hi)


def rows_of(rows: Sequence[tuple[Floats, float, float]]) -> Rows:
    """Gather rows."""
    matrix, lo, hi = zip(*rows, strict=True)
    return Rows(np.array(matrix), np.array(lo, dtype=float), np.array(hi, dtype=float))


class Unsolved(Exception):  # noqa: N818 — a state of the audit, not a programming error
    """The solver's node limit was reached: not solved is not safe."""


def solve(
    rows: Rows, cost: Floats, floor: Floats, ceiling: Floats, relaxed: NDArray[np.bool_] | None = None
) -> Floats | None:
    """A solution in integers (but for the ``relaxed`` variables), or None when proven impossible.

    A solution is rounded and checked again in plain arithmetic before it counts.

    Raises
    ------
    Unsolved
        Node limit reached without a solution, or a solution that does not survive rounding.
    """
    from scipy import optimize  # noqa: PLC0415 — slow to load, needed by audits only

    if (floor > ceiling).any():
        return None
    integrality = np.ones(len(cost)) if relaxed is None else (~relaxed).astype(float)
    found = optimize.milp(
        cost,
        integrality=integrality,
        bounds=optimize.Bounds(floor, ceiling),
        constraints=optimize.LinearConstraint(rows.matrix, rows.lo, rows.hi),
        options={"node_limit": NODE_LIMIT, "mip_rel_gap": _GAP},
    )
    if found.status == 2:
        return None
    if found.x is None:
        raise Unsolved
    x = np.where(integrality > 0, np.round(found.x), found.x)
    values = rows.matrix @ x
    scale = 1 + np.abs(rows.matrix).max(axis=1)
    if (values < rows.lo - _CHECK * scale).any() or (values > rows.hi + _CHECK * scale).any():
        raise Unsolved
    if (x < floor - _CHECK).any() or (x > ceiling + _CHECK).any():
        raise Unsolved
    solution: Floats = x
    return solution


class Worlds:
    """Linear system of one scale on variables ``y[item, atom, code]``, laid out item after item."""

    def __init__(self, release: ScaleRelease) -> None:
        self.release = release
        self.atoms = len(release.sizes)
        self.score = [np.array([code.score for code in codes]) for codes in release.codes]
        self.group = [np.array([code.group for code in codes]) for codes in release.codes]
        self.skip = [np.array([code.skip for code in codes]) for codes in release.codes]
        self.offsets = np.cumsum([0, *(self.atoms * len(codes) for codes in release.codes)])
        self.width = int(self.offsets[-1])
        self.exchanges: dict[
            int, Any
        ] = {}  # of each item, kept by ``profiles``: they are those of the release

    def largest_step(self) -> float:
        """The largest difference between neighbouring scores of an item."""
        steps = [
            np.diff(np.unique(scores[~skip])) for scores, skip in zip(self.score, self.skip, strict=True)
        ]
        return float(max(step.max(initial=0.0) for step in steps))

    def place(self, item: int, atom: int, code: int) -> int:
        """Position of ``y[item, atom, code]``."""
        return int(self.offsets[item]) + atom * len(self.release.codes[item]) + code

    def table_of(self, x: Floats, item: int) -> Ints:
        """``y[item]`` of a solution: (atoms, codes)."""
        part = x[self.offsets[item] : self.offsets[item + 1]]
        shaped: Ints = np.round(part).astype(np.intp).reshape(self.atoms, -1)
        return shaped

    def ceiling(self, item: int) -> Floats:
        """(atoms, codes) largest numbers on one item: the atom's size, 0 for skips unless they are free."""
        most = np.repeat(self.release.sizes[:, None].astype(float), len(self.release.codes[item]), axis=1)
        if not self.release.free_skips:
            most[:, self.skip[item]] = 0
        return most

    def item_rows(self, item: int) -> list[tuple[Floats, float, float]]:
        """Atoms' sizes and class tables of one item, on its own variables."""
        release = self.release
        found = []
        for atom in range(self.atoms):
            row = np.zeros((self.atoms, len(release.codes[item])))
            row[atom] = 1
            found.append((row.ravel(), float(release.sizes[atom]), float(release.sizes[atom])))
        for group, place, bounds in release.tables:
            if place == item:
                for number in range(4):
                    row = np.outer(release.groups[group], self.group[item] == number).astype(float)
                    found.append((row.ravel(), float(bounds[number, 0]), float(bounds[number, 1])))
        return found

    def item_sum(self, group: int, item: int) -> Floats:
        """Row: sum of the scores of a group on one item, on its own variables."""
        row: Floats = np.outer(self.release.groups[group], self.score[item]).ravel()
        return row

    def sum_bounds(self, shown: ScoreBounds, silent: int = 0) -> tuple[float, float]:
        """Bounds of the sum of scores over items of a group of which ``silent`` people have no score."""
        weight = (self.release.people(shown.group) + shown.fixed_people - silent) * self.release.n_items
        open_end = 0.0 if shown.hi >= 100 else _OPEN_END
        return shown.lo * weight - shown.fixed_sum, shown.hi * weight - shown.fixed_sum - open_end

    def all_rows(self) -> Rows:
        """The whole system: items, then score displays."""
        rows = []
        for item in range(self.release.n_items):
            for row, lo, hi in self.item_rows(item):
                rows.append((self.on_all(row, item), lo, hi))
        for shown in self.release.scores:
            if self.release.free_skips:
                rows += self._sign_rows(shown)
            else:
                total = np.concatenate(
                    [self.item_sum(shown.group, item) for item in range(self.release.n_items)]
                )
                rows.append((total, *self.sum_bounds(shown)))
        return rows_of(rows)

    def _sign_rows(self, shown: ScoreBounds) -> list[tuple[Floats, float, float]]:
        """One item: who skips leaves the mean, so it is (score - bound) that adds up, to a known sign."""
        found = []
        ends = ((shown.lo, 0.0, np.inf), (shown.hi, -np.inf, 0.0 if shown.hi >= 100 else -_OPEN_END))
        for bound, low, high in ends:
            weights = np.where(self.skip[0], 0.0, self.score[0] - bound)
            found.append((np.outer(self.release.groups[shown.group], weights).ravel(), low, high))
        return found

    def on_all(self, row: Floats, item: int) -> Floats:
        """A row on one item's variables written on all variables."""
        wide = np.zeros(self.width)
        wide[self.offsets[item] : self.offsets[item + 1]] = row
        return wide

    def all_ceilings(self) -> Floats:
        """``ceiling`` of every item, on all variables."""
        return np.concatenate([self.ceiling(item).ravel() for item in range(self.release.n_items)])
