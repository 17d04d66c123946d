"""What a page still lacks before the next one: an answer the author demands, a rule of theirs that does not hold."""

from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from labqvt.instruments.asking import variables_on
from labqvt.instruments.route import Route
from labqvt_forms import Group, Question, Required, Variable
from labqvt_forms.items import Validation
from labqvt_forms.logic import Context, holds

_BLANK: Final = ("", None)


def demanded() -> str:
    return _("Une réponse est demandée ici. « Je préfère ne pas répondre » en est une.")


def broken(rule: Validation, language: str) -> str:
    """The author's sentence, else ours."""
    return rule.message.pick(language) or _("Cette réponse ne suit pas la règle de la question : relisez-la.")


def stops_on(group: Group, route: Route, language: str) -> dict[str, str]:
    """Sentence by variable: what must be put right before going on. « Je préfère ne pas répondre » is always enough."""
    stops = {}
    for variable in _asked(group, route):
        if variable.id not in route.answers:
            if variable.required is Required.YES:
                stops[variable.id] = demanded()
        elif sentence := _broken_rule(variable, route, language):
            stops[variable.id] = sentence
    return stops


def gentle_blanks(group: Group, route: Route) -> list[str]:
    """Questions the author would like answered: the page asks once, then lets the person go on."""
    return [
        variable.id
        for variable in _asked(group, route)
        if variable.required is Required.SOFT and variable.id not in route.answers
    ]


def _asked(group: Group, route: Route) -> list[Variable]:
    return [one for one in variables_on(group) if one.answered and one.id in route.shown]


def _broken_rule(variable: Variable, route: Route, language: str) -> str:
    """What to say when the rule on an answer does not hold; a refusal keeps every rule."""
    rule = variable.item.validation if isinstance(variable.item, Question) else None
    itself = route.known.get(variable.id)
    if rule is None or rule.formula.tree is None or not isinstance(itself, str) or itself in _BLANK:
        return ""
    if holds(rule.formula.tree, Context(answers=route.known, itself=itself, today=timezone.localdate())):
        return ""
    return broken(rule, language)
