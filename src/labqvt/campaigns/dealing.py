"""Codes dealt again: taken out and laid back in random order, under new keys, by one transaction at a time."""

import secrets
from collections.abc import Sequence

from labqvt.campaigns.models import AccessCode, Campaign


def wait_in_turn(campaign: Campaign) -> None:
    """Wait for whoever deals these codes, and make the next one wait: first in the transaction.

    Two dealing at once would each wait for rows that the other holds; and whoever had begun to read them would
    find none. SQLite, which writes one transaction at a time, has nothing to wait for.
    """
    list(Campaign.objects.select_for_update(no_key=True).filter(pk=campaign.pk).values_list("pk"))


def deal_again(
    campaign: Campaign, new: Sequence[AccessCode] = (), without: frozenset[str] = frozenset()
) -> None:
    """Lay every code of the campaign again in random order: no row tells when, or with which others, it came.

    ``new`` codes come among them; those whose digest is in ``without`` go, unless they have served.
    """
    wait_in_turn(campaign)
    kept = [
        row
        for row in AccessCode.objects.select_for_update().filter(campaign=campaign)
        if row.spent or row.digest not in without
    ]
    AccessCode.objects.filter(campaign=campaign).delete()
    dealt = [
        AccessCode(
            campaign=campaign, population_id=row.population_id, audience=row.audience, digest=row.digest, spent=row.spent
        )
        for row in [*kept, *new]
    ]  # fmt: skip
    secrets.SystemRandom().shuffle(dealt)
    AccessCode.objects.bulk_create(dealt)
