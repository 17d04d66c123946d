"""The hat: codes left in it, counted by its keeper; at closing, answers beyond the codes drawn are counted and told."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.campaigns import ways_policy
from labqvt.campaigns.models import AccessCode, Campaign, Population
from labqvt.campaigns.ways_models import HatCount
from labqvt.foundation import journal
from labqvt.foundation.verdict import require
from labqvt.people.models import Account


@transaction.atomic
def count_hat(*, campaign: Campaign, population: Population, left: int, by: Account) -> HatCount:
    """Say how many codes of the team are left in the hat. The last count is the one that serves at closing."""
    require(ways_policy.may_count_hat(by, population, campaign))
    if left > population.employees:
        raise ValidationError(
            {"left": _("Le chapeau n’a jamais tenu que %(n)s codes.") % {"n": population.employees}}
        )
    before = HatCount.objects.filter(population=population).first()
    undo = {
        "campaign": campaign.public_id,
        "population": population.pk,
        "left": before.left if before else None,
    }
    count, _new = HatCount.objects.update_or_create(
        population=population, defaults={"left": left, "by": by, "on": timezone.localdate()}
    )
    journal.record(
        act="campaigns.count_hat", by=by, on=campaign, structure=population.organisation, left=left,
        sentence=gettext_noop("Codes restés dans le chapeau de %(structure)s : %(left)s"),
        undo=("campaigns.count_hat_back", undo),
    )  # fmt: skip
    return count


@transaction.atomic
def count_hat_back(*, campaign: Campaign, population: Population, left: int | None, by: Account) -> None:
    require(ways_policy.may_count_hat(by, population, campaign))
    counts = HatCount.objects.filter(population=population)
    counts.update(left=left) if left is not None else counts.delete()


def settle(campaign: Campaign) -> None:
    """At closing: how many answers came beyond the codes drawn, kept only where a result may appear at all."""
    least = int(campaign.parameters.get("min_group", 0))
    for count in HatCount.objects.filter(population__campaign=campaign).select_related("population"):
        spent = AccessCode.objects.filter(
            population=count.population, audience=AccessCode.Audience.EMPLOYEES, spent=True
        ).count()
        count.beyond = beyond_drawn(spent, count.population.employees - count.left, least=least)
        count.save(update_fields=["beyond"])


def beyond_drawn(spent: int, drawn: int, *, least: int) -> int | None:
    """Answers no drawn code explains. Under the least, nothing: it would say how many answered.

    >>> beyond_drawn(9, 7, least=6), beyond_drawn(7, 9, least=6), beyond_drawn(5, 2, least=6)
    (2, 0, None)
    """
    return max(0, spent - drawn) if spent >= least else None


def told(campaign: Campaign) -> list[tuple[Population, HatCount | None]]:
    """Each structure and the count of its hat, if its keeper gave one."""
    populations = campaign.populations.select_related("organisation", "hat__by")
    return [(population, getattr(population, "hat", None)) for population in populations]
