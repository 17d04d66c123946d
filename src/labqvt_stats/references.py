"""What to compare a structure with: the others, never itself, and never so few that a neighbour is told.

A reference says who made it and when. It is a context, not a target.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from labqvt_stats.agreement import SHRINKAGE_MINIMUM, shrunken_means
from labqvt_stats.cells import CELL_LARGEST_SHARE, CELL_PEOPLE, CELL_STRUCTURES
from labqvt_stats.displays import Protection
from labqvt_stats.errors import InvalidAnswersError


@dataclass(frozen=True, slots=True)
class StructureScore:
    """Mean score (0-100) of one structure: ``n`` answers of ``population`` people (None: unknown).

    ``kind`` is its class (size, sector…) for references among structures alike.
    """

    id: str
    mean: float
    n: int
    population: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Mean and quartiles of structures' scores, whole points, and who they are.

    ``composition`` counts structures per kind, kinds of a single structure being put together under "autres";
    ``kind`` is the one the reference is restricted to, "" for all. ``shrunken`` says whether the unseen part of
    each structure was estimated from the others (from twenty structures).
    """

    mean: float
    p25: float
    p75: float
    structures: int
    people: int
    largest_share: float
    composition: Mapping[str, int]
    kind: str
    shrunken: bool
    dated: date


def reference_for(
    own: str,
    structures: Sequence[StructureScore],
    spread: float,
    *,
    dated: date,
    protection: Protection | None = None,
) -> Reference | None:
    """Reference for one structure, made of all the others.

    Structures of the same kind are preferred when they are enough by themselves: a small structure compared with
    large ones would see a gap of size where it looks for one of practice.

    Parameters
    ----------
    own : id of the structure that reads; its answers are left out
    structures : every structure of the campaign, each once
    spread : standard deviation inside structures (pooled), in points
    dated : day at which the campaign's answers were closed; a reference is frozen with its campaign

    Returns
    -------
    Reference, or None when fewer than five other structures or thirty people remain, or when one of them has
    above half of the people. Structures under the threshold have no score of their own and do not enter.

    Raises
    ------
    InvalidAnswersError
        Twice the same structure.

    Notes
    -----
    Scores are those of ``shrunken_means`` from twenty structures, raw means below; quartiles by linear
    interpolation (type 7 of Hyndman & Fan 1996). Told in whole points: who collects the references of every
    structure of a network of m could otherwise solve for each of them; rounding leaves ± m/2 points.
    Golden values: tests/stats/golden/network.R.
    """
    if len({s.id for s in structures}) != len(structures):
        raise InvalidAnswersError("Deux fois la même structure : une référence les compte chacune une fois.")
    threshold = (protection or Protection()).threshold
    others = [s for s in structures if s.id != own and s.n >= threshold]
    kind = next((s.kind for s in structures if s.id == own), "")
    alike = [s for s in others if s.kind == kind]
    rest = [s for s in others if s.kind != kind]
    # Both references circulate: what one has more than the other must be nobody or a cell as well.
    if kind and _is_cell(alike) and (not rest or _is_cell(rest)):
        return _reference(alike, spread, kind, dated)
    return _reference(others, spread, "", dated) if _is_cell(others) else None


def _is_cell(structures: Sequence[StructureScore]) -> bool:
    people = sum(s.n for s in structures)
    return (
        len(structures) >= CELL_STRUCTURES
        and people >= CELL_PEOPLE
        and max(s.n for s in structures) <= CELL_LARGEST_SHARE * people
    )


def _reference(structures: Sequence[StructureScore], spread: float, kind: str, dated: date) -> Reference:
    means, sizes = np.array([s.mean for s in structures]), np.array([s.n for s in structures], dtype=float)
    shrunken = len(structures) >= SHRINKAGE_MINIMUM and all(s.population is not None for s in structures)
    if shrunken:
        populations = np.array([s.population for s in structures], dtype=float)
        means = shrunken_means(means, sizes, populations, spread)
    p25, p75 = np.percentile(means, [25, 75])
    return Reference(
        _whole(means.mean()),
        _whole(p25),
        _whole(p75),
        len(structures),
        int(sizes.sum()),
        float(sizes.max() / sizes.sum()),
        _composition(structures),
        kind,
        shrunken,
        dated,
    )


def _whole(value: float) -> float:
    return float(np.floor(value + 0.5))


def _composition(structures: Sequence[StructureScore]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for structure in structures:
        counts[structure.kind] = counts.get(structure.kind, 0) + 1
    known = {kind: number for kind, number in sorted(counts.items()) if kind and number > 1}
    left = len(structures) - sum(known.values())
    return known | ({"autres": left} if left else {})
