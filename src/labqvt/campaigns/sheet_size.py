"""How big a sheet of answers may get."""

from typing import Final

from labqvt.instruments.asking import LONGEST_SHORT, LONGEST_TEXT
from labqvt_forms import FreeText, FreeTexts, MultipleChoice, Questionnaire, Variable

_STEP: Final = 512
# Braces, keys of the sheet, the structure's public identifier, and the marker of a declined answer.
_ENVELOPE: Final = 160
_DECLINED: Final = 16


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
