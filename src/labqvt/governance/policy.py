"""Who reads a body and who runs it. Reading comes from a seat held that day, never from a mark on an account."""

from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.verdict import YES, Verdict, no
from labqvt.governance.models import Meeting, Minutes
from labqvt.governance.seat_models import JOINT_SIDES, Body, College, Mandate, Seat
from labqvt.people.models import Function, Scope
from labqvt.people.policy import holds
from labqvt.programmes.policy import STEERS, reach_of

# A structure's own committee is run by its pair; the others by who leads the programme or the region.
_PAIR = frozenset({Function.DIRECTOR, Function.EMPLOYEE})
RUNS = STEERS | _PAIR
RUNNING, MEMBERS = "running", "members"


def may_open_body(person: Any, scope: Scope) -> Verdict:
    if holds(person, RUNS, scope):
        return YES
    return no(
        _(
            "Une instance est ouverte par la coordination nationale, la référence régionale, ou le binôme d’une structure."
        )
    )


def may_run(person: Any, body: Body) -> Verdict:
    """Seats, meetings, agendas, outcomes."""
    if holds(person, RUNS, body.scope):
        return YES
    return no(_("Cette instance est animée par d’autres personnes : demandez-leur ce geste."))


def sits_in(person: Any, body: Body) -> bool:
    """Holds a seat there today."""
    return person.is_authenticated and any(
        held.scope_id == body.scope_id for held in person.current_assignments
    )


def may_read_body(person: Any, body: Body) -> Verdict:
    if may_run(person, body) or sits_in(person, body):
        return YES
    if person.is_administrator and body.kind != Body.Kind.STRUCTURE_COMMITTEE:
        return YES
    return no(_("Cette instance se lit par ses membres et par qui l’anime."))


def readable_bodies(person: Any) -> Q:
    """The same right as ``may_read_body``, as a condition."""
    if not person.is_authenticated:
        return Q(pk__in=[])
    found = Q(scope_id__in=[held.scope_id for held in person.current_assignments])
    for held in person.current_assignments:
        if held.function in RUNS:
            found |= Q(scope__path__startswith=held.scope.path)
    if person.is_administrator:
        found |= ~Q(kind=Body.Kind.STRUCTURE_COMMITTEE)
    return found


def may_change_meeting(person: Any, meeting: Meeting) -> Verdict:
    """Its agenda, its hour, its place, its being held at all."""
    if not (verdict := may_run(person, meeting.body)):
        return verdict
    if meeting.is_open:
        return YES
    return no(_("Cette réunion a commencé ou est annulée : sa date et son ordre du jour ne changent plus."))


def may_hold(person: Any, meeting: Meeting) -> Verdict:
    if not (verdict := may_run(person, meeting.body)):
        return verdict
    if meeting.status == Meeting.Status.CONVENED:
        return YES
    if meeting.status == Meeting.Status.DRAFT:
        return no(_("Convoquez d’abord les membres : une réunion que personne n’attend ne s’ouvre pas."))
    return no(_("Cette réunion a déjà commencé, ou elle est annulée."))


def may_record(person: Any, meeting: Meeting) -> Verdict:
    """Attendance and outcomes."""
    if not (verdict := may_run(person, meeting.body)):
        return verdict
    if meeting.status == Meeting.Status.IN_SESSION:
        return YES
    if meeting.is_open:
        return no(_("La réunion n’est pas ouverte : ouvrez la séance pour noter présences et suites."))
    return no(
        _("Le compte rendu est arrêté : pour le corriger, ouvrez une nouvelle version en disant pourquoi.")
    )


def may_correct(person: Any, meeting: Meeting) -> Verdict:
    if not (verdict := may_run(person, meeting.body)):
        return verdict
    if meeting.status in {Meeting.Status.PROPOSED, Meeting.Status.APPROVED}:
        return YES
    return no(_("Le compte rendu n’est pas encore arrêté : il se change directement."))


def sides_of(body: Body) -> tuple[str, str]:
    """The two whose approval is needed."""
    return (str(JOINT_SIDES[0]), str(JOINT_SIDES[1])) if body.is_joint else (RUNNING, MEMBERS)


def name_of_side(side: str) -> str:
    if side == RUNNING:
        return str(_("qui anime l’instance"))
    if side == MEMBERS:
        return str(_("ses membres"))
    return str(_("collège : %(name)s") % {"name": College(side).label})


def _colleges_held(person: Any) -> dict[int, set[str]]:
    """Colleges this person speaks for today, by body: one query a request, whatever the number of meetings."""
    if "_colleges_held" not in person.__dict__:
        held: dict[int, set[str]] = {}
        for mandate in Mandate.objects.filter(account=person).select_related("seat"):
            if mandate.in_force:
                held.setdefault(mandate.seat.body_id, set()).add(mandate.seat.college)
        person.__dict__["_colleges_held"] = held
    return person.__dict__["_colleges_held"]


def sides_held(person: Any, body: Body) -> set[str]:
    """On whose behalf this person may approve."""
    if not person.is_authenticated:
        return set()
    colleges = _colleges_held(person).get(body.pk, set())
    if body.is_joint:
        return colleges & {str(side) for side in JOINT_SIDES}
    return ({RUNNING} if may_run(person, body) else set()) | (
        {MEMBERS} if colleges - {College.TEAM} else set()
    )


def may_approve(person: Any, minutes: Minutes, side: str) -> Verdict:
    """One side once, and nobody for both sides."""
    meeting = minutes.meeting
    if side not in sides_held(person, meeting.body):
        return no(_("Ce visa est donné par une personne de l’autre côté."))
    if meeting.status != Meeting.Status.PROPOSED:
        return no(_("Aucun compte rendu n’attend de visa."))
    given = list(minutes.visas.all())
    if any(visa.side == side for visa in given):
        return no(_("Ce côté a déjà donné son visa."))
    if any(visa.account_id == person.pk for visa in given):
        return no(
            _(
                "Vous avez déjà visé ce compte rendu pour l’autre côté : une autre personne doit donner ce visa."
            )
        )
    return YES


def body_for(person: Any, public_id: str) -> Body:
    found = Body.objects.select_related("scope__parent").filter(public_id=public_id).first()
    if found is None or not may_read_body(person, found):
        raise Http404
    return found


def meeting_for(person: Any, public_id: str) -> Meeting:
    found = Meeting.objects.select_related("body__scope__parent").filter(public_id=public_id).first()
    if found is None or not may_read_body(person, found.body):
        raise Http404
    return found


def seat_for(person: Any, public_id: str) -> Seat:
    found = Seat.objects.select_related("body__scope", "organisation").filter(public_id=public_id).first()
    if found is None or not may_read_body(person, found.body):
        raise Http404
    return found


def place_for(person: Any, public_id: str) -> Scope:
    """Where a body is opened: a programme, an experimentation, a structure, that the person may read."""
    found = Scope.objects.filter(public_id=public_id, kind__in=[
        Scope.Kind.PROGRAMME, Scope.Kind.EXPERIMENTATION, Scope.Kind.STRUCTURE,
    ]).exclude(kind=Scope.Kind.EXPERIMENTATION, experimentation=None).first()  # fmt: skip
    if found is None or not reach_of(person).covers(found):
        raise Http404
    return found
