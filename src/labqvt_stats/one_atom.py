"""The gate where nobody can be told from anybody: a structure without breakdown. Without a solver.

Everybody is in one atom, so what an insider learns depends on the totals only. On each item, given the class of
their own answer, the others' class counts are those of the display less one, and the others' sum of scores takes
every step between two ends. The insider tells the others' class when, for some sheet of theirs that the display
allows, no world with complete answers leaves two classes to the others. Whether a sheet is allowed is asked
generously: others may skip, and a skipped item may bring any score.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from labqvt_stats.worlds import ScaleRelease, Worlds, spill

_CLASSES = 3
_MANY_STATES = 2_000_000
_NEVER = (10**9, -(10**9), 0)

Span = tuple[int, int, int]
"""Least and largest sum, in steps, and the most steps in a row that lack between them."""
States = NDArray[np.int64]
"""(s, 6): others' generous span, their span with complete answers, own sum in steps, own answers."""


class NotContiguous(Exception):  # noqa: N818 — sends the audit to the general method
    """Sums of scores do not take every step between their ends."""


@dataclass(frozen=True)
class _Option:
    """One answer of the insider to one item, with what it leaves to the others.

    ``allowed`` is the generous span of their sum, ``complete`` that of complete answers; ``unless[c]`` the latter
    over worlds where somebody is not in class c, and ``unanimous[c]`` whether all may be in c at all.
    """

    own: int
    answered: int
    allowed: Span
    complete: Span
    unless: tuple[Span, ...]
    unanimous: tuple[bool, ...]


def insider_told(release: ScaleRelease) -> str:
    """What an insider could tell, empty when nothing; the release has one atom and no free skips.

    Raises
    ------
    NotContiguous
        Unequal steps between codes, or sums with holes: ask the general method.
    """
    step = _step(Worlds(release))
    options = [list(_options(release, item, step)) for item in range(release.n_items)]
    _check_holes_are_filled(options)
    for item in range(release.n_items):
        if not any(any(option.unanimous) for option in options[item]):
            continue
        states = np.zeros((1, 6), dtype=np.int64)
        for other, listed in enumerate(options):
            if other != item:
                states = _joined(states, listed)
        for option in options[item]:
            for number, unless in enumerate(option.unless):
                if option.unanimous[number] and _some_sheet_told(release, step, states, option, unless):
                    return f"item {item}, class {number}"
    return ""


def _step(worlds: Worlds) -> float:
    scores = np.unique(np.concatenate([s[~skip] for s, skip in zip(worlds.score, worlds.skip, strict=True)]))
    step = float(np.diff(scores).min()) if len(scores) > 1 else 100.0
    if not np.allclose(scores / step, np.round(scores / step), atol=1e-6):
        raise NotContiguous
    return step


def _options(release: ScaleRelease, item: int, step: float) -> Iterator[_Option]:
    wide = release.widest or release
    codes = release.codes[item]
    ladder = [
        sorted(round(c.score / step) for c in codes if not c.skip and c.group == g) for g in range(_CLASSES)
    ]
    if any(b - a > 1 for steps in ladder for a, b in pairwise(steps)):
        raise NotContiguous
    ends = np.array([[steps[0], steps[-1]] if steps else [0, 0] for steps in ladder])
    beyond = spill(release.n_items, release.answers_needed) * 100 / step
    low, top = math.floor(-beyond), math.ceil(100 / step + beyond)
    for place, code in enumerate(codes):
        if code.skip and any(earlier.skip for earlier in codes[:place]):
            continue
        allowed = _others_counts(wide, item, wide.codes[item][place].group, ladder)
        if not len(allowed):
            continue
        counts = _others_counts(release, item, code.group, ladder)
        counts = counts[counts[:, 3] == 0][:, :_CLASSES]
        least, most = counts @ ends[:, 0], counts @ ends[:, 1]
        total = counts.sum(axis=1)
        everybody = np.ones(len(counts), dtype=bool)
        others = int(wide.sizes[0]) - 1
        generous = _span(
            allowed[:, :_CLASSES] @ ends[:, 0] + low * allowed[:, 3],
            allowed[:, :_CLASSES] @ ends[:, 1] + top * allowed[:, 3],
            np.ones(len(allowed), dtype=bool),
        )
        yield _Option(
            0 if code.skip else round(code.score / step),
            int(not code.skip),
            generous,
            _span(least, most, everybody),
            tuple(_span(least, most, counts[:, g] < total) for g in range(_CLASSES)),
            tuple(bool((allowed[:, g] == others).any()) for g in range(_CLASSES)),
        )


