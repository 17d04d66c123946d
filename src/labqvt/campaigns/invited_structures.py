"""Acts on the structures invited to a pooled campaign, many at once."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.campaigns import policy
from labqvt.campaigns.models import Campaign, Population
from labqvt.foundation import journal
from labqvt.foundation.verdict import require
from labqvt.people.models import Account, Organisation


@transaction.atomic
def set_populations(*, campaign: Campaign, rows: Sequence[tuple[Organisation, int, int]], by: Account) -> int:
    """Note headcounts of many structures in one act, undone in one. Structures not listed stay as they are."""
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("scope").get(pk=campaign.pk)
    require(policy.may_edit(by, campaign))
    if not campaign.is_pooled:
        raise PermissionDenied(_("L’effectif de cette campagne se modifie avec elle : elle n’interroge qu’une structure."))  # fmt: skip
    before = as_rows(campaign)
    wanted = {
        organisation.pk: (organisation, headcount, direction) for organisation, headcount, direction in rows
    }
    Population.objects.filter(campaign=campaign, organisation__in=wanted).delete()
    made = [
        Population(
            campaign=campaign, organisation=organisation, headcount=headcount, direction_members=direction
        )
        for organisation, headcount, direction in wanted.values()
    ]
    for population in made:
        population.clean_fields(exclude=["campaign", "organisation"])
        if population.direction_members > population.headcount:
            raise PermissionDenied(
                _("La direction fait partie de l’effectif : elle ne peut pas le dépasser.")
            )
    Population.objects.bulk_create(made)
    journal.record(
        act="campaigns.set_populations", by=by, on=campaign, n=len(made),
        sentence=gettext_noop("Effectifs de %(n)s structures notés"),
        undo=("campaigns.restore_populations", {"campaign": campaign.public_id, "rows": before}),
    )  # fmt: skip
    return len(made)


@transaction.atomic
def restore_populations(*, campaign: Campaign, rows: Sequence[dict[str, Any]], by: Account) -> None:
    """Exactly these structures, as they were."""
    require(policy.may_edit(by, campaign))
    structures = {
        o.public_id: o for o in Organisation.objects.filter(public_id__in=[r["organisation"] for r in rows])
    }
    campaign.populations.all().delete()
    Population.objects.bulk_create(
        Population(
            campaign=campaign, organisation=structures[row["organisation"]], headcount=row["headcount"],
            direction_members=row["direction_members"],
        )
        for row in rows
        if row["organisation"] in structures
    )  # fmt: skip


def as_rows(campaign: Campaign) -> list[dict[str, Any]]:
    """The structures of a pooled draft, as JSON."""
    return [
        {"organisation": public_id, "headcount": headcount, "direction_members": direction}
        for public_id, headcount, direction in campaign.populations.values_list(
            "organisation__public_id", "headcount", "direction_members"
        )
    ]
