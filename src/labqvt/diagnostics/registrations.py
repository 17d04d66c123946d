"""What this room gives elsewhere: the diagnosis on the pages of a structure and a campaign, and in what awaits its pair."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from labqvt.campaigns.models import Campaign
from labqvt.campaigns.policy import PAIR
from labqvt.campaigns.queries import campaigns_in
from labqvt.diagnostics.policy import may_read_diagnosis
from labqvt.evidence.queries import releases_of, with_own_results
from labqvt.foundation.registries import Panel, Task, awaiting, panels
from labqvt.people.models import Function, Organisation
from labqvt.people.policy import held_in, holds

# A release awaits its readers for a month; afterwards it is on the page of the structure.
FRESH = timedelta(days=30)


def diagnoses_panel(person: Any, structure: Organisation) -> Panel | None:
    """Results of a structure, for its pair and the person who accompanies it."""
    if not holds(person, PAIR | {Function.CONSULTANT}, structure.scope):
        return None
    releases = list(releases_of(campaigns_in(structure))[:5])
    return (
        Panel(_("Diagnostics"), "diagnostics/panel.html", {"releases": releases}, order=30)
        if releases
        else None
    )


def results_panel(person: Any, campaign: Campaign) -> Panel | None:
    """The way from a released campaign to its diagnosis, for whoever may read it."""
    release = releases_of(Campaign.objects.filter(pk=campaign.pk)).first()
    if release is None or not may_read_diagnosis(person, campaign):
        return None
    context = {"release": release, "own": _own_results(person, campaign) if release.shown else []}
    return Panel(_("Les résultats"), "diagnostics/results_panel.html", context, order=10)


def _own_results(person: Any, campaign: Campaign) -> list[tuple[Organisation, bool]]:
    """In a pooled campaign, this person's structures and whether each has results of its own."""
    if not campaign.is_pooled:
        return []
    scopes = [scope.pk for scope in held_in(person, PAIR | {Function.CONSULTANT})]
    mine = Organisation.objects.filter(scope__in=scopes, pk__in=campaign.populations.values("organisation"))
    shown = with_own_results(campaign, mine)
    return [(structure, structure.pk in shown) for structure in mine.order_by("name")]


panels.register("people.structure:diagnoses", diagnoses_panel)
panels.register("campaigns.campaign:results", results_panel)


def tasks_of(person: Any) -> Iterable[Task]:
    """Results to read together, for both sides of the pair alike."""
    mine = Campaign.objects.filter(scope__in=held_in(person, PAIR), organisation__isnull=False)
    for release in releases_of(mine).filter(released_at__gte=timezone.now() - FRESH):
        url = reverse("diagnostics:diagnosis", args=[release.campaign.public_id])
        if release.shown:
            sentence = _("Les résultats de « %(title)s » sont là : lisez-les à deux.")
        else:
            sentence = _(
                "« %(title)s » n’a pas de résultat publiable : la discussion peut prendre le relais."
            )
        yield Task(
            sentence % {"title": release.campaign.title},
            url,
            _("Lire les résultats") if release.shown else _("Lire pourquoi"),
            timezone.localdate(),  # they await since they came: reading them tomorrow is not being late
        )


awaiting.register("diagnostics", tasks_of)
