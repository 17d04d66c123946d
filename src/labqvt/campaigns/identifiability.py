"""Who could be picked out by what is asked about people: counted from headcounts alone, before anyone answers.

Pure. ``cells`` are headcounts per category or per crossing; nothing here knows a name, an answer or a campaign.
What may be published in the end is decided by the planner of ``labqvt_stats``, asked here as if everybody answered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from labqvt_stats import Column, Protection
from labqvt_stats.planner import PlannedVariable, plan_groups

INSIDERS: Final = 1
# Crossings larger than this are not settled exactly: their bounds are then the widest true ones.
_LARGEST_CROSSING: Final = 64
Grouping = tuple[tuple[int, ...], ...]
Table = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about people: headcount of each category, and which categories are asked as one."""

    id: str
    counts: tuple[int, ...]
    groups: Grouping
    ordered: bool = False

    @property
    def sizes(self) -> tuple[int, ...]:
        """Headcount of each group."""
        return tuple(sum(self.counts[place] for place in group) for group in self.groups)

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Isolated:
    """People alone in their cell, and people in cells under the minimum (those alone included)."""

    alone: int
    under: int


@dataclass(frozen=True, slots=True)
class Between:
    """A number known to lie between two others."""

    at_least: int
    at_most: int

    @property
    def is_exact(self) -> bool:
        return self.at_least == self.at_most


@dataclass(frozen=True, slots=True)
class QuestionCheck:
    """One question: who is isolated as it is, and the finest grouping that isolates nobody (None: there is none)."""

    id: str
    isolated: Isolated
    proposal: Grouping | None

    @property
    def is_fine(self) -> bool:
        return self.isolated.under == 0

    @property
    def is_refused(self) -> bool:
        return not self.is_fine and self.proposal is None


