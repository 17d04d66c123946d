"""Reversing acts of the ways in, and what awaits the pair because of them."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from labqvt.campaigns import hat, inviting, policy, relaying, reminding, ways_policy
from labqvt.campaigns.models import Campaign, Population
from labqvt.campaigns.ways_models import HatCount, InvitedAddress, Reminder
from labqvt.foundation.registries import Task, acts, awaiting
from labqvt.people.models import Function
from labqvt.people.policy import held_in


def _remove_addresses(*, by: Any, campaign: str, lines: list[int]) -> str:
    inviting.remove_addresses(campaign=policy.campaign_for(by, campaign), by=by, lines=lines)
    return _("Adresses retirées")


def _unmark_bounced(*, by: Any, campaign: str, line: int, state: str) -> str:
    found = policy.campaign_for(by, campaign)
    inviting.unmark_bounced(campaign=found, line=ways_policy.address_for(found, line), state=state, by=by)
    return _("Le message n’est plus noté comme revenu")


def _forget_reminder(*, by: Any, campaign: str, reminder: str) -> str:
    reminding.forget_reminder(campaign=policy.campaign_for(by, campaign), reminder=reminder, by=by)
    return _("Rappel effacé")


def _remove_relay(*, by: Any, relay: str) -> str:
    relaying.remove_relay(relay=ways_policy.relay_for(by, relay), by=by)
    return _("Relais retiré")


def _restore_relay(*, by: Any, campaign: str, **kept: Any) -> str:
    relaying.restore_relay(campaign=policy.campaign_for(by, campaign), by=by, **kept)
    return _("Relais rétabli")


def _remove_sending(*, by: Any, sending: str) -> str:
    relaying.remove_sending(sending=ways_policy.sending_for(by, sending), by=by)
    return _("Envoi effacé")


def _count_hat_back(*, by: Any, campaign: str, population: int, left: int | None) -> str:
    found = policy.campaign_for(by, campaign)
    hat.count_hat_back(
        campaign=found, population=Population.objects.get(campaign=found, pk=population), left=left, by=by
    )
    return _("Compte du chapeau rétabli")


acts.register("campaigns.remove_addresses", _remove_addresses)
acts.register("campaigns.unmark_bounced", _unmark_bounced)
acts.register("campaigns.forget_reminder", _forget_reminder)
acts.register("campaigns.remove_relay", _remove_relay)
acts.register("campaigns.restore_relay", _restore_relay)
acts.register("campaigns.remove_sending", _remove_sending)
acts.register("campaigns.count_hat_back", _count_hat_back)


def tasks_of(person: Any) -> Iterable[Task]:
    """Codes to send, a reminder whose day has come, a hat to count before closing."""
    pair = {scope.pk for scope in held_in(person, policy.PAIR)}
    keeper = {scope.pk for scope in held_in(person, {Function.EMPLOYEE})}
    today = timezone.localdate()
    running = list(
        Campaign.objects.filter(
            organisation__isnull=False, scope__in=pair, status=Campaign.Status.OPEN, opens_on__lte=today
        )
    )
    waiting = set(
        InvitedAddress.objects.filter(campaign__in=running, state=InvitedAddress.State.WAITING).values_list(
            "campaign", flat=True
        )
    )
    reminded = {r.campaign_id: r.on for r in Reminder.objects.filter(campaign__in=running).order_by("on")}
    counted = set(
        HatCount.objects.filter(population__campaign__in=running).values_list(
            "population__campaign", flat=True
        )
    )
    for campaign in running:
        values = {"title": campaign.title}
        if campaign.pk in waiting:
            url = reverse("campaigns:addresses", args=[campaign.public_id])
            yield Task(
                _("Des codes de « %(title)s » attendent d’être envoyés.") % values,
                url,
                _("Voir les adresses"),
                today,
            )
        days = [
            day for day in reminding.suggested_days(campaign.opens_on, campaign.closes_on) if day <= today
        ]
        if days and reminded.get(campaign.pk, campaign.opens_on) < days[-1]:
            url = reverse("campaigns:reminders", args=[campaign.public_id])
            yield Task(
                _("Un rappel de « %(title)s » était proposé.") % values,
                url,
                _("Rappeler à tout le monde"),
                days[-1],
            )
        by_hat = campaign.way_in == Campaign.WayIn.HAT_CODES and campaign.scope_id in keeper
        if by_hat and campaign.pk not in counted and campaign.closes_on <= today + reminding.WEEK:
            url = reverse("campaigns:hat", args=[campaign.public_id])
            yield Task(_("Comptez les codes restés dans le chapeau de « %(title)s ».") % values, url, _("Dire combien"), campaign.closes_on)  # fmt: skip


awaiting.register("campaigns.ways", tasks_of)
