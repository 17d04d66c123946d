"""The page of a meeting, and what happens there: presence, outcomes, minutes and their visas."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from labqvt.foundation.journal import history_of
from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce, done_or_told, told_on
from labqvt.governance import policy, queries, sitting
from labqvt.governance.forms import AttendanceForm, CorrectForm, OutcomeForm
from labqvt.governance.frozen import when_of, where_of
from labqvt.governance.models import Attendance, Intent, Meeting, Minutes


def _sides(person: Any, latest: Minutes | None, found: Meeting) -> list[dict[str, Any]]:
    """Each side of the approval: its visa, or whether this person may give it."""
    if latest is None:
        return []
    latest.meeting = found
    given = {visa.side: visa for visa in latest.visas.all()}
    return [
        {"side": side, "name": policy.name_of_side(side), "visa": given.get(side), "may": policy.may_approve(person, latest, side)}
        for side in policy.sides_of(found.body)
    ]  # fmt: skip


@require_safe
def meeting(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.meeting_for(request.user, public_id)
    runs = policy.may_run(request.user, found.body)
    if found.status == Meeting.Status.DRAFT and not runs:
        raise Http404
    items, versions = queries.agenda_of(found), queries.versions_of(found)
    presence = queries.presence_at(found)
    there = {Attendance.State.PRESENT, Attendance.State.REMOTE, Attendance.State.REPRESENTED}
    return render(request, "governance/meeting.html", {
        "meeting": found,
        "body": found.body,
        "when": when_of(found),
        "where": where_of(found),
        "standing": queries.standing_of(found),
        "items": items,
        "asked": [item for item in items if item.intent == Intent.DECISION],
        "length": sum(item.minutes for item in items),
        "room": int((found.ends_at - found.starts_at).total_seconds() // 60),
        "presence": presence,
        "counted": sum(1 for _seat, noted in presence if noted and noted.state in there),
        "outcomes": queries.outcomes_of(found),
        "moves": found.moves.all(),
        "versions": versions,
        "sides": _sides(request.user, versions[0] if versions else None, found),
        "history": history_of(found)[:20] if runs else [],
        "may_run": runs,
        "may_change": policy.may_change_meeting(request.user, found),
        "is_the_day": found.day <= timezone.localdate(),
        "may_hold": policy.may_hold(request.user, found),
        "may_record": policy.may_record(request.user, found),
        "may_correct": policy.may_correct(request.user, found),
    })  # fmt: skip


@require_POST
def open_session(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.meeting_for(request.user, public_id)
    require(policy.may_hold(request.user, found))
    return _do(
        request,
        found,
        lambda: sitting.open_session(meeting=found, by=request.user),
        _("La séance est ouverte. Notez qui est là."),
    )


def _do(request: HttpRequest, found: Meeting, act: Callable[[], Any], said: str) -> HttpResponse:
    done_or_told(request, act, said)
    return redirect("governance:meeting", found.public_id)


@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.meeting_for(request.user, public_id)
    require(policy.may_record(request.user, found))
    seats = queries.presence_at(found)
    form = AttendanceForm(request.POST or None, seats=seats)
    if (
        request.method == "POST"
        and form.is_valid()
        and told_on(
            form, lambda: sitting.record_attendance(meeting=found, presence=form.presence(), by=request.user)
        )
    ):
        announce(request, _("Les présences sont notées."))
        return redirect("governance:meeting", found.public_id)
    return render(request, "governance/attendance.html", {"form": form, "meeting": found, "body": found.body})


@require_http_methods(["GET", "POST"])
def outcome_new(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.meeting_for(request.user, public_id)
    require(policy.may_record(request.user, found))
    form = OutcomeForm(
        request.POST or None, meeting=found, person=request.user, colleges=queries.colleges_of(found.body),
        initial={"intent": Intent.DECISION, "item": request.GET.get("point", "")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        done = told_on(form, lambda: sitting.record_outcome(meeting=found, by=request.user, **form.outcome()))
        if done:
            made, entry = done
            announce(request, made.done or _("C’est noté."), entry)
            return redirect("governance:meeting", found.public_id)
    return render(request, "governance/form.html", {
        "form": form, "title": _("Noter une suite"), "about": found.title, "act": _("Noter"), "body": found.body, "meeting": found,
    })  # fmt: skip


@require_POST
def propose(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.meeting_for(request.user, public_id)
    require(policy.may_record(request.user, found))
    said = _("Le compte rendu est arrêté et attend les deux visas.")
    return _do(request, found, lambda: sitting.propose_minutes(meeting=found, by=request.user), said)


@require_POST
def approve(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.meeting_for(request.user, public_id)
    minutes = found.minutes.select_related("meeting__body__scope").prefetch_related("visas").last()
    if minutes is None:
        raise Http404
    side = request.POST.get("side", "")
    require(policy.may_approve(request.user, minutes, side))
    return _do(
        request,
        found,
        lambda: sitting.approve(minutes=minutes, side=side, by=request.user),
        _("Votre visa est donné."),
    )


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.meeting_for(request.user, public_id)
    require(policy.may_correct(request.user, found))
    form = CorrectForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and told_on(
            form, lambda: sitting.correct_minutes(meeting=found, by=request.user, **form.cleaned_data)
        )
    ):
        announce(request, _("Le compte rendu est rouvert ; la version précédente reste lisible."))
        return redirect("governance:meeting", found.public_id)
    return render(request, "governance/form.html", {
        "form": form, "title": _("Corriger le compte rendu"), "about": found.title, "act": _("Rouvrir le compte rendu"),
        "body": found.body, "meeting": found,
    })  # fmt: skip
