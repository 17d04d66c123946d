"""Write the texts of a questionnaire in one language; add and remove languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, Final, TypeVar

from labqvt_forms.choices import ChoiceList
from labqvt_forms.editing.choices import with_choice
from labqvt_forms.editing.naming import with_list
from labqvt_forms.editing.parts import with_group, with_item, with_row, with_scale
from labqvt_forms.errors import ModelError
from labqvt_forms.items import YES_NO, Item, Question, Rows, choice_lists
from labqvt_forms.questionnaire import Questionnaire
from labqvt_forms.spots import Part, Spot, quota_at
from labqvt_forms.text import Text

Value = TypeVar("Value")
LONGEST_TEXT: Final = 10_000
MESSAGE: Final = "message"
"""The field of an item that is the sentence of its validation."""


def set_text(
    questionnaire: Questionnaire, spot: Spot, field: str, words: str, language: str
) -> Questionnaire:
    """Write a text in one language, the others unchanged; empty words take the translation away.

    Parameters
    ----------
    spot
        The questionnaire, a group, an item, a row, a scale, a choice or a quota.
    field
        One of ``text_fields``: ``title``, ``description``, ``welcome``, ``end``, ``label``, ``hint``, ``unit``…
        and ``message`` for the sentence of a validation.
    """
    if language not in questionnaire.languages:
        raise ModelError(
            f"Ce questionnaire n’est pas écrit en « {language} » : ajoutez d’abord cette langue."
        )
    words = words.strip().replace("\r\n", "\n")
    if len(words) > LONGEST_TEXT:
        raise ModelError(f"Ce texte dépasse {LONGEST_TEXT} signes : raccourcissez-le.")

    def written(part: Value) -> Value:
        return _written(part, spot, field, words, language)

    match spot.part:
        case Part.QUESTIONNAIRE:
            changed = written(questionnaire)
        case Part.GROUP:
            changed = with_group(questionnaire, spot.id, written)
        case Part.ITEM:
            changed = with_item(questionnaire, spot.id, written)
        case Part.ROW:
            changed = with_row(questionnaire, spot.owner, spot.id, written)
        case Part.SCALE:
            changed = with_scale(questionnaire, spot.id, written)
        case Part.CHOICE:
            changed = with_choice(questionnaire, spot.owner, spot.id, written)
        case Part.QUOTA:
            quota = quota_at(questionnaire, spot.id)
            quotas = tuple(written(one) if one is quota else one for one in questionnaire.quotas)
            changed = replace(questionnaire, quotas=quotas)
        case Part.LIST:
            raise ModelError("Une liste de choix n’a pas de texte à elle : écrivez ceux de ses choix.")
    return changed


def text_fields(part: object) -> tuple[str, ...]:
    """Names of the texts of a questionnaire, group, item, row, scale or choice, in the order of the model."""
    known: Any = part
    own = tuple(field.name for field in fields(known) if isinstance(getattr(part, field.name), Text))
    return (*own, MESSAGE) if isinstance(part, Question) and part.validation else own


def text_of(part: object, field: str) -> Text:
    """Return one of ``text_fields``."""
    if field == MESSAGE and isinstance(part, Question) and part.validation:
        return part.validation.message
    text = getattr(part, field)
    assert isinstance(text, Text)
    return text


def _written(part: Value, spot: Spot, field: str, words: str, language: str) -> Value:
    if field not in text_fields(part):
        raise ModelError(f"« {spot} » n’a pas de texte « {field} ».")
    return with_text(part, field, Text.of({**dict(text_of(part, field)), language: words}))


def with_text(part: Value, field: str, text: Text) -> Value:
    if text == text_of(part, field):
        return part
    changed: Any = part
    if field == MESSAGE and isinstance(part, Question):
        result: Value = replace(changed, validation=replace(changed.validation, message=text))
    else:
        result = replace(changed, **{field: text})
    return result


def add_language(questionnaire: Questionnaire, code: str, *, copied_from: str = "") -> Questionnaire:
    """Add a language, last; its texts are empty, or start as those of ``copied_from``."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
        raise ModelError(f"« {code} » n’est pas un code de langue : écrivez par exemple « en » ou « pt-BR ».")
    if code in questionnaire.languages:
        raise ModelError(f"Ce questionnaire est déjà écrit en « {code} ».")
    if copied_from and copied_from not in questionnaire.languages:
        raise ModelError(f"Ce questionnaire n’est pas écrit en « {copied_from} ».")

    def copied(text: Text) -> Text:
        words = text.get(code) or text.get(copied_from) or ""
        return Text.of({**dict(text), code: words})

    if copied_from:
        questionnaire = with_texts(questionnaire, copied)
    return replace(questionnaire, languages=(*questionnaire.languages, code))


def remove_language(questionnaire: Questionnaire, code: str) -> Questionnaire:
    """Remove a language and every text in it."""
    if code not in questionnaire.languages:
        raise ModelError(f"Ce questionnaire n’est pas écrit en « {code} ».")
    if len(questionnaire.languages) == 1:
        raise ModelError(
            "Un questionnaire a au moins une langue : ajoutez-en une autre avant de retirer celle-ci."
        )
    left = with_texts(questionnaire, lambda text: Text.of({**dict(text), code: ""}))
    return replace(left, languages=tuple(language for language in left.languages if language != code))


def set_main_language(questionnaire: Questionnaire, code: str) -> Questionnaire:
    """Make one of the languages the main one: the first."""
    if code not in questionnaire.languages:
        raise ModelError(f"Ce questionnaire n’est pas écrit en « {code} » : ajoutez d’abord cette langue.")
    others = (language for language in questionnaire.languages if language != code)
    return replace(questionnaire, languages=(code, *others))


def with_texts(questionnaire: Questionnaire, change: Callable[[Text], Text]) -> Questionnaire:
    """Return the questionnaire with every text as ``change`` gives it back.

    The shared « Oui / Non » keeps its own words: they come with the model, not from an author.
    """

    def each(part: Value) -> Value:
        for field in text_fields(part):
            part = with_text(part, field, change(text_of(part, field)))
        return part

    lists = {
        choices.id: ChoiceList(choices.id, tuple(each(choice) for choice in choices.choices))
        for choices in questionnaire.choice_lists
        if choices != YES_NO
    }

    def item(part: Item) -> Item:
        part = each(part)
        for choices in choice_lists(part):
            part = with_list(part, choices.id, lists.get(choices.id, choices))
        return replace(part, rows=tuple(each(row) for row in part.rows)) if isinstance(part, Rows) else part

    groups = tuple(
        replace(each(group), items=tuple(item(one) for one in group.items)) for group in questionnaire.groups
    )
    scales = tuple(each(scale) for scale in questionnaire.scales)
    quotas = tuple(each(quota) for quota in questionnaire.quotas)
    return replace(each(questionnaire), groups=groups, scales=scales, quotas=quotas)
