"""Campaigns put in common between structures: a simple screen, headcount by headcount."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from labqvt.campaigns import policy, services
from labqvt.campaigns.forms import PooledCampaignForm, PopulationForm
from labqvt.foundation import journal
from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce


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
    campaign = policy.campaign_for(request.user, public_id)
    require(policy.may_edit(request.user, campaign))
    if not campaign.is_pooled:
        return redirect("campaigns:edit", campaign.public_id)
    form = PopulationForm(request.POST or None)
    if form.is_valid():
        services.set_population(campaign=campaign, by=request.user, **form.cleaned_data)
        announce(request, _("L’effectif est noté."), journal.history_of(campaign).first())
        return redirect("campaigns:populations", campaign.public_id)
    rows = list(campaign.populations.select_related("organisation"))
    context = {"campaign": campaign, "form": form, "rows": rows, "total": sum(row.headcount for row in rows)}
    return render(request, "campaigns/populations.html", context)
