"""The subtraction attack, exactly: the fewest people a signed combination of published groups concerns.

Every sum published on groups (of any quantity, now or later) is a row of A·F, A being the incidence of groups
on atoms (people with the same memberships). Whoever combines them with signs learns a sum over the people
where the combination is not zero: its support. The family is closed to subtraction when no support is small.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_NODE_LIMIT = 20_000
_TOLERANCE = 1e-6

Partition = NDArray[np.intp]
"""(n,) group number of each person in one variable, from 0 without gaps."""


@dataclass(frozen=True, eq=False)
class Atoms:
    """People with the same memberships: ``incidence`` (groups, atoms) of 0/1 and ``sizes`` (atoms,)."""

    incidence: NDArray[np.float64]
    sizes: NDArray[np.intp]


def atoms_of(n: int, partitions: Sequence[Partition]) -> Atoms:
    """Atoms of the family made of everybody and of each partition's groups."""
    if not partitions:
        return Atoms(np.ones((1, 1)), np.array([n]))
    memberships, sizes = np.unique(np.column_stack(partitions), axis=0, return_counts=True)
    rows = [np.ones(len(sizes))]
    for variable in range(memberships.shape[1]):
        rows += [
            (memberships[:, variable] == group).astype(float)
            for group in range(memberships[:, variable].max() + 1)
        ]
    return Atoms(np.array(rows), sizes)


def support_reaches(n: int, partitions: Sequence[Partition], threshold: int) -> bool:
    """Whether every signed combination of the groups concerns at least ``threshold`` people.

    Parameters
    ----------
    n : int
        People; all of them are published together, and once per group of every partition.
    partitions : sequence of (n,) arrays
    threshold : int

    Returns
    -------
    bool; False also when the solver's node limit is reached: not solved is not safe.

    Notes
    -----
    A combination of small support may be scaled so that its largest coefficient is 1, on an atom smaller than
    the threshold. For each such atom, the linear programme min sum size·|w|, w in the row space, w = 1 there,
    |w| <= 1, bounds the support from below; under the threshold the same with 0/1 indicators is exact.
    """
    if n < threshold or any(np.bincount(partition).min() < threshold for partition in partitions):
        return False
    if len(partitions) <= 1:
        return True  # the groups are disjoint: their combinations are unions
    atoms = atoms_of(n, partitions)
    return all(
        _combination_at_least(atoms, int(atom), threshold) for atom in np.flatnonzero(atoms.sizes < threshold)
    )


def _combination_at_least(atoms: Atoms, atom: int, threshold: int) -> bool:
    """Whether combinations whose largest coefficient is on ``atom`` concern ``threshold`` people or more."""
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
        return True  # no combination touches this atom with its largest coefficient
    if relaxed.status != 0:
        return False
    if relaxed.fun > threshold - 1 + _TOLERANCE:
        return True
    integrality = np.concatenate([np.zeros(groups), np.ones(size)])
    exact = optimize.milp(
        cost,
        integrality=integrality,
        constraints=constraints,
        bounds=bounds,
        options={"node_limit": _NODE_LIMIT},
    )
    return bool(exact.status == 0 and exact.fun > threshold - 1 + _TOLERANCE)
