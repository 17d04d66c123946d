"""A campaign whose questionnaire asks in every way, open, with its codes; and what one person may answer to it."""

from typing import Any

from labqvt.campaigns.models import Campaign
from labqvt.campaigns.sheet_size import sheet_size
from labqvt.instruments.models import QuestionnaireVersion
from tests.labqvt.campaigns.factories import CampaignFactory
from tests.labqvt.instruments.every_kind import CONTENT, every_kind

# What a person posts page by page, and what their sheet must then hold.
POSTED: tuple[dict[str, Any], ...] = (
    {"a.help": "4", "a.voice": "-98", "a.rush": "7", "a.calm_1": "2", "a.calm_2": "3"},
    {"a.moves": "yes", "a.wish": "-oth-", "a.wish[other]": "Un vrai bureau", "a.wish[comment]": "Depuis longtemps.",
     "a.town": "t12"},
    {"a.tools": ["bike"], "a.tools[other]": "La trottinette", "a.order": ["team", "pay", ""]},
    {"a.enps": "9", "a.meal": "3", "a.km": "12,5", "a.near": "8", "a.far": "-98", "a.day": "17/03/2020", "a.month": "2021-09",
     "a.hour": "9h30"},
    {"a.job": "éduc", "a.say": "Moins de\r\nréunions", "a.first": "Respirer"},
)  # fmt: skip
KEPT: dict[str, Any] = {
    "help": "4", "voice": "-98", "rush": "7", "calm_1": "2", "calm_2": "3", "moves": "yes", "wish": "-oth-",
    "wish[other]": "Un vrai bureau", "wish[comment]": "Depuis longtemps.", "town": "t12",
    "tools": ["bike", "-oth-"], "tools[other]": "La trottinette", "order": ["team", "pay"], "enps": "9", "meal": "3",
    "km": "12.5", "near": "8", "far": "-98", "day": "2020-03-17", "month": "2021-09", "hour": "09:30", "job": "éduc",
    "say": "Moins de\nréunions", "first": "Respirer",
}  # fmt: skip


def open_campaign(**facts: Any) -> Campaign:
    """The questionnaire takes the place of the one the campaign was launched with, as its parameters would say."""
    campaign = CampaignFactory(open=True, mirrored=False, **facts)
    campaign.version = QuestionnaireVersion.objects.create(
        questionnaire=campaign.version.questionnaire, number=9, content=CONTENT, status="retired"
    )
    campaign.parameters |= {"sheet_size": sheet_size(every_kind()), "easy": {}}
    campaign.save()
    return campaign
