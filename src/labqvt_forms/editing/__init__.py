"""Everything an editor does to a questionnaire: pure functions, a questionnaire in, a new one out.

Each refuses what is impossible with one French sentence (ModelError, QuestionnaireError). Undo is keeping the
questionnaire of before: nothing is changed in place.

    questionnaire = editing.blank("Baromètre", "fr")
    question = editing.fresh(questionnaire, editing.example_item(Kind.YES_NO), "G1")
    questionnaire = editing.add_item(questionnaire, "G1", question)
    questionnaire = editing.set_text(questionnaire, Spot.item(question.id), "label", "Êtes-vous cadre ?", "fr")
"""

from labqvt_forms.editing.choices import (
    add_choice,
    move_choice,
    own_list,
    remove_choice,
    set_exclusive,
    set_role,
    set_worth,
    use_list,
    users_of_list,
)
from labqvt_forms.editing.conditions import set_calculation, set_condition, set_validation
from labqvt_forms.editing.dependants import Dependant, dependants
from labqvt_forms.editing.examples import blank, example_item
from labqvt_forms.editing.groups import add_group, duplicate_group, move_group, remove_group
from labqvt_forms.editing.items import (
    add_item,
    added_items,
    duplicate_item,
    move_item,
    place_of,
    remove_item,
    shift_item,
)
from labqvt_forms.editing.kinds import change_kind, possible_kinds
from labqvt_forms.editing.naming import fresh, new_group_id, new_item_id, new_scale_id
from labqvt_forms.editing.options import (
    options_of,
    set_group_options,
    set_min_group,
    set_nature,
    set_options,
    set_version,
)
from labqvt_forms.editing.renaming import rename
from labqvt_forms.editing.rows import add_row, move_row, remove_row, set_row_reverse
from labqvt_forms.editing.scales import (
    add_scale,
    put_in_scale,
    remove_scale,
    scorable,
    set_determinant,
    set_missing_rule,
    take_out_of_scale,
)
from labqvt_forms.editing.texts import (
    add_language,
    remove_language,
    set_main_language,
    set_text,
    text_fields,
    text_of,
)

__all__ = [
    "Dependant",
    "add_choice",
    "add_group",
    "add_item",
    "add_language",
    "add_row",
    "add_scale",
    "added_items",
    "blank",
    "change_kind",
    "dependants",
    "duplicate_group",
    "duplicate_item",
    "example_item",
    "fresh",
    "move_choice",
    "move_group",
    "move_item",
    "move_row",
    "new_group_id",
    "new_item_id",
    "new_scale_id",
    "options_of",
    "own_list",
    "place_of",
    "possible_kinds",
    "put_in_scale",
    "remove_choice",
    "remove_group",
    "remove_item",
    "remove_language",
    "remove_row",
    "remove_scale",
    "rename",
    "scorable",
    "set_calculation",
    "set_condition",
    "set_determinant",
    "set_exclusive",
    "set_group_options",
    "set_main_language",
    "set_min_group",
    "set_missing_rule",
    "set_nature",
    "set_options",
    "set_role",
    "set_row_reverse",
    "set_text",
    "set_validation",
    "set_version",
    "set_worth",
    "shift_item",
    "take_out_of_scale",
    "text_fields",
    "text_of",
    "use_list",
    "users_of_list",
]
