"""What changed between two versions of a questionnaire, and whether their scores may be compared."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final

from labqvt_forms.choices import ChoiceList
from labqvt_forms.comparing.scores import compare_scales
from labqvt_forms.comparing.words import Change, Difference, ScaleComparison
from labqvt_forms.items import Computed, Item, Question, Rows, choice_lists
from labqvt_forms.logic import Formula
from labqvt_forms.questionnaire import Group, Questionnaire, Quota, Scale
from labqvt_forms.sentences import sentence
from labqvt_forms.spots import WHOLE, Spot, name_of
from labqvt_forms.text import Text


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that changed from one version to the next."""

    differences: tuple[Difference, ...]
    scales: tuple[ScaleComparison, ...]

    @property
    def comparable(self) -> bool:
        """Only words were corrected, if anything: every answer still means what it meant, and scores compare.

        Whether a correction changed the meaning is for someone to check.
        """
        return all(each.change is Change.REWORDED for each in self.differences)


_NOT_SETTINGS: Final = frozenset(
    {
        "id",
        "relevant",
        "validation",
        "formula",
        "choices",
        "rows",
        "first",
        "second",
        "items",
        "kind",
        "groups",
        "scales",
        "quotas",
    }
    | {"variables", "_by_id"}
)


def compare(before: Questionnaire, after: Questionnaire) -> Comparison:
    """Return what changed from ``before`` to ``after``, parts recognised by their id."""
    comparer = _Comparer(before, after)
    return Comparison(tuple(dict.fromkeys(comparer.differences())), tuple(compare_scales(before, after)))


