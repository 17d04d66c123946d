"""Pages of bodies and seats, and what happens to a meeting before it begins."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from labqvt.foundation.models import JournalEntry
from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce, done_or_told, told_on
from labqvt.governance import convening, policy, queries, seating
from labqvt.governance.forms import (
    BodyForm,
    CancelForm,
    ItemForm,
    MandateForm,
    MeetingForm,
    MeetingMoveForm,
    SeatForm,
)
from labqvt.people.models import Scope
from labqvt.programmes.views import address_of

PER_PAGE = 25


@require_safe
def body_list(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()[:80]
    page = Paginator(queries.bodies_of(request.user, search), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "governance/bodies.html", {"page": page, "search": search})


@require_http_methods(["GET", "POST"])
def body_new(request: HttpRequest, public_id: str) -> HttpResponse:
    place = policy.place_for(request.user, public_id)
    require(policy.may_open_body(request.user, place))
    form = BodyForm(request.POST or None, place=place)
    if request.method == "POST" and form.is_valid():
        made = told_on(form, lambda: seating.open_body(place=place, by=request.user, **form.cleaned_data))
        if made:
            announce(request, _("L’instance est ouverte. Posez maintenant ses sièges."))
            return redirect("governance:body", made.public_id)
    return render(request, "governance/form.html", {
        "form": form, "title": _("Ouvrir une instance"), "about": place.label, "act": _("Ouvrir l’instance"), "back": _back(place),
    })  # fmt: skip


def _back(place: Scope) -> str:
    return reverse("cockpit:home") if place.kind == Scope.Kind.STRUCTURE else address_of(place)


@require_safe
def body(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.body_for(request.user, public_id)
    runs = policy.may_run(request.user, found)
    meetings = queries.meetings_of(found, with_drafts=bool(runs))
    return render(request, "governance/body.html", {
        "body": found,
        "place": found.scope.parent,
        "colleges": queries.places_of(found),
        "page": Paginator(meetings, PER_PAGE).get_page(request.GET.get("page")),
        "now": timezone.now(),
        "may_run": runs,
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def body_change(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.body_for(request.user, public_id)
    require(policy.may_run(request.user, found))
    initial = {"name": found.name, "charter": found.charter, "roadmap": found.roadmap}
    form = BodyForm(request.POST or None, place=None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and told_on(form, lambda: seating.change_body(body=found, by=request.user, **form.cleaned_data))
    ):
        announce(request, _("L’instance est à jour."))
        return redirect("governance:body", found.public_id)
    return _form(request, form, found, title=_("Changer l’instance"), act=_("Enregistrer"))


def _form(
    request: HttpRequest, form: forms.Form, found: Any, *, title: str, act: str, about: str = ""
) -> HttpResponse:
    """A form about a body."""
    return render(request, "governance/form.html", {
        "form": form, "title": title, "about": about or found.name, "act": act, "body": found,
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def seat_new(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.body_for(request.user, public_id)
    require(policy.may_run(request.user, found))
    form = SeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        account = values.pop("email")
        done = told_on(form, lambda: seating.add_seat(body=found, account=account, by=request.user, **values))
        if done:
            seat, entry = done
            announce(request, _("Le siège « %(seat)s » est posé.") % {"seat": seat}, entry)
            return redirect("governance:body", found.public_id)
    return _form(request, form, found, title=_("Poser un siège"), act=_("Poser le siège"))


@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who holds a seat and held it; give it, free it, take it away."""
    found = policy.seat_for(request.user, public_id)
    require(policy.may_run(request.user, found.body))
    form = MandateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        account = values.pop("email")
        if told_on(form, lambda: seating.give_seat(seat=found, account=account, by=request.user, **values)):
            announce(
                request,
                _("« %(seat)s » est occupé par %(holder)s.") % {"seat": found, "holder": values["holder"]},
            )
            return redirect("governance:body", found.body.public_id)
    mandates = list(found.mandates.select_related("account"))
    return render(request, "governance/seat.html", {
        "form": form, "seat": found, "body": found.body, "mandates": mandates,
        "held": any(one.in_force for one in mandates),
    })  # fmt: skip


