"""Pages of figures: a region, one figure with its facts, the programme."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from labqvt.documents.xlsx import MEDIA_TYPE
from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce, told_on
from labqvt.indicators import exporting, measuring, policy, queries, services
from labqvt.indicators.forms import FactForm
from labqvt.indicators.models import Fact, Indicator
from labqvt.programmes.models import Experimentation
from labqvt.programmes.policy import experimentation_for, programme_for
from labqvt.programmes.queries import timeline_of

PER_PAGE: Final = 20


@require_safe
def region(request: HttpRequest, public_id: str) -> HttpResponse:
    found = experimentation_for(request.user, public_id)
    return render(request, "indicators/region.html", {
        "experimentation": found,
        "figures": queries.figures_at(found.programme, found.scope),
        "timeline": timeline_of(request.user, found.scope),
        "may_add": policy.may_add_fact(request.user, found.scope),
    })  # fmt: skip


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    found = programme_for(request.user, slug)
    return render(request, "indicators/programme.html", {
        "programme": found,
        "figures": queries.figures_at(found, found.scope),
    })  # fmt: skip


def _listed(request: HttpRequest, facts: QuerySet[Fact], experimentation: Experimentation) -> dict[str, Any]:
    """A page of facts, as searched."""
    words = request.GET.get("q", "").strip()[:100]
    page = Paginator(queries.matching(facts, words), PER_PAGE).get_page(request.GET.get("page"))
    return {
        "experimentation": experimentation,
        "page": page,
        "facts": queries.cite_all(page.object_list, experimentation.programme),
        "q": words,
        "may_add": policy.may_add_fact(request.user, experimentation.scope),
    }


@require_safe
def facts(request: HttpRequest, public_id: str) -> HttpResponse:
    found = experimentation_for(request.user, public_id)
    return render(request, "indicators/facts.html", _listed(request, queries.facts_at(found.scope), found))


@require_safe
def measure(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    found = experimentation_for(request.user, public_id)
    indicator = policy.indicator_for(found, code)
    context = _listed(request, measuring.facts_behind(indicator, found.scope), found)
    context |= {"indicator": indicator, "figure": queries.figure_of(found.programme, found.scope, indicator)}
    return render(request, "indicators/measure.html", context)


@require_safe
def export(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """The facts one sees, with the same figure and the same search."""
    found = experimentation_for(request.user, public_id)
    code = request.GET.get("chiffre", "")
    chosen = (
        measuring.facts_behind(policy.indicator_for(found, code), found.scope)
        if code
        else queries.facts_at(found.scope)
    )
    shown = queries.matching(chosen, request.GET.get("q", "").strip()[:100])
    name = f"faits-{found.region}{'-' + code if code else ''}.{form}"
    if form == "csv":
        body, media = exporting.as_csv(shown, found.programme), "text/csv; charset=utf-8"
    else:
        title = _("Faits recensés, %(region)s") % {"region": found.region_name}
        body, media = exporting.as_xlsx(shown, found.programme, title, get_language() or "fr"), MEDIA_TYPE
    return HttpResponse(
        body, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_http_methods(["GET", "POST"])
def add_fact(request: HttpRequest, public_id: str) -> HttpResponse:
    found = experimentation_for(request.user, public_id)
    require(policy.may_add_fact(request.user, found.scope))
    initial = {"indicator": request.GET.get("chiffre", "")}
    form = FactForm(request.POST or None, request.FILES or None, programme=found.programme, initial=initial)
    if request.method == "POST" and form.is_valid():
        entry = _add(form, found, request.user)
        if entry:
            indicator: Indicator = form.cleaned_data["indicator"]
            announce(request, _changed(found, indicator), entry)
            return redirect("indicators:measure", found.public_id, indicator.code)
    return render(request, "indicators/fact_form.html", {"form": form, "experimentation": found})


def _add(form: FactForm, experimentation: Experimentation, by: Any) -> Any:
    values = dict(form.cleaned_data)
    indicator: Indicator = values.pop("indicator")
    done = told_on(form, lambda: services.add_fact(
        kind=indicator.fact_kind, dimensions=indicator.dimensions, unit=indicator.unit, scope=experimentation.scope,
        by=by, **values,
    ), {"__all__": "proof"})  # fmt: skip
    return done[1] if done else None


def _changed(experimentation: Experimentation, indicator: Indicator) -> str:
    """What the fact did to the figure, said with the new value."""
    figure = queries.figure_of(experimentation.programme, experimentation.scope, indicator)
    return _("Fait ajouté. « %(name)s » vaut maintenant %(value)s.") % {
        "name": indicator.name, "value": figure.measure.written
    }  # fmt: skip


@require_POST
def remove_fact(request: HttpRequest, public_id: str) -> HttpResponse:
    fact = policy.fact_for(request.user, public_id)
    entry = services.remove_fact(fact=fact, by=request.user)
    announce(request, _("Fait retiré : %(label)s.") % {"label": fact.label}, entry)
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return redirect(back)
    return redirect("cockpit:home")
