"""What was asked: one scale, or one item outside scales, as the file describes it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from labqvt_stats.verifier.displays import CLASS_NAMES

NO_ANSWER = CLASS_NAMES.index("none")
Json = Mapping[str, Any]
Sheet = tuple[int, ...]
"""Code place per item of a scale, -1 for none."""


@dataclass(frozen=True)
class ScaleAsked:
    """Items of a scale with, per code, its class (place in ``CLASS_NAMES``) and its score; answers a score needs."""

    id: str
    items: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]
    classes: tuple[tuple[int, ...], ...]
    scores: tuple[tuple[float, ...], ...]
    needed: int

    def class_of(self, sheet: Sheet, item: int) -> int:
        """Class of a sheet's answer; no answer is the last one."""
        return NO_ANSWER if sheet[item] < 0 else self.classes[item][sheet[item]]

    def worth(self, sheet: Sheet) -> float:
        """Score of a sheet, NaN with too few answers."""
        given = [self.scores[item][code] for item, code in enumerate(sheet) if code >= 0]
        given = [score for score in given if not math.isnan(score)]
        return sum(given) / len(given) if len(given) >= self.needed else math.nan


@dataclass(frozen=True)
class Shown:
    """What is shown of one scale, and of whom: people of the same groups are of one kind.

    sizes : (K,) people of each kind
    kinds : group id -> (K,) booleans, the kinds it is made of
    tables, scores : entries of the file about this scale
    """

    scale: ScaleAsked
    sizes: NDArray[np.int_]
    kinds: Mapping[str, NDArray[np.bool_]]
    tables: Sequence[Json]
    scores: Sequence[Json]
    threshold: int

    def class_bounds(self) -> Iterator[tuple[NDArray[np.bool_], int, list[int], tuple[float, float]]]:
        """Kinds, item, classes and bounds of the number of their answers in those classes."""
        told = set()
        for shown in self.tables:
            item = self.scale.items.index(shown["item"])
            told.add(item)
            for number, name in enumerate(CLASS_NAMES):
                yield self.kinds[shown["group"]], item, [number], tuple(shown["classes"][name])
        everybody = np.ones(len(self.sizes), dtype=bool)
        for item in set(range(len(self.scale.items))) - told:  # not shown: fewer answers than the threshold
            answered = [number for number in range(len(CLASS_NAMES)) if number != NO_ANSWER]
            yield everybody, item, answered, (0, self.threshold - 1)


def scales_of(instrument: Json) -> Iterator[ScaleAsked]:
    """Scales of the file, then the items that no scale holds and whose answers have classes."""
    items = {item["id"]: item for item in instrument["items"]}
    listed = [(s["id"], s["items"], s["missing_rule"]) for s in instrument["scales"]]
    inside = {item for _, members, _ in listed for item in members}
    listed += [
        (name, [name], 1)
        for name, item in items.items()
        if name not in inside and set(item["classes"].values()) != {"none"}  # nothing can be displayed of it
    ]
    for scale_id, members, rule in listed:
        needed = {"half": math.ceil(len(members) / 2), "all": len(members)}.get(str(rule)) or int(rule)
        yield ScaleAsked(
            scale_id,
            tuple(members),
            tuple(tuple(items[m]["codes"]) for m in members),
            tuple(
                tuple(CLASS_NAMES.index(items[m]["classes"][c]) for c in items[m]["codes"]) for m in members
            ),
            tuple(tuple(math.nan if s is None else s for s in items[m]["scores"]) for m in members),
            needed,
        )
