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
    """The questionnaire, or its mirror for direction when the campaign has one."""
    mirrored = audience == AccessCode.Audience.DIRECTION and campaign.mirror is not None
    return _form((campaign.mirror if mirrored else campaign.version).public_id)