def _others_counts(
    release: ScaleRelease, item: int, own_class: int, ladder: list[list[int]]
) -> NDArray[np.int64]:
    """(w, 4) class counts of the others, skips last, that the tables allow beside the insider's class."""
    others = int(release.sizes[0]) - 1
    lo, hi = np.zeros(4), np.full(4, float(others + 1))
    for _, place, bounds in release.tables:
        if place == item:
            lo, hi = np.maximum(lo, bounds[:, 0]), np.minimum(hi, bounds[:, 1])
    lo[own_class] -= 1
    hi[own_class] -= 1
    axes = [np.arange(max(0, int(lo[k])), min(others, int(hi[k])) + 1) for k in (0, 1, 3)]
    first, second, skips = (grid.ravel() for grid in np.meshgrid(*axes, indexing="ij"))
    third = others - first - second - skips
    counts = np.stack([first, second, third, skips], axis=1).astype(np.int64)
    empty = np.array([*(not steps for steps in ladder), False])
    fits = (counts >= np.maximum(lo, 0)).all(axis=1) & (counts <= hi).all(axis=1)
    kept: NDArray[np.int64] = counts[fits & (counts[:, empty] == 0).all(axis=1)]
    return kept


def _span(least: NDArray[np.int64], most: NDArray[np.int64], kept: NDArray[np.bool_]) -> Span:
    """Ends and widest hole of a union of ranges; a span that nothing fits when there is none."""
    if not kept.any():
        return _NEVER
    order = np.argsort(least[kept], kind="stable")
    starts, ends = least[kept][order], np.maximum.accumulate(most[kept][order])
    hole = int((starts[1:] - ends[:-1] - 1).max(initial=0))
    return int(starts[0]), int(ends[-1]), hole


def _check_holes_are_filled(options: list[list[_Option]]) -> None:
    """Holes in one item's sums vanish in the total when two others take enough steps in a row, whatever happens.

    Two, because one of them may be the item looked at, held to a narrower span.
    """
    spans = [[s for o in listed for s in (o.complete, *o.unless) if s != _NEVER] for listed in options]
    widest = max((hole for found in spans for _, _, hole in found), default=0)
    fillers = [
        all(hole == 0 and most - least >= widest for least, most, hole in found) for found in spans if found
    ]
    if widest and sum(fillers) < 2:
        raise NotContiguous


def _joined(states: States, options: list[_Option]) -> States:
    added = np.array(
        [[*option.allowed[:2], *option.complete[:2], option.own, option.answered] for option in options],
        dtype=np.int64,
    )
    found = (states[:, None, :] + added[None, :, :]).reshape(-1, 6)
    if len(found) > _MANY_STATES:
        raise NotContiguous
    return np.unique(found, axis=0)


def _some_sheet_told(
    release: ScaleRelease, step: float, states: States, option: _Option, unless: Span
) -> bool:
    """Whether some sheet with this answer is allowed, and no complete world leaves the others two classes."""
    own = states[:, 4] + option.own
    answered = states[:, 5] + option.answered
    silent = answered < release.answers_needed
    worth = np.where(silent, 0.0, own * step * release.n_items / np.maximum(answered, 1)) / step
    first, last = _steps_allowed(release.widest or release, step, silent)
    allowed = np.maximum(first - worth, states[:, 0] + option.allowed[0]) <= np.minimum(
        last - worth, states[:, 1] + option.allowed[1]
    )
    first, last = _steps_allowed(release, step, silent)
    contrasted = np.maximum(np.ceil(first - worth - 1e-9), states[:, 2] + unless[0]) <= np.minimum(
        np.floor(last - worth + 1e-9), states[:, 3] + unless[1]
    )
    return bool((allowed & ~contrasted).any())


def _steps_allowed(
    release: ScaleRelease, step: float, silent: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Bounds of the sum over everybody with a score, in steps, for insiders with a score or without."""
    worlds = Worlds(release)
    lo, hi = np.full(len(silent), -np.inf), np.full(len(silent), np.inf)
    for shown in release.scores:
        for absent in (False, True):
            low, high = worlds.sum_bounds(shown, int(absent))
            lo = np.where(silent == absent, np.maximum(lo, low), lo)
            hi = np.where(silent == absent, np.minimum(hi, high), hi)
    return lo / step, hi / step