class _Comparer:
    def __init__(self, before: Questionnaire, after: Questionnaire) -> None:
        self.before = before
        self.after = after
        self.names: dict[tuple[bool, Spot], str] = {}

    def differences(self) -> Iterator[Difference]:
        yield from self.fields(WHOLE, self.before, self.after)
        yield from self.parts(self.before.groups, self.after.groups, lambda part: Spot.group(part.id))
        yield from self.parts(self.before.items, self.after.items, lambda part: Spot.item(part.id))
        yield from self.moved_items()
        for old, new in self.paired(self.before.groups, self.after.groups):
            yield from self.group(old, new)
        for old_item, new_item in self.paired(self.before.items, self.after.items):
            yield from self.item(old_item, new_item)
        yield from self.lists()
        yield from self.parts(self.before.scales, self.after.scales, lambda part: Spot.scale(part.id))
        for old_scale, new_scale in self.paired(self.before.scales, self.after.scales):
            yield from self.scale(old_scale, new_scale)
        yield from self.parts(self.before.quotas, self.after.quotas, lambda part: Spot.quota(part.id))
        for old_quota, new_quota in self.paired(self.before.quotas, self.after.quotas):
            yield from self.quota(old_quota, new_quota)

    def paired(self, before: Iterable[Any], after: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        known = {part.id: part for part in before}
        return ((known[part.id], part) for part in after if part.id in known)

    def said(self, change: Change, spot: Spot, **told: str) -> Difference:
        removed = change is Change.REMOVED
        if (removed, spot) not in self.names:
            self.names[removed, spot] = name_of(self.before if removed else self.after, spot)
        return Difference(change, spot, self.names[removed, spot], **told)

    def parts(
        self, before: Iterable[Any], after: Iterable[Any], spot: Callable[[Any], Spot]
    ) -> Iterator[Difference]:
        """Yield what came and went, and what stayed but changed rank among what stayed."""
        old, new = {part.id: part for part in before}, {part.id: part for part in after}
        yield from (self.said(Change.REMOVED, spot(part)) for id_, part in old.items() if id_ not in new)
        yield from (self.said(Change.ADDED, spot(part)) for id_, part in new.items() if id_ not in old)
        kept, now = [id_ for id_ in old if id_ in new], [id_ for id_ in new if id_ in old]
        still = _longest_in_order(now, {id_: rank for rank, id_ in enumerate(kept)})
        yield from (self.said(Change.MOVED, spot(new[id_])) for id_ in now if id_ not in still)

    def moved_items(self) -> Iterator[Difference]:
        home = {item.id: group.id for group in self.before.groups for item in group.items}
        for group in self.after.groups:
            for item in group.items:
                if home.get(item.id, group.id) != group.id:
                    yield self.said(Change.MOVED, Spot.item(item.id))

    def group(self, old: Group, new: Group) -> Iterator[Difference]:
        spot = Spot.group(new.id)
        yield from self.fields(spot, old, new)
        yield from self.condition(spot, old.relevant, new.relevant)

    def item(self, old: Item, new: Item) -> Iterator[Difference]:
        spot = Spot.item(new.id)
        if old == new:
            return
        if old.kind is not new.kind:
            yield self.said(Change.KIND, spot, before=old.kind.value, after=new.kind.value)
        yield from self.fields(spot, old, new)
        yield from self.condition(spot, old.relevant, new.relevant)
        yield from self.rules(spot, old, new)
        for was, now in zip(choice_lists(old), choice_lists(new), strict=False):
            # Under one name, the list is compared once for all who use it.
            if was.id != now.id:
                yield from self.choices(spot, was, now)
        if isinstance(old, Rows) and isinstance(new, Rows):
            yield from self.parts(old.rows, new.rows, lambda row: Spot.row(new.id, row.id))
            for old_row, new_row in self.paired(old.rows, new.rows):
                row_spot = Spot.row(new.id, new_row.id)
                yield from self.fields(row_spot, old_row, new_row)
                yield from self.condition(row_spot, old_row.relevant, new_row.relevant)

    def rules(self, spot: Spot, old: Item, new: Item) -> Iterator[Difference]:
        rules = [_rule(each) for each in (old, new)]
        if rules[0] != rules[1]:
            told = [f"« {rule.text} »" if rule else "" for rule in rules]
            yield self.said(Change.RULE, spot, before=told[0], after=told[1])
        messages = [
            each.validation.message if isinstance(each, Question) and each.validation else Text()
            for each in (old, new)
        ]
        yield from self.texts(spot, "message", *messages)

    def fields(self, spot: Spot, old: object, new: object) -> Iterator[Difference]:
        """Yield texts and settings that differ, of a part that both versions have."""
        known: Any = new
        for field in fields(known):
            if not field.init or field.name in _NOT_SETTINGS or not hasattr(old, field.name):
                continue
            was, now = getattr(old, field.name), getattr(new, field.name)
            if isinstance(was, Text) and isinstance(now, Text):
                yield from self.texts(spot, field.name, was, now)
            elif was != now:
                yield self.said(
                    Change.SETTINGS, spot, before=_written(was), after=_written(now), detail=field.name
                )

    def texts(self, spot: Spot, field: str, old: Text, new: Text) -> Iterator[Difference]:
        if old == new:
            return
        for language in dict.fromkeys((*self.after.languages, *old.languages, *new.languages)):
            was, now = old.get(language) or "", new.get(language) or ""
            if was != now:
                yield self.said(Change.REWORDED, spot, language=language, before=was, after=now, detail=field)

    def condition(self, spot: Spot, old: Formula | None, new: Formula | None) -> Iterator[Difference]:
        if old != new:
            yield self.said(
                Change.CONDITION, spot, before=_told(old, self.before), after=_told(new, self.after)
            )

    def lists(self) -> Iterator[Difference]:
        for old, new in self.paired(self.before.choice_lists, self.after.choice_lists):
            if old != new:
                yield from self.choices(Spot.list(new.id), old, new)

    def choices(self, spot: Spot, old: ChoiceList, new: ChoiceList) -> Iterator[Difference]:
        if _scoring(old) != _scoring(new):
            yield self.said(Change.CHOICES, spot, before=_codes_told(old), after=_codes_told(new))
        labels = {choice.code: choice.label for choice in old.choices}
        for choice in new.choices:
            if choice.code in labels:
                place = Spot.choice(new.id, choice.code)
                yield from self.texts(place, "label", labels[choice.code], choice.label)

    def scale(self, old: Scale, new: Scale) -> Iterator[Difference]:
        spot = Spot.scale(new.id)
        yield from self.texts(spot, "label", old.label, new.label)
        for name in ("items", "missing_rule", "range", "determinant"):
            was, now = getattr(old, name), getattr(new, name)
            if was != now:
                yield self.said(Change.SCALE, spot, before=_written(was), after=_written(now), detail=name)

    def quota(self, old: Quota, new: Quota) -> Iterator[Difference]:
        spot = Spot.quota(new.id)
        yield from self.texts(spot, "label", old.label, new.label)
        yield from self.texts(spot, "message", old.message, new.message)
        told = [f"{each.limit} ({', '.join('='.join(pair) for pair in each.demands)})" for each in (old, new)]
        if told[0] != told[1]:
            yield self.said(Change.SETTINGS, spot, before=told[0], after=told[1], detail="limit")


def _rule(item: Item) -> Formula | None:
    if isinstance(item, Computed):
        return item.formula
    return item.validation.formula if isinstance(item, Question) and item.validation else None


def _scoring(choices: ChoiceList) -> list[tuple[object, ...]]:
    return [(each.code, each.value, each.role, each.opinion, each.exclusive) for each in choices.choices]


def _codes_told(choices: ChoiceList) -> str:
    return ", ".join(choice.code for choice in choices.choices)


def _told(formula: Formula | None, questionnaire: Questionnaire) -> str:
    if formula is None:
        return ""
    if formula.tree is None:
        return f"“{formula.text}”"
    return f"“{sentence(formula.tree, questionnaire, questionnaire.language)}”"


def _written(value: object) -> str:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return ", ".join(map(_written, value))
    if isinstance(value, bool):
        return "✓" if value else ""
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _longest_in_order(ids: list[str], rank: dict[str, int]) -> set[str]:
    """Return the most ids that kept their order: the others are those that moved."""
    last: list[int] = []
    chains: list[list[str]] = []
    for id_ in ids:
        at = bisect_left(last, rank[id_])
        chain = [*(chains[at - 1] if at else []), id_]
        last[at : at + 1] = [rank[id_]]
        chains[at : at + 1] = [chain]
    return set(chains[-1]) if chains else set()
