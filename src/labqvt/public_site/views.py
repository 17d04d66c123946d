from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from labqvt.diagnostics.determinants import CARDS
from labqvt.public_site.forms import HeadcountForm
from labqvt.public_site.routes import route_for


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "public_site/home.html", {"form": HeadcountForm(), "cards": CARDS})


@login_not_required
@require_safe
def where_to_begin(request: HttpRequest) -> HttpResponse:
    """One question, one route. Asked by GET: nothing is written, the address can be shared."""
    form = HeadcountForm(request.GET if "headcount" in request.GET else None)
    route = route_for(form.cleaned_data["headcount"]) if form.is_valid() else None
    return render(request, "public_site/where_to_begin.html", {"form": form, "route": route})


@login_not_required
@require_safe
def promise(request: HttpRequest) -> HttpResponse:
    """Who sees what, and what we cannot promise."""
    return render(request, "public_site/promise.html")
