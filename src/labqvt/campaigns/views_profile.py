"""Profile questions of a draft and their identifiability check, on one page."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from labqvt.campaigns import policy, preparing_profile, profile_checks
from labqvt.campaigns.forms_profile import ProfileForm
from labqvt.foundation import journal
from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, public_id: str) -> HttpResponse:
    """Choose and count, read the check, merge, go back to the draft."""
    campaign = policy.campaign_for(request.user, public_id)
    require(policy.may_edit(request.user, campaign))
    language = (get_language() or "fr")[:2]
    askable = policy.may_ask_profile(campaign)
    people = profile_checks.employees_of(campaign)
    form = ProfileForm(
        request.POST or None, campaign=campaign, people=people, language=language, askable=bool(askable)
    )
    if form.is_valid():
        try:
            preparing_profile.set_profile(
                campaign=campaign, profile=form.cleaned_data["profile"], least=form.cleaned_data["least"], by=request.user
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
        else:
            announce(request, _("C’est noté. Voici ce que cela donne."), journal.history_of(campaign).first())
            return redirect("campaigns:profile", campaign.public_id)
    context = {
        "campaign": campaign,
        "form": form,
        "askable": askable,
        "people": people,
        "findings": profile_checks.findings_of(campaign, language) if askable else [],
    }
    return render(request, "campaigns/profile.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def merge(request: HttpRequest, public_id: str) -> HttpResponse:
    """Apply one of the merges proposed on the page, as the check proposes it now."""
    campaign = policy.campaign_for(request.user, public_id)
    require(policy.may_edit(request.user, campaign))
    proposals = [p for finding in profile_checks.findings_of(campaign) for p in finding.proposals]
    wanted = next((p for p in proposals if p.question == request.POST.get("question")), None)
    if wanted is not None:
        preparing_profile.merge(
            campaign=campaign, question=wanted.question, groups=wanted.groups, by=request.user
        )
        announce(request, _("Les catégories sont regroupées."), journal.history_of(campaign).first())
    return redirect("campaigns:profile", campaign.public_id)
