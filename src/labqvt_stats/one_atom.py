"""The gate where nobody can be told from anybody: a structure without breakdown. Exact, without a solver.

Everybody is in one atom, so what an insider learns depends on the totals only. On each item, given the class of
their own answer, the others' class counts are those of the display less one, and the others' sum of scores takes
every step between two ends. The insider tells the others' class exactly when, for some sheet of theirs that the
display allows, all possible totals leave the others unanimous on an item.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from labqvt_stats.worlds import ScaleRelease, Worlds

_CLASSES = 3  # the others never skip
_MANY_STATES = 2_000_000

Span = tuple[int, int, int]
States = NDArray[np.int64]
"""(s, 4): others' least and largest sum in steps, own sum in steps, own answers."""


class NotContiguous(Exception):  # noqa: N818 — sends the audit to the general method
    """Sums of scores do not take every step between their ends."""


@dataclass(frozen=True)
class _Option:
    """One answer of the insider to one item, with what it leaves to the others.

    ``others`` is (least, largest, widest hole) of their sum in steps; ``unless[c]`` the same over worlds where
    somebody among the others is not in class c, None when they are all in c.
    """

    own: int
    answered: int
    others: "Span"
    unless: "tuple[Span | None, ...]"


def insider_told(release: ScaleRelease) -> str:
    """What an insider could tell, empty when nothing; the release has one atom and no free skips.

    Raises
    ------
    NotContiguous
        Unequal steps between codes, or classes that overlap in score: ask the general method.
    """
    step = _step(Worlds(release))
    options = [list(_options(release, item, step)) for item in range(release.n_items)]
    _check_holes_are_filled(options)
    for item in range(release.n_items):
        states = np.zeros((1, 4), dtype=np.int64)
        for other, listed in enumerate(options):
            if other != item:
                states = _joined(states, listed)
        for option in options[item]:
            for number, unless in enumerate(option.unless):
                if unless != option.others and _some_sheet_told(release, step, states, option, unless):
                    return f"item {item}, class {number}"
    return ""


def _step(worlds: Worlds) -> float:
    scores = np.unique(np.concatenate([s[~skip] for s, skip in zip(worlds.score, worlds.skip, strict=True)]))
    step = float(np.diff(scores).min()) if len(scores) > 1 else 100.0
    if not np.allclose(scores / step, np.round(scores / step), atol=1e-6):
        raise NotContiguous
    return step


def _options(release: ScaleRelease, item: int, step: float) -> Iterator[_Option]:
    codes = release.codes[item]
    ladder = [
        sorted(round(c.score / step) for c in codes if not c.skip and c.group == g) for g in range(_CLASSES)
    ]
    if any(b - a > 1 for steps in ladder for a, b in pairwise(steps)):
        raise NotContiguous
    seen_skip = False
    for code in codes:
        if code.skip:
            if seen_skip:
                continue
            seen_skip = True
        counts = _others_counts(release, item, code.group, ladder)
        if len(counts):
            least = counts @ np.array([steps[0] if steps else 0 for steps in ladder])
            most = counts @ np.array([steps[-1] if steps else 0 for steps in ladder])
            total = counts.sum(axis=1)
            unless = tuple(_span(least, most, counts[:, g] < total) for g in range(_CLASSES))
            whole = _span(least, most, np.ones(len(counts), dtype=bool))
            assert whole is not None  # there are counts
            own = 0 if code.skip else round(code.score / step)
            yield _Option(own, int(not code.skip), whole, unless)


def _others_counts(
    release: ScaleRelease, item: int, own_class: int, ladder: list[list[int]]
) -> NDArray[np.int64]:
    """(w, 3) class counts of the others that the tables allow beside the insider's class."""
    others = int(release.sizes[0]) - 1
    lo, hi = np.zeros(4), np.full(4, float(others + 1))
    for _, place, bounds in release.tables:
        if place == item:
            lo, hi = np.maximum(lo, bounds[:, 0]), np.minimum(hi, bounds[:, 1])
    lo[own_class] -= 1
    hi[own_class] -= 1
    if lo[3] > 0 or hi[3] < 0:
        return np.zeros((0, 3), dtype=np.int64)
    first, second = np.meshgrid(np.arange(others + 1), np.arange(others + 1), indexing="ij")
    counts = np.stack([first.ravel(), second.ravel(), others - first.ravel() - second.ravel()], axis=1)
    empty = np.array([not steps for steps in ladder])
    fits = (counts >= np.maximum(lo[:3], 0)).all(axis=1) & (counts <= hi[:3]).all(axis=1)
    kept: NDArray[np.int64] = counts[fits & (counts[:, empty] == 0).all(axis=1)]
    return kept


def _span(least: NDArray[np.int64], most: NDArray[np.int64], kept: NDArray[np.bool_]) -> Span | None:
    """Ends of the union of ranges, and the most steps in a row that it lacks."""
    if not kept.any():
        return None
    order = np.argsort(least[kept], kind="stable")
    starts, ends = least[kept][order], np.maximum.accumulate(most[kept][order])
    hole = int((starts[1:] - ends[:-1] - 1).max(initial=0))
    return int(starts[0]), int(ends[-1]), hole


def _check_holes_are_filled(options: list[list[_Option]]) -> None:
    """Holes in one item's sums vanish in the total when two others take enough steps in a row, whatever happens.

    Two, because one of them may be the item looked at, held to a narrower span.
    """
    spans = [[s for o in listed for s in (o.others, *o.unless) if s is not None] for listed in options]
    widest = max((hole for found in spans for _, _, hole in found), default=0)
    fillers = [
        all(hole == 0 and most - least >= widest for least, most, hole in found) for found in spans if found
    ]
    if widest and sum(fillers) < 2:
        raise NotContiguous


def _joined(states: States, options: list[_Option]) -> States:
    added = np.array(
        [[*option.others[:2], option.own, option.answered] for option in options], dtype=np.int64
    )
    found = (states[:, None, :] + added[None, :, :]).reshape(-1, 4)
    if len(found) > _MANY_STATES:
        raise NotContiguous
    return np.unique(found, axis=0)


def _some_sheet_told(
    release: ScaleRelease, step: float, states: States, option: _Option, unless: Span | None
) -> bool:
    """Whether some sheet with this answer is possible, and only with the others unanimous on the item."""
    own = states[:, 2] + option.own
    answered = states[:, 3] + option.answered
    silent = answered < release.answers_needed
    worth = np.where(silent, 0.0, own * step * release.n_items / np.maximum(answered, 1))
    worlds = Worlds(release)
    lo, hi = np.full(len(states), -np.inf), np.full(len(states), np.inf)
    for shown in release.scores:
        for absent in (False, True):
            low, high = worlds.sum_bounds(shown, int(absent))
            lo = np.where(silent == absent, np.maximum(lo, low), lo)
            hi = np.where(silent == absent, np.minimum(hi, high), hi)
    first = np.ceil((lo - worth) / step - 1e-9)
    last = np.floor((hi - worth) / step + 1e-9)

    def possible(others: Span) -> NDArray[np.bool_]:
        reached: NDArray[np.bool_] = np.maximum(first, states[:, 0] + others[0]) <= np.minimum(
            last, states[:, 1] + others[1]
        )
        return reached

    contrasted = np.zeros(len(states), dtype=bool) if unless is None else possible(unless)
    return bool((possible(option.others) & ~contrasted).any())
