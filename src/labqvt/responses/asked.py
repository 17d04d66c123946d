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


def form_of(campaign: Campaign, audience: str) -> Questionnaire:
    """The questionnaire with its profile questions frozen at launch, or the mirror for direction, which has none."""
    for_direction = audience == AccessCode.Audience.DIRECTION
    mirrored = for_direction and campaign.mirror is not None
    version = campaign.mirror if mirrored else campaign.version
    profile = [] if for_direction else campaign.parameters.get("profile", [])
    return _form(version.public_id, json.dumps(profile, sort_keys=True))
