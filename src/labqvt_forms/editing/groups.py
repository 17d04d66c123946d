"""Add, rename, move, copy and remove groups."""

from __future__ import annotations

from dataclasses import replace

from labqvt_forms.editing.dependants import released
from labqvt_forms.editing.formulas import item_with_formulas, renamed
from labqvt_forms.editing.naming import free_item_id, ids_of, new_group_id, renumbered, taken_ids
from labqvt_forms.editing.parts import inserted, moved
from labqvt_forms.errors import ModelError
from labqvt_forms.items import Item
from labqvt_forms.questionnaire import Group, Questionnaire, variables_of
from labqvt_forms.spots import Spot, group_at
from labqvt_forms.text import NO_TEXT, Text


def add_group(
    questionnaire: Questionnaire, title: Text = NO_TEXT, *, at: int | None = None, id_: str = ""
) -> Questionnaire:
    """Add an empty group, last unless ``at`` says its place."""
    id_ = id_ or new_group_id(questionnaire, title.pick(questionnaire.language))
    group = Group(id=id_, title=title)
    return replace(questionnaire, groups=inserted(questionnaire.groups, group, at))


def move_group(questionnaire: Questionnaire, id_: str, to: int) -> Questionnaire:
    """Move a group to this place, counted from 0."""
    rank = questionnaire.groups.index(group_at(questionnaire, id_))
    if not 0 <= to < len(questionnaire.groups):
        raise ModelError(f"La place {to + 1} n’existe pas : il y a {len(questionnaire.groups)} groupe(s).")
    return replace(questionnaire, groups=moved(questionnaire.groups, rank, to))


def remove_group(questionnaire: Questionnaire, id_: str, *, with_dependants: bool = False) -> Questionnaire:
    """Remove a group and its questions; refuse while others use them, unless ``with_dependants``."""
    freed = released(questionnaire, Spot.group(id_), with_dependants=with_dependants)
    groups = tuple(group for group in freed.groups if group.id != id_)
    return replace(freed, groups=groups)


def duplicate_group(questionnaire: Questionnaire, id_: str) -> Questionnaire:
    """Copy a group right after itself; the conditions inside the copy follow the copied questions."""
    original = group_at(questionnaire, id_)
    title = original.title.pick(questionnaire.language)
    copy = Group(id=new_group_id(questionnaire, title), title=original.title)
    at = questionnaire.groups.index(original) + 1
    names: dict[str, str] = {}
    items: list[Item] = []
    taken = taken_ids(questionnaire)
    planned = replace(questionnaire, groups=inserted(questionnaire.groups, copy, at))
    for item in original.items:
        label = item.label.pick(questionnaire.language)
        twin = renumbered(item, free_item_id(planned, copy.id, label, taken), taken)
        taken |= ids_of(twin)
        pairs = zip(variables_of(item), variables_of(twin), strict=True)
        names |= {old.id: new.id for old, new in pairs}
        items.append(twin)
    copied = tuple(
        item_with_formulas(item, lambda _, __, formula: renamed(formula, names, {})) for item in items
    )
    relevant = original.relevant and renamed(original.relevant, names, {})
    group = replace(original, id=copy.id, items=copied, relevant=relevant)
    return replace(questionnaire, groups=inserted(questionnaire.groups, group, at))
