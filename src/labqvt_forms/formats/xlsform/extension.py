"""What XLSForm has no column for, kept in a column ``labqvt`` that other tools ignore.

A cell holds a JSON object: the fields, encoded as in our JSON, that the standard columns of the row could not
say; or ``{"item": …}``, the whole item, when XLSForm has no such kind.
"""

from __future__ import annotations

from typing import TypeVar

from labqvt_forms.choices import ChoiceList
from labqvt_forms.errors import QuestionnaireError
from labqvt_forms.formats.extension import Told, told_by_json
from labqvt_forms.formats.json_form import decode_item, with_fields
from labqvt_forms.formats.xlsform.columns import Record
from labqvt_forms.items import Item

COLUMN = "labqvt"
Extended = TypeVar("Extended")


def beside(record: Record) -> Told:
    """Return what the extension cell of a row says."""
    written = record[COLUMN]
    if not written:
        return {}
    told = told_by_json(written, {})
    if told is None:
        raise QuestionnaireError(
            "cette cellule doit être un objet JSON : videz-la si besoin.", record.at(COLUMN)
        )
    return told


def extended(value: Extended, record: Record, lists: dict[str, ChoiceList]) -> Extended:
    """Complete what the standard columns gave."""
    told = beside(record)
    if isinstance(value, Item) and "item" in told:
        item = whole_item(record, lists)
        if isinstance(item, Item) and item.id == value.id:
            return item  # type: ignore[return-value]  # an item stands for an item
    told.pop("item", None)
    return with_fields(value, told, lists) if told else value


def whole_item(record: Record, lists: dict[str, ChoiceList]) -> Item | None:
    """Return the item a row carries whole, if it does."""
    document = beside(record).get("item")
    if not isinstance(document, dict):
        return None
    return decode_item(document, {choices.id: choices for choices in lists.values()})
