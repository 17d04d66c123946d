"""Screens of the door: a trusted person brings their key; what was destroyed, by which rule; the release attacked."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from labqvt.campaigns import keys
from labqvt.campaigns.key_words import WordsError, seed_of
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.policy import campaign_for, may_bring_key
from labqvt.campaigns.rules import keep_until, trusted_key_of
from labqvt.campaigns.trusted_key import private_key_of, public_key_of
from labqvt.documents.pdf import render_pdf
from labqvt.evidence import certificate_paper, door, services
from labqvt.evidence.models import Destruction, Release
from labqvt.evidence.policy import may_verify
from labqvt.evidence.queries import destruction_of, release_of, verification_under_way
from labqvt.evidence.verification import told_by_theme
from labqvt.foundation.verdict import require
from labqvt.foundation.wrong_tries import WrongTries

UNPROCESSABLE, TOO_MANY = 422, 429
wrong_words = WrongTries(20)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def bring_key(request: HttpRequest, public_id: str) -> HttpResponse:
    """The words are typed once, used at once, kept nowhere: neither in a job, nor in a session, nor in a page."""
    campaign = campaign_for(request.user, public_id)
    require(may_bring_key(request.user, campaign))
    context = {
        "campaign": campaign,
        "key": trusted_key_of(campaign),
        "kept_until": keep_until(campaign.closed_on),
        "brought": not keys.await_a_person(campaign),
    }
    if request.method != "POST" or context["brought"]:
        return render(request, "evidence/bring_key.html", context)
    if wrong_words.too_many(request):
        context["error"] = _("Trop d’essais : attendez une heure, puis relisez vos mots avec quelqu’un.")
        return render(request, "evidence/bring_key.html", context, status=TOO_MANY)
    try:
        seed = seed_of(request.POST.get("words", ""))
        if public_key_of(seed) != campaign.public_key:
            raise WordsError(
                _("Ces mots sont ceux d’une autre clé : cette campagne ne s’ouvre pas avec elle.")
            )
    except WordsError as error:
        wrong_words.note(request)
        return render(
            request, "evidence/bring_key.html", context | {"error": str(error)}, status=UNPROCESSABLE
        )
    door.hand_over(campaign=campaign, private_key=private_key_of(seed), by=request.user)
    messages.success(request, _("La clé a ouvert les enveloppes. Les résultats se préparent ; tout le monde sera prévenu à la même heure."))  # fmt: skip
    return redirect("campaigns:campaign", campaign.public_id)


@require_safe
def destruction(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign, found = _certified(request, public_id)
    return render(
        request,
        "evidence/destruction.html",
        {
            "campaign": campaign,
            "lines": certificate_paper.lines(campaign, found),
            "kept": certificate_paper.kept(campaign),
        },
    )


@require_safe
def destruction_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign, found = _certified(request, public_id)
    language = (get_language() or "fr")[:2]
    content = render_pdf(certificate_paper.document(campaign, found), language, at=found.sheets_at)
    return HttpResponse(
        content, content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="destruction-{campaign.public_id}.pdf"'},
    )  # fmt: skip


def _certified(request: HttpRequest, public_id: str) -> tuple[Campaign, Destruction]:
    """Readable by whoever reads the campaign, once there is something to certify."""
    campaign = campaign_for(request.user, public_id)
    found = destruction_of(campaign)
    if found is None:
        raise Http404
    return campaign, found


@require_http_methods(["GET", "HEAD", "POST"])
def verification(request: HttpRequest, public_id: str) -> HttpResponse:
    """Have what is published attacked, and read what was found."""
    campaign = campaign_for(request.user, public_id)
    release = release_of(campaign)
    if release is None or not release.shown:
        raise Http404
    if request.method == "POST":
        asked = services.ask_for_verification(release=release, by=request.user)
        return redirect("foundation:job", asked.public_id)
    context = {
        "campaign": campaign,
        **_found_in(release),
        "may": may_verify(request.user, release),
        "running": verification_under_way(release),
    }
    return render(request, "evidence/verification.html", context)


def _found_in(release: Release) -> dict[str, Any]:
    """The last verdict, theme by theme; a network has none, there being nothing to guess in it."""
    if release.content["network_cell"]:
        return {}
    verdict = release.certificate["verification"]
    language = (get_language() or "fr")[:2]
    exposed, unsettled = (
        told_by_theme(release.content, verdict[name], language) for name in ("exposed", "unsettled")
    )
    return {
        "found_on": date.fromisoformat(verdict["on"]),
        "exposed": exposed,
        "unsettled": unsettled,
        "cases": sum(told.cases for told in unsettled),
    }