@dataclass(frozen=True, slots=True)
class CrossingCheck:
    """Two questions together. ``known``: the crossing was counted; otherwise its margins bound it.

    ``refused``: nothing could show both, even if everybody answered. ``merges``: what would show both.
    """

    first: str
    second: str
    known: bool
    alone: Between
    under: Between
    refused: bool = False
    merges: tuple[tuple[str, Grouping], ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """What is known of a set of questions before launch."""

    people: int
    least: int
    questions: tuple[QuestionCheck, ...] = ()
    crossings: tuple[CrossingCheck, ...] = ()

    @property
    def is_safe(self) -> bool:
        return all(question.is_fine for question in self.questions) and not any(
            crossing.refused or crossing.merges for crossing in self.crossings
        )


def check(
    questions: Sequence[Asked], crossings: dict[tuple[str, str], Table], *, people: int, least: int
) -> Check:
    """Look at each question, then at each pair of them. ``crossings``: headcounts per pair of groups, where known."""
    found = tuple(_question(question, least) for question in questions)
    pairs = tuple(
        _crossing(first, second, crossings.get((first.id, second.id)), least)
        for first, second in combinations(questions, 2)
    )
    return Check(people, least, found, pairs)


def isolated(cells: Iterable[int], least: int) -> Isolated:
    """How many people are alone in their cell, and how many share it with too few others."""
    counts = list(cells)
    return Isolated(sum(n for n in counts if n == 1), sum(n for n in counts if 0 < n < least))


def finest_grouping(counts: Sequence[int], *, ordered: bool, least: int) -> Grouping | None:
    """The most groups of at least ``least`` people, the most even of those; neighbours only when ordered.

    None when even two groups are impossible. Merging as little as possible is what loses least.
    """
    planned = _planned([_column("q", counts, ordered=ordered)], least) if sum(counts) else []
    if not planned:
        return None
    return _grouping(planned[0], _people(counts), counts, ordered=ordered)


def people_under(rows: Sequence[int], columns: Sequence[int], least: int) -> Between:
    """Between how many and how many people a crossing isolates, knowing only its two margins."""
    if len(rows) * len(columns) > _LARGEST_CROSSING:
        surely = max(_in_small(rows, least), _in_small(columns, least))
        return Between(surely, sum(rows))
    return Between(
        _extreme(rows, columns, least, most=False) or 0, _extreme(rows, columns, least, most=True) or 0
    )


def _question(question: Asked, least: int) -> QuestionCheck:
    proposal = finest_grouping(question.counts, ordered=question.ordered, least=least)
    return QuestionCheck(question.id, isolated(question.sizes, least), proposal)


def _crossing(first: Asked, second: Asked, table: Table | None, least: int) -> CrossingCheck:
    if table is None:
        return CrossingCheck(
            first.id, second.id, known=False,
            alone=people_under(first.sizes, second.sizes, 2), under=people_under(first.sizes, second.sizes, least),
        )  # fmt: skip
    found = isolated((n for row in table for n in row), least)
    sure = (Between(found.alone, found.alone), Between(found.under, found.under))
    return CrossingCheck(first.id, second.id, True, *sure, *_together(first, second, table, least))


def _together(
    first: Asked, second: Asked, table: Table, least: int
) -> tuple[bool, tuple[tuple[str, Grouping], ...]]:
    """Whether both can be shown side by side, and the merges this asks for."""
    cells = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    places = {"first": [i for i, _j in cells], "second": [j for _i, j in cells]}
    columns = [
        _column_of("first", places["first"], len(first.groups), ordered=first.ordered),
        _column_of("second", places["second"], len(second.groups), ordered=second.ordered),
    ]
    planned = {variable.name: variable for variable in _planned(columns, least)}
    if len(planned) < 2:
        return True, ()
    merges = tuple(
        (
            question.id,
            _over(
                question.groups,
                _grouping(planned[name], places[name], question.sizes, ordered=question.ordered),
            ),
        )
        for name, question in (("first", first), ("second", second))
        if planned[name].merged
    )
    return False, merges


def _over(groups: Grouping, merged: Grouping) -> Grouping:
    """Groups of groups, back to groups of categories."""
    return tuple(tuple(sorted(place for group in together for place in groups[group])) for together in merged)


def _column(name: str, counts: Sequence[int], *, ordered: bool) -> Column:
    return _column_of(name, _people(counts), len(counts), ordered=ordered)


def _people(counts: Sequence[int]) -> list[int]:
    """The category of each person."""
    return [place for place, n in enumerate(counts) for _ in range(n)]


def _column_of(name: str, places: Sequence[int], categories: int, *, ordered: bool) -> Column:
    return Column(
        name, [str(p) for p in places], tuple(str(p) for p in range(categories)) if ordered else None
    )


def _planned(columns: list[Column], least: int) -> list[PlannedVariable]:
    protection = Protection(others=least - INSIDERS, insiders=INSIDERS)
    return list(plan_groups(columns, len(columns[0].values), protection).shown)


def _grouping(
    planned: PlannedVariable, present: Sequence[int], counts: Sequence[int], *, ordered: bool
) -> Grouping:
    """Groups of the planner, as places of categories; a category nobody is in joins a neighbour, or the fewest.

    ``present``: the category of each person, in the order the planner was given them.
    """
    group_of: dict[int, int] = {}
    for place, group in zip(present, planned.partition, strict=True):
        group_of[place] = int(group)
    people: dict[int, int] = {}
    for place, group in group_of.items():
        people[group] = people.get(group, 0) + counts[place]
    smallest = min(people, key=lambda group: (people[group], group))
    for place, n in enumerate(counts):
        if n == 0:
            near = sorted(group_of, key=lambda other: (abs(other - place), other))
            group_of[place] = group_of[near[0]] if ordered else smallest
    found: dict[int, list[int]] = {}
    for place in range(len(counts)):
        found.setdefault(group_of[place], []).append(place)
    return tuple(sorted(tuple(places) for places in found.values()))


def _in_small(margin: Sequence[int], least: int) -> int:
    return sum(n for n in margin if n < least)


def _extreme(rows: Sequence[int], columns: Sequence[int], least: int, *, most: bool) -> int | None:
    """The fewest or most people in cells under ``least`` among all crossings with these margins: an exact programme.

    Per cell: its count x, how many of them are counted as isolated s, and whether it is large z.
    """
    from scipy import optimize  # noqa: PLC0415 — slow to load, needed by few runs

    shape = (len(rows), len(columns))
    size = shape[0] * shape[1]
    if size == 0 or least < 2 or sum(rows) != sum(columns):
        return 0
    big = sum(rows)
    count, single, large = (np.arange(size) + size * part for part in range(3))
    constraints = []

    def hold(terms: list[tuple[int, float]], low: float, high: float) -> None:
        row = np.zeros(3 * size)
        for place, weight in terms:
            row[place] += weight
        constraints.append(optimize.LinearConstraint(row[None, :], low, high))

    grid = np.arange(size).reshape(shape)
    for i, total in enumerate(rows):
        hold([(int(count[cell]), 1.0) for cell in grid[i]], total, total)
    for j, total in enumerate(columns):
        hold([(int(count[cell]), 1.0) for cell in grid[:, j]], total, total)
    for cell in range(size):
        x, s, z = int(count[cell]), int(single[cell]), int(large[cell])
        hold([(x, 1.0), (z, -float(least))], 0.0, np.inf)  # large means at least ``least``
        hold([(x, 1.0), (z, -float(big))], -np.inf, least - 1.0)  # not large means under it
        hold([(s, 1.0), (x, -1.0)], -np.inf, 0.0)  # nobody is counted twice
        hold([(s, 1.0), (z, float(big))], -np.inf, float(big))  # nobody of a large cell is counted
        hold([(s, 1.0), (x, -1.0), (z, float(big))], 0.0, np.inf)  # everybody of a small one is
    cost = np.zeros(3 * size)
    cost[single] = -1.0 if most else 1.0
    integral = np.ones(3 * size)
    upper = np.concatenate([np.full(2 * size, float(big)), np.ones(size)])
    found = optimize.milp(
        cost, constraints=constraints, integrality=integral, bounds=optimize.Bounds(np.zeros(3 * size), upper),
        options={"node_limit": 20_000},
    )  # fmt: skip
    if found.status != 0:
        surely = max(_in_small(rows, least), _in_small(columns, least))
        return big if most else surely
    return abs(round(found.fun))
