"""Who reads the free texts: chosen before launch, among people outside the structure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from labqvt.campaigns import policy, rules, services
from labqvt.campaigns.forms import ReaderForm
from labqvt.foundation import journal
from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce


@require_http_methods(["GET", "HEAD", "POST"])
def reader(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = policy.campaign_for(request.user, public_id)
    require(policy.may_choose_reader(request.user, campaign))
    form = ReaderForm(request.POST if request.method == "POST" else None, campaign=campaign)
    if form.is_valid():
        chosen = form.chosen()
        changed = chosen != campaign.reader
        campaign = services.choose_reader(campaign=campaign, reader=chosen, by=request.user)
        if changed:
            said = _("Le choix est noté. La règle du jeu a changé : elle est à signer de nouveau.")
            announce(request, said, journal.history_of(campaign).first())
        return redirect("campaigns:campaign", campaign.public_id)
    context = {
        "campaign": campaign,
        "form": form,
        "least": max(rules.TEXTS_FROM, rules.min_group(campaign)),
        "reading_days": rules.READING_DAYS,
        "review_days": rules.REVIEW_DAYS,
    }
    return render(request, "campaigns/reader.html", context)
