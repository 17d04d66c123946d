"""A campaign whose texts await their reader, made through services: no rule is bypassed."""

from collections.abc import Mapping, Sequence
from typing import Any

from labqvt.campaigns import services as campaigns
from labqvt.campaigns.models import Campaign
from labqvt.demonstration.written import with_two_questions
from labqvt.evidence import door
from labqvt.evidence.models import TextReading
from labqvt.instruments.shipping import publish_six_determinants
from labqvt.people.models import Account
from labqvt.responses.services import submit
from tests.factories import AccountFactory, ScopeFactory, StructureFactory
from tests.labqvt.campaigns.factories import codes_of
from tests.labqvt.evidence.factories import AFTER, CLOSES, DURING, OPENS, opinion

HELPS = [f"Ce qui aide, numéro {rank}" for rank in range(8)]
CHANGES = [f"À changer, numéro {rank}" for rank in range(5)]
TEXTS = {"AIDE": HELPS, "CHANGE": CHANGES}


def account(campaign: Campaign, function: str) -> Account:
    return campaign.scope.assignments.filter(function=function).earliest("pk").account


def draft_with_texts(*, headcount: int = 15, with_reader: bool = True) -> Campaign:
    """A structure with its pair and a consultant, a questionnaire with two free questions."""
    structure, network = StructureFactory(), ScopeFactory(label="Réseau")
    director = AccountFactory(director_of=structure)
    AccountFactory(employee_of=structure)
    consultant = AccountFactory(consultant_of=structure)
    employees, _mirror = publish_six_determinants()
    version = with_two_questions(employees, scope=network, by=AccountFactory(national_of=network))
    campaign = campaigns.prepare_campaign(
        structure=structure, title="Enquête et vos mots", version=version, opens_on=OPENS, closes_on=CLOSES,
        headcount=headcount, direction_members=1, by=director,
    )  # fmt: skip
    if with_reader:
        campaign = campaigns.choose_reader(campaign=campaign, reader=consultant, by=director)
    return campaign


def closed_with_texts(
    *,
    employees: int = 12,
    texts: Mapping[str, Sequence[str]] = TEXTS,
    direction_writes: str = "",
    **traits: Any,
) -> Campaign:
    """Answered and closed; the envelopes are still shut."""
    campaign = draft_with_texts(**traits)
    director = account(campaign, "director")
    campaign = campaigns.open_campaign(campaign=campaign, by=director, today=OPENS)
    for rank, code in enumerate(codes_of(campaign)[:employees]):
        sheet = opinion(campaign.version.form, "2345"[rank % 4])
        sheet = {id_: said for id_, said in sheet.items() if id_ not in TEXTS}
        written = {question: said[rank] for question, said in texts.items() if rank < len(said)}
        submit(code=code, answers=sheet | written, today=DURING)
    if direction_writes:
        [code] = codes_of(campaign, "direction")
        submit(code=code, answers={"AIDE": direction_writes}, today=DURING)
    return campaigns.close_campaign(campaign=campaign, today=AFTER)


def reading_of(**traits: Any) -> TextReading:
    """The envelopes are opened: the texts are on the reader’s table."""
    campaign = closed_with_texts(**traits)
    door.open_envelopes(campaign.public_id)
    return TextReading.objects.select_related("campaign").get(campaign=campaign)
