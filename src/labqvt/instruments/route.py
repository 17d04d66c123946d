"""Which questions a person is asked, given what they answered: conditions are worked out here, on the server."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils import timezone

from labqvt.instruments.asking import Answer, Answers, is_declined, pages_of
from labqvt.instruments.sheet_parts import keys_of
from labqvt_forms import Computed, Formula, Group, Questionnaire
from labqvt_forms.logic import Context, as_text, evaluate, holds
from labqvt_forms.questionnaire import both, variables_of

START: Final = 0


@dataclass(frozen=True, slots=True)
class Route:
    """One person's way: the pages they meet, by number, and their answers to questions they are really asked."""

    pages: tuple[tuple[int, Group], ...]
    shown: frozenset[str]
    answers: Answers
    last: int  # number of the last look before sending
    known: Mapping[str, object] = field(default_factory=dict)  # as formulas read it

    @property
    def total(self) -> int:
        """Pages to walk, the last look included."""
        return len(self.pages) + 1

    def rank(self, number: int) -> int:
        """« Page 2 sur 7 »: the place of a page among those this person meets."""
        return 1 + sum(other < number for other, _group in self.pages)

    def asked_of(self, group: Group) -> set[str]:
        """What a page asks this person to answer."""
        return {v.id for item in group.items for v in variables_of(item) if v.answered and v.id in self.shown}

    def keys_asked_of(self, group: Group) -> set[str]:
        """Where a sheet holds what a page asks this person: answers, words of « Autre », comments."""
        asked = (v for item in group.items for v in variables_of(item) if v.id in self.shown)
        return {key for variable in asked for key in keys_of(variable)}

    def at_or_after(self, number: int) -> int:
        return next((other for other, _group in self.pages if other >= number), self.last)

    def at_or_before(self, number: int) -> int:
        return next((other for other, _group in reversed(self.pages) if other <= number), START)


def route_of(form: Questionnaire, answers: Mapping[str, Answer]) -> Route:
    """Walk the questionnaire once, in order: a question not asked is blank for the conditions after it."""
    known: dict[str, object] = {}
    kept: Answers = {}
    shown: set[str] = set()
    numbers = {group.id: number for number, group in enumerate(pages_of(form), start=1)}
    pages = []
    for group in form.groups:
        met = False
        for item in group.items:
            for variable in variables_of(item):
                if not _holds(both(group.relevant, variable.relevant), known):
                    continue
                if isinstance(item, Computed):
                    known[item.id] = _computed(item, known)
                    continue
                met = True
                shown.add(variable.id)
                for key in keys_of(variable):
                    if key in answers:
                        kept[key] = answers[key]
                if (answer := answers.get(variable.id)) is not None:
                    known[variable.id] = _readable(form, variable.id, answer)
        if met:
            pages.append((numbers[group.id], group))
    return Route(tuple(pages), frozenset(shown), kept, last=len(numbers) + 1, known=known)


def _context(known: Mapping[str, object]) -> Context:
    return Context(answers=known, today=timezone.localdate())


def _holds(formula: Formula | None, known: Mapping[str, object]) -> bool:
    """A condition that our subset cannot say was refused at launch; here it would show the question."""
    return formula is None or formula.tree is None or holds(formula.tree, _context(known))


def _computed(item: Computed, known: Mapping[str, object]) -> str:
    if item.formula is None or item.formula.tree is None:
        return ""
    return as_text(evaluate(item.formula.tree, _context(known)))


def _readable(form: Questionnaire, variable_id: str, answer: Answer) -> str | None:
    """As formulas read it: ticked codes joined by spaces, a declined answer blank."""
    if is_declined(form, variable_id, answer):
        return None
    return " ".join(answer) if isinstance(answer, list) else answer
