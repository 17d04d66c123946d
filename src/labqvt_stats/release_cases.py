"""Turn what a structure's release displays into the systems the gate audits: one per scale, one per lone item."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from labqvt_stats.answers import Floats
from labqvt_stats.displays import Display
from labqvt_stats.instrument import CLASSES, NONE, Instrument, Item, Scale
from labqvt_stats.worlds import Code, Ints, ScaleRelease, ScoreBounds, Unsolved

_NONE = CLASSES.index(NONE)


@dataclass(frozen=True, eq=False)
class ReleasedGroup:
    """A group of people and what is displayed of it; None stands for "not shown".

    rows : numbers of its people
    items : item id -> displays of the four classes; only groups with item tables have it
    scores : scale id -> display
    """

    rows: Ints
    items: Mapping[str, Mapping[str, Display] | None]
    scores: Mapping[str, Display | None]


def cases_of(
    instrument: Instrument, groups: Sequence[ReleasedGroup], threshold: int
) -> Iterator[tuple[str, list[ScaleRelease]]]:
    """Name and systems of each scale, then of each item outside scales.

    Several systems are alternatives: worlds of any of them are possible ones, so one found safe is enough.

    Raises
    ------
    Unsolved
        Missing answers that the worlds considered cannot hold (see ``_with_fixed_sheets``).
    """
    people = np.unique(np.concatenate([group.rows for group in groups]))
    membership = np.array([np.isin(people, group.rows) for group in groups])
    columns, sizes = np.unique(membership, axis=1, return_counts=True)
    in_scales = {item for scale in instrument.scales for item in scale.items}
    for scale in instrument.scales:
        items = [instrument.items[instrument.position(item)] for item in scale.items]
        yield scale.id, _scale_case(scale, items, groups, (columns, sizes), threshold)
    for item in instrument.items:
        unclassed = all(item.class_of(code) == NONE for code in item.codes)  # nothing is displayed of it
        if item.id not in in_scales and not unclassed:
            tables = _tables(groups, [item], threshold)
            lone = _one_skip(_codes(item))
            yield item.id, [ScaleRelease(sizes, columns, [lone], tables, [], free_skips=True)]


def _scale_case(
    scale: Scale,
    items: list[Item],
    groups: Sequence[ReleasedGroup],
    atoms: tuple[np.ndarray, Ints],
    threshold: int,
) -> list[ScaleRelease]:
    columns, sizes = atoms
    scores = [
        ScoreBounds(place, display.lo, display.hi)
        for place, group in enumerate(groups)
        if (display := group.scores.get(scale.id)) is not None
    ]
    if len(items) == 1:
        tables = _tables(groups, items, threshold)
        return [ScaleRelease(sizes, columns, [_one_skip(_codes(items[0]))], tables, scores, free_skips=True)]
    tables = _tables(groups, items, threshold)
    codes = [_codes(item) for item in items]
    release = ScaleRelease(sizes, columns, codes, tables, scores, answers_needed=scale.answers_needed)
    return _with_fixed_sheets(release)


def _codes(item: Item) -> list[Code]:
    """Codes of an item with a score or a class, then the ways to skip it (one per score a mean may bring)."""
    found = []
    for code, score in zip(item.codes, item.scores, strict=True):
        if not math.isnan(score) or (item.values is None and item.class_of(code) != NONE):
            found.append(Code(0.0 if math.isnan(score) else score, CLASSES.index(item.class_of(code))))
    skips = sorted({0.0, *(code.score for code in found)})
    return [*found, *(Code(score, _NONE, skip=True) for score in skips)]


def _one_skip(codes: list[Code]) -> list[Code]:
    return [code for code in codes if not (code.skip and code.score)]


def _tables(
    groups: Sequence[ReleasedGroup], items: list[Item], threshold: int
) -> list[tuple[int, int, Floats]]:
    found = []
    for place, group in enumerate(groups):
        for number, item in enumerate(items):
            if item.id not in group.items:
                continue
            displays = group.items[item.id]
            n = len(group.rows)
            if displays is None:  # fewer than ``threshold`` answers
                bounds = np.array([[0, threshold - 1]] * 3 + [[max(0, n - threshold + 1), n]], dtype=float)
            else:
                bounds = np.array([displays[name].interval for name in CLASSES], dtype=float)
            found.append((place, number, bounds))
    return found


def _with_fixed_sheets(release: ScaleRelease) -> list[ScaleRelease]:
    """Give the skips that a display forces to a few people whose other answers all bring one same score.

    They leave ``sizes``, with their classes and scores; an insider who skips such an item takes the place of one
    of them, who then answers it: hence the class that the insider's skip counts in.

    Raises
    ------
    Unsolved
        The scale asks for every item, or too few people would remain to be audited in some atom.
    """
    forced = [0] * release.n_items
    for group, item, bounds in release.tables:
        others_at_most = bounds[:, 1].sum() - bounds[_NONE, 1]
        least = int(max(bounds[_NONE, 0], release.people(group) - others_at_most))
        if least > 0:
            if not release.groups[group].all():
                raise Unsolved
            forced[item] = max(forced[item], least)
    if not any(forced):
        return [release]
    may_skip = release.n_items - release.answers_needed
    if may_skip < 1:
        raise Unsolved
    number = max(*forced, math.ceil(sum(forced) / may_skip))
    taken = _taken(release.sizes, number)
    found = [_without(release, taken, score, forced) for score in _likely_scores(release)]
    return [case for case in found if case is not None]


def _taken(sizes: Ints, number: int) -> Ints:
    """People to set aside per atom, from the largest, two staying in each atom that has them."""
    taken = np.zeros_like(sizes)
    for _ in range(number):
        atom = int(np.argmax(sizes - taken))
        if sizes[atom] - taken[atom] <= 2:
            raise Unsolved
        taken[atom] += 1
    return taken


def _likely_scores(release: ScaleRelease) -> list[float]:
    """Scores common to all items, from the nearest to what is displayed of everybody."""
    common = set.intersection(*({code.score for code in codes if not code.skip} for codes in release.codes))
    centre = next(((s.lo + s.hi) / 2 for s in release.scores if release.groups[s.group].all()), 50.0)
    return sorted(common, key=lambda score: (abs(score - centre), score))


def _without(release: ScaleRelease, taken: Ints, score: float, forced: list[int]) -> ScaleRelease | None:
    groups_of = [next(c.group for c in codes if not c.skip and c.score == score) for codes in release.codes]
    tables = []
    for group, item, bounds in release.tables:
        inside = int(taken[release.groups[group]].sum())
        left = bounds.copy()
        left[_NONE] -= forced[item]
        left[groups_of[item]] -= inside - forced[item]
        if (left[:, 1] < 0).any():
            return None
        tables.append((group, item, np.maximum(left, 0)))
    codes = [
        [Code(c.score, groups_of[item] if c.skip and forced[item] else c.group, c.skip) for c in listed]
        for item, listed in enumerate(release.codes)
    ]
    scores = []
    for shown in release.scores:
        inside = int(taken[release.groups[shown.group]].sum())
        scores.append(ScoreBounds(shown.group, shown.lo, shown.hi, inside, inside * score * release.n_items))
    return ScaleRelease(
        release.sizes - taken,
        release.groups,
        codes,
        tables,
        scores,
        answers_needed=release.answers_needed,
        widest=release,
    )
