"""Random sequences of edits: the questionnaire stays valid and its JSON gives it back."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from labqvt_forms import (
    Formula,
    Kind,
    Nature,
    Opinion,
    Questionnaire,
    QuestionnaireError,
    Role,
    Text,
    editing,
)
from labqvt_forms.formats import json_form
from labqvt_forms.items import Rows
from labqvt_forms.logic import references
from labqvt_forms.questionnaire import Determinant
from labqvt_forms.spots import WHOLE, Spot, formulas
from tests.forms.questionnaires import Maker

Draw = random.Random


def spots(questionnaire: Questionnaire) -> list[Spot]:
    found = [WHOLE, *(Spot.group(group.id) for group in questionnaire.groups)]
    for item in questionnaire.items:
        found.append(Spot.item(item.id))
        found += [Spot.row(item.id, row.id) for row in getattr(item, "rows", ())]
    found += [Spot.scale(scale.id) for scale in questionnaire.scales]
    for choices in questionnaire.choice_lists:
        found += [Spot.choice(choices.id, choice.code) for choice in choices.choices]
    return found


def a_group(draw: Draw, q: Questionnaire) -> str:
    return draw.choice(q.groups).id if q.groups else "none"


def an_item(draw: Draw, q: Questionnaire) -> str:
    return draw.choice(q.items).id if q.items else "none"


def a_row(draw: Draw, q: Questionnaire) -> tuple[str, str]:
    rows = [(item.id, row.id) for item in q.items if isinstance(item, Rows) for row in item.rows]
    return draw.choice(rows) if rows else ("none", "none")


def a_choice(draw: Draw, q: Questionnaire) -> tuple[str, str]:
    codes = [(choices.id, choice.code) for choices in q.choice_lists for choice in choices.choices]
    return draw.choice(codes) if codes else ("none", "none")


def a_list(draw: Draw, q: Questionnaire) -> str:
    return draw.choice(q.choice_lists).id if q.choice_lists else "none"


def a_variable(draw: Draw, q: Questionnaire) -> str:
    return draw.choice(q.variables).id if q.variables else "none"


def a_scale(draw: Draw, q: Questionnaire) -> str:
    return draw.choice(q.scales).id if q.scales else "none"


def any_text(draw: Draw, q: Questionnaire, spot: Spot) -> Questionnaire:
    fields = ["label", "hint", "title", "description", "welcome", "end", "unit", "message", "low_label"]
    return editing.set_text(
        q, spot, draw.choice(fields), draw.choice(["Une phrase", ""]), draw.choice(q.languages)
    )


def new_item(draw: Draw, q: Questionnaire) -> Questionnaire:
    group = a_group(draw, q)
    item = editing.fresh(q, editing.example_item(draw.choice(list(Kind))), group)
    return editing.add_item(q, group, item, at=draw.choice([None, 0]))


def option(draw: Draw, q: Questionnaire) -> Questionnaire:
    options: list[dict[str, object]] = [
        {"required": "yes"}, {"profile": True}, {"declinable": True}, {"least": 2, "most": 5}, {"random_order": True},
        {"longest": 80}, {"earliest": "2024-01-01"}, {"reverse": True},
    ]  # fmt: skip
    return editing.set_options(q, an_item(draw, q), **draw.choice(options))


def condition(draw: Draw, q: Questionnaire) -> Questionnaire:
    formula = Formula(f"${{{a_variable(draw, q)}}} = '1' or ${{{a_variable(draw, q)}}} != ''")
    return editing.set_condition(q, draw.choice(spots(q)), draw.choice([None, formula]))


def shared_list(draw: Draw, q: Questionnaire) -> Questionnaire:
    return editing.use_list(q, an_item(draw, q), a_list(draw, q), a_list(draw, q), with_dependants=True)


EDITS: dict[str, Callable[[Draw, Questionnaire], Questionnaire]] = {
    "add_group": lambda d, q: editing.add_group(q, Text.of(fr=d.choice(["", "Votre équipe"]))),
    "move_group": lambda d, q: editing.move_group(q, a_group(d, q), d.randint(0, 3)),
    "remove_group": lambda d, q: editing.remove_group(q, a_group(d, q), with_dependants=d.random() < 0.7),
    "duplicate_group": lambda d, q: editing.duplicate_group(q, a_group(d, q)),
    "new_item": new_item,
    "new_item_again": new_item,
    "move_item": lambda d, q: editing.move_item(q, an_item(d, q), a_group(d, q), d.randint(0, 3)),
    "shift_item": lambda d, q: editing.shift_item(q, an_item(d, q), d.choice([-1, 1])),
    "remove_item": lambda d, q: editing.remove_item(q, an_item(d, q), with_dependants=d.random() < 0.7),
    "duplicate_item": lambda d, q: editing.duplicate_item(q, an_item(d, q)),
    "set_text": lambda d, q: any_text(d, q, d.choice(spots(q))),
    "add_language": lambda d, q: editing.add_language(q, d.choice(["es", "br"]), copied_from=d.choice(["", "fr"])),
    "remove_language": lambda d, q: editing.remove_language(q, d.choice(["es", "br", "en"])),
    "main_language": lambda d, q: editing.set_main_language(q, d.choice(["en", "fr"])),
    "add_choice": lambda d, q: editing.add_choice(q, a_list(d, q), role=d.choice(list(Role))),
    "move_choice": lambda d, q: editing.move_choice(q, *a_choice(d, q), d.randint(0, 4)),
    "remove_choice": lambda d, q: editing.remove_choice(q, *a_choice(d, q), with_dependants=d.random() < 0.7),
    "set_role": lambda d, q: editing.set_role(q, *a_choice(d, q), d.choice(list(Role))),
    "set_exclusive": lambda d, q: editing.set_exclusive(q, *a_choice(d, q), d.random() < 0.5),
    "set_worth": lambda d, q: editing.set_worth(q, *a_choice(d, q), 2.0, Opinion.NEUTRAL),
    "own_list": lambda d, q: editing.own_list(q, an_item(d, q), a_list(d, q)),
    "use_list": shared_list,
    "add_row": lambda d, q: editing.add_row(q, a_row(d, q)[0], Text.of(fr="Une ligne")),
    "move_row": lambda d, q: editing.move_row(q, *a_row(d, q), d.randint(0, 2)),
    "remove_row": lambda d, q: editing.remove_row(q, *a_row(d, q), with_dependants=d.random() < 0.7),
    "row_reverse": lambda d, q: editing.set_row_reverse(q, *a_row(d, q), True),
    "options": option,
    "change_kind": lambda d, q: editing.change_kind(
        q, an_item(d, q), d.choice(list(Kind)), with_dependants=d.random() < 0.7
    ),
    "condition": condition,
    "add_scale": lambda d, q: editing.add_scale(q, determinant=d.choice([None, *Determinant])),
    "put_in_scale": lambda d, q: editing.put_in_scale(q, a_scale(d, q), a_variable(d, q)),
    "take_out": lambda d, q: editing.take_out_of_scale(q, a_scale(d, q), a_variable(d, q)),
    "missing_rule": lambda d, q: editing.set_missing_rule(q, a_scale(d, q), d.choice(["half", "all", 2])),
    "remove_scale": lambda d, q: editing.remove_scale(q, a_scale(d, q), with_dependants=True),
    "rename": lambda d, q: editing.rename(q, d.choice(spots(q)), d.choice(["autre", "x1", a_variable(d, q)])),
    "nature": lambda d, q: editing.set_nature(q, d.choice(list(Nature))),
    "version": lambda d, q: editing.set_version(q, "2"),
    "group_options": lambda d, q: editing.set_group_options(q, a_group(d, q), random_order=True),
}  # fmt: skip


def unknown_references(questionnaire: Questionnaire) -> set[str]:
    known = {variable.id for variable in questionnaire.variables}
    trees = [formula.tree for _, _, formula in formulas(questionnaire)]
    return {id_ for tree in trees if tree for id_ in references(tree)} - known


def tried(name: str, draw: Draw, questionnaire: Questionnaire) -> Questionnaire | QuestionnaireError:
    try:
        return EDITS[name](draw, questionnaire)
    except QuestionnaireError as error:
        return error


def walk(seed: int, steps: int) -> None:
    """Edit at random; what cannot be done is refused with a sentence, what is done stays sound."""
    draw = random.Random(seed)
    questionnaire = Maker(seed).questionnaire() if seed % 3 else editing.blank("Enquête", "fr")
    for _ in range(steps):
        name = draw.choice(list(EDITS))
        edited = tried(name, draw, questionnaire)
        if isinstance(edited, QuestionnaireError):
            assert str(edited).endswith("."), (seed, name, str(edited))
            continue
        assert not unknown_references(edited), (seed, name)
        questionnaire = edited
    assert json_form.loads(json_form.dumps(questionnaire)) == questionnaire, seed


def test_any_sequence_of_edits_keeps_a_valid_questionnaire_that_json_gives_back() -> None:
    for seed in range(30):
        walk(seed, 40)


@pytest.mark.long
def test_long_sequences_of_edits_too() -> None:
    for seed in range(1000, 1200):
        walk(seed, 100)


def test_every_edit_succeeds_somewhere() -> None:
    done: set[str] = set()
    for seed in range(40):
        draw = random.Random(seed)
        questionnaire = Maker(seed + 1000).questionnaire()
        for name in draw.sample(list(EDITS), k=len(EDITS)):
            edited = tried(name, draw, questionnaire)
            if not isinstance(edited, QuestionnaireError):
                done |= {name} if edited != questionnaire else set()
                questionnaire = edited
    assert done == set(EDITS)
