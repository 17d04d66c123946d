"""Add, move, copy and remove questions."""

from __future__ import annotations

from dataclasses import replace

from labqvt_forms.editing.dependants import released
from labqvt_forms.editing.formulas import item_with_formulas, renamed
from labqvt_forms.editing.naming import fresh
from labqvt_forms.editing.parts import inserted, moved, with_group
from labqvt_forms.errors import ModelError
from labqvt_forms.items import Item
from labqvt_forms.questionnaire import Group, Questionnaire, variables_of
from labqvt_forms.spots import Spot, group_at, item_at


def add_item(
    questionnaire: Questionnaire, group_id: str, item: Item, *, at: int | None = None
) -> Questionnaire:
    """Add a question, last of its group unless ``at`` says its place.

    Its ids must be free: ``fresh(questionnaire, item, group_id)`` gives it new ones.
    """
    return with_group(
        questionnaire, group_id, lambda group: replace(group, items=inserted(group.items, item, at))
    )


def move_item(questionnaire: Questionnaire, id_: str, group_id: str, to: int) -> Questionnaire:
    """Move a question to this place (from 0) of this group, its own or another."""
    item = item_at(questionnaire, id_)
    source, rank = place_of(questionnaire, id_)
    target = group_at(questionnaire, group_id)
    if source.id == target.id:
        if not 0 <= to < len(source.items):
            raise ModelError(f"La place {to + 1} n’existe pas : ce groupe a {len(source.items)} question(s).")
        return with_group(
            questionnaire, group_id, lambda group: replace(group, items=moved(group.items, rank, to))
        )
    arrived = replace(target, items=inserted(target.items, item, to))
    left = replace(source, items=(*source.items[:rank], *source.items[rank + 1 :]))
    changed = {source.id: left, target.id: arrived}
    groups = tuple(changed.get(group.id, group) for group in questionnaire.groups)
    return replace(questionnaire, groups=groups)


def shift_item(questionnaire: Questionnaire, id_: str, by: int) -> Questionnaire:
    """Move a question one place up (-1) or down (1), into the next group at the edge of its own."""
    group, rank = place_of(questionnaire, id_)
    if 0 <= rank + by < len(group.items):
        return move_item(questionnaire, id_, group.id, rank + by)
    at = [each.id for each in questionnaire.groups].index(group.id) + (1 if by > 0 else -1)
    if not 0 <= at < len(questionnaire.groups):
        raise ModelError("Cette question est déjà à l’extrémité du questionnaire.")
    target = questionnaire.groups[at]
    return move_item(questionnaire, id_, target.id, 0 if by > 0 else len(target.items))


def remove_item(questionnaire: Questionnaire, id_: str, *, with_dependants: bool = False) -> Questionnaire:
    """Remove a question; refuse while conditions or scales use it, unless ``with_dependants``."""
    freed = released(questionnaire, Spot.item(id_), with_dependants=with_dependants)
    group, _ = place_of(freed, id_)
    items = tuple(item for item in group.items if item.id != id_)
    return with_group(freed, group.id, lambda each: replace(each, items=items))


def duplicate_item(questionnaire: Questionnaire, id_: str) -> Questionnaire:
    """Copy a question right after itself, with ids of its own."""
    item = item_at(questionnaire, id_)
    group, rank = place_of(questionnaire, id_)
    twin = fresh(questionnaire, item, group.id)
    names = {old.id: new.id for old, new in zip(variables_of(item), variables_of(twin), strict=True)}
    twin = item_with_formulas(twin, lambda _, __, formula: renamed(formula, names, {}))
    return add_item(questionnaire, group.id, twin, at=rank + 1)


def place_of(questionnaire: Questionnaire, id_: str) -> tuple[Group, int]:
    """Return the group of a question and its place in it, from 0."""
    for group in questionnaire.groups:
        for rank, item in enumerate(group.items):
            if item.id == id_:
                return group, rank
    raise ModelError(f"La question « {id_} » n’existe pas dans ce questionnaire.")


def added_items(before: Questionnaire, after: Questionnaire) -> tuple[str, ...]:
    """Return the ids of the questions that ``after`` has and ``before`` had not."""
    known = {item.id for item in before.items}
    return tuple(item.id for item in after.items if item.id not in known)
