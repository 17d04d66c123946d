"""Choices of a list, wherever the list is used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from labqvt_forms.choices import Choice, ChoiceList, Opinion, Role
from labqvt_forms.editing.dependants import dependants, released
from labqvt_forms.editing.naming import new_code, new_list_id, with_list
from labqvt_forms.editing.parts import moved, with_item, with_items
from labqvt_forms.errors import ModelError
from labqvt_forms.items import Item, choice_lists
from labqvt_forms.questionnaire import Questionnaire
from labqvt_forms.spots import Spot, choice_at, list_at
from labqvt_forms.text import NO_TEXT, Text

_DECLINING = Text.of(fr="Je préfère ne pas répondre", en="I prefer not to answer")
_ASIDE = Text.of(fr="Je ne sais pas", en="I do not know")


def add_choice(
    questionnaire: Questionnaire,
    list_id: str,
    label: Text = NO_TEXT,
    *,
    role: Role = Role.ANSWER,
    at: int | None = None,
) -> Questionnaire:
    """Add a choice with a code of its own, after the answers of the scale unless ``at`` says its place.

    A choice that declines or stands apart comes last, with its usual words when no label is given.
    """
    choices = list_at(questionnaire, list_id)
    if role is Role.DECLINES and choices.declining is not None:
        raise ModelError(f"La liste « {list_id} » offre déjà « je préfère ne pas répondre ».")
    if not label and role is not Role.ANSWER:
        label = _DECLINING if role is Role.DECLINES else _ASIDE
    rank = at
    if rank is None and role is Role.ANSWER:
        rank = _after_answers(choices)
    choice = Choice(new_code(choices, role), label, _next_value(choices, role), role)
    rest = choices.choices
    rank = len(rest) if rank is None else rank
    if not 0 <= rank <= len(rest):
        raise ModelError(f"La place {rank + 1} n’existe pas : il y en a {len(rest) + 1}.")
    return with_choice_list(questionnaire, ChoiceList(list_id, (*rest[:rank], choice, *rest[rank:])))


def _after_answers(choices: ChoiceList) -> int:
    ranks = [rank for rank, choice in enumerate(choices.choices) if choice.role is Role.ANSWER]
    return ranks[-1] + 1 if ranks else 0


def _next_value(choices: ChoiceList, role: Role) -> float | None:
    """Keep a list whose values are all declared so: one without would change what every code is worth."""
    declared = [choice.value for choice in choices.choices if choice.role is Role.ANSWER]
    if role is not Role.ANSWER or not declared or None in declared:
        return None
    return max(value for value in declared if value is not None) + 1


def remove_choice(
    questionnaire: Questionnaire, list_id: str, code: str, *, with_dependants: bool = False
) -> Questionnaire:
    """Remove a choice; refuse the last one, and while a formula compares with it unless ``with_dependants``."""
    choice_at(questionnaire, list_id, code)
    if len(list_at(questionnaire, list_id).choices) == 1:
        raise ModelError(f"La liste « {list_id} » garde au moins un choix : écrivez-en un autre d’abord.")
    freed = released(questionnaire, Spot.choice(list_id, code), with_dependants=with_dependants)
    left = tuple(choice for choice in list_at(freed, list_id).choices if choice.code != code)
    return with_choice_list(freed, ChoiceList(list_id, left))


def move_choice(questionnaire: Questionnaire, list_id: str, code: str, to: int) -> Questionnaire:
    """Move a choice to this place, from 0; codes stay, so answers already given keep their meaning."""
    choices = list_at(questionnaire, list_id).choices
    rank = choices.index(choice_at(questionnaire, list_id, code))
    if not 0 <= to < len(choices):
        raise ModelError(f"La place {to + 1} n’existe pas : il y a {len(choices)} choix.")
    return with_choice_list(questionnaire, ChoiceList(list_id, moved(choices, rank, to)))


def set_role(questionnaire: Questionnaire, list_id: str, code: str, role: Role) -> Questionnaire:
    """Say whether a choice is an answer, declines to answer, or stands apart from the scale."""
    declining = list_at(questionnaire, list_id).declining
    if role is Role.DECLINES and declining is not None and declining.code != code:
        raise ModelError(f"La liste « {list_id} » offre déjà « je préfère ne pas répondre ».")
    return with_choice(questionnaire, list_id, code, lambda choice: replace(choice, role=role))


def set_exclusive(questionnaire: Questionnaire, list_id: str, code: str, exclusive: bool) -> Questionnaire:
    """Say whether ticking this choice unticks the others (« Aucun »)."""
    return with_choice(questionnaire, list_id, code, lambda choice: replace(choice, exclusive=exclusive))


def set_worth(
    questionnaire: Questionnaire, list_id: str, code: str, value: float | None, opinion: Opinion | None
) -> Questionnaire:
    """Say what a choice brings to a score and which opinion it expresses; None: as the rank says."""
    return with_choice(
        questionnaire, list_id, code, lambda choice: replace(choice, value=value, opinion=opinion)
    )


def own_list(questionnaire: Questionnaire, item_id: str, list_id: str) -> Questionnaire:
    """Give an item its own copy of a list it shares, so that changing it changes nothing elsewhere."""

    def apart(item: Item) -> Item:
        used = next((choices for choices in choice_lists(item) if choices.id == list_id), None)
        if used is None:
            raise ModelError(f"La question « {item_id} » n’emploie pas la liste « {list_id} ».")
        taken = (choices.id for choices in questionnaire.choice_lists)
        return with_list(item, list_id, ChoiceList(new_list_id(list_id, taken), used.choices))

    return with_item(questionnaire, item_id, apart)


def use_list(
    questionnaire: Questionnaire, item_id: str, old_id: str, new_id: str, *, with_dependants: bool = False
) -> Questionnaire:
    """Make an item use another list of the questionnaire.

    Refuse while a formula compares its answer with a code the new list does not have.
    """
    new = list_at(questionnaire, new_id)
    known = {choice.code for choice in new.choices}
    alone = own_list(questionnaire, item_id, old_id)
    item = next(each for each in alone.items if each.id == item_id)
    (apart,) = {choices.id for choices in choice_lists(item)} - {
        choices.id for choices in questionnaire.choice_lists
    }
    for choice in list_at(alone, apart).choices:
        spot = Spot.choice(apart, choice.code)
        if choice.code not in known and dependants(alone, spot):
            alone = released(alone, spot, with_dependants=with_dependants)
    return with_item(alone, item_id, lambda each: with_list(each, apart, new))


def users_of_list(questionnaire: Questionnaire, list_id: str) -> tuple[str, ...]:
    """Return the ids of the items that use a list."""
    return tuple(
        item.id
        for item in questionnaire.items
        if any(choices.id == list_id for choices in choice_lists(item))
    )


def with_choice(
    questionnaire: Questionnaire, list_id: str, code: str, change: Callable[[Choice], Choice]
) -> Questionnaire:
    choice_at(questionnaire, list_id, code)
    choices = list_at(questionnaire, list_id).choices
    changed = tuple(change(choice) if choice.code == code else choice for choice in choices)
    return with_choice_list(questionnaire, ChoiceList(list_id, changed))


def with_choice_list(questionnaire: Questionnaire, choices: ChoiceList) -> Questionnaire:
    """Put a list in the place of the one of the same id, in every item that uses it."""
    users = {
        item.id: with_list(item, choices.id, choices)
        for item in questionnaire.items
        if any(used.id == choices.id for used in choice_lists(item))
    }
    return with_items(questionnaire, users)
