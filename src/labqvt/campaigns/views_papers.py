"""What is read and printed around a campaign: the rules, what direction will see, the codes, the poster."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from labqvt.campaigns import papers, policy, queries, rules_paper, services
from labqvt.campaigns import preview as previews
from labqvt.campaigns.rules_sheet import rules_sheet
from labqvt.documents.model import Document
from labqvt.documents.pdf import render_pdf
from labqvt.foundation import journal
from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce


def _language() -> str:
    return (get_language() or "fr")[:2]


def _answering_address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("responses:start"))


def pdf_of(document: Document, name: str) -> HttpResponse:
    return _pdf(render_pdf(document, _language()), name)


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, public_id: str) -> HttpResponse:
    """The rules of the game; signing them is one press, on the page where they are read."""
    campaign = policy.campaign_for(request.user, public_id)
    if request.method == "POST":
        services.sign_rules(campaign=campaign, by=request.user)
        announce(request, _("Vous avez signé la règle du jeu."), journal.history_of(campaign).first())
        return redirect("campaigns:campaign", campaign.public_id)
    signatures = list(campaign.signatures.select_related("by"))
    context = {
        "campaign": campaign,
        "sheet": rules_sheet(campaign),
        "signatures": signatures,
        "may_sign": policy.may_sign(request.user, campaign),
        "signed": request.user.pk in {signature.by_id for signature in signatures},
    }
    return render(request, "campaigns/rules.html", context)


@require_safe
def rules_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same rules on paper, with the signatures given or two lines to sign on."""
    campaign = policy.campaign_for(request.user, public_id)
    document = rules_paper.document(campaign, list(campaign.signatures.select_related("by")))
    return _pdf(render_pdf(document, _language()), f"regle-du-jeu-{campaign.public_id}.pdf")


@require_safe
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """Exactly what the director will see, readable beforehand by the employee of the pair."""
    campaign = policy.campaign_for(request.user, public_id)
    context = {
        "campaign": campaign,
        "preview": previews.preview_of(campaign, _language()),
        "participation": queries.participation(policy.structures_seen_by(request.user, campaign)),
    }
    return render(request, "campaigns/preview.html", context)


@require_POST
def codes(request: HttpRequest, public_id: str) -> HttpResponse:
    """The sheet to cut. A POST: printing is journalled."""
    campaign = policy.campaign_for(request.user, public_id)
    sheets = services.printed_codes(campaign=campaign, by=request.user)
    document = papers.codes_sheet(campaign, sheets, _answering_address(request))
    return pdf_of(document, f"codes-{campaign.public_id}.pdf")


@require_safe
def poster(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = policy.campaign_for(request.user, public_id)
    require(policy.may_print_poster(request.user, campaign))
    return pdf_of(papers.poster(campaign, _answering_address(request)), f"affiche-{campaign.public_id}.pdf")
