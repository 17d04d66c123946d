"""What this room gives the others: acts to undo, dates, what awaits, panels on programmes, regions and milestones."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from labqvt.foundation import registries
from labqvt.foundation.registries import Entry, Panel, Task
from labqvt.governance import convening, queries, seating, sitting
from labqvt.governance.models import Meeting
from labqvt.governance.policy import may_approve, may_open_body, may_run, readable_bodies, sides_of
from labqvt.governance.seat_models import Body
from labqvt.people.models import Organisation, Scope
from labqvt.programmes.models import Experimentation, Milestone, Programme
from labqvt.programmes.policy import STEERS

registries.acts.register("governance.remove_seat", seating.remove_seat)
registries.acts.register("governance.restore_meeting", convening.restore_meeting)
registries.acts.register("governance.remove_item", convening.remove_item)
registries.acts.register("governance.remove_outcome", sitting.remove_outcome)
registries.dated_items.register("governance.meetings", queries.dated_meetings)

_SOON = timedelta(days=21)


def _panel(person: Any, subject: Programme | Experimentation | Organisation) -> Panel | None:
    """The bodies of a place, in the words of who reads: a structure has a committee, a programme has bodies."""
    scope = subject.scope
    if scope is None:
        return None
    bodies = list(queries.bodies_in(person, scope))
    may_open = may_open_body(person, scope)
    if not bodies and not may_open:
        return None
    if scope.kind == Scope.Kind.STRUCTURE:
        title, open_one = _("Notre comité"), _("Ouvrir un comité")
        nothing = _(
            "Quelques personnes peuvent suivre la démarche ensemble : qui en est, quand on se réunit, ce qu’on décide."
        )
    else:
        title, open_one = _("Les instances"), _("Ouvrir une instance")
        nothing = _(
            "Aucune instance n’est ouverte ici : comité de pilotage, espace de dialogue social, groupe de travail."
        )
    context = {
        "bodies": bodies,
        "may_open": may_open,
        "scope": scope,
        "nothing": nothing,
        "open_one": open_one,
    }
    return Panel(
        title, "governance/panel.html", context, order=30 if scope.kind != Scope.Kind.STRUCTURE else 75
    )


def _decisions_panel(person: Any, subject: Milestone) -> Panel | None:
    decided = list(queries.decisions_about(subject))
    if not decided:
        return None
    return Panel(_("Décidé en réunion"), "governance/decided.html", {"decisions": decided}, order=20)


def _awaits(person: Any) -> Iterable[Task]:
    """Meetings to convene or to open, minutes to finish or to approve: in one's own place, not in all those below.

    The national coordination may do it in a region too; its lead is the one whom it awaits.
    """
    own = [held.scope_id for held in person.current_assignments]
    bodies = (
        Body.objects.filter(readable_bodies(person))
        .filter(Q(scope_id__in=own) | Q(scope__parent_id__in=own))
        .values("pk")
    )
    kept = (Meeting.Status.DRAFT, Meeting.Status.CONVENED, Meeting.Status.IN_SESSION, Meeting.Status.PROPOSED)
    meetings = (
        Meeting.objects.filter(body__in=bodies, status__in=kept, starts_at__lte=timezone.now() + _SOON)
        .select_related("body__scope")
        .prefetch_related("minutes__visas")
    )
    for meeting in meetings:
        if task := _task(person, meeting):
            yield task


def _task(person: Any, meeting: Meeting) -> Task | None:
    told = (
        _visa_due(person, meeting) if meeting.status == Meeting.Status.PROPOSED else _run_due(person, meeting)
    )
    if told is None:
        return None
    sentence, action = told
    words = {"body": meeting.body, "title": meeting.title}
    url = reverse("governance:meeting", args=[meeting.public_id])
    return Task(sentence % words, url, action, meeting.day)


def _visa_due(person: Any, meeting: Meeting) -> tuple[str, str] | None:
    minutes = list(meeting.minutes.all())[-1]
    minutes.meeting = meeting
    if any(may_approve(person, minutes, side) for side in sides_of(meeting.body)):
        return _("%(body)s : le compte rendu de « %(title)s » attend votre visa."), _("Lire et viser")
    return None


def _run_due(person: Any, meeting: Meeting) -> tuple[str, str] | None:
    """What the one who runs the body has to do next."""
    if not may_run(person, meeting.body):
        return None
    if meeting.status == Meeting.Status.DRAFT:
        return _("%(body)s : « %(title)s » approche et personne n’est convoqué."), _("Convoquer")
    if meeting.status == Meeting.Status.IN_SESSION:
        return _("%(body)s : le compte rendu de « %(title)s » n’est pas encore arrêté."), _(
            "Finir le compte rendu"
        )
    if meeting.day <= timezone.localdate():
        return _("%(body)s : « %(title)s » est prévue aujourd’hui, ou l’était."), _("Ouvrir la séance")
    return None


def _entry(person: Any) -> list[Entry]:
    """For who steers and who sits somewhere; a structure's committee is found on its page. No query: it is on every page."""
    if not person.is_authenticated:
        return []
    held = person.current_assignments
    if (
        any(one.function in STEERS or one.scope.kind == Scope.Kind.BODY for one in held)
        or person.is_administrator
    ):
        return [Entry(_("Instances"), reverse("governance:list"), order=32)]
    return []


registries.panels.register("programmes.programme:bodies", _panel)
registries.panels.register("programmes.experimentation:bodies", _panel)
registries.panels.register("people.structure:bodies", _panel)
registries.panels.register("programmes.milestone:decisions", _decisions_panel)
registries.awaiting.register("governance.meetings", _awaits)
registries.navigation.register("governance", _entry)
