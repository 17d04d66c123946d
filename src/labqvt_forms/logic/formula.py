"""A formula as its author wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from labqvt_forms.errors import ModelError
from labqvt_forms.logic.parsing import OutsideSubset
from labqvt_forms.logic.tree import Node, references
from labqvt_forms.logic.xpath import parse_xpath


class Dialect(StrEnum):
    """The language a formula is written in; ours is the XPath subset of XLSForm."""

    XPATH = "xpath"
    EXPRESSIONSCRIPT = "expressionscript"
    SURVEYJS = "surveyjs"


@dataclass(frozen=True, slots=True)
class Formula:
    """Text of a condition, constraint or calculation.

    A formula of another tool that our subset cannot say keeps its own dialect, word for word: it travels
    back unchanged and is never evaluated.
    """

    text: str
    dialect: Dialect = Dialect.XPATH

    def __post_init__(self) -> None:
        if not self.text or self.text != self.text.strip():
            raise ModelError("Une formule ne peut pas être vide ni entourée d’espaces.")

    @property
    def tree(self) -> Node | None:
        """The expression tree; None for what our subset does not have (see ``outside``)."""
        return _parsed(self)[0]

    @property
    def outside(self) -> str:
        """Why there is no tree; empty when there is one."""
        return _parsed(self)[1]

    @property
    def reads(self) -> tuple[str, ...]:
        """Ids of the answers it reads, each once; none for what has no tree."""
        return _parsed(self)[2]

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=8192)
def _parsed(formula: Formula) -> tuple[Node | None, str, tuple[str, ...]]:
    if formula.dialect is not Dialect.XPATH:
        return None, f"la formule « {formula.text} » vient d’un autre outil.", ()
    try:
        tree = parse_xpath(formula.text)
    except OutsideSubset as error:
        return None, error.sentence, ()
    return tree, "", references(tree)
