"""Replace one part of a questionnaire and keep the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from labqvt_forms.errors import ModelError
from labqvt_forms.items import Item, Row, Rows
from labqvt_forms.questionnaire import Group, Questionnaire, Scale
from labqvt_forms.spots import group_at, item_at, row_at, rows_at, scale_at

Part = TypeVar("Part")


def with_group(questionnaire: Questionnaire, id_: str, change: Callable[[Group], Group]) -> Questionnaire:
    group_at(questionnaire, id_)
    groups = tuple(change(group) if group.id == id_ else group for group in questionnaire.groups)
    return replace(questionnaire, groups=groups)


def with_item(questionnaire: Questionnaire, id_: str, change: Callable[[Item], Item]) -> Questionnaire:
    old = item_at(questionnaire, id_)
    new = change(old)
    return questionnaire if new is old else with_items(questionnaire, {id_: new})


def with_items(questionnaire: Questionnaire, changed: dict[str, Item]) -> Questionnaire:
    """Put these items in the place of those of the same id; groups without any stay the same objects."""
    groups = tuple(
        replace(group, items=tuple(changed.get(item.id, item) for item in group.items))
        if any(item.id in changed for item in group.items)
        else group
        for group in questionnaire.groups
    )
    return replace(questionnaire, groups=groups)


def with_row(
    questionnaire: Questionnaire, item_id: str, row_id: str, change: Callable[[Row], Row]
) -> Questionnaire:
    row_at(questionnaire, item_id, row_id)
    item = rows_at(questionnaire, item_id)
    rows = tuple(change(row) if row.id == row_id else row for row in item.rows)
    return with_items(questionnaire, {item_id: replace(item, rows=rows)})


def with_rows(questionnaire: Questionnaire, item: Rows, rows: tuple[Row, ...]) -> Questionnaire:
    return with_items(questionnaire, {item.id: replace(item, rows=rows)})


def with_scale(questionnaire: Questionnaire, id_: str, change: Callable[[Scale], Scale]) -> Questionnaire:
    scale_at(questionnaire, id_)
    scales = tuple(change(scale) if scale.id == id_ else scale for scale in questionnaire.scales)
    return replace(questionnaire, scales=scales)


def moved(parts: tuple[Part, ...], rank: int, to: int) -> tuple[Part, ...]:
    """Return the parts with the one at ``rank`` put at ``to``, counted once it is taken out."""
    left = [*parts[:rank], *parts[rank + 1 :]]
    return (*left[: within(to, left)], parts[rank], *left[within(to, left) :])


def inserted(parts: tuple[Part, ...], part: Part, at: int | None) -> tuple[Part, ...]:
    """Return the parts with one more, at the end when ``at`` is None."""
    rank = len(parts) if at is None else within(at, parts)
    return (*parts[:rank], part, *parts[rank:])


def within(rank: int, parts: tuple[Part, ...] | list[Part]) -> int:
    """Refuse a rank that is not one of the places between these parts."""
    if not 0 <= rank <= len(parts):
        raise ModelError(f"La place {rank + 1} n’existe pas : il y en a {len(parts) + 1}.")
    return rank
