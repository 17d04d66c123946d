"""What each audience of a campaign is asked, and the campaign itself as respondents’ pages read it."""

import json
from collections.abc import Hashable
from datetime import date
from functools import lru_cache

from django.utils import timezone

from labqvt.campaigns.models import AccessCode, Campaign, Population
from labqvt.campaigns.profile import asked_form, read_plan
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.instruments.route import Route, route_of
from labqvt_forms import Questionnaire


@lru_cache(maxsize=64)
def launched(public_id: str, *facts: object) -> Campaign:
    """A campaign of the pages of ``/r/``, read once for all who answer it: do not change it.

    Nothing of a launched campaign changes but its state and its last day, which are asked with each code and
    given here in ``facts``, as is the minute: a structure renamed is shown under its new name within the next one.
    """
    return (
        Campaign.objects.select_related("organisation", "scope", "version", "mirror")
        # The wording is read once a process (form_of): it is most of the row.
        .defer("version__content", "version__words", "mirror__content", "mirror__words")
        .get(public_id=public_id)
    )


@lru_cache(maxsize=1024)
def population_of(_campaign: str, number: int) -> Population:
    """A structure of a launched campaign; its public identifier goes into the sheet."""
    return Population.objects.select_related("organisation").get(pk=number)


@lru_cache(maxsize=64)
def _form(public_id: str, profile: str) -> Questionnaire:
    """A published wording never changes, nor do frozen rules: read once a process."""
    return asked_form(
        QuestionnaireVersion.objects.get(public_id=public_id).form, read_plan(json.loads(profile))
    )


def form_of(campaign: Campaign, audience: str, *, easy: bool = False) -> Questionnaire:
    """The questionnaire with its profile questions frozen at launch, or the mirror for direction, which has none.

    In easy words when they are asked for and there are some.
    """
    return _form(*_named(campaign, audience, easy=easy))


def unanswered(campaign: Campaign, audience: str, *, easy: bool = False) -> Route:
    """The way of somebody who has answered nothing, which tells the pages that depend on no answer."""
    return _unanswered(*_named(campaign, audience, easy=easy), timezone.localdate())


@lru_cache(maxsize=64)
def _unanswered(public_id: str, profile: str, _today: date) -> Route:
    return route_of(_form(public_id, profile), {})


def edition_of(campaign: Campaign, audience: str) -> tuple[Hashable, ...]:
    """What tells the pages of a launched campaign apart within a minute: nothing else of it changes."""
    return campaign.public_id, campaign.status, campaign.closes_on, audience


def _named(campaign: Campaign, audience: str, *, easy: bool) -> tuple[str, str]:
    plain = version_of(campaign, audience).public_id
    for_direction = audience == AccessCode.Audience.DIRECTION
    profile = [] if for_direction else campaign.parameters.get("profile", [])
    worded = campaign.parameters.get("easy", {}).get(plain, plain) if easy else plain
    return worded, json.dumps(profile, sort_keys=True)


def has_easy_words(campaign: Campaign, audience: str) -> bool:
    """Whether this audience may read the same questions in easier words."""
    return version_of(campaign, audience).public_id in campaign.parameters.get("easy", {})


def version_of(campaign: Campaign, audience: str) -> QuestionnaireVersion:
    """The questionnaire, or its mirror for direction when the campaign has one."""
    mirrored = audience == AccessCode.Audience.DIRECTION and campaign.mirror is not None
    return campaign.mirror if mirrored and campaign.mirror is not None else campaign.version
