"""Profile questions of a campaign: which are asked, in what order, in which groups of categories. No database here.

Categories are merged before they are asked: what could never be shown is never asked. At closing the planner may
merge further, never less.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from labqvt.campaigns import profile_bank
from labqvt_forms import Choice, ChoiceList, Item, Questionnaire, Role, SingleChoice, Text, YesNo
from labqvt_forms.items import Question
from labqvt_forms.questionnaire import variables_of

_OR: Final = {"fr": " ou ", "en": " or "}
_UP_TO: Final = {"fr": ", jusqu’à : ", "en": ", up to: "}
_DIGIT: Final = re.compile(r"\d|\b(an|ans|mois|heures?|years?|months?|hours?)\b")

Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ProfileQuestion:
    """One question kept for a campaign. ``groups``: codes asked as one, in the order shown."""

    id: str
    groups: Groups
    ordered: bool = False

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        return cls(kept["id"], tuple(tuple(group) for group in kept["groups"]), bool(kept["ordered"]))

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "groups": [list(group) for group in self.groups], "ordered": self.ordered}


def read_plan(kept: Iterable[Mapping[str, Any]]) -> tuple[ProfileQuestion, ...]:
    """A plan as it was kept, in a draft or frozen."""
    return tuple(ProfileQuestion.read(question) for question in kept)


def offered(form: Questionnaire) -> tuple[SingleChoice | YesNo, ...]:
    """What a campaign of this questionnaire may ask about the person: its own closed profile questions, then ours."""
    own = [item for item in form.items if _closed(item)]
    return (*own, *(item for item in profile_bank.PAGE.items if _closed(item)))  # type: ignore[arg-type]  # _closed says so


def _closed(item: Item) -> bool:
    """A list of at least two categories; a free answer about oneself can never be shown by groups."""
    if not isinstance(item, SingleChoice | YesNo) or not item.profile:
        return False
    return len(categories(item)) > 1


def categories(item: SingleChoice | YesNo) -> tuple[Choice, ...]:
    return tuple(choice for choice in item.choices.choices if choice.role is not Role.DECLINES)


def looks_ordered(item: SingleChoice | YesNo) -> bool:
    """Whether categories follow one another, as durations and ages do: a guess that the pair may correct."""
    if item.id in profile_bank.ORDERED:
        return True
    labels = [choice.label.pick("fr").lower() for choice in categories(item)]
    return len(labels) > 2 and sum(bool(_DIGIT.search(label)) for label in labels) >= len(labels) - 1


def fits(question: ProfileQuestion, form: Questionnaire) -> bool:
    """The groups are those of a question one may ask, each category in one group, neighbours only when ordered."""
    item = next((item for item in offered(form) if item.id == question.id), None)
    if item is None or len(question.groups) < 2:
        return False
    codes = [choice.code for choice in categories(item)]
    listed = [code for group in question.groups for code in group]
    if sorted(listed) != sorted(codes) or not all(question.groups):
        return False
    return not question.ordered or listed == codes


def asked_form(form: Questionnaire, plan: Sequence[ProfileQuestion]) -> Questionnaire:
    """The questionnaire as this campaign asks it: profile questions chosen, merged, in their order, and no other."""
    wanted = {question.id: question for question in plan}
    here = [item.id for item in form.items if item.id in wanted]
    kept = {
        item.id: _merged(item, wanted[item.id])
        for item in offered(form)
        if item.id in wanted and fits(wanted[item.id], form)
    }
    # Chosen questions take, in the order chosen, the places that profile questions have in the questionnaire.
    places = iter([question.id for question in plan if question.id in here])
    groups = []
    for group in form.groups:
        items: list[Item] = []
        for item in group.items:
            if not (isinstance(item, Question) and item.profile):
                items.append(item)
            elif item.id in kept:
                items.append(kept[next(places)])
        if items:
            groups.append(replace(group, items=tuple(items)))
    added = [kept[question.id] for question in plan if question.id in kept and question.id not in here]
    if added:
        groups.append(replace(profile_bank.PAGE, items=tuple(added)))
    profile_ids = {item.id for item in form.items if isinstance(item, Question) and item.profile}
    quotas = tuple(q for q in form.quotas if not profile_ids & {id_ for id_, _code in q.demands})
    asked_ids = {v.id for group in groups for item in group.items for v in variables_of(item)}
    scales = tuple(
        replace(scale, items=tuple(id_ for id_ in scale.items if id_ in asked_ids)) for scale in form.scales
    )
    return replace(form, groups=tuple(groups), quotas=quotas, scales=tuple(s for s in scales if s.items))


def _merged(item: SingleChoice | YesNo, question: ProfileQuestion) -> SingleChoice | YesNo:
    """The question with one choice per group; no free words beside it, which would tell who speaks."""
    if isinstance(item, YesNo):
        return item  # two answers: nothing to merge
    by_code = {choice.code: choice for choice in item.choices.choices}
    choices = tuple(
        _as_one([by_code[code] for code in group], ordered=question.ordered) for group in question.groups
    )
    declining = tuple(choice for choice in item.choices.choices if choice.role is Role.DECLINES)
    listed = ChoiceList(f"{item.choices.id}-{len(choices)}", (*choices, *declining))
    return replace(item, choices=listed, other=False, comment=False, random_order=False)


def _as_one(choices: Sequence[Choice], *, ordered: bool) -> Choice:
    """« Moins d’un an ou d’un an à moins de cinq ans », under the code of the first."""
    first = choices[0]
    if len(choices) == 1:
        return first
    languages = dict(first.label)
    said = {
        language: _joined([choice.label.pick(language) for choice in choices], language, ordered=ordered)
        for language in languages
    }
    return Choice(first.code, Text.of(**said))


def _joined(labels: list[str], language: str, *, ordered: bool) -> str:
    """Two of them, or a nominal list: said one after the other. A long stretch of neighbours: by its two ends."""
    others = [label[:1].lower() + label[1:] for label in labels[1:]]
    if ordered and len(labels) > 2:
        return f"{labels[0]}{_UP_TO.get(language, ' … ')}{others[-1]}"
    return _OR.get(language, " / ").join([labels[0], *others])


def group_labels(item: SingleChoice | YesNo, question: ProfileQuestion, language: str) -> list[str]:
    """How each group is said."""
    return [choice.label.pick(language) for choice in categories(_merged(item, question))]


def told(form: Questionnaire, plan: Sequence[ProfileQuestion], language: str) -> list[tuple[str, list[str]]]:
    """Each question asked about the person and its possible answers, as the rules of the game say them."""
    items = {item.id: item for item in offered(form)}
    return [
        (items[question.id].label.pick(language), group_labels(items[question.id], question, language))
        for question in plan
        if question.id in items
    ]
