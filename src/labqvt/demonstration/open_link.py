"""A region asks by an open link; invented relays pass it on. Everything here is simulated."""

from datetime import date, timedelta
from random import Random
from typing import Final

from labqvt.campaigns import links, relaying
from labqvt.campaigns import services as campaigns
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.ways_models import RelaySending
from labqvt.demonstration.answers import simulate
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.people.models import Account, Organisation, Scope
from labqvt.responses.services import submit_by_link

# Name, people reached, openings a day (by fives, as they are counted).
_RELAYS: Final = (
    ("Union régionale fictive des employeurs", 180, (60, 35, 15)),
    ("Caisse fictive de formation", 420, (45, 20, 10)),
    ("Union locale fictive", 40, (10, 5, 0)),
)


def campaign_by_link(
    structures: list[Organisation], *, scope: Scope, lead: Account, version: QuestionnaireVersion, today: date
) -> Campaign:
    """Open since six days, relayed by three organisations, answered by some; each chooses its structure or none."""
    opens = today - timedelta(days=6)
    campaign = campaigns.prepare_pooled_campaign(
        scope=scope, title="Le travail dans la région, à main levée", version=version, opens_on=opens,
        closes_on=today + timedelta(days=20), by=lead, way_in=Campaign.WayIn.OPEN_LINK,
    )  # fmt: skip
    for structure in structures:
        campaigns.set_population(
            campaign=campaign, organisation=structure, headcount=structure.headcount or 0, by=lead
        )
    campaign = campaigns.open_campaign(campaign=campaign, by=lead, today=opens)
    for name, reached, openings in _RELAYS:
        _relayed(campaign, name, reached, openings, lead=lead, opens=opens)
    random = Random("lien ouvert")  # noqa: S311 - reproducible on purpose
    names = [structure.public_id for structure in structures] + [""]
    for rank, sheet in enumerate(simulate(version.form, people=23, seed="lien ouvert")):
        submit_by_link(
            word=campaign.link.word, once=f"démonstration {rank}", structure=random.choice(names), answers=sheet, today=today
        )  # fmt: skip
    campaigns.refresh_participation(campaign=campaign, today=today)
    return campaign


def _relayed(
    campaign: Campaign, name: str, reached: int, openings: tuple[int, ...], *, lead: Account, opens: date
) -> None:
    relay = relaying.add_relay(campaign=campaign, name=name, by=lead)
    relaying.record_sending(
        relay=relay, kind=RelaySending.Kind.PASSED_ON, by=lead, on=opens + timedelta(days=1), reached=reached
    )
    if not openings[-1]:
        relaying.record_sending(
            relay=relay, kind=RelaySending.Kind.CHASED, by=lead, on=opens + timedelta(days=5)
        )
    for rank, about in enumerate(openings):
        links.add_openings(relay, opens + timedelta(days=1 + rank), about)
