"""What the script of ``/r/`` checks before a page is turned, as data: the sentences are those of the server.

The server judges everything again at the end; dates, ranks and the length of texts are left to it.
"""

import json
from typing import Any

from labqvt.instruments import answering
from labqvt.instruments.judging import broken, demanded
from labqvt.instruments.sheet_parts import OTHER
from labqvt_forms import MultipleChoice, Number, Numbers, SingleChoice, Variable
from labqvt_forms.items import Question, Required
from labqvt_forms.logic import to_javascript


def checks_of(variable: Variable, language: str) -> dict[str, Any]:
    """For ``fault`` in ``rules.js``; empty when any answer will do. {k} is a number the script counts."""
    item = variable.item
    checks = _of_kind(item)
    if isinstance(item, SingleChoice | MultipleChoice) and item.other:
        checks["other"] = OTHER
        if isinstance(item, SingleChoice):
            checks["two"] = answering.two_answers()
    if variable.required is Required.YES:
        checks["demanded"] = demanded()
    elif variable.required is Required.SOFT:
        checks["wished"] = True
    rule = item.validation if isinstance(item, Question) else None
    if rule is not None and rule.formula.tree is not None:
        checks["rule"] = [json.loads(to_javascript(rule.formula.tree)), broken(rule, language)]
    return checks


def _of_kind(item: Any) -> dict[str, Any]:
    if isinstance(item, MultipleChoice):
        return _of_ticks(item)
    if isinstance(item, Number | Numbers):
        bounds = {"number": [item.integer, answering.no_number(item)]}
        if item.least is not None:
            bounds["low"] = [item.least, answering.too_low(item.least)]
        if item.most is not None:
            bounds["high"] = [item.most, answering.too_high(item.most)]
        return bounds
    return {}


def _of_ticks(item: MultipleChoice) -> dict[str, Any]:
    checks: dict[str, Any] = {"ticks": True}
    if alone := [choice.code for choice in item.choices.choices if choice.exclusive]:
        checks["alone"] = [alone, answering.not_alone()]
    if item.most is not None:
        checks["most"] = [item.most, answering.too_many(item.most, "{k}")]
    if item.least is not None:
        checks["least"] = [item.least, answering.too_few(item.least, "{k}")]
    return checks
