"""A condition as the end of a sentence: « Répondez seulement si … »."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from labqvt_forms.choices import Choice
from labqvt_forms.languages import ours_for
from labqvt_forms.logic import Formula, Node
from labqvt_forms.logic.tree import COMPARISONS, TURNED, Answer, Call, Literal, Operation
from labqvt_forms.logic.xpath import number_text
from labqvt_forms.questionnaire import Questionnaire

_WORDS: Final[dict[str, dict[str, str]]] = {
    "fr": {
        "is": "vous avez répondu « {0} » à la question {1}",
        "is_not": "vous n’avez pas répondu « {0} » à la question {1}",
        "ticked": "vous avez coché « {0} » à la question {1}",
        "not_ticked": "vous n’avez pas coché « {0} » à la question {1}",
        "answered": "vous avez répondu à la question {1}",
        "blank": "vous n’avez pas répondu à la question {1}",
        "=": "votre réponse à la question {1} est {0}",
        "!=": "votre réponse à la question {1} n’est pas {0}",
        "<": "votre réponse à la question {1} est inférieure à {0}",
        "<=": "votre réponse à la question {1} est au plus {0}",
        ">": "votre réponse à la question {1} est supérieure à {0}",
        ">=": "votre réponse à la question {1} est au moins {0}",
        "count=": "vous avez coché {0} choix à la question {1}",
        "count<": "vous avez coché moins de {0} choix à la question {1}",
        "count<=": "vous avez coché au plus {0} choix à la question {1}",
        "count>": "vous avez coché plus de {0} choix à la question {1}",
        "count>=": "vous avez coché au moins {0} choix à la question {1}",
        "and": "{0} et {1}",
        "or": "{0} ou {1}",
        "both_or": "soit {0}, soit {1}",
    },
    "en": {
        "is": "you answered “{0}” to question {1}",
        "is_not": "you did not answer “{0}” to question {1}",
        "ticked": "you ticked “{0}” in question {1}",
        "not_ticked": "you did not tick “{0}” in question {1}",
        "answered": "you answered question {1}",
        "blank": "you did not answer question {1}",
        "=": "your answer to question {1} is {0}",
        "!=": "your answer to question {1} is not {0}",
        "<": "your answer to question {1} is less than {0}",
        "<=": "your answer to question {1} is at most {0}",
        ">": "your answer to question {1} is more than {0}",
        ">=": "your answer to question {1} is at least {0}",
        "count=": "you ticked {0} choices in question {1}",
        "count<": "you ticked fewer than {0} choices in question {1}",
        "count<=": "you ticked at most {0} choices in question {1}",
        "count>": "you ticked more than {0} choices in question {1}",
        "count>=": "you ticked at least {0} choices in question {1}",
        "and": "{0} and {1}",
        "or": "{0} or {1}",
        "both_or": "either {0}, or {1}",
    },
}
_DENIED: Final = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


class _Unsaid(Exception):  # noqa: N818 - not an error: the formula has no plain words
    pass


class ConditionWriter:
    """Says conditions with the numbers questions bear on the sheet."""

    def __init__(self, questionnaire: Questionnaire, numbers: Mapping[str, str], language: str) -> None:
        self.questionnaire = questionnaire
        self.numbers = numbers
        self.language = language
        self.words = _WORDS[ours_for(language)]

    def sentence(self, formula: Formula) -> str | None:
        """Return the words, or None for what has no plain ones."""
        if formula.tree is None:
            return None
        try:
            return self._said(formula.tree, holds=True)
        except _Unsaid:
            return None

    def _said(self, node: Node, *, holds: bool) -> str:
        match node:
            case Call("not", (inner,)):
                return self._said(inner, holds=not holds)
            case Operation("and" | "or" as joined, left, right):
                return self._joined(joined if holds else _other(joined), left, right, holds)
            case Call("selected", (Answer(id_), Literal(str(code)))):
                said = "ticked" if self._several(id_) else "is"
                negative = {"ticked": "not_ticked", "is": "is_not"}
                return self._about(said if holds else negative[said], id_, self._label(id_, code))
            case Operation(">" | "!=", Call("count-non-empty", (Answer(id_),)), Literal(0.0)):
                return self._about("answered" if holds else "blank", id_, "")
            case Operation(operator, left, right) if operator in COMPARISONS:
                return self._compared(operator if holds else _DENIED[operator], left, right)
            case _:
                raise _Unsaid

    def _joined(self, joined: str, left: Node, right: Node, holds: bool) -> str:
        parts = [self._said(part, holds=holds) for part in (left, right)]
        mixed = any(isinstance(part, Operation) and part.operator in ("and", "or") for part in (left, right))
        deep = mixed and any(
            isinstance(part, Operation) and _effective(part, holds) not in (joined, "")
            for part in (left, right)
        )
        if deep and joined == "and":
            raise _Unsaid  # « a et (b ou c) » has no form that everyone reads the same way
        return self.words["both_or" if deep else joined].format(*parts)

    def _compared(self, operator: str, left: Node, right: Node) -> str:
        if isinstance(left, Literal):
            left, right, operator = right, left, TURNED[operator]
        match left, right:
            case Answer(id_), Literal(""):
                if operator in ("=", "!="):
                    return self._about("blank" if operator == "=" else "answered", id_, "")
            case Answer(id_), Literal(value) if self._has(id_, value) and operator in ("=", "!="):
                return self._about("is" if operator == "=" else "is_not", id_, self._label(id_, _code(value)))
            case Answer(id_), Literal(value):
                return self._about(operator, id_, _code(value))
            case Call("count-selected", (Answer(id_),)), Literal(float(value)) if operator != "!=":
                return self._about(f"count{operator}", id_, _code(value))
        raise _Unsaid

    def _about(self, said: str, id_: str, value: str) -> str:
        if id_ not in self.numbers:
            raise _Unsaid
        return self.words[said].format(value, self.numbers[id_])

    def _several(self, id_: str) -> bool:
        return id_ in self.numbers and self.questionnaire.variable(id_).kind in ("multiple", "ranking")

    def _has(self, id_: str, value: float | str) -> bool:
        return self._choice(id_, _code(value)) is not None

    def _label(self, id_: str, code: str) -> str:
        choice = self._choice(id_, code)
        return (choice.label.pick(self.language) if choice else "") or code

    def _choice(self, id_: str, code: str) -> Choice | None:
        choices = self.questionnaire.variable(id_).choices if id_ in self.numbers else None
        return choices.get(code) if choices else None


def _code(value: float | str) -> str:
    return value if isinstance(value, str) else number_text(value)


def _other(joined: str) -> str:
    return "or" if joined == "and" else "and"


def _effective(node: Node, holds: bool) -> str:
    if not isinstance(node, Operation) or node.operator not in ("and", "or"):
        return ""
    return node.operator if holds else _other(node.operator)