@require_POST
def seat_free(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.seat_for(request.user, public_id)
    require(policy.may_run(request.user, found.body))
    said = _("Le siège est libre : qui l’occupait ne lit plus l’instance à ce titre.")
    done_or_told(request, lambda: seating.free_seat(seat=found, by=request.user), said)
    return redirect("governance:seat", found.public_id)


@require_POST
def seat_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.seat_for(request.user, public_id)
    seating.remove_seat(by=request.user, seat=found.public_id)
    announce(request, _("Le siège « %(seat)s » est retiré. Ce qu’il a fait reste écrit.") % {"seat": found})
    return redirect("governance:body", found.body.public_id)


@require_http_methods(["GET", "POST"])
def meeting_new(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.body_for(request.user, public_id)
    require(policy.may_run(request.user, found))
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("title", "fallback")}
        made = told_on(
            form,
            lambda: convening.prepare_meeting(body=found, by=request.user, **form.when(), **values),
            form.SAME,
        )
        if made:
            announce(request, _("La réunion est préparée. Posez son ordre du jour, puis convoquez."))
            return redirect("governance:meeting", made.public_id)
    return _form(request, form, found, title=_("Préparer une réunion"), act=_("Préparer la réunion"))


def _about_meeting(
    request: HttpRequest, public_id: str, form_of: Callable[[Any], forms.Form], act: Callable[[Any, Any], Any], *,
    title: str, button: str, said: str,
) -> HttpResponse:  # fmt: skip
    """A form that changes a meeting to come."""
    found = policy.meeting_for(request.user, public_id)
    require(policy.may_change_meeting(request.user, found))
    form = form_of(found)
    if (
        request.method == "POST"
        and form.is_valid()
        and (done := told_on(form, lambda: act(found, form), getattr(form, "SAME", {})))
    ):
        entry = done[1] if isinstance(done, tuple) else done
        announce(request, said, entry if isinstance(entry, JournalEntry) else None)
        return redirect("governance:meeting", found.public_id)
    return render(request, "governance/form.html", {
        "form": form, "title": title, "about": found.title, "act": button, "body": found.body, "meeting": found,
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def item_new(request: HttpRequest, public_id: str) -> HttpResponse:
    return _about_meeting(
        request, public_id, lambda _found: ItemForm(request.POST or None),
        lambda found, form: convening.add_item(meeting=found, by=request.user, **form.cleaned_data),
        title=_("Ajouter un point"), button=_("Ajouter à l’ordre du jour"), said=_("Le point est à l’ordre du jour."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, public_id: str) -> HttpResponse:
    def form_of(found: Any) -> MeetingMoveForm:
        begins = timezone.localtime(found.starts_at)
        return MeetingMoveForm(request.POST or None, initial={
            "day": begins.date(), "hour": begins.time(), "length": int((found.ends_at - found.starts_at).total_seconds() // 60),
            "mode": found.mode, "place": found.place, "link": found.link,
        })  # fmt: skip

    return _about_meeting(
        request, public_id, form_of,
        lambda found, form: convening.move_meeting(meeting=found, by=request.user, cause=form.cleaned_data["cause"], **form.when()),
        title=_("Déplacer la réunion"), button=_("Déplacer la réunion"), said=_("La réunion est déplacée : les agendas des membres suivent."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    return _about_meeting(
        request, public_id, lambda _found: CancelForm(request.POST or None),
        lambda found, form: convening.cancel_meeting(meeting=found, by=request.user, **form.cleaned_data),
        title=_("Annuler la réunion"), button=_("Annuler la réunion"), said=_("La réunion est annulée ; son motif reste lisible."),
    )  # fmt: skip


@require_POST
def convene(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.meeting_for(request.user, public_id)
    require(policy.may_change_meeting(request.user, found))
    said = _("Les membres sont convoqués : la réunion est dans leurs agendas, la lettre est à imprimer.")
    done_or_told(request, lambda: convening.convene(meeting=found, by=request.user), said)
    return redirect("governance:meeting", found.public_id)
