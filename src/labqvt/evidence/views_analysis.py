"""What a network’s lead asks of the snapshot: two cuts crossed, or its end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from labqvt.campaigns.policy import campaign_for
from labqvt.evidence import analysing
from labqvt.evidence.policy import may_add_cut
from labqvt.foundation.verdict import require


@require_POST
def cross(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = campaign_for(request.user, public_id)
    require(may_add_cut(request.user, campaign))
    analysis_url = reverse("diagnostics:analysis", args=[public_id])
    try:
        job = analysing.ask_for_crossing(
            campaign=campaign, first=request.POST.get("first", ""), second=request.POST.get("second", ""),
            by=request.user,
        )  # fmt: skip
    except ValueError:
        messages.error(request, _("Choisissez deux variables différentes : rien n’a été demandé."))
        return redirect(analysis_url)
    if job is None:
        messages.info(request, _("Ce croisement a déjà été demandé : sa réponse est sur cette page."))
        return redirect(analysis_url)
    return redirect("foundation:job", job.public_id)


@require_POST
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = campaign_for(request.user, public_id)
    analysing.end_analysis(campaign=campaign, by=request.user)
    messages.success(
        request,
        _("La copie chiffrée des réponses est détruite dans la minute. Ce qui était montré le reste."),
    )
    return redirect("diagnostics:analysis", public_id)
