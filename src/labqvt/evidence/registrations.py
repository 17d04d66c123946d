"""What the door tells elsewhere: the key it waits for, what it destroyed, what it keeps of an answer."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labqvt.campaigns import keys
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.policy import PAIR, may_read
from labqvt.campaigns.rules import keep_until, trusted_key_of
from labqvt.evidence.models import SealedSnapshot, SealedText
from labqvt.evidence.queries import destruction_of
from labqvt.foundation.registries import Panel, Task, awaiting, panels
from labqvt.people.policy import held_in
from labqvt.responses.kept import elsewhere


def door_panel(person: Any, campaign: Campaign) -> Panel | None:
    if not campaign.is_closed or not may_read(person, campaign):
        return None
    awaits = campaign.status == Campaign.Status.CLOSED and keys.await_a_person(campaign)
    if not awaits and destruction_of(campaign) is None:
        return None
    context = {
        "campaign": campaign,
        "awaits_key": awaits,
        "key": trusted_key_of(campaign) if awaits else None,
        "kept_until": keep_until(campaign.closed_on) if awaits and campaign.closed_on else None,
    }
    title = _("La clé est attendue") if awaits else _("Ce qui a été détruit")
    return Panel(title, "evidence/door_panel.html", context, order=5 if awaits else 90)


panels.register("campaigns.campaign:door", door_panel)


def keys_awaited_by(person: Any) -> Iterable[Task]:
    """Closed campaigns that only a trusted person can open: said to both of the pair, until the day they are destroyed."""
    pair_in = {scope.pk for scope in held_in(person, PAIR)}
    waiting = Campaign.objects.filter(
        scope__in=pair_in, status=Campaign.Status.CLOSED, trusted_key__used_on=None, trusted_key__isnull=False
    ).select_related("trusted_key")  # fmt: skip
    for campaign in waiting:
        until = keep_until(campaign.closed_on or campaign.closes_on)
        yield Task(
            _("Les réponses de « %(title)s » attendent la clé, que tient : %(who)s. Sans elle, elles seront détruites après ce jour.")
            % {"title": campaign.title, "who": campaign.trusted_key.held_by},
            reverse("evidence:bring_key", args=[campaign.public_id]), _("Apporter la clé"), until,
        )  # fmt: skip


awaiting.register("evidence", keys_awaited_by)
elsewhere.append(
    (
        gettext_lazy("Les textes libres, après l’ouverture"),
        gettext_lazy(
            "Seulement si une personne extérieure a été choisie pour les lire, et le temps annoncé. Une ligne est un texte "
            "seul : rien ne le relie à une feuille ni à un autre texte."
        ),
        SealedText,
    )
)
elsewhere.append(
    (
        gettext_lazy("La copie chiffrée d’un réseau"),
        gettext_lazy(
            "Seulement si c’était annoncé avant de répondre : les réponses de tout un réseau, mélangées, en un seul bloc chiffré, "
            "pour comparer d’autres groupes de structures. Détruite au terme annoncé."
        ),
        SealedSnapshot,
    )
)
