"""Write LimeSurvey structures: .lss of the recent layout, and the tab-separated text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from labqvt_forms.choices import ChoiceList
from labqvt_forms.formats.json_form import differing_fields, encode_item
from labqvt_forms.formats.limesurvey.extension import ATTRIBUTE, print_extension
from labqvt_forms.formats.limesurvey.reader import questionnaire_of
from labqvt_forms.formats.limesurvey.structure import Structure
from labqvt_forms.formats.limesurvey.tables import LimeSurvey
from labqvt_forms.formats.limesurvey.tsv_writer import print_tsv
from labqvt_forms.formats.limesurvey.xml_writer import print_lss
from labqvt_forms.formats.written import Unseen, Written
from labqvt_forms.items import DualBlock, Item, choice_lists
from labqvt_forms.questionnaire import Questionnaire


def write_lss(questionnaire: Questionnaire) -> Written:
    """Return the XML of the survey and what LimeSurvey will not see of the questionnaire."""
    return _written(questionnaire, print_lss)


def write_lime_tsv(questionnaire: Questionnaire) -> Written:
    """Return the structure text and what LimeSurvey will not see of the questionnaire."""
    return _written(questionnaire, print_tsv)


def _written(questionnaire: Questionnaire, printed: Callable[[LimeSurvey], bytes]) -> Written:
    structure = Structure(questionnaire)
    survey = structure.build()
    unseen = Unseen("LimeSurvey")
    _complete(structure, questionnaire, unseen)
    for question in structure.by_item.values():
        if question.ours:
            question.attributes[ATTRIBUTE] = {"": print_extension(question.ours)}
    return Written(printed(survey), unseen.warnings())


def _complete(structure: Structure, questionnaire: Questionnaire, unseen: Unseen) -> None:
    """Read the tables back and keep beside what came back different."""
    for item in questionnaire.items:
        question = structure.by_item[item.id]
        if question.ours.get("codes"):
            unseen.add(item.id, ["code"])
        if question.ours.get("id") or question.ours.get("rows"):
            unseen.add(item.id, ["id"])
    theirs = questionnaire_of(structure.survey, questionnaire.id)[0]
    for ours, back in zip(questionnaire.items, theirs.items, strict=True):
        _complete_choices(structure, ours, back, unseen)
    theirs = questionnaire_of(structure.survey, questionnaire.id)[0]
    for ours, back in zip(questionnaire.items, theirs.items, strict=True):
        if type(ours) is not type(back):
            structure.by_item[ours.id].ours["item"] = encode_item(ours)
            unseen.add(ours.id, [ours.kind.value])
        elif fields := differing_fields(ours, back):
            question = structure.by_item[ours.id]
            question.ours["fields"] = fields
            said = {
                "relevant": question.relevance != "1",
                "formula": bool(question.attribute("equation")),
                "validation": bool(question.attribute("em_validation_q")),
            }
            unseen.add(ours.id, (name for name in fields if not said.get(name)))
    _complete_rest(structure, questionnaire, unseen)


def _complete_choices(structure: Structure, ours: Item, back: Item, unseen: Unseen) -> None:
    told: dict[str, Any] = {}
    for scale, (mine, read) in enumerate(zip(choice_lists(ours), _lists_of(back, ours), strict=False)):
        for choice, other in zip(mine.choices, read.choices, strict=True):
            if fields := differing_fields(choice, other):
                told[f"{scale}:{choice.code}"] = fields
                unseen.add(f"choix {mine.id}", fields)
    if told:
        structure.by_item[ours.id].ours["choices"] = told


def _lists_of(back: Item, ours: Item) -> tuple[ChoiceList, ...]:
    """Lists read back, when they are those written (a built-in scale of LimeSurvey is not)."""
    lists = choice_lists(back)
    same = len(lists) == len(choice_lists(ours)) and isinstance(back, DualBlock) == isinstance(
        ours, DualBlock
    )
    return lists if same else ()


def _complete_rest(structure: Structure, questionnaire: Questionnaire, unseen: Unseen) -> None:
    theirs = questionnaire_of(structure.survey, questionnaire.id)[0]
    for group, back, written in zip(
        questionnaire.groups, theirs.groups, structure.survey.groups, strict=True
    ):
        fields = differing_fields(group, back)
        fields.pop("items", None)
        # A condition written otherwise than ours is said all the same.
        said = {"id": True, "relevant": bool(written.relevance)}
        unseen.add(group.id, (name for name in fields if not said.get(name)))
        if fields and written.questions:
            written.questions[0].ours["group"] = fields
        elif not written.questions:
            unseen.add(group.id, ["empty_group"])
    own = {name: part for name, part in differing_fields(questionnaire, theirs).items() if name != "groups"}
    unseen.add("questionnaire", (name for name in own if name != "id"))
    first = next(iter(structure.by_item.values()), None)
    if own and first is not None:
        first.ours["questionnaire"] = own
