"""Second attack: could all possible worlds agree on the class of somebody's answer?

Asked for an outsider, then for insiders who know their own sheet. A quick search shows most things possible; a
generous one shows some impossible; what neither settles is counted sheet by sheet.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from labqvt_stats.verifier.answered import AnsweredWorlds
from labqvt_stats.verifier.displays import CLASS_NAMES
from labqvt_stats.verifier.scales import ScaleAsked, Sheet, Shown
from labqvt_stats.verifier.sheets import Insider, SheetWorlds

_EPS: Final = 1e-6
Json = Mapping[str, Any]


class Deduction:
    """The attack on one scale of one structure."""

    def __init__(
        self,
        scale: ScaleAsked,
        structure: Json,
        groups: Mapping[str, NDArray[np.int_]],
        membership: NDArray[np.bool_],
        threshold: int,
    ) -> None:
        self.scale, self.groups = scale, groups
        self.people = np.unique(np.concatenate(list(groups.values())))
        kinds, kind_of, sizes = np.unique(membership, axis=1, return_inverse=True, return_counts=True)
        self.kind_of = kind_of.reshape(-1)
        self.shown = Shown(
            scale,
            sizes,
            dict(zip(groups, kinds, strict=True)),
            [entry for entry in structure["items"] if entry["item"] in scale.items],
            [entry for entry in structure["scores"] if entry["scale"] == scale.id],
            threshold,
        )
        self.insiders: list[Insider] = [
            (kind, sheet) for kind in range(len(sizes)) for sheet in self._extreme_sheets()
        ]

    def know(self, responses: Mapping[str, Sequence[str | None]]) -> Iterator[str]:
        """Give every insider their true sheet; yields what the answers contradict in the displays."""
        sheets = {}
        for row in self.people:
            answers = [responses[item][int(row)] for item in self.scale.items]
            sheets[int(row)] = tuple(
                codes.index(answer) if answer else -1
                for codes, answer in zip(self.scale.codes, answers, strict=True)
            )
        self.insiders = sorted(
            {(int(kind), sheets[int(row)]) for row, kind in zip(self.people, self.kind_of, strict=True)}
        )
        yield from self._untrue(sheets)

    def _untrue(self, sheets: Mapping[int, Sheet]) -> Iterator[str]:
        for shown in self.shown.tables:
            item = self.scale.items.index(shown["item"])
            given = [self.scale.class_of(sheets[int(row)], item) for row in self.groups[shown["group"]]]
            for number, name in enumerate(CLASS_NAMES):
                lo, hi = shown["classes"][name]
                if not lo <= given.count(number) <= hi:
                    yield f"« {shown['item']} » : l’affichage ne correspond pas aux réponses"
        for shown in self.shown.scores:
            worth = np.array([self.scale.worth(sheets[int(row)]) for row in self.groups[shown["group"]]])
            mean = float(np.nanmean(worth)) if np.isfinite(worth).any() else math.nan
            lo, hi = shown["interval"]
            if not lo - _EPS <= mean <= hi + _EPS:
                yield f"« {shown['scale']} » : le score affiché ne correspond pas aux réponses"

    def _extreme_sheets(self) -> Iterator[Sheet]:
        sizes = [len(codes) for codes in self.scale.codes]
        for share in (0.0, 0.5, 1.0):
            yield tuple(round(share * (size - 1)) for size in sizes)
        yield tuple(-1 for _ in sizes)
        if len(sizes) > 1:
            yield tuple(0 if number % 2 else size - 1 for number, size in enumerate(sizes))

    def run(self, *, insiders: bool) -> Iterator[tuple[bool, str]]:
        """What an outsider, then each insider, can tell: (True, sentence), or (False, what is not settled)."""
        for insider in (None, *(self.insiders if insiders else ())):
            how = "de l’extérieur" if insider is None else f"en connaissant sa feuille {insider[1]}"
            told = self.told_to(insider)
            if told is None:
                yield False, f"« {self.scale.id} » : non tranché, {how}"
            elif told:
                item, proven = told
                yield proven, f"« {self.scale.id} » : on peut déduire une réponse à « {item} », {how}"

    def told_to(self, insider: Insider | None) -> tuple[str, bool] | tuple[()] | None:
        """The item told and whether that is proven, () when nothing is told, None when it could not be settled."""
        seen = self.answered.seen_by(insider)
        others = self.answered.others(insider)
        unsure = [
            (item, int(kind))
            for item in range(len(self.scale.items))
            for kind in np.flatnonzero(others > 0)
            if int(seen[item, kind]).bit_count() < 2
        ]
        if not unsure or self.generous.forbids(insider):
            return ()
        if seen.any():  # such a person may exist
            for item, kind in unsure:
                if self.generous.forbids(insider, (item, kind, int(seen[item, kind]))):
                    return self.scale.items[item], True
        told = self.by_sheets.told(insider, seen)
        return (told, self.by_sheets.complete) if told else None if told is None else ()

    @cached_property
    def answered(self) -> AnsweredWorlds:
        return AnsweredWorlds(self.shown)

    @cached_property
    def generous(self) -> AnsweredWorlds:
        return AnsweredWorlds(self.shown, generous=True)

    @cached_property
    def by_sheets(self) -> SheetWorlds:
        return SheetWorlds(self.shown, self.insiders)
