"""Which groups a report may show, chosen from attributes and sizes only: answers are never looked at."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, pairwise

import numpy as np

from labqvt_stats.answers import NOT_STATED, Column
from labqvt_stats.displays import Protection
from labqvt_stats.errors import InvalidAnswersError
from labqvt_stats.support import Family, Partition, support_reaches

OTHERS_LABEL = "autres"
MERGED = " + "
_MOST_ORDERED = 10
_MOST_NOMINAL = 200


@dataclass(frozen=True, eq=False)
class PlannedVariable:
    """A variable shown whole: its groups' labels, and the group number of each of the n people."""

    name: str
    labels: tuple[str, ...]
    partition: Partition
    merged: bool

    def rows(self, group: int) -> Partition:
        """Row numbers of the people of one group."""
        return np.flatnonzero(self.partition == group)


@dataclass(frozen=True, eq=False)
class Plan:
    """Variables shown, in their priority order, and the names of those that are not."""

    n: int
    shown: tuple[PlannedVariable, ...]
    withheld: tuple[str, ...]


def plan_groups(
    columns: Sequence[Column], n: int, protection: Protection, before: Family | None = None
) -> Plan:
    """Choose, variable after variable, the finest grouping that closes subtraction.

    Parameters
    ----------
    columns : sequence of Column, most important first; each of n values
    n : int
        Number of answers. Under ``protection.breakdown_minimum`` no variable is shown.
    before : (E, n) memberships of groups published earlier on the same answers

    Returns
    -------
    Plan. A variable is shown with all its groups or not at all; "not stated" is a group like the others.

    Raises
    ------
    InvalidAnswersError
        A column whose length is not n.
    """
    shown: list[PlannedVariable] = []
    withheld: list[str] = []
    for column in columns:
        if len(column.values) != n:
            raise InvalidAnswersError(
                f"Colonne « {column.name} » : {len(column.values)} valeurs pour {n} réponses."
            )
        chosen = None
        if n >= protection.breakdown_minimum:
            family = [v.partition for v in shown]
            chosen = finest_grouping(column, partial(_reaches, family, protection.threshold, before))
        if chosen is None:
            withheld.append(column.name)
        else:
            shown.append(chosen)
    return Plan(n, tuple(shown), tuple(withheld))


def _reaches(family: list[Partition], threshold: int, before: Family | None, one: Partition) -> bool:
    return support_reaches(len(one), [*family, one], threshold, before)


def finest_grouping(column: Column, is_safe: Callable[[Partition], bool]) -> PlannedVariable | None:
    """The finest grouping of a variable's values that ``is_safe`` accepts; None when it accepts none.

    Neighbours are put together in an ordered variable; in another, the smallest values are, under "autres".
    """
    values, codes = np.unique(np.asarray(column.stated(), dtype=object).astype(str), return_inverse=True)
    sizes = np.bincount(codes)
    for blocks in _coarsenings([str(v) for v in values], sizes, column.order):
        block_of = np.empty(len(values), dtype=np.intp)
        for number, block in enumerate(blocks):
            block_of[list(block)] = number
        partition = block_of[codes]
        if is_safe(partition):
            labels = tuple(_label([str(values[place]) for place in block], column.order) for block in blocks)
            return PlannedVariable(column.name, labels, partition, len(blocks) < len(values))
    return None


def _coarsenings(
    values: list[str], sizes: np.ndarray, order: tuple[str, ...] | None
) -> Iterator[list[tuple[int, ...]]]:
    """Groupings of at least two classes, finest first; blocks of positions in ``values``."""
    if order is None:
        yield from _merged_smallest(sizes)
        return
    rank = {value: place for place, value in enumerate((*order, NOT_STATED))}
    line = sorted(range(len(values)), key=lambda place: rank.get(values[place], len(rank)))
    if len(line) > _MOST_ORDERED:
        return
    for cuts in range(len(line) - 1, 0, -1):
        groupings = [_cut(line, where) for where in combinations(range(1, len(line)), cuts)]
        yield from sorted(
            groupings, key=lambda blocks: -min(int(sizes[list(block)].sum()) for block in blocks)
        )


def _merged_smallest(sizes: np.ndarray) -> Iterator[list[tuple[int, ...]]]:
    if not 2 <= len(sizes) <= _MOST_NOMINAL:
        return
    smallest = [int(place) for place in np.argsort(sizes, kind="stable")]
    for together in range(1, len(sizes)):
        merged = set(smallest[:together])
        alone = [(place,) for place in range(len(sizes)) if place not in merged]
        yield [*alone, tuple(sorted(merged))] if together > 1 else [(place,) for place in range(len(sizes))]


def _cut(line: list[int], where: tuple[int, ...]) -> list[tuple[int, ...]]:
    edges = (0, *where, len(line))
    return [tuple(line[start:end]) for start, end in pairwise(edges)]


def _label(values: list[str], order: tuple[str, ...] | None) -> str:
    if len(values) == 1:
        return values[0]
    if order is None:
        return OTHERS_LABEL
    ranked = sorted(values, key=lambda value: order.index(value) if value in order else len(order))
    return MERGED.join(ranked)
