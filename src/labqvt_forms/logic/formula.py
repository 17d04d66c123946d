"""A formula as its author wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from labqvt_forms.errors import ModelError


class Dialect(StrEnum):
    """The language a formula is written in; ours is the XPath subset of XLSForm."""

    XPATH = "xpath"
    EXPRESSIONSCRIPT = "expressionscript"


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

    def __str__(self) -> str:
        return self.text
