from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from labqvt.cockpit import queries
from labqvt.foundation.registries import awaiting_of, panels_of
from labqvt.foundation.verdict import require
from labqvt.people.models import Organisation
from labqvt.people.policy import may_read_structure

PER_PAGE = 25


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What awaits you, then what moves, then where you belong."""
    context = {
        "tasks": awaiting_of(request.user),
        "dates": queries.what_moves(request.user),
        "places": queries.places_of(request.user),
        "acts": queries.latest_acts_of(request.user)[:5],
    }
    return render(request, "cockpit/home.html", context)


@require_safe
def structure(request: HttpRequest, public_id: str) -> HttpResponse:
    """One structure's page, made of what each room offers for it."""
    structure = (
        Organisation.objects.select_related("scope").filter(public_id=public_id, scope__isnull=False).first()
    )
    if structure is None:
        raise Http404
    require(may_read_structure(request.user, structure))
    context = {"structure": structure, "panels": panels_of("people.structure", request.user, structure)}
    return render(request, "cockpit/structure.html", context)


@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """Everything the person did, with what can still be undone."""
    page = Paginator(queries.latest_acts_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "cockpit/acts.html", {"page": page})
