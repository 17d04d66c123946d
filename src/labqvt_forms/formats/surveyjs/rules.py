"""Conditions and validators of SurveyJS questions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from labqvt_forms.formats.surveyjs.document import Source, Texts
from labqvt_forms.items import Validation
from labqvt_forms.logic import Dialect, Formula, OutsideSubset, SurveyNames, parse_surveyjs, print_xpath
from labqvt_forms.questionnaire import both
from labqvt_forms.text import NO_TEXT, Text

EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s]+"
ANYWHERE = "[\\s\\S]*"


def translated(written: str, names: SurveyNames) -> Formula:
    """Turn an expression into our subset; what does not fit stays, word for word, in its own dialect."""
    try:
        return Formula(print_xpath(parse_surveyjs(written, names)))
    except OutsideSubset:
        return Formula(written, Dialect.SURVEYJS)


def joined(conditions: Iterable[str], names: SurveyNames) -> Formula | None:
    """Join conditions that must all hold, before translating: one that does not fit keeps them all as text."""
    found = [condition for condition in dict.fromkeys(conditions) if condition]
    if not found:
        return None
    return translated(found[0] if len(found) == 1 else " and ".join(f"({one})" for one in found), names)


@dataclass(slots=True)
class Rules:
    """What the validators of a question say, sorted by what the model makes of it."""

    least: float | None = None
    most: float | None = None
    fewest: int | None = None
    many: int | None = None
    longest: int | None = None
    patterns: list[str] = field(default_factory=list)
    expressions: list[str] = field(default_factory=list)
    ours: list[str] = field(default_factory=list)
    """Rules that SurveyJS says with a validator of its own, as formulas of ours."""
    message: Text = NO_TEXT
    lost: list[str] = field(default_factory=list)

    @property
    def numeric(self) -> bool:
        return self.least is not None or self.most is not None

    def validation(self, names: SurveyNames) -> Validation | None:
        """Return the free rules as one, with the first message."""
        formula = joined(self.expressions, names)
        for rule in self.ours:
            if formula is None or formula.dialect is Dialect.XPATH:
                formula = both(formula, Formula(rule))
            else:
                self.lost.append(f"validation ({rule})")
        return Validation(formula, self.message) if formula else None

    def lose_patterns(self) -> None:
        """Tell as lost the patterns of what is not a text."""
        self.lost += [f"motif ({pattern})" for pattern in self.patterns]
        self.patterns.clear()


def rules_of(question: Source, texts: Texts) -> Rules:
    """Read the validators of a question."""
    rules = Rules()
    for validator in question.parts("validators"):
        _take(validator, rules)
        words = texts.text(validator.value("text"), f"question {question.word('name')}")
        rules.message = rules.message or words
    return rules


def _take(validator: Source, rules: Rules) -> None:
    match validator.word("type").removesuffix("validator"):
        case "numeric":
            rules.least, rules.most = validator.number("minValue"), validator.number("maxValue")
        case "answercount":
            rules.fewest, rules.many = validator.whole("minCount"), validator.whole("maxCount")
        case "text":
            rules.longest = validator.whole("maxLength") or None
            if shortest := validator.whole("minLength"):
                rules.ours.append(f"string-length(.) >= {shortest}")
        case "regex" if validator.word("regex"):
            if validator.flag("caseInsensitive", "insensitive"):
                rules.lost.append("motif sans égard aux majuscules")
            rules.patterns.append(whole_pattern(validator.word("regex")))
        case "email":
            rules.patterns.append(EMAIL)
        case "expression" if validator.word("expression"):
            rules.expressions.append(validator.word("expression"))
        case kind:
            rules.lost.append(f"validation « {kind} »")


def whole_pattern(written: str) -> str:
    """Turn a pattern that may match anywhere into one of the whole answer.

    >>> whole_pattern("^(?:[A-Z]+)$"), whole_pattern("^[0-9]{5}$")
    ('[A-Z]+', '[0-9]{5}')
    """
    inside = re.fullmatch(r"\^\(\?:(.*)\)\$", written, re.DOTALL)
    if inside and anchored(inside[1]) == written:
        return inside[1]
    if (
        written.startswith("^")
        and written.endswith("$")
        and not written.endswith("\\$")
        and "|" not in written
    ):
        return written[1:-1]
    return f"{ANYWHERE}(?:{written}){ANYWHERE}"


def anchored(pattern: str) -> str:
    return f"^(?:{pattern})$"
