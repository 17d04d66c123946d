"""What a questionnaire must be for people to answer it on ``/r/``."""

from typing import Final

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
    YesNo,
)

# A ranking needs dragging, a file says who sent it, a language question is a button here.
ANSWERABLE: Final = (
    Block, Computed, Date, DualBlock, FreeText, FreeTexts, MultipleChoice, Note, Number, Numbers, Rating,
    SingleChoice, YesNo,
)  # fmt: skip


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
