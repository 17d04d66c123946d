"""What is known of campaigns, for those it concerns. Nothing here is live: participation is read once a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from labqvt.campaigns.models import Campaign, ParticipationReading, Population
from labqvt.campaigns.policy import NETWORK, OUTSIDE, PAIR, outside_function, structures_asked
from labqvt.campaigns.rules import DISCUSSION_FIRST_UNDER, LEAST, SHUFFLED_UP_TO
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.people.models import Account, Assignment, Function, Organisation
from labqvt.people.policy import held_in


def campaigns_in(structure: Organisation) -> QuerySet[Campaign]:
    """A structure's own campaigns and the pooled ones it takes part in, latest first."""
    return (
        Campaign.objects.filter(Q(organisation=structure) | Q(populations__organisation=structure))
        .distinct()
        .select_related("organisation", "version")
        .prefetch_related("moves")
    )


def campaigns_of(person: Any) -> QuerySet[Campaign]:
    """Every campaign this person may read."""
    own = Q(
        scope__in=[scope.pk for scope in held_in(person, PAIR | {Function.CONSULTANT})],
        organisation__isnull=False,
    )
    own |= Q(
        organisation=None,
        populations__organisation__scope__in=[
            scope.pk for scope in held_in(person, PAIR | {Function.CONSULTANT})
        ],
    )
    for scope in held_in(person, NETWORK):
        own |= Q(organisation=None, scope__path__startswith=scope.path)
    campaigns = Campaign.objects.filter(own).distinct()
    return campaigns.select_related("organisation", "scope", "version").prefetch_related("moves")


def campaigns_using(person: Any, version: QuestionnaireVersion) -> tuple[list[Campaign], int]:
    """The campaigns of a version that this person reads, and the number of others, once launched."""
    using = Q(version=version) | Q(mirror=version)
    mine = list(campaigns_of(person).filter(using).defer("version__content", "version__words"))
    launched = Campaign.objects.filter(using).exclude(status=Campaign.Status.DRAFT)
    return mine, launched.exclude(pk__in=[campaign.pk for campaign in mine]).count()


def is_small(campaign: Campaign) -> bool:
    """The order of the sheets is shuffled at each submission."""
    return int(campaign.parameters.get("expected", 0)) <= SHUFFLED_UP_TO


def discussion_comes_first(headcount: int) -> bool:
    return headcount < DISCUSSION_FIRST_UNDER


@dataclass(frozen=True, slots=True)
class Participation:
    """What may be said of one structure's participation while the campaign runs."""

    organisation: Organisation
    invited: int
    read_on: date | None
    at_least: int
    at_most: int


def participation(populations: QuerySet[Population]) -> list[Participation]:
    """The latest daily reading of each structure; nothing before the first one. Two queries whatever the number."""
    latest = (
        ParticipationReading.objects.filter(population=OuterRef("pk")).order_by("-read_on").values("pk")[:1]
    )
    rows = list(populations.annotate(latest=Subquery(latest)))
    readings = ParticipationReading.objects.in_bulk([row.latest for row in rows if row.latest])
    return [_participation(row, readings.get(row.latest)) for row in rows]


def _participation(population: Population, reading: ParticipationReading | None) -> Participation:
    return Participation(
        organisation=population.organisation,
        invited=population.employees,
        read_on=reading.read_on if reading else None,
        at_least=reading.at_least if reading else 0,
        at_most=reading.at_most if reading else 0,
    )


def mirror_is_consented(campaign: Campaign) -> bool:
    """Every member of the direction said yes. Never presumed of a large one: few of its members may answer."""
    members = campaign.direction_members
    return campaign.mirror_id is not None and campaign.mirror_consents.count() >= members > 0


def mirror_awaits_consent(campaign: Campaign) -> bool:
    """Without the consents that miss, direction's view cannot appear: it is too few to be shown as a group."""
    too_few = campaign.direction_members < int(campaign.parameters.get("min_group", LEAST))
    return campaign.mirror_id is not None and too_few and not mirror_is_consented(campaign)


def with_everything(public_id: str) -> Campaign:
    """A campaign with what its documents and its results need; for jobs, which act for nobody."""
    return (
        Campaign.objects.select_related("organisation__scope", "scope", "version", "mirror")
        .prefetch_related(
            "moves",
            "signatures__by",
            Prefetch("populations", Population.objects.select_related("organisation")),
        )
        .get(public_id=public_id)
    )


def structures_of(person: Any) -> list[Organisation]:
    """Structures where the person is one of the pair or accompanies it."""
    scopes = held_in(person, PAIR | {Function.CONSULTANT})
    return list(Organisation.objects.filter(scope__in=[scope.pk for scope in scopes]).select_related("scope"))


def never_listened(scopes: Iterable[int]) -> QuerySet[Organisation]:
    """Of these scopes, the structures that have not prepared a campaign of their own yet."""
    own = Campaign.objects.filter(organisation=OuterRef("pk"))
    return Organisation.objects.filter(
        ~Exists(own), scope__in=scopes, kind=Organisation.Kind.STRUCTURE
    ).order_by("name")


def networks_of(person: Any) -> list[Any]:
    """Scopes where the person may put campaigns in common."""
    return held_in(person, NETWORK)


def possible_readers(campaign: Campaign) -> list[tuple[Account, str]]:
    """Who may read the free texts of a campaign, with the function they hold, the nearest to it first."""
    scopes = structures_asked(campaign)
    inside = Assignment.objects.filter(function__in=PAIR, scope__in=scopes).values("account")
    in_force = Assignment.objects.in_force(timezone.localdate()).filter(account__is_active=True)
    administrators = in_force.filter(function=Function.ADMINISTRATOR).values("account")
    held: dict[Account, list[Assignment]] = {}
    for assignment in (
        in_force.filter(function__in=OUTSIDE)
        .exclude(account__in=inside)
        .exclude(account__in=administrators)
        .select_related("account", "scope")
    ):
        held.setdefault(assignment.account, []).append(assignment)
    found = [(account, outside_function(assignments, scopes)) for account, assignments in held.items()]
    return sorted(
        ((account, function) for account, function in found if function),
        key=lambda one: (OUTSIDE.index(Function(one[1])), one[0].name),
    )
