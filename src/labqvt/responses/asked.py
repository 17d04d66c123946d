"""What each audience of a campaign is asked."""

import json
from functools import lru_cache

from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.campaigns.profile import asked_form, read_plan
from labqvt.instruments.models import QuestionnaireVersion
from labqvt_forms import Questionnaire


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
    plain = version_of(campaign, audience).public_id
    for_direction = audience == AccessCode.Audience.DIRECTION
    profile = [] if for_direction else campaign.parameters.get("profile", [])
    worded = campaign.parameters.get("easy", {}).get(plain, plain) if easy else plain
    return _form(worded, json.dumps(profile, sort_keys=True))


def has_easy_words(campaign: Campaign, audience: str) -> bool:
    """Whether this audience may read the same questions in easier words."""
    return version_of(campaign, audience).public_id in campaign.parameters.get("easy", {})


def version_of(campaign: Campaign, audience: str) -> QuestionnaireVersion:
    """The questionnaire, or its mirror for direction when the campaign has one."""
    mirrored = audience == AccessCode.Audience.DIRECTION and campaign.mirror is not None
    return campaign.mirror if mirrored and campaign.mirror is not None else campaign.version
