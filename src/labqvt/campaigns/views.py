"""Screens of a campaign for the pair: prepare, launch, follow, close."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from labqvt.campaigns import policy, profile_checks, queries, rules, services, waves
from labqvt.campaigns.forms import CampaignForm, ExtensionForm
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.rules import trusted_key_of
from labqvt.campaigns.rules_sheet import rules_sheet
from labqvt.campaigns.ways_screen import screen_of
from labqvt.foundation import journal
from labqvt.foundation.registries import panels_of
from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce
from labqvt.instruments.queries import to_complete_for
from labqvt.people.models import Organisation

PER_PAGE = 25
HISTORY = 12


def _back_to(campaign: Campaign) -> HttpResponse:
    return redirect("campaigns:campaign", campaign.public_id)


def _announce(request: HttpRequest, campaign: Campaign, sentence: str) -> None:
    announce(request, sentence, journal.history_of(campaign).first())


@require_safe
def campaign_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.campaigns_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    structures = [s for s in queries.structures_of(request.user) if policy.may_prepare(request.user, s)]
    networks = queries.networks_of(request.user)
    return render(
        request, "campaigns/campaigns.html", {"page": page, "structures": structures, "networks": networks}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, public_id: str) -> HttpResponse:
    """Under twelve people, discussion is proposed first; a questionnaire stays possible from six."""
    structure = policy.structure_for(request.user, public_id)
    require(policy.may_prepare(request.user, structure))
    understood = "questionnaire" in request.GET or "understood" in request.POST
    follows = _followed(request, structure)
    known = structure.headcount
    if (
        request.method != "POST"
        and known
        and queries.discussion_comes_first(known)
        and not (understood or follows)
    ):
        context = {"structure": structure, "headcount": known, **_what_is_possible(known)}
        return render(request, "campaigns/discussion_first.html", context)
    form = CampaignForm(request.POST or None, structure=structure, follows=follows)
    to_complete = to_complete_for(request.user)
    if form.is_valid():
        headcount = form.cleaned_data["headcount"]
        if understood or not queries.discussion_comes_first(headcount):
            campaign = services.prepare_campaign(
                structure=structure, by=request.user, follows=follows, **form.values()
            )
            _announce(request, campaign, _("La campagne est prête à relire."))
            return _back_to(campaign)
        context = {
            "structure": structure,
            "form": form,
            "headcount": headcount,
            "asks_again": True,
            "to_complete": to_complete,
            "follows": follows,
            **_what_is_possible(headcount),
        }
        return render(request, "campaigns/prepare.html", context)
    context = {"structure": structure, "form": form, "understood": understood, "to_complete": to_complete, "follows": follows}  # fmt: skip
    return render(request, "campaigns/prepare.html", context)


def _followed(request: HttpRequest, structure: Organisation) -> Campaign | None:
    """The campaign that the one prepared is the next wave of, when the address says so."""
    asked = request.POST.get("follows") or request.GET.get("suite")
    return waves.may_be_followed(structure).filter(public_id=asked).first() if asked else None


def _what_is_possible(headcount: int) -> dict[str, Any]:
    """At a guess of one member of the direction: the form asks for the real number."""
    return {"possible": headcount - 1 >= rules.LEAST, "limits": rules.limits_of(headcount - 1)}


@require_safe
def campaign_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = policy.campaign_for(request.user, public_id)
    person = request.user
    seen = queries.participation(policy.structures_seen_by(person, campaign))
    context = {
        "campaign": campaign,
        "standing": campaign.standing(),
        "participation": seen,
        "expected": sum(row.invited for row in seen),
        "sheet": rules_sheet(campaign) if campaign.is_draft else None,
        "reads_texts": campaign.is_draft and bool(policy.may_choose_reader(person, campaign)),
        "signatures": campaign.signatures.select_related("by"),
        "signed": person.pk in {signature.by_id for signature in campaign.signatures.all()},
        "limits": [] if campaign.is_pooled else rules.limits_of(sum(row.invited for row in seen)),
        "consented": campaign.mirror_consents.filter(by=person).exists(),
        "consents": campaign.mirror_consents.count(),
        "may": {
            "key": policy.may_entrust(person, campaign) or policy.may_make_key(person, campaign),
            "prepare": bool(campaign.organisation and policy.may_prepare(person, campaign.organisation)),
            "edit": policy.may_edit(person, campaign),
            "sign": policy.may_sign(person, campaign),
            "open": policy.may_open(person, campaign),
            "print": policy.may_print_codes(person, campaign),
            "poster": policy.may_print_poster(person, campaign),
            "extend": policy.may_extend(person, campaign),
            "close": policy.may_close(person, campaign),
            "consent": policy.may_consent_to_mirror(person, campaign),
        },
        "key": trusted_key_of(campaign),
        "profile": []
        if not campaign.is_draft
        else profile_checks.findings_of(campaign, (get_language() or "fr")[:2]),
        "waves": _waves(campaign),
        "comparison": waves.comparison_with(campaign, campaign.follows) if campaign.follows else None,
        "ways": screen_of(person, campaign),
        "panels": panels_of("campaigns.campaign", person, campaign),
        "history": journal.history_of(campaign)[:HISTORY],
    }
    return render(request, "campaigns/campaign.html", context)


def _waves(campaign: Campaign) -> list[Campaign]:
    """The waves this campaign is one of; nothing when it is alone."""
    found = waves.waves_of(campaign)
    return found if len(found) > 1 else []


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = policy.campaign_for(request.user, public_id)
    require(policy.may_edit(request.user, campaign))
    if campaign.organisation is None:
        return redirect("campaigns:populations", campaign.public_id)
    population = campaign.populations.get()
    initial = {
        "title": campaign.title, "version": campaign.version, "headcount": population.headcount,
        "direction_members": campaign.direction_members, "with_mirror": campaign.mirror is not None,
        "opens_on": campaign.opens_on, "closes_on": campaign.closes_on,
        "way_in": campaign.way_in, "keyed_by": campaign.keyed_by,
    }  # fmt: skip
    form = CampaignForm(
        request.POST or None, structure=campaign.organisation, draft=campaign, initial=initial
    )
    if form.is_valid():
        campaign = services.edit_draft(campaign=campaign, by=request.user, **form.values())
        _announce(request, campaign, _("La préparation est modifiée."))
        return _back_to(campaign)
    return render(
        request,
        "campaigns/prepare.html",
        {"structure": campaign.organisation, "campaign": campaign, "form": form},
    )


@require_POST
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = policy.campaign_for(request.user, public_id)
    services.discard_draft(campaign=campaign, by=request.user)
    _announce(request, campaign, _("Le brouillon est supprimé."))
    return redirect("campaigns:campaigns")


@require_POST
def open_(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = policy.campaign_for(request.user, public_id)
    services.open_campaign(campaign=campaign, by=request.user)
    messages.success(
        request,
        _launched(campaign),
    )
    return _back_to(campaign)


def _launched(campaign: Campaign) -> str:
    """What to do first, by the way in."""
    return {
        Campaign.WayIn.HAT_CODES: _(
            "La campagne est lancée. Imprimez les codes et l’affiche : c’est tout ce qu’il faut distribuer."
        ),
        Campaign.WayIn.OPEN_LINK: _("La campagne est lancée. Copiez le lien dans « Messages et papiers », et donnez-le aux relais."),
        Campaign.WayIn.PERSONAL_CODES: _("La campagne est lancée. Donnez les adresses, relisez-les à deux, puis envoyez les codes."),
    }[Campaign.WayIn(campaign.way_in)]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = policy.campaign_for(request.user, public_id)
    require(policy.may_extend(request.user, campaign))
    form = ExtensionForm(request.POST or None)
    if form.is_valid():
        try:
            services.extend_campaign(campaign=campaign, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("La campagne est prolongée. L’ancienne date reste visible, avec la cause.")
            )
            return _back_to(campaign)
    return render(request, "campaigns/extend.html", {"campaign": campaign, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asked twice, because nothing undoes it."""
    campaign = policy.campaign_for(request.user, public_id)
    require(policy.may_close(request.user, campaign))
    if request.method == "POST":
        services.close_campaign(campaign=campaign, by=request.user)
        messages.success(
            request,
            _(
                "La campagne est close. Les résultats se préparent ; vous et l’équipe serez prévenus à la même heure."
            ),
        )
        return _back_to(campaign)
    seen = queries.participation(policy.structures_seen_by(request.user, campaign))
    context = {
        "campaign": campaign,
        "participation": seen,
        "mirror_waits": queries.mirror_awaits_consent(campaign),
        "hats": screen_of(request.user, campaign).hats,
    }
    return render(request, "campaigns/close.html", context)


@require_POST
def consent(request: HttpRequest, public_id: str) -> HttpResponse:
    """Accept, or change one's mind: both before closing."""
    campaign = policy.campaign_for(request.user, public_id)
    if request.POST.get("consent") == "withdraw":
        services.withdraw_mirror_consent(campaign=campaign, by=request.user)
        _announce(request, campaign, _("Votre accord est retiré."))
    else:
        services.consent_to_mirror(campaign=campaign, by=request.user)
        _announce(request, campaign, _("Votre accord est noté."))
    return _back_to(campaign)
