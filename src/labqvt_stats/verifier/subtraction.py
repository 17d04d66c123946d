"""First attack: signed combinations of groups that concern too few people."""

from collections.abc import Iterator, Mapping
from itertools import combinations, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

BREAKDOWN_FLOOR = 20
_ZERO = 1e-9
Json = Mapping[str, Any]


def badly_grouped(
    structure: Json, groups: Mapping[str, NDArray[np.int_]], people: NDArray[np.int_], threshold: int
) -> Iterator[str]:
    by: dict[str, list[NDArray[np.int_]]] = {}
    for group in structure["groups"]:
        if len(groups[group["id"]]) < threshold:
            yield f"groupe « {group['id']} » de moins de {threshold} personnes"
        if group["by"] is not None:
            by.setdefault(group["by"], []).append(groups[group["id"]])
    for name, parts in by.items():
        if len(people) < BREAKDOWN_FLOOR:
            yield f"« {name} » : pas de comparaison sous {BREAKDOWN_FLOOR} réponses"
        if sorted(np.concatenate(parts).tolist()) != people.tolist():
            yield f"« {name} » : les groupes ne réunissent pas tout le monde une fois"


def smallest_combination(membership: NDArray[np.bool_], threshold: int) -> int:
    """Fewest people under ``threshold`` that a signed combination of groups concerns; 0 when there is none.

    Parameters
    ----------
    membership : (G, n) booleans

    Notes
    -----
    A combination is known by its values on a *base*: as many people as the rank of the incidence, from whose values
    all others follow. Where m bases without anybody in common are found, a combination that concerns fewer than
    ``threshold`` people concerns at most (threshold - 1) / m of one of them: none, one or two people, whose
    combinations are written down and counted. With a single base (small structures), sets of people are tried: one
    carries a combination if and only if its rows in a null-space basis are dependent (Gram determinants).
    """
    incidence, sizes = np.unique(membership, axis=1, return_counts=True)
    bases = list(_bases_apart(incidence.astype(float), sizes, threshold))
    reach = (threshold - 1) // len(bases)
    if reach > 2:
        return _smallest_dependent_set(incidence, sizes, threshold)
    found = [threshold]
    for base, rows in bases if reach else []:
        spans = np.abs(rows) > _ZERO
        found.append(int((spans @ sizes).min()))
        if reach == 2:
            found += [_lightest_pair(rows[i], rows[j], sizes) for i, j in combinations(range(len(base)), 2)]
    return min(found) if min(found) < threshold else 0


def _bases_apart(
    incidence: NDArray[np.float64], sizes: NDArray[np.int_], most: int
) -> Iterator[tuple[NDArray[np.int_], NDArray[np.float64]]]:
    """Bases that take different people, with the combinations worth 1 on one of the base and 0 on its others.

    A kind of people may serve as often as it has people; the most numerous serve first.
    """
    _, singular, right = np.linalg.svd(incidence, full_matrices=False)
    space = right[: int((singular > _ZERO).sum())]
    left = sizes.copy()
    for _ in range(most):
        base: list[int] = []
        ahead = space.copy()
        for kind in np.argsort(-left, kind="stable"):
            if left[kind] and np.linalg.norm(ahead[:, kind]) > 1e-6:
                base.append(int(kind))
                direction = ahead[:, kind] / np.linalg.norm(ahead[:, kind])
                ahead -= np.outer(direction, direction @ ahead)
            if len(base) == len(space):
                break
        if len(base) < len(space):
            return
        left[base] -= 1
        yield np.array(base), np.linalg.solve(space[:, base], space)


def _lightest_pair(first: NDArray[np.float64], second: NDArray[np.float64], sizes: NDArray[np.int_]) -> int:
    """Fewest people of first + x · second, over all x but zero."""
    both = (np.abs(first) > _ZERO) & (np.abs(second) > _ZERO)
    touched = int(sizes[(np.abs(first) > _ZERO) | (np.abs(second) > _ZERO)].sum())
    if not both.any():
        return touched
    ratios = np.round(first[both] / second[both], 6)
    values, place = np.unique(ratios, return_inverse=True)
    return touched - int(np.bincount(place.ravel(), sizes[both], minlength=len(values)).max())


def _smallest_dependent_set(incidence: NDArray[np.bool_], sizes: NDArray[np.int_], threshold: int) -> int:
    _, singular, right = np.linalg.svd(incidence.astype(float))
    rank = int((singular > _ZERO).sum())
    null_rows = right[rank:].T
    small = np.flatnonzero(sizes < threshold)
    least = 0
    for number in range(1, threshold):
        if number > len(small):
            break
        for chunk in _chunks(combinations(small.tolist(), number), 20_000):
            sets = chunk[sizes[chunk].sum(axis=1) < (least or threshold)]
            if not len(sets):
                continue
            vectors = null_rows[sets]
            gram = vectors @ vectors.transpose(0, 2, 1)
            dependent = np.linalg.eigvalsh(gram)[:, 0] < _ZERO
            if dependent.any():
                least = int(min(sizes[sets[dependent]].sum(axis=1).min(), least or threshold))
    return least


def _chunks(sets: Iterator[tuple[int, ...]], size: int) -> Iterator[NDArray[np.int_]]:
    while part := list(islice(sets, size)):
        yield np.array(part)
