"""Under which keys a sheet holds what was answered to one question: its answer, the words of « Autre », a comment.

Brackets, which no id holds, as in the files of answers: ``job``, ``job[other]``, ``job[comment]``.
"""

from collections.abc import Iterator
from typing import Final

from labqvt_forms import MultipleChoice, SingleChoice, Variable
from labqvt_forms.answers import DECLINED_CODE
from labqvt_forms.answers import OTHER as OTHER_CODE

DECLINED: Final = DECLINED_CODE
OTHER: Final = OTHER_CODE


def other_of(variable_id: str) -> str:
    return f"{variable_id}[other]"


def comment_of(variable_id: str) -> str:
    return f"{variable_id}[comment]"


def keys_of(variable: Variable) -> Iterator[str]:
    """Every key of a sheet this variable may fill, its own first."""
    yield variable.id
    if isinstance(variable.item, SingleChoice | MultipleChoice):
        if variable.item.other:
            yield other_of(variable.id)
        if variable.item.comment:
            yield comment_of(variable.id)
