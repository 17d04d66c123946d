"""Scores of scales, as the XLSForm scale extension defines them."""

from __future__ import annotations

from collections.abc import Mapping

from labqvt_forms.items import Number, Numbers
from labqvt_forms.questionnaire import Questionnaire, Scale, Variable


def item_share(variable: Variable, answer: object) -> float | None:
    """Return where an answer stands over the range of its item, from 0 to 1, reversed where asked.

    None when blank, declined, or outside the scale.

    >>> from labqvt_forms import Rating, Questionnaire, Group
    >>> rating = Rating(id="r", least=1, most=5, reverse=True)
    >>> questionnaire = Questionnaire(id="q", groups=(Group(id="g", items=(rating,)),))
    >>> item_share(questionnaire.variable("r"), "2")
    0.75
    """
    if not isinstance(answer, str):
        return None
    if variable.choices is not None:
        values = variable.choices.values()
        if answer not in values or len(set(values.values())) < 2:
            return None
        value, low, high = values[answer], min(values.values()), max(values.values())
    else:
        item = variable.item
        if not isinstance(item, Number | Numbers) or item.least is None or item.most is None:
            return None
        value, low, high = float(answer), item.least, item.most
        if not low <= value <= high or low == high:
            return None
    share = (value - low) / (high - low)
    return 1 - share if variable.reverse else share


def scale_score(scale: Scale, questionnaire: Questionnaire, answers: Mapping[str, object]) -> float | None:
    """Return the mean of the answered items over ``scale.range``; None when too few are answered."""
    shares = [item_share(questionnaire.variable(id_), answers.get(id_)) for id_ in scale.items]
    answered = [share for share in shares if share is not None]
    if not answered or len(answered) < scale.least_answered:
        return None
    low, high = scale.range
    return low + (high - low) * sum(answered) / len(answered)
