"""Acts on releases, once they exist."""

from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.campaigns import keys
from labqvt.campaigns.models import Campaign, ParticipationReading
from labqvt.campaigns.services import record_release
from labqvt.evidence.models import Release
from labqvt.evidence.policy import may_verify
from labqvt.evidence.verification import Findings
from labqvt.foundation import jobs, journal
from labqvt.foundation.models import Job
from labqvt.foundation.verdict import require
from labqvt.people.models import Account, Assignment, Function, Scope

PAIR = (Function.DIRECTOR, Function.EMPLOYEE)
NETWORK = (Function.REGIONAL, Function.NATIONAL)


@transaction.atomic
def announce(*, campaign: str) -> int:
    """Write to everyone concerned, once, in the same message for both sides of a pair. Returns how many messages."""
    release = (
        Release.objects.select_for_update()
        .select_related("campaign__scope")
        .get(campaign__public_id=campaign)
    )
    if release.announced_at is not None:
        return 0
    release.announced_at = timezone.now()
    release.save(update_fields=["announced_at"])
    groups = recipients_of(release.campaign)
    subject = (
        _("Les résultats de « %(title)s » sont arrivés")
        if release.shown
        else _("« %(title)s » : pas de résultat publiable")
    )
    for addresses in groups:
        send_mail(subject % {"title": release.campaign.title}, _body(release), None, addresses)
    return len(groups)


@transaction.atomic
def ask_for_verification(*, release: Release, by: Account) -> Job:
    """Have the independent verifier attack what is published; asked twice, it runs once."""
    require(may_verify(by, release))
    return jobs.enqueue(
        "evidence.verify",
        title=_("Vérification de « %(title)s »") % {"title": release.campaign.title},
        by=by,
        subject=f"release:{release.public_id}",
        release=release.public_id,
    )


@transaction.atomic
def record_verification(*, release: Release, found: Findings) -> None:
    """What the verifier found, by theme, becomes part of the certificate; the results themselves do not change."""
    release = Release.objects.select_for_update().select_related("campaign").get(pk=release.pk)
    release.certificate |= {"audited": found.clean, "verification": found.as_json()}
    release.save(update_fields=["certificate"])
    journal.record(
        act="evidence.verify", by=None, on=release.campaign, title=release.campaign.title,
        sentence=gettext_noop("Publication attaquée par le vérificateur indépendant : %(title)s"),
    )  # fmt: skip


@transaction.atomic
def give_up_collection(*, campaign: Campaign) -> Release:
    """Close a campaign whose sheets and codes are gone: the instance was restored, and no backup holds them."""
    campaign.status = Campaign.Status.CLOSED
    campaign.closed_on = campaign.closed_on or timezone.localdate()
    campaign.save(update_fields=["status", "closed_on"])
    ParticipationReading.objects.filter(population__campaign=campaign).delete()
    release = Release.objects.create(campaign=campaign, shown=False)
    record_release(campaign=campaign, shown=False)
    keys.destroy(campaign)
    journal.record(
        act="evidence.give_up_collection", by=None, on=campaign, title=campaign.title,
        sentence=gettext_noop("Collecte perdue, l’instance ayant été restaurée d’une sauvegarde : %(title)s"),
    )  # fmt: skip
    return release


def _body(release: Release) -> str:
    address = reverse("diagnostics:diagnosis", args=[release.campaign.public_id])
    told = (
        _("Les résultats sont sur la page %(address)s de Lab’QVT. Ce message part au même moment à la direction "
          "et à la personne salariée du binôme. Lisez-les ensemble : la page propose le déroulé d’une réunion.")
        if release.shown
        else _("Pas assez de réponses pour montrer un résultat sans risquer de reconnaître une personne. La page "
               "%(address)s de Lab’QVT propose de mener le diagnostic par la discussion.")
    )  # fmt: skip
    kept = _("Les feuilles de réponses, les codes et la clé ont été détruits.")
    return f"{told % {'address': address}}\n\n{kept}\n"


def recipients_of(campaign: Campaign) -> list[list[str]]:
    """One group of addresses per pair; those who lead the network of a pooled campaign form their own."""
    if not campaign.is_pooled:
        return [found for found in [_held_on(campaign.scope, PAIR)] if found]
    structures = Scope.objects.filter(organisation__in=campaign.populations.values("organisation"))
    network = {*_held_on(campaign.scope, NETWORK), *_regions_of(campaign.scope)}
    groups = [_held_on(scope, PAIR) for scope in structures] + [sorted(network)]
    return [found for found in groups if found]


def _held_on(scope: Scope, functions: tuple[str, ...]) -> list[str]:
    """Addresses of those who hold a function on the scope, or on what contains it for a network."""
    above = [int(step) for step in scope.path.strip("/").split("/")] if functions is NETWORK else [scope.pk]
    held = Assignment.objects.in_force(timezone.localdate()).filter(
        scope__in=above, function__in=functions, account__is_active=True
    )
    return sorted(set(held.values_list("account__email", flat=True)))


def _regions_of(scope: Scope) -> list[str]:
    """Addresses of those who lead a region of this network: its results are theirs to read as well."""
    held = Assignment.objects.in_force(timezone.localdate()).filter(
        scope__path__startswith=scope.path, function=Function.REGIONAL, account__is_active=True
    )
    return sorted(set(held.values_list("account__email", flat=True)))
