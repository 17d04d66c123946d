"""Conditions told as sentences, with the labels of the questionnaire, in French or in English.

condition_sentence(formula, questionnaire, "fr")
# Afficher si « Ancienneté » est « Moins d’un an » et « Âge » est au moins 30
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

from labqvt_forms.items import Date, DualBlock
from labqvt_forms.languages import ours_for
from labqvt_forms.logic import Formula, Node, OutsideSubset, print_xpath
from labqvt_forms.logic.tree import (
    COMPARISONS,
    TURNED,
    Answer,
    Call,
    Itself,
    Literal,
    Negative,
    Operation,
    chained,
)
from labqvt_forms.logic.xpath import number_text
from labqvt_forms.questionnaire import Questionnaire, Variable
from labqvt_forms.spots import shortened

_FRENCH: Final = {
    "show": "Afficher si {condition}",
    "foreign": "Condition que l’on ne sait pas lire, jamais évaluée : « {text} »",
    "quote": "« {text} »",
    "and": "et",
    "or": "ou",
    "itself": "la réponse",
    "is": "{what} est {value}",
    "is not": "{what} n’est pas {value}",
    "contains": "{what} contient {value}",
    "contains not": "{what} ne contient pas {value}",
    "starts": "{what} commence par {value}",
    "ends": "{what} finit par {value}",
    "pattern": "{what} a la forme {value}",
    "answered": "{what} a une réponse",
    "unanswered": "{what} n’a pas de réponse",
    ">=": "{what} est au moins {value}",
    "<=": "{what} est au plus {value}",
    ">": "{what} est plus de {value}",
    "<": "{what} est moins de {value}",
    "date >=": "{what} est à partir de {value}",
    "date <=": "{what} est au plus tard {value}",
    "date >": "{what} est après {value}",
    "date <": "{what} est avant {value}",
    "not": "il n’est pas vrai que ({condition})",
    "always": "toujours",
    "never": "jamais",
    "true": "{what} est vrai",
    "ticked": "le nombre de choix cochés à {what}",
    "given": "le nombre de réponses données à {what}",
    "score": "le score de {what}",
    "length": "la longueur de {what}",
    "sum": "la somme de {what}",
    "min": "le plus petit de {what}",
    "max": "le plus grand de {what}",
    "today": "la date du jour",
    "if": "{then} si {condition}, sinon {otherwise}",
    "nothing": "rien",
    "list": " et ",
}
_ENGLISH: Final = {
    "show": "Show if {condition}",
    "foreign": "Condition we cannot read, never evaluated: “{text}”",
    "quote": "“{text}”",
    "and": "and",
    "or": "or",
    "itself": "the answer",
    "is": "{what} is {value}",
    "is not": "{what} is not {value}",
    "contains": "{what} includes {value}",
    "contains not": "{what} does not include {value}",
    "starts": "{what} starts with {value}",
    "ends": "{what} ends with {value}",
    "pattern": "{what} has the form {value}",
    "answered": "{what} has an answer",
    "unanswered": "{what} has no answer",
    ">=": "{what} is at least {value}",
    "<=": "{what} is at most {value}",
    ">": "{what} is more than {value}",
    "<": "{what} is less than {value}",
    "date >=": "{what} is on or after {value}",
    "date <=": "{what} is on or before {value}",
    "date >": "{what} is after {value}",
    "date <": "{what} is before {value}",
    "not": "it is not true that ({condition})",
    "always": "always",
    "never": "never",
    "true": "{what} is true",
    "ticked": "the number of choices ticked in {what}",
    "given": "the number of answers given to {what}",
    "score": "the score of {what}",
    "length": "the length of {what}",
    "sum": "the sum of {what}",
    "min": "the smallest of {what}",
    "max": "the largest of {what}",
    "today": "today’s date",
    "if": "{then} if {condition}, otherwise {otherwise}",
    "nothing": "nothing",
    "list": " and ",
}
_OPPOSITE: Final = {
    "is": "is not",
    "contains": "contains not",
    "answered": "unanswered",
    ">=": "<",
    "<=": ">",
}
_LISTED: Final = {
    "count-selected": "ticked",
    "count-non-empty": "given",
    "string-length": "length",
    "sum": "sum",
    "min": "min",
    "max": "max",
}
_ABOUT_TEXT: Final = {
    "selected": "contains",
    "contains": "contains",
    "starts-with": "starts",
    "ends-with": "ends",
    "regex": "pattern",
}
_SIGNS: Final = {"+": "+", "-": "−", "*": "×", "div": "÷", "mod": "mod"}


def words_in(language: str) -> Mapping[str, str]:
    """Return our words: French for French, English for any other language."""
    return _FRENCH if ours_for(language) == "fr" else _ENGLISH


def condition_sentence(formula: Formula, questionnaire: Questionnaire, language: str = "") -> str:
    """Tell when something is shown: « Afficher si « Âge » est au moins 30 »."""
    language = language or questionnaire.language
    words = words_in(language)
    if formula.tree is None:
        return words["foreign"].format(text=formula.text)
    told = sentence(formula.tree, questionnaire, language)
    if words is _FRENCH and told.startswith("il "):
        return f"Afficher s’{told}"
    return words["show"].format(condition=told)


def sentence(node: Node, questionnaire: Questionnaire, language: str) -> str:
    """Tell a condition without « Afficher si »."""
    return _Teller(questionnaire, language).condition(node)


def answer_name(variable: Variable, questionnaire: Questionnaire, language: str) -> str:
    """Return what a person calls a question: its label on one line, cut when long; its id when it has none."""
    label = variable.label.pick(language, questionnaire.language)
    item = variable.item
    if isinstance(item, DualBlock):
        side = item.first_label if variable.side == 1 else item.second_label
        label = " – ".join(part for part in (label, side.pick(language, questionnaire.language)) if part)
    return shortened(label) or variable.id


class _Teller:
    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self.questionnaire = questionnaire
        self.language = language
        self.words = words_in(language)
        self.known = {variable.id: variable for variable in questionnaire.variables}

    def told(self, key: str, **holes: str) -> str:
        return self.words[key].format(**holes)

    def quoted(self, text: str) -> str:
        return self.told("quote", text=text)

    def condition(self, node: Node) -> str:
        match node:
            case Operation("and" | "or" as joint):
                parts = [self.joined(part, joint) for part in chained(node, joint)]
                told = f" {self.words[joint]} ".join(parts)
            case Operation(operator, left, right) if operator in COMPARISONS:
                told = self.comparison(operator, left, right)
            case Call("not", (inner,)):
                told = self.negation(inner)
            case Call("true" | "false" as truth):
                told = self.words["always" if truth == "true" else "never"]
            case Call("selected", (Answer(id_), Literal(code))):
                told = self.told(self.selection(id_), what=self.name(id_), value=self.value(code, id_))
            case Call(name, (what, value)) if name in _ABOUT_TEXT:
                told = self.told(_ABOUT_TEXT[name], what=self.term(what), value=self.term(value))
            case Answer() | Itself():
                told = self.told("answered", what=self.term(node))
            case _:
                told = self.told("true", what=self.term(node))
        return told

    def joined(self, part: Node, joint: str) -> str:
        told = self.condition(part)
        return (
            f"({told})" if isinstance(part, Operation) and part.operator in {"and", "or"} - {joint} else told
        )

    def negation(self, inner: Node) -> str:
        match inner:
            case Call("selected", (Answer(id_), Literal(code))):
                key = _OPPOSITE[self.selection(id_)]
                told = self.told(key, what=self.name(id_), value=self.value(code, id_))
            case Call("contains" | "selected", (what, value)):
                told = self.told("contains not", what=self.term(what), value=self.term(value))
            case Operation("=" | "!=" as sign, left, right):
                told = self.comparison("!=" if sign == "=" else "=", left, right)
            case Call("not", (node,)):
                told = self.condition(node)
            case Answer() | Itself():
                told = self.told("unanswered", what=self.term(inner))
            case _:
                told = self.told("not", condition=self.condition(inner))
        return told

    def comparison(self, operator: str, left: Node, right: Node) -> str:
        if isinstance(left, Literal) and not isinstance(right, Literal):
            left, right, operator = right, left, TURNED[operator]
        asked = left.id if isinstance(left, Answer) else ""
        what = self.term(left)
        if right == Literal("") and operator in ("=", "!="):
            return self.told("unanswered" if operator == "=" else "answered", what=what)
        key = {"=": "is", "!=": "is not"}.get(operator, operator)
        variable = self.known.get(asked)
        if variable is not None and isinstance(variable.item, Date) and operator not in ("=", "!="):
            key = f"date {operator}"
        value = self.value(right.value, asked) if isinstance(right, Literal) else self.term(right)
        return self.told(key, what=what, value=value)

    def selection(self, id_: str) -> str:
        """« est » for one answer, « contient » for several."""
        variable = self.known.get(id_)
        several = variable is None or variable.kind in ("multiple", "ranking") or variable.choices is None
        return "contains" if several else "is"

    def name(self, id_: str) -> str:
        variable = self.known.get(id_)
        return self.quoted(answer_name(variable, self.questionnaire, self.language) if variable else id_)

    def value(self, value: float | str, id_: str = "") -> str:
        """Tell a literal: the label of a choice, a date, a number, or a text between quotes."""
        written = value if isinstance(value, str) else number_text(value)
        variable = self.known.get(id_)
        choices = variable.choices if variable is not None and variable.kind != "rating" else None
        if choices is not None and (choice := choices.get(written)):
            return self.quoted(choice.label.pick(self.language, self.questionnaire.language) or choice.code)
        if re.fullmatch(r"-?\d+(\.\d+)?", written):
            return written.replace(".", ",") if self.words is _FRENCH else written
        return self.date(written) or self.quoted(written)

    def date(self, written: str) -> str:
        try:
            date = dt.date.fromisoformat(written)
        except ValueError:
            return ""
        return date.strftime("%d/%m/%Y") if self.words is _FRENCH else date.isoformat()

    def term(self, node: Node) -> str:
        """Tell a value."""
        match node:
            case Literal(value):
                told = self.value(value) if value != "" else self.words["nothing"]
            case Answer(id_):
                told = self.name(id_)
            case Itself():
                told = self.words["itself"]
            case Negative(operand):
                told = f"−{self.inner(operand)}"
            case Operation(operator, left, right) if operator in _SIGNS:
                told = f"{self.inner(left)} {_SIGNS[operator]} {self.inner(right)}"
            case Operation():
                told = f"({self.condition(node)})"
            case Call():
                told = self.call(node)
        return told

    def inner(self, node: Node) -> str:
        told = self.term(node)
        return f"({told})" if isinstance(node, Operation) and node.operator in _SIGNS else told

    def call(self, node: Call) -> str:
        match node:
            case Call("today"):
                told = self.words["today"]
            case Call("score", (Literal(str(id_)),)):
                told = self.told(
                    "score", what=self.quoted(scale_name(self.questionnaire, id_, self.language))
                )
            case Call("number" | "string" | "date", (what,)):
                told = self.term(what)
            case Call(name, arguments) if name in _LISTED:
                terms = self.words["list"].join(map(self.term, arguments))
                told = self.told(_LISTED[name], what=terms)
            case Call("if", (condition, then, otherwise)):
                told = self.told(
                    "if",
                    condition=self.condition(condition),
                    then=self.term(then),
                    otherwise=self.term(otherwise),
                )
            case Call(
                "not" | "selected" | "contains" | "starts-with" | "ends-with" | "regex" | "true" | "false"
            ):
                told = f"({self.condition(node)})"
            case _:
                told = self.quoted(_written(node))
        return told


def _written(node: Node) -> str:
    try:
        return print_xpath(node)
    except OutsideSubset:
        # A text with both kinds of quotes has no written form; its shape in memory still names it.
        return str(node)


def scale_name(questionnaire: Questionnaire, id_: str, language: str) -> str:
    for scale in questionnaire.scales:
        if scale.id == id_:
            return scale.label.pick(language, questionnaire.language) or id_
    return id_
