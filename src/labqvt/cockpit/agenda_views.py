"""Calendars to follow from a telephone: a programme's and its regions' in public, one's own by a secret address."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from labqvt.documents.agenda import agenda, agenda_reply
from labqvt.foundation.registries import DatedItem, dated_items_of
from labqvt.foundation.views import announce
from labqvt.people.own_agenda import account_behind, close_agenda, key_of, open_agenda
from labqvt.programmes.policy import public_calendar_for
from labqvt.programmes.queries import public_calendars_of


def _sent(request: HttpRequest, items: list[DatedItem], *, name: str, file_name: str) -> HttpResponse:
    root = request.build_absolute_uri("/").rstrip("/")
    content = agenda(items, name=name, language=get_language() or "fr", root=root, now=timezone.now())
    return agenda_reply(content, file_name)


@login_not_required
@require_safe
def programme(request: HttpRequest, slug: str, region: str = "") -> HttpResponse:
    """What anyone may know of a programme, or of one of its regions."""
    found, scope = public_calendar_for(slug, region)
    items = dated_items_of(AnonymousUser(), [scope])
    name = f"{found} – {scope.label}" if region else str(found)
    return _sent(request, items, name=name, file_name="-".join(filter(None, [slug, region])))


@login_not_required
@require_safe
def personal(request: HttpRequest, key: str, scope: str = "") -> HttpResponse:
    """What one person may read, today's rights counting: in all their places, or in one of them."""
    account = account_behind(key)
    if account is None:
        raise Http404
    places = [held.scope for held in account.current_assignments]
    if scope:
        places = [place for place in places if place.public_id == scope]
        if not places:
            raise Http404
    name = places[0].label if scope else _("Lab’QVT – mon agenda")
    return _sent(request, dated_items_of(account, places), name=name, file_name="mon-agenda")


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Every calendar this person may follow, with the address to give to their telephone."""
    account = request.user
    own = parts = None
    if account.agenda_is_open:
        key = key_of(account)
        own = request.build_absolute_uri(reverse("agenda:personal", args=[key]))
        places = {held.scope_id: held.scope for held in account.current_assignments}
        parts = [
            (place.label, request.build_absolute_uri(reverse("agenda:personal_part", args=[key, place.public_id])))
            for place in sorted(places.values(), key=lambda place: place.label)
        ]  # fmt: skip
    public = [
        (calendar.label, request.build_absolute_uri(reverse(f"agenda:{calendar.name}", args=calendar.args)))
        for calendar in public_calendars_of(account)
    ]
    return render(request, "cockpit/agendas.html", {"own": own, "parts": parts, "public": public})


@require_POST
def open_mine(request: HttpRequest) -> HttpResponse:
    open_agenda(by=request.user)
    announce(
        request, _("Votre adresse d’agenda est prête. Donnez-la à votre téléphone ou à votre messagerie.")
    )
    return redirect("cockpit:agendas")


@require_POST
def close_mine(request: HttpRequest) -> HttpResponse:
    close_agenda(by=request.user)
    announce(
        request, _("Votre adresse d’agenda est retirée : les agendas qui la suivent n’y trouvent plus rien.")
    )
    return redirect("cockpit:agendas")
