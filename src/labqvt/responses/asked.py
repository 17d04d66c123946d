"""What each audience of a campaign is asked."""

from functools import lru_cache

from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.instruments.models import QuestionnaireVersion
from labqvt_forms import Questionnaire


@lru_cache(maxsize=64)
def _form(public_id: str) -> Questionnaire:
    """A published wording never changes: read once a process."""
    return QuestionnaireVersion.objects.get(public_id=public_id).form


def form_of(campaign: Campaign, audience: str, *, easy: bool = False) -> Questionnaire:
    """The questionnaire, or its mirror for direction when the campaign has one, in easy words when there are some."""
    plain = _version_of(campaign, audience).public_id
    return _form(campaign.parameters.get("easy", {}).get(plain, plain) if easy else plain)


def has_easy_words(campaign: Campaign, audience: str) -> bool:
    """Whether this audience may read the same questions in easier words."""
    return _version_of(campaign, audience).public_id in campaign.parameters.get("easy", {})


def _version_of(campaign: Campaign, audience: str) -> QuestionnaireVersion:
    mirrored = audience == AccessCode.Audience.DIRECTION and campaign.mirror is not None
    return campaign.mirror if mirrored and campaign.mirror is not None else campaign.version
