"""The key a trusted person holds: decide, make, print, try. The words pass through one answer of the server at most."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from labqvt.campaigns import holding_key, policy, trusted_key
from labqvt.campaigns.key_words import WORDS, WordsError
from labqvt.campaigns.models import Campaign, TrustedKey
from labqvt.campaigns.rules import keep_until, trusted_key_of
from labqvt.documents.qr import qr_svg
from labqvt.foundation import journal
from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce

UNPROCESSABLE = 422


class EntrustForm(forms.Form):
    """Who holds the key: where they stand and what they do, never their name."""

    side = forms.ChoiceField(
        label=gettext_lazy("Où se tient cette personne ?"), choices=TrustedKey.Side, widget=forms.RadioSelect,
        help_text=gettext_lazy("Jamais du côté de la direction : à deux, on ouvre ; seul, personne."),
    )  # fmt: skip
    held_by = forms.CharField(
        label=gettext_lazy("Sa fonction"), max_length=120,
        help_text=gettext_lazy("Une fonction, jamais un nom : « élue au CSE », « médecin du travail », « consultante »."),
    )  # fmt: skip


def _page(request: HttpRequest, campaign: Campaign, status: int = 200, **more: object) -> HttpResponse:
    key = trusted_key_of(campaign)
    may_make = policy.may_make_key(request.user, campaign)
    to_try = key is not None and bool(key.public_key) and bool(may_make) and "words" not in more
    context = {
        "campaign": campaign,
        "key": key,
        "may_make": may_make,
        "all_words": " ".join(WORDS),
        "trial": trusted_key.trial_for(key.public_key) if to_try and key else None,
        "form": EntrustForm(initial={"side": key.side, "held_by": key.held_by} if key else None),
        "kept_until": keep_until(campaign.closes_on),
        **more,
    }
    response = render(request, "campaigns/key.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def key(request: HttpRequest, public_id: str) -> HttpResponse:
    """Entrust the key, or come back to the server's."""
    campaign = policy.campaign_for(request.user, public_id)
    if request.method != "POST":
        if not policy.may_make_key(request.user, campaign):
            require(policy.may_entrust(request.user, campaign))
        return _page(request, campaign)
    require(policy.may_entrust(request.user, campaign))
    if "keep_here" in request.POST:
        holding_key.keep_here(campaign=campaign, by=request.user)
        announce(request, _("Le serveur gardera la clé."), journal.history_of(campaign).first())
        return redirect("campaigns:key", campaign.public_id)
    form = EntrustForm(request.POST)
    if not form.is_valid():
        return _page(request, campaign, UNPROCESSABLE, form=form)
    holding_key.entrust(campaign=campaign, by=request.user, **form.cleaned_data)
    announce(
        request,
        _("La clé est confiée. Il reste à la faire, puis à l’essayer."),
        journal.history_of(campaign).first(),
    )
    return redirect("campaigns:key", campaign.public_id)


@require_POST
def make_key(request: HttpRequest, public_id: str) -> HttpResponse:
    """From a browser that made it, only the public half comes. Without script, the server makes it and shows it once."""
    campaign = policy.campaign_for(request.user, public_id)
    made = request.POST.get("public_key", "")
    words: list[str] = []
    if not made:
        words, made = trusted_key.made_here()
    try:
        holding_key.take_public_key(campaign=campaign, public_key=made, by=request.user)
    except ValidationError as error:
        return HttpResponse(
            " ".join(error.messages), status=UNPROCESSABLE, content_type="text/plain; charset=utf-8"
        )
    if words:
        return _page(request, campaign, words=words, qr=qr_svg(" ".join(words)))
    return HttpResponse(status=204)


@sensitive_post_parameters()
@require_POST
def try_key(request: HttpRequest, public_id: str) -> HttpResponse:
    """A test envelope opens, or not. With a script only a proof comes; without, the words do, and are forgotten."""
    campaign = policy.campaign_for(request.user, public_id)
    require(policy.may_make_key(request.user, campaign))
    held = trusted_key_of(campaign)
    if held is None or not held.public_key:
        return redirect("campaigns:key", campaign.public_id)
    proof = request.POST.get("proof", "")
    try:
        if proof:
            opened = trusted_key.proves(proof, request.POST.get("token", ""), held.public_key)
        else:
            opened = trusted_key.opens(request.POST.get("words", ""), held.public_key)
        if not opened:
            raise WordsError(_("Ces mots sont ceux d’une autre clé, ou la page est restée ouverte trop longtemps : l’enveloppe d’essai reste fermée."))  # fmt: skip
    except WordsError as error:
        return _page(request, campaign, UNPROCESSABLE, error=str(error))
    holding_key.record_trial(campaign=campaign, by=request.user)
    announce(request, _("L’enveloppe d’essai s’est ouverte : la clé est bonne."), None)
    return redirect("campaigns:key", campaign.public_id)
