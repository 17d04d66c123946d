"""Conditions a form can build: « this question, this comparison, this value », all or any of them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce
from typing import Final

from labqvt_forms.choices import ChoiceList
from labqvt_forms.errors import ModelError
from labqvt_forms.items import Kind
from labqvt_forms.languages import ours_for
from labqvt_forms.logic import Formula, Node, print_xpath
from labqvt_forms.logic.numbers import number_of
from labqvt_forms.logic.tree import TURNED, Answer, Call, Literal, Operation, chained
from labqvt_forms.logic.xpath import number_text
from labqvt_forms.questionnaire import Questionnaire, Variable


class Operator(StrEnum):
    IS = "is"
    IS_NOT = "is_not"
    SELECTED = "selected"
    """One of the choices ticked."""
    NOT_SELECTED = "not_selected"
    CONTAINS = "contains"
    """A word inside a text."""
    CONTAINS_NOT = "contains_not"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    SCORE_AT_LEAST = "score_at_least"
    """The score of a scale; the question is the id of the scale."""
    SCORE_AT_MOST = "score_at_most"
    SCORE_MORE_THAN = "score_more_than"
    SCORE_LESS_THAN = "score_less_than"

    @property
    def needs_value(self) -> bool:
        return self not in (Operator.ANSWERED, Operator.UNANSWERED)


class Joined(StrEnum):
    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Simple:
    """One comparison. ``value`` is a number for a number, a code or words otherwise, empty when not needed."""

    question: str
    operator: Operator
    value: str | float = ""


_COMPARED: Final = {
    Operator.AT_LEAST: ">=",
    Operator.AT_MOST: "<=",
    Operator.MORE_THAN: ">",
    Operator.LESS_THAN: "<",
}
_SCORED: Final = {
    Operator.SCORE_AT_LEAST: ">=",
    Operator.SCORE_AT_MOST: "<=",
    Operator.SCORE_MORE_THAN: ">",
    Operator.SCORE_LESS_THAN: "<",
}
_BY_SIGN: Final = {sign: operator for operator, sign in _COMPARED.items()}
_SCORE_BY_SIGN: Final = {sign: operator for operator, sign in _SCORED.items()}
_EITHER: Final = (Operator.ANSWERED, Operator.UNANSWERED)
_EQUAL: Final = (Operator.IS, Operator.IS_NOT)
_OPERATORS: Final[dict[Kind, tuple[Operator, ...]]] = {
    Kind.SINGLE: (*_EQUAL, *_EITHER),
    Kind.YES_NO: (*_EQUAL, *_EITHER),
    Kind.MULTIPLE: (Operator.SELECTED, Operator.NOT_SELECTED, *_EITHER),
    Kind.RANKING: (Operator.SELECTED, Operator.NOT_SELECTED, *_EITHER),
    Kind.NUMBER: (*_COMPARED, *_EQUAL, *_EITHER),
    Kind.RATING: (*_COMPARED, *_EQUAL, *_EITHER),
    Kind.DATE: (*_COMPARED, *_EQUAL, *_EITHER),
    Kind.COMPUTED: (*_COMPARED, *_EQUAL, *_EITHER),
    Kind.TEXT: (*_EITHER, Operator.CONTAINS, Operator.CONTAINS_NOT, *_EQUAL),
    Kind.NOTE: (),
}
_WORDS: Final = {
    "fr": {
        Operator.IS: "est",
        Operator.IS_NOT: "n’est pas",
        Operator.SELECTED: "contient",
        Operator.NOT_SELECTED: "ne contient pas",
        Operator.CONTAINS: "contient",
        Operator.CONTAINS_NOT: "ne contient pas",
        Operator.ANSWERED: "a une réponse",
        Operator.UNANSWERED: "n’a pas de réponse",
        Operator.AT_LEAST: "est au moins",
        Operator.AT_MOST: "est au plus",
        Operator.MORE_THAN: "est plus de",
        Operator.LESS_THAN: "est moins de",
        Operator.SCORE_AT_LEAST: "a un score d’au moins",
        Operator.SCORE_AT_MOST: "a un score d’au plus",
        Operator.SCORE_MORE_THAN: "a un score de plus de",
        Operator.SCORE_LESS_THAN: "a un score de moins de",
    },
    "en": {
        Operator.IS: "is",
        Operator.IS_NOT: "is not",
        Operator.SELECTED: "includes",
        Operator.NOT_SELECTED: "does not include",
        Operator.CONTAINS: "contains",
        Operator.CONTAINS_NOT: "does not contain",
        Operator.ANSWERED: "has an answer",
        Operator.UNANSWERED: "has no answer",
        Operator.AT_LEAST: "is at least",
        Operator.AT_MOST: "is at most",
        Operator.MORE_THAN: "is more than",
        Operator.LESS_THAN: "is less than",
        Operator.SCORE_AT_LEAST: "has a score of at least",
        Operator.SCORE_AT_MOST: "has a score of at most",
        Operator.SCORE_MORE_THAN: "has a score of more than",
        Operator.SCORE_LESS_THAN: "has a score of less than",
    },
}


def operator_words(operator: Operator, language: str = "fr") -> str:
    """Return the words of a comparison, to put between a question and a value."""
    return _WORDS[ours_for(language)][operator]


def operators_for(variable: Variable) -> tuple[Operator, ...]:
    """Return the comparisons that make sense for an answer, the most useful first."""
    if variable.kind is Kind.SINGLE and _numbered(variable.choices):
        return (*_EQUAL, Operator.AT_LEAST, Operator.AT_MOST, *_EITHER)
    return _OPERATORS.get(variable.kind, _EITHER)


def simple(questionnaire: Questionnaire, question: str, operator: Operator, value: str = "") -> Simple:
    """Build a comparison from what a form sent.

    Raises
    ------
    ModelError
        Unknown question or scale, comparison it does not take, value that is not one of its choices or not
        a number or a date.
    """
    if operator in _SCORED:
        if question not in {scale.id for scale in questionnaire.scales}:
            raise ModelError(f"L’échelle « {question} » n’existe pas dans ce questionnaire.")
        return Simple(question, operator, _number(value))
    variable = next((known for known in questionnaire.variables if known.id == question), None)
    if variable is None:
        raise ModelError(f"La question « {question} » n’existe pas dans ce questionnaire.")
    if operator not in operators_for(variable):
        raise ModelError(
            f"La question « {question} » ne se compare pas ainsi : choisissez une autre comparaison."
        )
    if not operator.needs_value:
        return Simple(question, operator)
    return Simple(question, operator, _value(variable, operator, value.strip()))


def build(conditions: Sequence[Simple], joined: Joined = Joined.ALL) -> Formula:
    """Write the formula that holds when all, or any, of the conditions do.

    Raises
    ------
    ModelError
        When there is no condition, or one lacks its value.
    """
    if not conditions:
        raise ModelError("Une condition a besoin d’au moins une comparaison.")
    joint = "and" if joined is Joined.ALL else "or"
    nodes = [_node(condition) for condition in conditions]
    return Formula(print_xpath(reduce(lambda left, right: Operation(joint, left, right), nodes)))


def parse(
    formula: Formula, questionnaire: Questionnaire | None = None
) -> tuple[tuple[Simple, ...], Joined] | None:
    """Read back what ``build`` writes; None when the formula is not that simple.

    With the questionnaire, « selected » of a single answer reads as « est », and codes as its list writes them.
    """
    if formula.tree is None:
        return None
    joint = formula.tree.operator if isinstance(formula.tree, Operation) else ""
    found = []
    for part in chained(formula.tree, joint) if joint in ("and", "or") else [formula.tree]:
        condition = _simple(part)
        if condition is None:
            return None
        found.append(_settled(condition, questionnaire) if questionnaire else condition)
    return tuple(found), Joined.ANY if joint == "or" else Joined.ALL


def _value(variable: Variable, operator: Operator, value: str) -> str | float:
    if not value:
        raise ModelError(f"Dites avec quoi comparer « {variable.id} » : la valeur manque.")
    if variable.kind in (Kind.NUMBER, Kind.RATING, Kind.COMPUTED):
        return _number(value)
    if variable.kind is Kind.DATE:
        return _date(value)
    if variable.choices is not None:
        if value not in {choice.code for choice in variable.choices.choices}:
            raise ModelError(f"« {value} » n’est pas un choix de la question « {variable.id} ».")
        return float(value) if operator in _COMPARED else value
    if "'" in value and '"' in value:
        raise ModelError("Une valeur ne peut contenir à la fois une apostrophe droite et un guillemet droit.")
    return value


def _number(value: str) -> float:
    number = number_of(value.replace(",", ".").replace("\u202f", "").replace("\u00a0", ""))
    if math.isnan(number) or "-" in value.strip()[1:]:
        raise ModelError(f"« {value} » n’est pas un nombre.")
    return number


def _date(value: str) -> str:
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise ModelError(f"« {value} » n’est pas une date : écrivez par exemple 2026-01-31.") from error


def _numbered(choices: ChoiceList | None) -> bool:
    return choices is not None and all(code.isdecimal() for code in choices.codes) and len(choices.codes) > 2


def _node(condition: Simple) -> Node:
    answer, value = Answer(condition.question), Literal(condition.value)
    operator = condition.operator
    if operator.needs_value and condition.value == "":
        raise ModelError(f"Dites avec quoi comparer « {condition.question} » : la valeur manque.")
    if operator in _SCORED:
        score = Call("score", (Literal(condition.question),))
        return Operation(_SCORED[operator], score, value)
    if operator in _COMPARED:
        return Operation(_COMPARED[operator], answer, value)
    match operator:
        case Operator.ANSWERED | Operator.UNANSWERED:
            return Operation("!=" if operator is Operator.ANSWERED else "=", answer, Literal(""))
        case Operator.IS | Operator.IS_NOT:
            return Operation("=" if operator is Operator.IS else "!=", answer, value)
        case Operator.SELECTED | Operator.NOT_SELECTED:
            asked = Call("selected", (answer, value))
        case _:
            asked = Call("contains", (answer, value))
    negative = operator in (Operator.NOT_SELECTED, Operator.CONTAINS_NOT)
    return Call("not", (asked,)) if negative else asked


def _simple(node: Node) -> Simple | None:
    match node:
        case Operation(sign, Literal() as value, Answer() | Call("score") as asked) if sign in TURNED:
            return _simple(Operation(TURNED[sign], asked, value))
        case Operation(sign, asked, Literal(value)):
            return _compared(sign, asked, value)
        case Call("selected" | "contains" as name, (Answer(id_), Literal(value))) if value != "":
            return Simple(id_, Operator.SELECTED if name == "selected" else Operator.CONTAINS, value)
        case Call("not", (Call("selected" | "contains") as inner,)):
            return _negated(_simple(inner))
        case _:
            return None


def _compared(sign: str, asked: Node, value: str | float) -> Simple | None:
    match asked:
        case Answer(id_) if sign in ("=", "!="):
            if value == "":
                return Simple(id_, Operator.UNANSWERED if sign == "=" else Operator.ANSWERED)
            return Simple(id_, Operator.IS if sign == "=" else Operator.IS_NOT, value)
        case Answer(id_) if sign in _BY_SIGN and value != "":
            return Simple(id_, _BY_SIGN[sign], value)
        case Call("score", (Literal(str(id_)),)) if sign in _SCORE_BY_SIGN and isinstance(value, float):
            return Simple(id_, _SCORE_BY_SIGN[sign], value)
        case _:
            return None


def _negated(inner: Simple | None) -> Simple | None:
    if inner is None:
        return None
    selected = inner.operator is Operator.SELECTED
    return replace(inner, operator=Operator.NOT_SELECTED if selected else Operator.CONTAINS_NOT)


def _settled(condition: Simple, questionnaire: Questionnaire) -> Simple:
    variable = next((known for known in questionnaire.variables if known.id == condition.question), None)
    if variable is None or variable.choices is None or variable.kind is Kind.RATING:
        return condition
    operator, value = condition.operator, condition.value
    if isinstance(value, float) and operator not in _COMPARED:
        value = number_text(value)
    if variable.kind in (Kind.SINGLE, Kind.YES_NO):
        single = {Operator.SELECTED: Operator.IS, Operator.NOT_SELECTED: Operator.IS_NOT}
        operator = single.get(operator, operator)
    return Simple(condition.question, operator, value)
