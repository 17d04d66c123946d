"""Write LimeSurvey files: .lss of the recent layout, its parts (.lsg, .lsq), its archive, the tabbed text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from labqvt_forms.choices import ChoiceList
from labqvt_forms.errors import FormatError
from labqvt_forms.formats.json_form import differing_fields, encode_item
from labqvt_forms.formats.limesurvey.extension import ATTRIBUTE, print_extension
from labqvt_forms.formats.limesurvey.reader import questionnaire_of
from labqvt_forms.formats.limesurvey.structure import Structure
from labqvt_forms.formats.limesurvey.tables import LimeGroup, LimeSurvey
from labqvt_forms.formats.limesurvey.tsv_writer import print_tsv
from labqvt_forms.formats.limesurvey.xml_writer import print_lsg, print_lsq, print_lss
from labqvt_forms.formats.written import Unseen, Written
from labqvt_forms.items import DualBlock, Item, choice_lists
from labqvt_forms.notices import some
from labqvt_forms.questionnaire import Questionnaire


def write_lss(questionnaire: Questionnaire) -> Written:
    """Return the XML of the survey and what LimeSurvey will not see of the questionnaire."""
    return _written(_Writing(questionnaire), print_lss)


def write_lime_tsv(questionnaire: Questionnaire) -> Written:
    """Return the structure text and what LimeSurvey will not see of the questionnaire."""
    writing = _Writing(questionnaire)
    # The rows of quotas (QTA, QTAM) are not written: quotas stay beside.
    writing.survey.quotas = []
    return _written(writing, print_tsv)


def write_lsg(questionnaire: Questionnaire) -> Written:
    """Return the XML of the one group of a questionnaire; FormatError when it has several."""
    groups = [group.id for group in questionnaire.groups]
    if len(groups) != 1:
        raise FormatError(
            f"un fichier .lsg porte un seul groupe, ce questionnaire en a {len(groups)} ({some(groups)}) : "
            "choisissez-le (--group)."
        )
    return _written(_Writing(questionnaire, Held.GROUP), print_lsg)


def write_lsq(questionnaire: Questionnaire) -> Written:
    """Return the XML of the one question of a questionnaire; FormatError when it has several."""
    items = [item.id for item in questionnaire.items]
    if len(items) != 1:
        raise FormatError(
            f"un fichier .lsq porte une seule question, ce questionnaire en a {len(items)} ({some(items)}) : "
            "choisissez-la (--question)."
        )
    return _written(_Writing(questionnaire, Held.QUESTION), print_lsq)


def write_lsa(
    questionnaire: Questionnaire, responses: Callable[[Structure], Written] | None = None
) -> Written:
    """Return the archive of a survey: its structure, and the answers that ``responses`` prints for it."""
    writing = _Writing(questionnaire)
    structure = _written(writing, print_lss)
    stem = f"survey_{writing.survey.settings['sid']}"
    members = {f"{stem}.lss": structure.content}
    warnings = structure.warnings
    if responses is not None:
        printed = responses(writing.structure)
        members[f"{stem}_responses.lsr"] = printed.content
        warnings += printed.warnings
    return Written(_zipped(members), warnings)


MADE_ON = (1980, 1, 1, 0, 0, 0)


def _zipped(members: Mapping[str, bytes]) -> bytes:
    """Return an archive that tells nothing of when it was made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, MADE_ON), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


class Held(StrEnum):
    """How much of a questionnaire a file holds."""

    SURVEY = "survey"
    GROUP = "group"
    QUESTION = "question"


class _Writing:
    """The tables of a questionnaire, less what the file has no table for."""

    def __init__(self, questionnaire: Questionnaire, held: Held = Held.SURVEY) -> None:
        self.questionnaire = questionnaire
        self.held = held
        self.structure = Structure(questionnaire)
        self.survey = self.structure.build()
        if held is not Held.SURVEY:
            self.survey.settings, self.survey.texts, self.survey.quotas = {}, {}, []
        if held is Held.QUESTION:
            (group,) = (group for group in self.survey.groups if group.questions)
            self.survey.groups = [LimeGroup(questions=group.questions)]


def _written(writing: _Writing, printed: Callable[[LimeSurvey], bytes]) -> Written:
    unseen = Unseen("LimeSurvey")
    _complete(writing.structure, writing.questionnaire, unseen)
    _complete_rest(writing, unseen)
    for question in writing.structure.by_item.values():
        if question.ours:
            question.attributes[ATTRIBUTE] = {"": print_extension(question.ours)}
    return Written(printed(writing.survey), unseen.warnings())


def _complete(structure: Structure, questionnaire: Questionnaire, unseen: Unseen) -> None:
    """Read the tables back and keep beside what came back different."""
    for item in questionnaire.items:
        question = structure.by_item[item.id]
        if question.ours.get("codes"):
            unseen.add(item.id, ["code"])
        if question.ours.get("id") or question.ours.get("rows"):
            unseen.add(item.id, ["id"])
    theirs = questionnaire_of(structure.survey, questionnaire.id)[0]
    pairs = zip(questionnaire.items, theirs.items, strict=True)
    told = [_complete_choices(structure, ours, back, unseen) for ours, back in pairs]
    if any(told):
        # An item is compared with its choices as they will come back.
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


def _complete_choices(structure: Structure, ours: Item, back: Item, unseen: Unseen) -> bool:
    """Keep beside what came back different of the choices of an item; say if there was any."""
    told: dict[str, Any] = {}
    for scale, (mine, read) in enumerate(zip(choice_lists(ours), _lists_of(back, ours), strict=False)):
        for choice, other in zip(mine.choices, read.choices, strict=True):
            if fields := differing_fields(choice, other):
                told[f"{scale}:{choice.code}"] = fields
                unseen.add(f"choix {mine.id}", fields)
    if told:
        structure.by_item[ours.id].ours["choices"] = told
    return bool(told)


def _lists_of(back: Item, ours: Item) -> tuple[ChoiceList, ...]:
    """Lists read back, when they are those written (a built-in scale of LimeSurvey is not)."""
    lists = choice_lists(back)
    same = len(lists) == len(choice_lists(ours)) and isinstance(back, DualBlock) == isinstance(
        ours, DualBlock
    )
    return lists if same else ()


def _complete_rest(writing: _Writing, unseen: Unseen) -> None:
    """Keep beside what differs of the groups and of the whole; a file of a part of it keeps only its own."""
    questionnaire = writing.questionnaire
    theirs = questionnaire_of(writing.survey, questionnaire.id)[0]
    ours = [group for group in questionnaire.groups if group.items or writing.held is not Held.QUESTION]
    for group, back, written in zip(ours, theirs.groups, writing.survey.groups, strict=True):
        fields = differing_fields(group, back)
        fields.pop("items", None)
        # A condition written otherwise than ours is said all the same.
        said = {"id": writing.held is not Held.QUESTION, "relevant": bool(written.relevance)}
        unseen.add(group.id, (name for name in fields if not said.get(name)))
        if not written.questions:
            unseen.add(group.id, ["empty_group"])
        elif fields and writing.held is not Held.QUESTION:
            written.questions[0].ours["group"] = fields
    own = {name: part for name, part in differing_fields(questionnaire, theirs).items() if name != "groups"}
    unseen.add("questionnaire", (name for name in own if name != "id" or writing.held is not Held.SURVEY))
    first = next(iter(writing.structure.by_item.values()), None)
    # A part of a survey goes into another one, whose texts and scales are not ours to change.
    if own and first is not None and writing.held is Held.SURVEY:
        first.ours["questionnaire"] = own
