"""Conditions, constraints and calculations: one tree, evaluated here and on the phone."""

from labqvt_forms.logic.evaluator import Context, as_text, evaluate, holds
from labqvt_forms.logic.expressionscript import Names, parse_expressionscript, print_expressionscript
from labqvt_forms.logic.formula import Dialect, Formula
from labqvt_forms.logic.javascript import runtime, to_javascript
from labqvt_forms.logic.parsing import OutsideSubset
from labqvt_forms.logic.surveyjs import SurveyNames, parse_surveyjs, print_surveyjs
from labqvt_forms.logic.tree import Node, references
from labqvt_forms.logic.xpath import parse_xpath, print_xpath

__all__ = [
    "Context",
    "Dialect",
    "Formula",
    "Names",
    "Node",
    "OutsideSubset",
    "SurveyNames",
    "as_text",
    "evaluate",
    "holds",
    "parse_expressionscript",
    "parse_surveyjs",
    "parse_xpath",
    "print_expressionscript",
    "print_surveyjs",
    "print_xpath",
    "references",
    "runtime",
    "to_javascript",
]
