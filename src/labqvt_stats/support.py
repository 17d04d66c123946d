"""The subtraction attack, exactly: the fewest people a signed combination of published groups concerns.

Every sum published on groups (of any quantity, now or later) is a row of A·F, A being the incidence of groups
on atoms (people with the same memberships). Whoever combines them with signs learns a sum over the people
where the combination is not zero: its support. The family is closed to subtraction when no support is small.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

_NODE_LIMIT = 20_000
_MOST_SMALL_ATOMS = 150  # beyond, some minutes of solving: not solved is not safe
_TOLERANCE = 1e-6

Partition = NDArray[np.intp]
"""(n,) group number of each person in one variable, from 0 without gaps."""
Family = NDArray[np.bool_]
"""(G, n) memberships of published groups."""


@dataclass(frozen=True, eq=False)
class Atoms:
    """People with the same memberships: ``incidence`` (groups, atoms) of 0/1 and ``sizes`` (atoms,)."""

    incidence: NDArray[np.float64]
    sizes: NDArray[np.intp]


def family_of(n: int, partitions: Sequence[Partition], before: Family | None = None) -> Family:
    """Memberships of everybody, of each partition's groups, and of the groups published before."""
    rows = [np.ones((1, n), dtype=bool)]
    rows += [partition == np.arange(partition.max() + 1)[:, None] for partition in partitions]
    return np.vstack(rows if before is None else [*rows, before])


def atoms_of(family: Family) -> Atoms:
    """Atoms of a family; people of no group are left out."""
    incidence, sizes = np.unique(family[:, family.any(axis=0)], axis=1, return_counts=True)
    return Atoms(incidence.astype(float), sizes)


def support_reaches(
    n: int, partitions: Sequence[Partition], threshold: int, before: Family | None = None
) -> bool:
    """Whether every signed combination of the groups concerns at least ``threshold`` people.

    Parameters
    ----------
    n : int
        People; all of them are published together, and once per group of every partition.
    partitions : sequence of (n,) arrays
    threshold : int
    before : (E, n) memberships of groups published earlier on the same answers

    Returns
    -------
    bool; False also when the solver's node limit is reached: not solved is not safe.

    Notes
    -----
    One partition: combinations are unions of groups. Two: a combination u_i + v_j on the cells of their
    crossing vanishes where the signs agree, and its smallest supports are the minimal cuts of the graph whose
    vertices are groups and whose edges are cells (the cocircuits of a graphic matroid). More, or groups
    published before: see ``minimum_support``.
    """
    if n < threshold or any(np.bincount(partition).min() < threshold for partition in partitions):
        return False
    if before is None and len(partitions) <= 1:
        return True
    if any(_smallest_cut(*pair) < threshold for pair in combinations(partitions, 2)):
        return False
    if before is None and len(partitions) == 2:
        return True
    atoms = atoms_of(family_of(n, partitions, before))
    if (atoms.sizes < threshold).sum() > _MOST_SMALL_ATOMS:
        return False
    return all(
        _smallest_support_at(atoms, int(atom), threshold) >= threshold
        for atom in np.flatnonzero(atoms.sizes < threshold)
    )


def minimum_support(family: Family) -> int:
    """Fewest people that a signed combination of the groups concerns; 0 when a node limit was reached.

    Notes
    -----
    A combination may be scaled so that its largest coefficient is 1. For each atom holding it, the linear
    programme min sum size·|w|, w in the row space, w = 1 there, |w| <= 1, bounds the support from below; where
    this is not enough, the same with 0/1 indicators in place of |w| is exact.
    """
    least = int(family.sum(axis=1).min())
    atoms = atoms_of(family)
    for atom in np.argsort(atoms.sizes):
        if atoms.sizes[atom] < least:
            least = min(least, _smallest_support_at(atoms, int(atom), least))
    return least


def _smallest_cut(first: Partition, second: Partition) -> int:
    """Least number of people on the edges of a minimal cut, in any component of the two partitions' graph.

    Stoer & Wagner (1997). A vertex is a group of either partition; an edge weighs the people in both groups.
    """
    crossing = np.zeros((int(first.max()) + 1, int(second.max()) + 1))
    np.add.at(crossing, (first, second), 1)
    rows, columns = crossing.shape
    weights = np.zeros((rows + columns, rows + columns))
    weights[:rows, rows:] = crossing
    weights[rows:, :rows] = crossing.T
    return min(_stoer_wagner(weights[np.ix_(part, part)]) for part in _components(weights > 0))


def _components(linked: NDArray[np.bool_]) -> list[NDArray[np.intp]]:
    reach = np.arange(len(linked))
    while True:
        least = np.where(linked, reach[None, :], len(reach)).min(axis=1, initial=len(reach))
        settled = np.minimum(reach, least)
        if (settled == reach).all():
            return [np.flatnonzero(reach == label) for label in np.unique(reach)]
        reach = settled


def _stoer_wagner(weights: NDArray[np.float64]) -> int:
    best = np.inf
    weights = weights.copy()
    while (size := len(weights)) > 1:
        attached = weights[0].copy()
        outside = np.ones(size, dtype=bool)
        outside[0] = False
        before_last = last = 0
        for _ in range(size - 1):
            before_last, last = last, int(np.argmax(np.where(outside, attached, -1)))
            cut = attached[last]
            outside[last] = False
            attached = attached + weights[last]
        best = min(best, cut)
        weights[before_last] += weights[last]
        weights[:, before_last] += weights[:, last]
        weights[before_last, before_last] = 0
        weights = np.delete(np.delete(weights, last, axis=0), last, axis=1)
    return int(best)


def _smallest_support_at(atoms: Atoms, atom: int, enough: int) -> int:
    """Fewest people of combinations whose largest coefficient is on ``atom``; ``enough`` when not fewer."""
    from scipy import optimize, sparse  # noqa: PLC0415 — slow to load, needed by few runs

    groups, size = atoms.incidence.shape
    rows = sparse.csr_matrix(atoms.incidence.T)
    identity = sparse.identity(size, format="csr")
    # Variables: group coefficients (free), then |w| or its 0/1 indicator per atom.
    inequalities = sparse.bmat([[rows, -identity], [-rows, -identity]], format="csr")
    cost = np.concatenate([np.zeros(groups), atoms.sizes.astype(float)])
    bounds = optimize.Bounds(
        np.concatenate([np.full(groups, -np.inf), np.zeros(size)]),
        np.concatenate([np.full(groups, np.inf), np.ones(size)]),
    )
    normal = np.concatenate([atoms.incidence[:, atom], np.zeros(size)])
    constraints = [
        optimize.LinearConstraint(inequalities, -np.inf, 0.0),
        optimize.LinearConstraint(normal[None, :], 1.0, 1.0),
    ]
    relaxed = optimize.milp(cost, constraints=constraints, bounds=bounds)
    if relaxed.status == 2:
        return enough  # no combination has its largest coefficient there
    if relaxed.status != 0:
        return 0
    if relaxed.fun > enough - 1 + _TOLERANCE:
        return enough
    integrality = np.concatenate([np.zeros(groups), np.ones(size)])
    exact = optimize.milp(
        cost,
        integrality=integrality,
        constraints=constraints,
        bounds=bounds,
        options={"node_limit": _NODE_LIMIT},
    )
    return min(enough, round(exact.fun)) if exact.status == 0 else 0
