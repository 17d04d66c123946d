"""Settings of a question, of a group and of the questionnaire."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from labqvt_forms.editing.parts import with_group, with_item
from labqvt_forms.errors import ModelError
from labqvt_forms.formats.json_form import field_types, with_fields, written_fields
from labqvt_forms.items import Item
from labqvt_forms.questionnaire import Group, Nature, Questionnaire
from labqvt_forms.text import Text

_NOT_OPTIONS: Final = frozenset(
    {"id", "label", "hint", "relevant", "appearance", "validation", "choices", "rows", "first", "second"}
)


def options_of(item: Item) -> tuple[str, ...]:
    """Names of what ``set_options`` may change of this item: texts, rows, choices and conditions apart."""
    cls: Any = type(item)
    hints = field_types(cls)
    return tuple(
        field.name
        for field in written_fields(cls)
        if field.name not in _NOT_OPTIONS and hints[field.name] is not Text
    )


def set_options(questionnaire: Questionnaire, item_id: str, **options: object) -> Questionnaire:
    """Change settings of a question: ``required="yes"``, ``profile=True``, ``least=0``, ``latest="2030-01-01"``…

    Raises
    ------
    ModelError
        A setting this kind of question does not have.
    QuestionnaireError
        A value it cannot take; the place names the setting.
    """

    def changed(item: Item) -> Item:
        known = options_of(item)
        for name in options:
            if name not in known:
                raise ModelError(f"La question « {item_id} » n’a pas de réglage « {name} ».")
        return with_fields(item, dict(options), {})

    return with_item(questionnaire, item_id, changed)


def set_group_options(
    questionnaire: Questionnaire,
    group_id: str,
    *,
    random_order: bool | None = None,
    random_group: str | None = None,
) -> Questionnaire:
    """Say whether the questions of a group, or groups among themselves, are shown in a random order."""

    def changed(group: Group) -> Group:
        order = group.random_order if random_order is None else random_order
        together = group.random_group if random_group is None else random_group.strip()
        return replace(group, random_order=order, random_group=together)

    return with_group(questionnaire, group_id, changed)


def set_nature(questionnaire: Questionnaire, nature: Nature) -> Questionnaire:
    """Say who answers: people nobody may trace, or structures by name."""
    return replace(questionnaire, nature=nature)


def set_version(questionnaire: Questionnaire, version: str) -> Questionnaire:
    if not version.strip():
        raise ModelError("Une version a besoin d’un nom : un numéro ou une date.")
    return replace(questionnaire, version=version.strip())


def set_min_group(questionnaire: Questionnaire, least: int | None) -> Questionnaire:
    """Say under how many answers nothing is shown; None leaves it to the campaign."""
    return replace(questionnaire, min_group=least)
