"""What SurveyJS has no property for, kept in a property ``labqvt`` that it ignores.

Of a question: ``lists`` names its choice lists, ``choices`` completes its choices (``"0:code"``), ``rows`` its
lines (by value), ``fields`` the item, and ``item`` replaces it when SurveyJS has no such kind. Of a page and
of the survey: the fields of the group and of the questionnaire.
"""

from __future__ import annotations

from typing import TypeVar

from labqvt_forms.choices import ChoiceList
from labqvt_forms.errors import Place, placed
from labqvt_forms.formats.json_form import decode_item, with_fields
from labqvt_forms.formats.surveyjs.document import Source
from labqvt_forms.items import Item, Row
from labqvt_forms.questionnaire import Group, Questionnaire

PROPERTY = "labqvt"
Whole = TypeVar("Whole", Group, Questionnaire)


def completed(item: Item, question: Source, lists: dict[str, ChoiceList]) -> Item:
    """Give an item what its question keeps beside."""
    told = question.beside
    whole, fields = told.get("item"), told.get("fields")
    with placed(Place(key=f"question {question.word('name')}")):
        if isinstance(whole, dict) and whole.get("id") == item.id:
            return decode_item(whole, lists)
        return with_fields(item, fields, lists) if isinstance(fields, dict) else item


def completed_row(row: Row, question: Source, value: str) -> Row:
    rows = question.beside.get("rows")
    told = rows.get(value) if isinstance(rows, dict) else None
    if not isinstance(told, dict):
        return row
    with placed(Place(key=f"question {question.word('name')}")):
        return with_fields(row, told, {})


def completed_whole(value: Whole, source: Source) -> Whole:
    """Give a group or the questionnaire what its object keeps beside."""
    with placed(Place(key=PROPERTY)):
        return with_fields(value, source.beside, {}) if source.beside else value
