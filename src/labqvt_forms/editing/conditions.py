"""Set and clear the condition of a group, an item or a row, and the rule on an answer."""

from __future__ import annotations

from dataclasses import replace

from labqvt_forms.editing.parts import with_group, with_item, with_row
from labqvt_forms.errors import ModelError
from labqvt_forms.items import Computed, Item, Question, Validation
from labqvt_forms.logic import Formula
from labqvt_forms.questionnaire import Questionnaire
from labqvt_forms.spots import Part, Spot
from labqvt_forms.text import NO_TEXT


def set_condition(questionnaire: Questionnaire, spot: Spot, condition: Formula | None) -> Questionnaire:
    """Show a group, an item or a row only when this holds; None shows it always.

    Raises
    ------
    ModelError
        When the formula reads an answer that does not exist, or the part has no condition.
    """
    _refuse_unknown(questionnaire, condition)
    match spot.part:
        case Part.GROUP:
            return with_group(questionnaire, spot.id, lambda group: replace(group, relevant=condition))
        case Part.ITEM:
            return with_item(questionnaire, spot.id, lambda item: replace(item, relevant=condition))
        case Part.ROW:
            return with_row(questionnaire, spot.owner, spot.id, lambda row: replace(row, relevant=condition))
        case _:
            raise ModelError("Seuls un groupe, une question ou une ligne s’affichent sous condition.")


def set_validation(questionnaire: Questionnaire, item_id: str, rule: Formula | None) -> Questionnaire:
    """Refuse answers that do not follow a rule; the sentence shown is kept when there is one."""
    _refuse_unknown(questionnaire, rule)

    def ruled(item: Item) -> Item:
        if not isinstance(item, Question):
            raise ModelError(f"« {item_id} » n’attend pas de réponse : aucune règle à vérifier.")
        message = item.validation.message if item.validation else NO_TEXT
        return replace(item, validation=Validation(rule, message) if rule else None)

    return with_item(questionnaire, item_id, ruled)


def set_calculation(questionnaire: Questionnaire, item_id: str, formula: Formula | None) -> Questionnaire:
    """Say how a computed value is worked out."""
    _refuse_unknown(questionnaire, formula)

    def computed(item: Item) -> Item:
        if not isinstance(item, Computed):
            raise ModelError(f"« {item_id} » n’est pas un calcul.")
        return replace(item, formula=formula)

    return with_item(questionnaire, item_id, computed)


def _refuse_unknown(questionnaire: Questionnaire, formula: Formula | None) -> None:
    if formula is None:
        return
    known = {variable.id for variable in questionnaire.variables}
    for id_ in formula.reads:
        if id_ not in known:
            raise ModelError(f"La condition cite « {id_} », qui n’est pas une question de ce questionnaire.")
