"""What LimeSurvey has no place for, kept in an attribute ``labqvt`` of questions that it ignores.

A JSON object by question: ``id``, ``rows``, ``codes``, ``lists`` give back names that LimeSurvey is too strict
for; ``choices`` completes choices, ``fields`` the item, ``item`` replaces it when LimeSurvey has no such kind.
The first question of a group completes the group, the first of all the questionnaire.
"""

from __future__ import annotations

from typing import Any

from labqvt_forms.choices import Choice, ChoiceList
from labqvt_forms.errors import Place, QuestionnaireError, placed
from labqvt_forms.formats.extension import Told, as_json, told_by_json
from labqvt_forms.formats.json_form import decode_item, with_fields
from labqvt_forms.formats.limesurvey.tables import LimeGroup, LimeQuestion, LimeSurvey
from labqvt_forms.items import Item
from labqvt_forms.questionnaire import Group, Questionnaire

ATTRIBUTE = "labqvt"
_SHAPES = {"rows": dict, "codes": dict, "choices": dict, "fields": dict, "item": dict, "lists": list}


def read_extensions(survey: LimeSurvey) -> None:
    """Open the extension of each question; a damaged one is refused by name."""
    for group in survey.groups:
        for question in group.questions:
            written = question.attribute(ATTRIBUTE)
            if written and not question.ours:
                question.ours = _opened(written, question.code)


def _opened(written: str, code: str) -> Told:
    told = told_by_json(written, _SHAPES)
    if told is None:
        raise QuestionnaireError("attribut « labqvt » abîmé : videz-le.", Place(key=f"question {code}"))
    return told


def completed(item: Item, question: LimeQuestion, lists: dict[str, ChoiceList]) -> Item:
    """Give an item what its extension adds."""
    told = question.ours
    with placed(Place(key=f"question {question.code}")):
        if "item" in told and told["item"].get("id") == item.id:
            return decode_item(told["item"], lists)
        return with_fields(item, told["fields"], lists) if "fields" in told else item


def completed_choice(choice: Choice, question: LimeQuestion, scale: int) -> Choice:
    """Give a choice of the first (0) or second (1) list of its question what the extension adds."""
    told = question.ours.get("choices", {}).get(f"{scale}:{choice.code}")
    return with_fields(choice, told, {}) if isinstance(told, dict) else choice


def completed_group(group: Group, source: LimeGroup) -> Group:
    told = source.questions[0].ours.get("group") if source.questions else None
    return with_fields(group, told, {}) if isinstance(told, dict) else group


def completed_questionnaire(questionnaire: Questionnaire, survey: LimeSurvey) -> Questionnaire:
    first = next((question for group in survey.groups for question in group.questions), None)
    told = first.ours.get("questionnaire") if first else None
    return with_fields(questionnaire, told, {}) if isinstance(told, dict) else questionnaire


BRACE = "\ue000"
"""Stands for a brace inside a text while the braces of the JSON are spaced out."""


def print_extension(told: Told) -> str:
    """Write an extension so that LimeSurvey, which works out what stands between braces, finds nothing to do."""
    written = as_json(_without_braces(told))
    return written.replace("{", "{ ").replace(BRACE, "\\u007b")


def _without_braces(told: Any) -> Any:
    if isinstance(told, str):
        return told.replace("{", BRACE)
    if isinstance(told, dict):
        return {_without_braces(key): _without_braces(value) for key, value in told.items()}
    return [_without_braces(part) for part in told] if isinstance(told, list) else told
