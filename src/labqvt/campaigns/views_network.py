"""Campaigns put in common between structures: a simple screen, headcount by headcount."""

from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from labqvt.campaigns import invited_structures, policy, services
from labqvt.campaigns.forms import HeadcountsForm, PooledCampaignForm, PopulationForm
from labqvt.campaigns.rules import LEAST
from labqvt.foundation import journal
from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce

PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def pool(request: HttpRequest, public_id: str) -> HttpResponse:
    scope = policy.network_for(request.user, public_id)
    form = PooledCampaignForm(request.POST or None, scope=scope)
    if form.is_valid():
        campaign = services.prepare_pooled_campaign(scope=scope, by=request.user, **form.cleaned_data)
        announce(
            request,
            _("La campagne est préparée : ajoutez les structures."),
            journal.history_of(campaign).first(),
        )
        return redirect("campaigns:populations", campaign.public_id)
    return render(request, "campaigns/pool.html", {"scope": scope, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def populations(request: HttpRequest, public_id: str) -> HttpResponse:
    """One structure at a time, or all of them pasted or in a file; faults line by line, nothing kept until none is left."""
    campaign = policy.campaign_for(request.user, public_id)
    require(policy.may_edit(request.user, campaign))
    if not campaign.is_pooled:
        return redirect("campaigns:edit", campaign.public_id)
    many = "many" in request.POST
    form = PopulationForm(request.POST if request.method == "POST" and not many else None)
    list_form = HeadcountsForm(request.POST if many else None, request.FILES if many else None)
    if form.is_valid():
        services.set_population(campaign=campaign, by=request.user, **form.cleaned_data)
        announce(request, _("L’effectif est noté."), journal.history_of(campaign).first())
        return redirect("campaigns:populations", campaign.public_id)
    if list_form.is_valid():
        n = invited_structures.set_populations(campaign=campaign, rows=list_form.rows, by=request.user)
        announce(
            request,
            ngettext("L’effectif de %(n)s structure est noté.", "Les effectifs de %(n)s structures sont notés.", n) % {"n": n},
            journal.history_of(campaign).first(),
        )  # fmt: skip
        return redirect("campaigns:populations", campaign.public_id)
    sought = request.GET.get("q", "").strip()
    rows = campaign.populations.select_related("organisation")
    totals = rows.aggregate(people=Sum("headcount"), structures=Count("pk"))
    found = rows.filter(organisation__name__icontains=sought) if sought else rows
    context = {
        "campaign": campaign, "form": form, "list_form": list_form, "sought": sought,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "total": totals["people"] or 0, "structures": totals["structures"],
        "under": sum(1 for headcount, direction in rows.values_list("headcount", "direction_members") if headcount - direction < LEAST),
    }  # fmt: skip
    return render(request, "campaigns/populations.html", context)
