"""What every item, and every question asked, is built with, whatever the format it is read from."""

from __future__ import annotations

from typing import TypedDict

from labqvt_forms.items import Required, Validation
from labqvt_forms.logic import Formula
from labqvt_forms.text import Text


class ItemFields(TypedDict):
    """Arguments of any item."""

    id: str
    label: Text
    hint: Text
    relevant: Formula | None


class QuestionFields(ItemFields):
    """Arguments of any item that people answer."""

    required: Required
    validation: Validation | None
    default: str
