"""A sheet of paper, or a call, keyed by another person: shown to them while they type, never after it is sent."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from labqvt.campaigns import third_person, ways_policy
from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.foundation.verdict import YES, Verdict, no, require
from labqvt.instruments.asking import Question, pages_of, questions_of
from labqvt.instruments.route import route_of
from labqvt.instruments.turning import Place
from labqvt.people.models import Account
from labqvt.responses import services
from labqvt_forms import Questionnaire

Answers = dict[str, str | list[str]]


def may_key_with(person: Account, campaign: Campaign, access: AccessCode) -> Verdict:
    """The code must be of this campaign, and of a structure this person keys for."""
    if not (verdict := ways_policy.may_key(person, campaign)):
        return verdict
    structures = ways_policy.structures_keyed_by(person, campaign)
    if access.campaign.pk != campaign.pk or not structures.filter(pk=access.population_id).exists():
        return no(
            _("Ce code est d’une autre campagne, ou d’une structure pour laquelle vous ne saisissez pas.")
        )
    return YES


def questions(
    form: Questionnaire, language: str, place: Place, errors: dict[str, str]
) -> list[tuple[str, list[Question]]]:
    """Every question of the paper, theme by theme, whatever the conditions: the paper shows them all."""
    everything = {variable.id for variable in form.variables} | {item.id for item in form.items}
    return [
        (
            group.title.pick(language),
            questions_of(group, language, place.answers, everything, errors=errors, typed=place.typed),
        )
        for group in pages_of(form)
    ]


def differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """Questions keyed differently the second time."""
    return sorted(id_ for id_ in {*first, *second} if first.get(id_) != second.get(id_))


def send(*, campaign: Campaign, code: str, form: Questionnaire, answers: Answers, by: Account) -> None:
    """Into the envelope, as any other sheet; a question the conditions leave out leaves no answer."""
    require(ways_policy.may_key(by, campaign))
    services.submit(code=code, answers=route_of(form, answers).answers)
    with transaction.atomic():
        third_person.count_keyed(campaign, by)
