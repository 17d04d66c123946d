"""Many worlds near one world, without a solver: small exchanges of answers that leave every displayed sum alone.

Each exchange keeps the sums of scores of all groups; whether the class tables and sizes still hold is checked on
the system itself, so a world reached is a world, whatever proposed it.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from labqvt_stats.answers import Floats
from labqvt_stats.worlds import Ints, Rows, Worlds

_STEPS = 4
_EXCHANGES = 6_000
_MARGIN = 1e-7


@dataclass(frozen=True, eq=False)
class Exchanges:
    """What each of L exchanges adds to one item's table, (L, atoms · codes), and to the rows of its system."""

    changes: NDArray[np.int8]
    effects: Floats


def exchanges_of(worlds: Worlds, item: int, rows: Rows, seed: int = 7) -> Exchanges:
    """A sample of exchanges on one item, whose system is ``rows``.

    Two people of two atoms swap codes, and two others undo what it did to the sums of the groups between them; or
    two people of one atom answer nearer each other, and two of another atom farther.
    """
    draw = np.random.default_rng(seed)
    scores = worlds.score[item]
    real = [int(code) for code in np.flatnonzero(~worlds.skip[item])]
    codes = len(scores)
    found = [*_rectangles(worlds, scores, real, draw), *_spreads(worlds, scores, real, draw)]
    changes = np.zeros((len(found), worlds.atoms * codes), dtype=np.int8)
    for row, moves in enumerate(found):
        for atom, before, after in moves:
            changes[row, atom * codes + before] -= 1
            changes[row, atom * codes + after] += 1
    changes = np.unique(changes[changes.any(axis=1)], axis=0)
    return Exchanges(changes, changes.astype(float) @ rows.matrix.T)


_Move = tuple[int, int, int]
"""Atom, code before, code after, of one person."""


def _rectangles(
    worlds: Worlds, scores: Floats, real: list[int], draw: np.random.Generator
) -> list[tuple[_Move, ...]]:
    incidence = worlds.release.groups.astype(int).T
    between: dict[bytes, list[tuple[int, int]]] = {}
    for a, b in product(range(worlds.atoms), repeat=2):
        if a != b:
            between.setdefault((incidence[a] - incidence[b]).tobytes(), []).append((a, b))
    sides = [pairs for pairs in between.values() if len(pairs) > 1]
    steps: dict[float, list[tuple[int, int]]] = {}
    for before, after in product(real, repeat=2):
        if before != after:
            steps.setdefault(round(float(scores[after] - scores[before]), 6), []).append((before, after))
    if not sides or not steps:
        return []
    chances = np.array([len(pairs) for pairs in sides], dtype=float)
    lengths = list(steps.values())
    found: list[tuple[_Move, ...]] = []
    for which in draw.choice(len(sides), _EXCHANGES // 2, p=chances / chances.sum()):
        pairs, same = sides[which], lengths[int(draw.integers(len(lengths)))]
        (a, b), (d, e) = (pairs[int(draw.integers(len(pairs)))] for _ in range(2))
        (c, c2), (k, k2) = (same[int(draw.integers(len(same)))] for _ in range(2))
        if (a, b) != (d, e):
            found.append(((a, c, c2), (b, c2, c), (e, k, k2), (d, k2, k)))
    return found


def _spreads(
    worlds: Worlds, scores: Floats, real: list[int], draw: np.random.Generator
) -> list[tuple[_Move, ...]]:
    large = np.flatnonzero(worlds.release.sizes > 1)
    apart = [
        (p, q, r, s)
        for p, q, r, s in product(real, repeat=4)
        if p <= q
        and r <= s
        and (p, q) != (r, s)
        and abs(scores[p] + scores[q] - scores[r] - scores[s]) < _MARGIN
    ]
    if not len(large) or not apart:
        return []
    found: list[tuple[_Move, ...]] = []
    for _ in range(_EXCHANGES // 2):
        p, q, r, s = apart[int(draw.integers(len(apart)))]
        a, b = (int(draw.choice(large)) for _ in range(2))
        alone = ((a, p, r), (a, q, s))
        found.append(alone if a == b else (*alone, (b, r, p), (b, s, q)))
    return found


def wander(
    start: Ints, rows: Rows, bounds: tuple[Floats, Floats], exchanges: Exchanges, seed: int
) -> NDArray[np.intp]:
    """Worlds of one item around ``start``, itself included: (W, atoms, codes), within ``rows`` and ``bounds``.

    All exchanges are tried at once, then from one of the worlds reached, a few times.
    """
    draw = np.random.default_rng(seed)
    bottom, top = bounds[0].ravel(), bounds[1].ravel()
    here = start.ravel()
    seen = [here[None]]
    for _ in range(_STEPS):
        values = rows.matrix @ here
        fits = (exchanges.effects >= rows.lo - values - _MARGIN).all(axis=1)
        fits &= (exchanges.effects <= rows.hi - values + _MARGIN).all(axis=1)
        tried = here + exchanges.changes[fits]
        reached = tried[(tried >= bottom).all(axis=1) & (tried <= top).all(axis=1)]
        if not len(reached):
            break
        seen.append(reached)
        here = reached[int(draw.integers(len(reached)))]
    found: NDArray[np.intp] = np.concatenate(seen).astype(np.intp).reshape(-1, *start.shape)
    return found
