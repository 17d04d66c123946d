"""Whether the scores of two versions may be set side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from labqvt_forms.choices import Role
from labqvt_forms.comparing.words import ScaleComparison, Verdict
from labqvt_forms.items import Number, Numbers
from labqvt_forms.logic import Formula
from labqvt_forms.questionnaire import Questionnaire, Scale, Variable
from labqvt_forms.spots import Spot, name_of
from labqvt_forms.text import Text

_TO_CHECK: Final = frozenset({"words", "order", "conditions"})


def compare_scales(before: Questionnaire, after: Questionnaire) -> Iterator[ScaleComparison]:
    """Yield a verdict for each scale of either version."""
    scorer = _Scorer(before, after)
    old, new = ({scale.id: scale for scale in each.scales} for each in (before, after))
    for id_ in dict.fromkeys((*old, *new)):
        if id_ in old and id_ in new:
            reasons = tuple(dict.fromkeys(scorer.reasons(old[id_], new[id_])))
            verdict = Verdict.TO_CHECK if set(reasons) <= _TO_CHECK else Verdict.NOT_COMPARABLE
            name = name_of(after, Spot.scale(id_))
            yield ScaleComparison(id_, name, verdict if reasons else Verdict.COMPARABLE, reasons)
        else:
            holder, reason = (before, "removed") if id_ in old else (after, "added")
            yield ScaleComparison(id_, name_of(holder, Spot.scale(id_)), Verdict.NOT_COMPARABLE, (reason,))


class _Scorer:
    def __init__(self, before: Questionnaire, after: Questionnaire) -> None:
        self.before = before
        self.after = after

    def reasons(self, old: Scale, new: Scale) -> Iterator[str]:
        if set(old.items) != set(new.items):
            yield "items"
        if old.least_answered != new.least_answered:
            yield "missing_rule"
        if old.range != new.range:
            yield "range"
        for id_ in old.items:
            if id_ in new.items:
                yield from self.scoring(self.before.variable(id_), self.after.variable(id_))
        ranks = [
            [variable.id for variable in each.variables if variable.id in {*old.items} & {*new.items}]
            for each in (self.before, self.after)
        ]
        if ranks[0] != ranks[1]:
            yield "order"

    def scoring(self, old: Variable, new: Variable) -> Iterator[str]:
        if old.reverse != new.reverse:
            yield "reverse"
        if _worth(old) != _worth(new):
            yield "codes"
        if old.label != new.label or old.item.label != new.item.label or _labels(old) != _labels(new):
            yield "words"
        if _conditions(old, self.before) != _conditions(new, self.after):
            yield "conditions"


def _worth(variable: Variable) -> object:
    """What decides the score an answer brings."""
    if variable.choices is not None:
        roles = {each.code: each.role for each in variable.choices.choices if each.role is not Role.ANSWER}
        return variable.choices.values(), roles
    item = variable.item
    return (item.least, item.most) if isinstance(item, Number | Numbers) else variable.kind


def _labels(variable: Variable) -> list[Text]:
    return [choice.label for choice in variable.choices.choices] if variable.choices else []


def _conditions(variable: Variable, questionnaire: Questionnaire) -> tuple[Formula | None, ...]:
    return variable.relevant, questionnaire.group_of(variable.item).relevant
