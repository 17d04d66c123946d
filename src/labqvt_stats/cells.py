"""Network cells: groups large and mixed enough for plain numbers."""

from collections.abc import Sequence

import numpy as np

CELL_PEOPLE = 30
CELL_STRUCTURES = 5
CELL_LARGEST_SHARE = 0.5


def is_network_cell(n: int, structures: Sequence[str] | np.ndarray | None) -> bool:
    """Whether a group's numbers may be plain.

    Parameters
    ----------
    n : int
        People of the group.
    structures : n labels, or None
        Structure of each person: at least five of them, none above half of the people. None means a file
        whose structures are not told: it counts as one network cell from thirty people, since who runs it
        already holds the answers.
    """
    if n < CELL_PEOPLE:
        return False
    if structures is None:
        return True
    _, sizes = np.unique(np.asarray(structures), return_counts=True)
    return bool(len(sizes) >= CELL_STRUCTURES and sizes.max() <= CELL_LARGEST_SHARE * n)


def plain_groups(groups: Sequence[np.ndarray], structures: np.ndarray | None) -> list[bool]:
    """Which groups of a partition of a network cell may be plain.

    A group is plain when it is a network cell *and* what all plain groups leave out is empty or a network
    cell too: else subtracting them from the whole would tell exactly what the others' displays round. The
    smallest plain groups are given up until this holds.

    Parameters
    ----------
    groups : sequence of arrays of row numbers, a partition
    structures : (n,) labels or None
    """

    def cell(rows: np.ndarray) -> bool:
        return is_network_cell(len(rows), None if structures is None else structures[rows])

    plain = [cell(rows) for rows in groups]
    while any(plain) and not all(plain):
        left = np.concatenate([rows for rows, is_plain in zip(groups, plain, strict=True) if not is_plain])
        if cell(left):
            break
        smallest = min(
            (place for place, is_plain in enumerate(plain) if is_plain), key=lambda p: len(groups[p])
        )
        plain[smallest] = False
    return plain
