"""One group, or one question, of a questionnaire."""

from __future__ import annotations

from dataclasses import replace

from labqvt_forms.errors import QuestionnaireError
from labqvt_forms.questionnaire import Group, Questionnaire, variables_of


def only_group(questionnaire: Questionnaire, id_: str) -> Questionnaire:
    """Keep one group, and of the scales and quotas what it asks."""
    for group in questionnaire.groups:
        if group.id == id_:
            return _only(questionnaire, group)
    known = ", ".join(group.id for group in questionnaire.groups)
    raise QuestionnaireError(f"le groupe « {id_} » n’existe pas. Groupes de ce questionnaire : {known}.")


def only_question(questionnaire: Questionnaire, id_: str) -> Questionnaire:
    """Keep one item, alone in its group."""
    for group in questionnaire.groups:
        for item in group.items:
            if item.id == id_:
                return _only(questionnaire, replace(group, items=(item,)))
    raise QuestionnaireError(f"la question « {id_} » n’existe pas dans ce questionnaire : vérifiez son nom.")


def _only(questionnaire: Questionnaire, group: Group) -> Questionnaire:
    asked = {variable.id for item in group.items for variable in variables_of(item)}
    scales = [
        replace(scale, items=tuple(id_ for id_ in scale.items if id_ in asked))
        for scale in questionnaire.scales
    ]
    kept = tuple(scale for scale in scales if scale.items)
    quotas = tuple(quota for quota in questionnaire.quotas if {id_ for id_, _ in quota.demands} <= asked)
    return replace(questionnaire, groups=(group,), scales=kept, quotas=quotas)
