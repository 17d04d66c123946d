"""How big a sheet of answers may get."""

import json
from typing import Final

from labqvt.instruments.asking import LONGEST_COMMENT, LONGEST_OTHER, LONGEST_SHORT, LONGEST_TEXT
from labqvt.instruments.sheet_parts import DECLINED, OTHER, comment_of, keys_of, other_of
from labqvt_forms import FreeText, FreeTexts, MultipleChoice, Questionnaire, Ranking, SingleChoice, Variable

_STEP: Final = 512
# Braces, keys of the sheet, the structure's public identifier, and the marker of a declined answer.
_ENVELOPE: Final = 160
_SIGN: Final = 4  # bytes a sign of a text may take in UTF-8; an escaped one takes two


def sheet_size(*forms: Questionnaire) -> int:
    """One size, in bytes, that the longest possible sheet of any of these forms fits: length tells nothing."""
    longest = max(_ENVELOPE + sum(_longest(variable) for variable in form.answer_variables) for form in forms)
    return -(-longest // _STEP) * _STEP


def _longest(variable: Variable) -> int:
    """Bytes of all that one question may put in the JSON of a sheet, at most."""
    beside = {other_of(variable.id): LONGEST_OTHER, comment_of(variable.id): LONGEST_COMMENT}
    return sum(
        _key(key) + (_SIGN * beside[key] + 3 if key in beside else max(_value(variable), _quoted(DECLINED)))
        for key in keys_of(variable)
    )


def _key(key: str) -> int:
    """Bytes of « "key": »."""
    return _quoted(key)


def _quoted(text: str) -> int:
    """A text as the sheet writes it, between quotes, and the sign after it."""
    return len(json.dumps(text, ensure_ascii=False).encode()) + 1


def _value(variable: Variable) -> int:
    item = variable.item
    if isinstance(item, FreeText | FreeTexts):
        own = item.longest if isinstance(item, FreeText) else None
        return _SIGN * min(own or LONGEST_TEXT, LONGEST_TEXT) + 3
    if variable.choices is None:
        return LONGEST_SHORT + 3
    codes = [_quoted(choice.code) for choice in variable.choices.choices]
    if isinstance(item, SingleChoice | MultipleChoice) and item.other:
        codes.append(_quoted(OTHER))
    return sum(codes) + 2 if isinstance(item, MultipleChoice | Ranking) else max(codes)
