"""What a questionnaire must be for people to answer it on ``/r/``, and how big a sheet of it may get."""

from typing import Final

from labqvt.instruments.asking import LONGEST_SHORT, LONGEST_TEXT
from labqvt_forms import (
    Block,
    Computed,
    Date,
    DualBlock,
    FreeText,
    FreeTexts,
    Item,
    MultipleChoice,
    Note,
    Number,
    Numbers,
    Questionnaire,
    Rating,
    Rows,
    SingleChoice,
    Variable,
    YesNo,
)

# A ranking needs dragging, a file says who sent it, a language question is a button here.
ANSWERABLE: Final = (
    Block, Computed, Date, DualBlock, FreeText, FreeTexts, MultipleChoice, Note, Number, Numbers, Rating,
    SingleChoice, YesNo,
)  # fmt: skip
_STEP: Final = 512
# Braces, keys of the sheet, the structure's public identifier, and the marker of a declined answer.
_ENVELOPE: Final = 160
_DECLINED: Final = 16


def unanswerable(form: Questionnaire) -> list[Item]:
    """Items ``/r/`` cannot ask: kinds it has no page for, a free « Autre », a condition our logic cannot say."""
    return [item for item in form.items if not _can_be_asked(item, form)]


def _can_be_asked(item: Item, form: Questionnaire) -> bool:
    if not isinstance(item, ANSWERABLE):
        return False
    if isinstance(item, SingleChoice | MultipleChoice) and (item.other or item.comment):
        return False
    rows = item.rows if isinstance(item, Rows) else ()
    conditions = [item.relevant, form.group_of(item).relevant, *(row.relevant for row in rows)]
    return all(condition is None or condition.tree is not None for condition in conditions)


def sheet_size(*forms: Questionnaire) -> int:
    """One size, in bytes, that the longest possible sheet of any of these forms fits: length tells nothing."""
    longest = max(_ENVELOPE + sum(_longest(variable) for variable in form.answer_variables) for form in forms)
    return -(-longest // _STEP) * _STEP


def _longest(variable: Variable) -> int:
    """Bytes of « "id":value, » in JSON, at most."""
    item = variable.item
    key = len(variable.id.encode()) + 4
    if isinstance(item, FreeText | FreeTexts):
        longest = (
            min(item.longest or LONGEST_TEXT, LONGEST_TEXT) if isinstance(item, FreeText) else LONGEST_TEXT
        )
        return key + 4 * longest + 2
    codes = (
        [len(choice.code.encode()) + 3 for choice in variable.choices.choices]
        if variable.choices
        else [LONGEST_SHORT]
    )
    value = sum(codes) + 2 if isinstance(item, MultipleChoice) else max(codes)
    return key + max(value, _DECLINED)
