"""Scales: which questions make a score."""

from __future__ import annotations

from dataclasses import replace

from labqvt_forms.editing.dependants import released
from labqvt_forms.editing.naming import new_scale_id
from labqvt_forms.editing.parts import with_scale
from labqvt_forms.errors import ModelError
from labqvt_forms.items import Kind, Number, Numbers
from labqvt_forms.questionnaire import Determinant, MissingRule, Questionnaire, Scale, Variable, variables_of
from labqvt_forms.spots import Spot, item_at, scale_at
from labqvt_forms.text import NO_TEXT, Text


def add_scale(
    questionnaire: Questionnaire,
    label: Text = NO_TEXT,
    *,
    determinant: Determinant | None = None,
    missing_rule: MissingRule = "half",
    id_: str = "",
) -> Questionnaire:
    """Add a scale that no question is in yet."""
    id_ = id_ or new_scale_id(questionnaire, label.pick(questionnaire.language))
    scale = Scale(id=id_, label=label, determinant=determinant, missing_rule=missing_rule)
    return replace(questionnaire, scales=(*questionnaire.scales, scale))


def remove_scale(questionnaire: Questionnaire, id_: str, *, with_dependants: bool = False) -> Questionnaire:
    """Remove a scale, its questions stay; refuse while a formula reads its score."""
    freed = released(questionnaire, Spot.scale(id_), with_dependants=with_dependants)
    return replace(freed, scales=tuple(scale for scale in freed.scales if scale.id != id_))


def put_in_scale(questionnaire: Questionnaire, scale_id: str, variable_id: str) -> Questionnaire:
    """Count a question, a row, or all the rows of a block in a scale, in the order of the questionnaire."""
    scale = scale_at(questionnaire, scale_id)
    ranks = {variable.id: rank for rank, variable in enumerate(questionnaire.variables)}
    columns = _columns(questionnaire, variable_id)
    for column in columns:
        if not scorable(questionnaire.variable(column)):
            raise ModelError(
                f"« {column} » ne donne pas de note : une échelle compte des choix uniques, des lignes de bloc, "
                "des notes ou des nombres bornés."
            )
    items = sorted({*scale.items, *columns}, key=ranks.__getitem__)
    return with_scale(questionnaire, scale_id, lambda each: replace(each, items=tuple(items)))


def take_out_of_scale(questionnaire: Questionnaire, scale_id: str, variable_id: str) -> Questionnaire:
    """Count a question, a row, or any row of a block no longer."""
    columns = _columns(questionnaire, variable_id)
    if columns.isdisjoint(scale_at(questionnaire, scale_id).items):
        raise ModelError(f"L’échelle « {scale_id} » ne compte pas « {variable_id} ».")

    def left(scale: Scale) -> Scale:
        return replace(scale, items=tuple(id_ for id_ in scale.items if id_ not in columns))

    return with_scale(questionnaire, scale_id, left)


def set_missing_rule(questionnaire: Questionnaire, scale_id: str, rule: MissingRule) -> Questionnaire:
    """Say how many questions of the scale must be answered for its score to exist."""
    size = len(scale_at(questionnaire, scale_id).items)
    if isinstance(rule, int) and rule > size:
        raise ModelError(f"L’échelle « {scale_id} » n’a que {size} question(s) : demandez-en {size} au plus.")
    return with_scale(questionnaire, scale_id, lambda scale: replace(scale, missing_rule=rule))


def set_determinant(
    questionnaire: Questionnaire, scale_id: str, determinant: Determinant | None
) -> Questionnaire:
    return with_scale(questionnaire, scale_id, lambda scale: replace(scale, determinant=determinant))


def _columns(questionnaire: Questionnaire, id_: str) -> frozenset[str]:
    """Return the answer column of this id, or those of the item of this id."""
    if any(variable.id == id_ for variable in questionnaire.variables):
        return frozenset({id_})
    return frozenset(variable.id for variable in variables_of(item_at(questionnaire, id_)))


def scorable(variable: Variable) -> bool:
    """Say whether an answer to this has a place between a lowest and a highest value."""
    if isinstance(variable.item, Number | Numbers):
        return variable.item.least is not None and variable.item.most is not None
    return variable.kind in (Kind.SINGLE, Kind.YES_NO, Kind.RATING)
