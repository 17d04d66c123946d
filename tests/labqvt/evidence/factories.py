"""Campaigns brought to a given point by the services themselves: no rule is bypassed."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from labqvt.campaigns import services as campaigns
from labqvt.campaigns.models import Campaign
from labqvt.instruments.shipping import publish_six_determinants
from labqvt.people.models import Organisation, Scope
from labqvt.responses.services import submit
from tests.factories import AccountFactory, ScopeFactory, StructureFactory

OPENS, CLOSES = date(2026, 10, 1), date(2026, 10, 20)
DURING, AFTER = date(2026, 10, 5), date(2026, 10, 21)


def opinion(form: Any, code: str) -> dict[str, str]:
    """The same opinion on every item: the code is turned where agreeing is unfavourable."""
    return {v.id: str(6 - int(code)) if v.reverse else code for v in form.answer_variables}


def open_campaign(
    *,
    structure: Organisation | None = None,
    headcount: int = 12,
    direction_members: int = 1,
    with_mirror: bool = True,
) -> Campaign:
    structure = structure or StructureFactory()
    director = AccountFactory(director_of=structure)
    employees, mirror = publish_six_determinants()
    campaign = campaigns.prepare_campaign(
        structure=structure, title="Enquête d’automne", version=employees, mirror=mirror if with_mirror else None,
        opens_on=OPENS, closes_on=CLOSES, headcount=headcount, direction_members=direction_members, by=director,
    )  # fmt: skip
    return campaigns.open_campaign(campaign=campaign, by=director, today=OPENS)


def director_of(campaign: Campaign) -> Any:
    return campaign.scope.assignments.get(function="director").account


def answer(
    campaign: Campaign, *, employees: str = "", direction: str = "", structure: Organisation | None = None
) -> None:
    """One answer per code: « 445 » is three people, the first two saying 4 everywhere."""
    leader = campaign.scope.assignments.filter(function__in=["director", "regional"]).first().account
    for population, printed in campaigns.printed_codes(campaign=campaign, by=leader):
        if structure is not None and population.organisation != structure:
            continue
        free = {
            side: [one.code for one in printed if one.audience == side] for side in ("employees", "direction")
        }
        for side, given in (("employees", employees), ("direction", direction)):
            for code, said in zip(free[side], given, strict=False):
                submit(code=code, answers=opinion(campaign.form_for(side), said), today=DURING)


def close(campaign: Campaign) -> Campaign:
    return campaigns.close_campaign(campaign=campaign, today=AFTER)


def closed_campaign(*, employees: str, direction: str = "", consent: bool = False, **traits: Any) -> Campaign:
    """A structure's campaign, answered and closed; its release is asked for and not yet made."""
    campaign = open_campaign(**traits)
    answer(campaign, employees=employees, direction=direction)
    if consent:
        campaigns.consent_to_mirror(campaign=campaign, by=director_of(campaign))
    return close(campaign)


def closed_pooled_campaign(
    answers: Mapping[str, str],
    *,
    headcount: int = 12,
    network: Scope | None = None,
    regions: Mapping[str, str] = MappingProxyType({}),
    sectors: Mapping[str, str] = MappingProxyType({}),
    analysis_days: int = 0,
) -> Campaign:
    """A campaign put in common: answers per structure name, and the region of those that have one."""
    network = network or ScopeFactory(label="Réseau")
    leader = AccountFactory(regional_of=network)
    employees, _mirror = publish_six_determinants()
    campaign = campaigns.prepare_pooled_campaign(
        scope=network,
        title="Enquête du réseau",
        version=employees,
        opens_on=OPENS,
        closes_on=CLOSES,
        by=leader,
        analysis_days=analysis_days,
    )
    structures = {
        name: StructureFactory(name=name, region=regions.get(name, ""), sector=sectors.get(name, ""))
        for name in answers
    }
    for structure in structures.values():
        campaigns.set_population(campaign=campaign, organisation=structure, headcount=headcount, by=leader)
    campaign = campaigns.open_campaign(campaign=campaign, by=leader, today=OPENS)
    for name, structure in structures.items():
        answer(campaign, employees=answers[name], structure=structure)
    return close(campaign)


def nearly(said: str, rank: int) -> str:
    """What a structure says: as told, but for one person who moves from structure to structure."""
    return said[:-1] + str(2 + rank % 3)


def two_regions(
    west: str = "23452",
    south: str = "12344",
    *,
    each: int = 8,
    more: Mapping[str, str] = MappingProxyType({}),
    where: Mapping[str, str] = MappingProxyType({}),
    **traits: Any,
) -> Campaign:
    """Structures of five answers in each of two regions, that do not all say quite the same."""
    regions = {f"O{n}": "53" for n in range(each)} | {f"S{n}": "93" for n in range(each)}
    answers = {name: nearly(west if name.startswith("O") else south, int(name[1:])) for name in regions}
    return closed_pooled_campaign(answers | dict(more), regions=regions | dict(where), **traits)
