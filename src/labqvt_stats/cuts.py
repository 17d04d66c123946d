"""Cuts of a network: groups told in plain numbers, which no signed combination narrows below a network cell.

Every sum told of groups is a row of A·F (see ``support``). A combination of groups tells a sum over its support: the
people where it is not zero. Among people of one structure, six are enough; between structures, whose names are known
and whose directors read each other's region, a support must be what may be told plainly: five structures, thirty
people, none above half. The unit is then the structure, not the person.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from labqvt_stats.answers import Column
from labqvt_stats.cells import CELL_LARGEST_SHARE, CELL_PEOPLE, CELL_STRUCTURES, is_network_cell
from labqvt_stats.errors import InvalidAnswersError
from labqvt_stats.planner import Plan, PlannedVariable, finest_grouping
from labqvt_stats.support import Family, Partition, family_of

_NODE_LIMIT = 20_000
# A combination through a large structure is scaled to 1 there; its other weights are ratios of small minors.
_LARGEST_RATIO = 50.0
# Beyond, some minutes of solving: not solved is not safe.
_MOST_ATOMS = 600
_MOST_DOUBTS = 150


def plan_cuts(columns: Sequence[Column], structures: Sequence[str], told: Collection[str] = ()) -> Plan:
    """Choose, variable after variable, the finest groups of a network that may all be told plainly.

    Parameters
    ----------
    columns : sequence of Column, most important first; n values each. A variable may describe people (their
        occupation) or their structure (its region).
    structures : (n,) structure of each person
    told : structures that have results of their own

    Returns
    -------
    Plan. A variable is told with all its groups or not at all. With the structures told taken out, for whoever
    subtracts them, groups and combinations are still network cells.

    Raises
    ------
    InvalidAnswersError
        A column whose length is not n.
    """
    units = np.asarray(structures)
    shown: list[PlannedVariable] = []
    withheld: list[str] = []
    for column in columns:
        if len(column.values) != len(units):
            raise InvalidAnswersError(
                f"Colonne « {column.name} » : {len(column.values)} valeurs pour {len(units)} réponses."
            )
        chosen = finest_grouping(column, partial(_still_closed, [v.partition for v in shown], units, told))
        if chosen is None:
            withheld.append(column.name)
        else:
            shown.append(chosen)
    return Plan(len(units), tuple(shown), tuple(withheld))


def _still_closed(
    family: list[Partition], units: NDArray[np.str_], told: Collection[str], one: Partition
) -> bool:
    return cuts_are_closed([*family, one], units, told)


def cuts_are_closed(
    partitions: Sequence[Partition], structures: NDArray[np.str_], told: Collection[str] = ()
) -> bool:
    """Whether every signed combination of everybody and of these groups concerns a network cell.

    Parameters
    ----------
    partitions : sequence of (n,) arrays of group numbers
    structures : (n,) structure of each person
    told : structures whose own results are known: what is left without them must be cells as well. Somebody must be
        left: the exact sum over told structures would give back what their displays round.
    """
    family = family_of(len(structures), partitions)
    silent = ~np.isin(structures, list(told))
    worlds = [family] if silent.all() else [family, family & silent]
    if len(worlds) == 2 and _rank(worlds[1]) < _rank(family):
        return False
    return all(_groups_are_cells(world, structures) for world in worlds) and all(
        is_closed_between_structures(world, structures) for world in worlds
    )


def _rank(family: Family) -> int:
    atoms: NDArray[np.float64] = np.unique(family, axis=1).astype(float)
    return int(np.linalg.matrix_rank(atoms))


def _groups_are_cells(family: Family, structures: NDArray[np.str_]) -> bool:
    """Quickly: what most groupings fail on."""
    return all(
        is_network_cell(int(members.sum()), structures[members]) for members in family if members.any()
    )


def is_closed_between_structures(family: Family, structures: NDArray[np.str_]) -> bool:
    """Whether every signed combination of published groups concerns a network cell.

    Parameters
    ----------
    family : (G, n) memberships of the groups
    structures : (n,) structure of each person

    Returns
    -------
    bool; False also when a node limit was reached or the family is too large: not solved is not safe.

    Notes
    -----
    Cells add up to cells, so that only combinations through an atom that is not one matter. For structures and
    people, a combination is scaled so that its largest weight is 1, and 0/1 indicators above |w| are counted: one
    integer programme per atom holding the largest weight asks for a count under the floor. For the largest share,
    the smallest supports through a structure are those of elementary combinations, scaled to 1 on it.
    """
    atoms = _Atoms.of(family, structures)
    if len(atoms.people) > _MOST_ATOMS:
        return False
    largest = float(atoms.table.sum(axis=0).max(initial=0))
    for atom in range(len(atoms.people)):
        if atoms.table[atom].astype(bool).sum() < CELL_STRUCTURES and atoms.may_hold(
            atom, structures_under=CELL_STRUCTURES
        ):
            return False
        if atoms.people[atom] < CELL_PEOPLE and atoms.may_hold(atom, people_under=CELL_PEOPLE):
            return False
    return largest <= CELL_LARGEST_SHARE * CELL_PEOPLE or not atoms.may_weigh_above_half()


@dataclass(frozen=True, eq=False)
class _Atoms:
    """People with the same memberships: ``incidence`` (groups, atoms), and ``table`` (atoms, structures) of people."""

    incidence: NDArray[np.float64]
    table: NDArray[np.intp]

    @classmethod
    def of(cls, family: Family, structures: NDArray[np.str_]) -> "_Atoms":
        inside = family.any(axis=0)
        incidence, atom_of = np.unique(family[:, inside], axis=1, return_inverse=True)
        units, unit_of = np.unique(structures[inside], return_inverse=True)
        table = np.zeros((incidence.shape[1], len(units)), dtype=np.intp)
        np.add.at(table, (atom_of.reshape(-1), unit_of), 1)
        return cls(incidence.astype(float), table)

    @property
    def people(self) -> NDArray[np.intp]:
        totals: NDArray[np.intp] = self.table.sum(axis=1)
        return totals

    def may_hold(self, atom: int, *, people_under: int = 0, structures_under: int = 0) -> bool:
        """Whether a combination whose largest weight is on ``atom`` may concern fewer than so many."""
        size = len(self.people)
        if people_under:
            counts = np.concatenate([self.people, np.zeros(self.table.shape[1])])
            return self._exists(atom, counts, people_under - 1, largest=1.0)
        counts = np.concatenate([np.zeros(size), np.ones(self.table.shape[1])])
        return self._exists(atom, counts, structures_under - 1, largest=1.0)

    def may_weigh_above_half(self) -> bool:
        """Whether, in some combination, one structure may be above half of the people."""
        totals = self.table.sum(axis=0)
        doubts = [
            (int(unit), int(atom))
            for unit in np.flatnonzero(totals > CELL_LARGEST_SHARE * CELL_PEOPLE)
            for atom in np.flatnonzero(self.table[:, unit])
            # The other people of an atom are in every support that holds it.
            if self.people[atom] - self.table[atom, unit] < totals[unit]
        ]
        if not doubts:
            return False
        widest = 2 * int(totals.max()) - 1
        if not any(
            self.people[atom] <= widest and self.may_hold(atom, people_under=widest + 1)
            for atom in range(len(self.people))
        ):
            return False  # every support holds twice the largest structure
        if len(doubts) > _MOST_DOUBTS:
            return True
        return any(self._may_outweigh(unit, atom, int(totals[unit])) for unit, atom in doubts)

    def _may_outweigh(self, unit: int, atom: int, own: int) -> bool:
        """Whether a combination through ``atom`` may concern fewer people of other structures than ``own``."""
        others = self.people - self.table[:, unit]
        counts = np.concatenate([others, np.zeros(self.table.shape[1])])
        return self._exists(atom, counts, own - 1, largest=_LARGEST_RATIO)

    def _exists(self, atom: int, counts: NDArray[np.float64], most: int, *, largest: float) -> bool:
        """Whether some combination, 1 on ``atom`` and |w| <= ``largest``, counts ``most`` at the most; True when not settled."""
        from scipy import optimize, sparse  # noqa: PLC0415 — slow to load, needed by few runs

        groups, size = self.incidence.shape
        units = self.table.shape[1]
        rows = sparse.csr_matrix(self.incidence.T)
        indicators = -largest * sparse.identity(size, format="csr")
        none = sparse.csr_matrix((size, units))
        held, of_unit = np.nonzero(self.table)
        # A structure is concerned as soon as one of its atoms is.
        links = sparse.csr_matrix(
            (
                np.concatenate([np.ones(len(held)), -np.ones(len(held))]),
                (
                    np.tile(np.arange(len(held)), 2),
                    np.concatenate([held, size + of_unit]),
                ),
            ),
            shape=(len(held), size + units),
        )
        inequalities = sparse.vstack(
            [
                sparse.hstack([rows, indicators, none]),
                sparse.hstack([-rows, indicators, none]),
                sparse.hstack([sparse.csr_matrix((len(held), groups)), links]),
                sparse.hstack([sparse.csr_matrix((1, groups)), sparse.csr_matrix(counts[None, :])]),
            ],
            format="csr",
        )
        bound = np.zeros(inequalities.shape[0])
        bound[-1] = most
        normal = np.concatenate([self.incidence[:, atom], np.zeros(size + units)])
        answer = optimize.milp(
            np.concatenate([np.zeros(groups), counts]),
            integrality=np.concatenate([np.zeros(groups), np.ones(size), np.zeros(units)]),
            constraints=[
                optimize.LinearConstraint(inequalities, -np.inf, bound),
                optimize.LinearConstraint(normal[None, :], 1.0, 1.0),
            ],
            bounds=optimize.Bounds(
                np.concatenate([np.full(groups, -np.inf), np.zeros(size + units)]),
                np.concatenate([np.full(groups, np.inf), np.ones(size + units)]),
            ),
            options={"node_limit": _NODE_LIMIT},
        )
        return bool(answer.status != _INFEASIBLE)


_INFEASIBLE = 2
