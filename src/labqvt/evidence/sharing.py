"""A structure of a network shows it its own results, when both sides of its pair agree; and may take that back."""

from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.campaigns.models import Campaign, RulesSignature
from labqvt.evidence.models import SharingConsent, StructureRelease
from labqvt.foundation import journal
from labqvt.foundation.verdict import YES, Verdict, no, require
from labqvt.people.models import Account, Function
from labqvt.people.policy import holds

Side = RulesSignature.Side
_SIDES = {Side.DIRECTION: Function.DIRECTOR, Side.EMPLOYEES: Function.EMPLOYEE}


def side_of(person: Any, found: StructureRelease) -> str:
    """The side of the structure’s pair this person speaks for; empty when none."""
    scope = found.organisation.scope
    return next((side for side, function in _SIDES.items() if holds(person, {function}, scope)), "")


def may_share(person: Any, found: StructureRelease) -> Verdict:
    if side_of(person, found):
        return YES
    return no(_("Montrer les résultats d’une structure au réseau se décide dans son binôme, des deux côtés."))


def sides_agreed(found: StructureRelease) -> set[str]:
    return set(SharingConsent.objects.filter(structure_release=found).values_list("side", flat=True))


def is_shared(found: StructureRelease) -> bool:
    """Whether both sides agreed: one is not enough."""
    return len(sides_agreed(found)) == len(Side)


def shared_in(campaign: Campaign) -> QuerySet[StructureRelease]:
    """Results that structures of a pooled campaign show to those who lead it."""
    found = StructureRelease.objects.filter(release__campaign=campaign).annotate(agreed=Count("sharing"))
    return found.filter(agreed=len(Side)).select_related("organisation")


@transaction.atomic
def agree(*, found: StructureRelease, by: Account) -> None:
    """Agree for one’s side; said once, it stays until taken back."""
    require(may_share(by, found))
    SharingConsent.objects.get_or_create(
        structure_release=found, side=side_of(by, found), defaults={"by": by}
    )
    journal.record(
        act="evidence.agree_to_share", by=by, on=found.organisation, title=found.release.campaign.title,
        sentence=gettext_noop("Accord pour montrer au réseau les résultats de : %(title)s"),
    )  # fmt: skip


@transaction.atomic
def take_back(*, found: StructureRelease, by: Account) -> None:
    """Take one’s agreement back: from now on the network reads nothing of this structure."""
    require(may_share(by, found))
    SharingConsent.objects.filter(structure_release=found, side=side_of(by, found)).delete()
    journal.record(
        act="evidence.stop_sharing", by=by, on=found.organisation, title=found.release.campaign.title,
        sentence=gettext_noop("Accord retiré pour montrer au réseau les résultats de : %(title)s"),
    )  # fmt: skip
