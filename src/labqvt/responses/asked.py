"""What each audience of a campaign is asked."""

from functools import lru_cache

from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.instruments.models import QuestionnaireVersion
from labqvt_forms import Questionnaire


@lru_cache(maxsize=64)
def _form(public_id: str) -> Questionnaire:
    """A published wording never changes: read once a process."""
    return QuestionnaireVersion.objects.get(public_id=public_id).form


def form_of(campaign: Campaign, audience: str) -> Questionnaire:
    """What this audience is asked."""
    return _form(version_of(campaign, audience).public_id)


def version_of(campaign: Campaign, audience: str) -> QuestionnaireVersion:
    """The questionnaire, or its mirror for direction when the campaign has one."""
    mirrored = audience == AccessCode.Audience.DIRECTION and campaign.mirror is not None
    return campaign.mirror if mirrored and campaign.mirror else campaign.version
