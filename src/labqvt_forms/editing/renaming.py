"""Change the id of a part everywhere it is cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from labqvt_forms.choices import ChoiceList
from labqvt_forms.editing.formulas import renamed, with_formulas
from labqvt_forms.editing.naming import with_list
from labqvt_forms.editing.parts import with_group, with_item, with_items, with_row, with_scale
from labqvt_forms.errors import ModelError
from labqvt_forms.items import Item, choice_lists
from labqvt_forms.questionnaire import Questionnaire, variables_of
from labqvt_forms.spots import Part, Spot, item_at, list_at


def rename(questionnaire: Questionnaire, spot: Spot, new_id: str) -> Questionnaire:
    """Give a part another id; conditions, validations, calculations, scales and quotas follow.

    The code of a choice does not change: answers already given bear it.
    """
    new_id = new_id.strip()
    match spot.part:
        case Part.QUESTIONNAIRE:
            return replace(questionnaire, id=new_id)
        case Part.GROUP:
            return with_group(questionnaire, spot.id, lambda group: replace(group, id=new_id))
        case Part.SCALE:
            changed = with_scale(questionnaire, spot.id, lambda scale: replace(scale, id=new_id))
            return recited(changed, {}, {spot.id: new_id})
        case Part.LIST:
            return _renamed_list(questionnaire, spot.id, new_id)
        case Part.QUOTA:
            quotas = tuple(
                replace(quota, id=new_id) if quota.id == spot.id else quota for quota in questionnaire.quotas
            )
            return replace(questionnaire, quotas=quotas)
        case Part.CHOICE:
            raise ModelError("Le code d’un choix ne change pas : ajoutez un choix et retirez celui-ci.")
        case _:
            pass
    item_id = spot.owner or spot.id
    old = item_at(questionnaire, item_id)
    # Scales and quotas are put back once questions have their new names: they may not cite an unknown one.
    bare = replace(questionnaire, scales=(), quotas=())
    if spot.part is Part.ROW:
        changed = with_row(bare, item_id, spot.id, lambda row: replace(row, id=new_id))
    else:
        changed = with_item(bare, item_id, lambda item: replace(item, id=new_id))
    new = item_at(changed, item_id if spot.part is Part.ROW else new_id)
    return followed(changed, old, new, questionnaire)


def followed(changed: Questionnaire, old: Item, new: Item, before: Questionnaire) -> Questionnaire:
    """Make formulas, the scales and the quotas of ``before`` follow the columns of an item from old to new names."""
    pairs = zip(variables_of(old), variables_of(new), strict=True)
    names = {was.id: now.id for was, now in pairs if was.id != now.id}
    scales = tuple(
        replace(scale, items=tuple(names.get(id_, id_) for id_ in scale.items)) for scale in before.scales
    )
    quotas = tuple(
        replace(quota, demands=tuple((names.get(id_, id_), code) for id_, code in quota.demands))
        for quota in before.quotas
    )
    return replace(recited(changed, names, {}), scales=scales, quotas=quotas)


def recited(
    questionnaire: Questionnaire, answers: Mapping[str, str], scales: Mapping[str, str]
) -> Questionnaire:
    """Write new names in every formula."""
    if not answers and not scales:
        return questionnaire
    return with_formulas(questionnaire, lambda _, __, formula: renamed(formula, answers, scales))


def _renamed_list(questionnaire: Questionnaire, old_id: str, new_id: str) -> Questionnaire:
    choices = list_at(questionnaire, old_id)
    if new_id != old_id and any(each.id == new_id for each in questionnaire.choice_lists):
        raise ModelError(f"Une liste de choix s’appelle déjà « {new_id} ».")
    renamed_list = ChoiceList(new_id, choices.choices)
    users = {
        item.id: with_list(item, old_id, renamed_list)
        for item in questionnaire.items
        if any(each.id == old_id for each in choice_lists(item))
    }
    return with_items(questionnaire, users)
