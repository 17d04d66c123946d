"""Write SurveyJS surveys.

The properties of SurveyJS say all they can. The document is then read back, and whatever came back different is
put in the extension: our files lose nothing, and what SurveyJS will not see is known and told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from labqvt_forms.choices import Choice
from labqvt_forms.formats.json_form import differing_fields, encode_item
from labqvt_forms.formats.surveyjs.extension import PROPERTY
from labqvt_forms.formats.surveyjs.reader import read_surveyjs
from labqvt_forms.formats.surveyjs.structure import Json, Structure
from labqvt_forms.formats.written import Unseen, Written
from labqvt_forms.items import Item, MultipleChoice, Rows, choice_lists
from labqvt_forms.questionnaire import Questionnaire


def write_surveyjs(questionnaire: Questionnaire) -> Written:
    """Return the JSON of the survey and what SurveyJS will not see of the questionnaire."""
    completion = _Completion(Structure(questionnaire), questionnaire)
    completion.run()
    document = completion.structure.document
    content = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return Written(content.encode(), completion.unseen.warnings())


class _Completion:
    """Reads the document back and keeps beside what came back different: choices, rows, items, the rest."""

    def __init__(self, structure: Structure, questionnaire: Questionnaire) -> None:
        self.structure = structure
        self.ours = questionnaire
        self.unseen = Unseen("SurveyJS")

    def run(self) -> None:
        for item, back in self._pairs():
            self._choices(item, back)
            self._rows(item, back)
        for item, back in self._pairs():
            self._item(item, back)
        theirs = self._read_back()
        self._groups(theirs)
        own = differing_fields(self.ours, theirs)
        own.pop("groups", None)
        self.unseen.add("questionnaire", (name for name in own if name != "id"))
        # The name of a survey is that of its file, for SurveyJS.
        self.structure.document[PROPERTY] = {"id": self.ours.id, **own}

    def _read_back(self) -> Questionnaire:
        return read_surveyjs(self.structure.document, name=self.ours.id)[0]

    def _pairs(self) -> Iterator[tuple[Item, Item]]:
        return zip(self.ours.items, self._read_back().items, strict=True)

    def _beside(self, item: Item, key: str) -> Json:
        beside: Json = self.structure.by_item[item.id].setdefault(PROPERTY, {})
        part: Json = beside.setdefault(key, {})
        return part

    def _choices(self, ours: Item, back: Item) -> None:
        lists = zip(choice_lists(ours), choice_lists(back), strict=False)
        for number, (mine, read) in enumerate(lists):
            others = {choice.code: choice for choice in read.choices}
            for choice in mine.choices:
                fields = differing_fields(choice, others.get(choice.code, Choice(choice.code)))
                if fields:
                    self._beside(ours, "choices")[f"{number}:{choice.code}"] = fields
                    alone = () if isinstance(ours, MultipleChoice) else ("exclusive",)
                    self.unseen.add(f"choix {mine.id}", (name for name in fields if name not in alone))

    def _rows(self, ours: Item, back: Item) -> None:
        if not isinstance(ours, Rows) or not isinstance(back, Rows):
            return
        written = self.structure.by_item[ours.id]
        objects: list[Any] = written.get("rows") or written["items"]
        for row, read, object_ in zip(ours.rows, back.rows, objects, strict=True):
            if fields := differing_fields(row, read):
                self._beside(ours, "rows").setdefault(row.id, {}).update(fields)
                said = {"id": True, "relevant": "visibleIf" in object_}
                self._tell(row.id, fields, said)

    def _item(self, ours: Item, back: Item) -> None:
        written = self.structure.by_item[ours.id]
        if type(ours) is not type(back):
            written.setdefault(PROPERTY, {})["item"] = encode_item(ours)
            self.unseen.add(ours.id, [ours.kind.value])
        elif fields := differing_fields(ours, back):
            self._beside(ours, "fields").update(fields)
            kinds = {rule["type"] for rule in written.get("validators", ())}
            said = {
                "relevant": "visibleIf" in written,
                "formula": "expression" in written,
                "validation": "expression" in kinds,
                "pattern": "regex" in kinds,
                "id": True,
            }
            self._tell(ours.id, fields, said)

    def _groups(self, theirs: Questionnaire) -> None:
        for group, back, page in zip(self.ours.groups, theirs.groups, self.structure.pages, strict=True):
            fields = differing_fields(group, back)
            fields.pop("items", None)
            self._tell(group.id, fields, {"relevant": "visibleIf" in page})
            if fields:
                page[PROPERTY] = fields

    def _tell(self, about: str, fields: Iterable[str], said: dict[str, bool]) -> None:
        """Tell what SurveyJS does not see; a condition it says otherwise than ours is said all the same."""
        self.unseen.add(about, (name for name in fields if not said.get(name)))
