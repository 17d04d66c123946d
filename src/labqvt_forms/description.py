"""A questionnaire told plainly, for other programs and for a terminal."""

from __future__ import annotations

from typing import Any

from labqvt_forms.choices import Role
from labqvt_forms.items import Required
from labqvt_forms.questionnaire import Questionnaire, Variable
from labqvt_forms.reading import Reading


def describe(reading: Reading, *, language: str = "") -> dict[str, Any]:
    """Return what ``labqvt questionnaire show --json`` prints; texts in ``language``, else the main one."""
    questionnaire = reading.questionnaire
    language = language or questionnaire.language
    return {
        "title": questionnaire.title.pick(language, questionnaire.language),
        "languages": list(questionnaire.languages),
        "anonymous": questionnaire.anonymous,
        "items": [_item(variable, questionnaire, language) for variable in questionnaire.variables],
        "scales": [
            {
                "id": scale.id,
                "label": scale.label.pick(language, questionnaire.language) or scale.id,
                "items": list(scale.items),
                "missing_rule": scale.missing_rule,
                "determinant": scale.determinant.value if scale.determinant else None,
            }
            for scale in questionnaire.scales
        ],
        "warnings": list(reading.warnings),
    }


def _item(variable: Variable, questionnaire: Questionnaire, language: str) -> dict[str, Any]:
    scale = questionnaire.scale_of(variable.id)
    told: dict[str, Any] = {
        "id": variable.id,
        "type": variable.kind.value,
        "label": variable.label.pick(language, questionnaire.language),
        "choices": _choices(variable, questionnaire, language),
        "scale": scale.id if scale else None,
        "reverse": variable.reverse,
        "relevant": variable.relevant.text if variable.relevant else None,
        "required": variable.required is Required.YES,
    }
    if variable.required is Required.SOFT:
        told["required_softly"] = True
    if variable.row is not None:
        told["block"] = variable.item.id
        told["block_label"] = variable.item.label.pick(language, questionnaire.language)
    if variable.profile:
        told["profile"] = True
    return told


def _choices(variable: Variable, questionnaire: Questionnaire, language: str) -> list[dict[str, Any]]:
    if variable.choices is None:
        return []
    told = []
    for choice in variable.choices.choices:
        entry: dict[str, Any] = {
            "code": choice.code,
            "label": choice.label.pick(language, questionnaire.language) or choice.code,
        }
        if choice.role is not Role.ANSWER:
            entry["role"] = choice.role.value
        told.append(entry)
    return told
