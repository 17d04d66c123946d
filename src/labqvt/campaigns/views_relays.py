"""Screens of the relays of a campaign, and the calendar of what people are asked."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from labqvt.campaigns import fatigue, policy, queries, relaying, ways_policy, wording
from labqvt.campaigns.forms_ways import RelayForm, SendingForm
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.views_ways import SENDS, answering_address
from labqvt.foundation import journal
from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce


def _announce(request: HttpRequest, campaign: Campaign, sentence: str) -> None:
    announce(request, sentence, journal.history_of(campaign).first())


@require_http_methods(SENDS)
def relays(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = policy.campaign_for(request.user, public_id)
    require(ways_policy.may_keep_relays(request.user, campaign))
    form = RelayForm(request.POST or None)
    if form.is_valid():
        try:
            relay = relaying.add_relay(campaign=campaign, name=form.cleaned_data["name"], by=request.user)
        except ValidationError as error:
            form.add_error("name", error.messages[0])
        else:
            _announce(request, campaign, _("Le relais est ajouté. Son message est prêt."))
            return redirect("campaigns:relay", relay.public_id)
    context = {
        "campaign": campaign,
        "form": form,
        "relays": relaying.followed(campaign),
        "least": relaying.SHOWN_FROM,
    }
    return render(request, "campaigns/relays.html", context)


@require_http_methods(SENDS)
def relay(request: HttpRequest, public_id: str) -> HttpResponse:
    """One relay: its message to copy, what it did, what came of it."""
    one = ways_policy.relay_for(request.user, public_id)
    require(ways_policy.may_keep_relays(request.user, one.campaign))
    form = SendingForm(request.POST or None)
    if form.is_valid():
        relaying.record_sending(relay=one, by=request.user, **form.cleaned_data)
        _announce(request, one.campaign, _("C’est noté."))
        return redirect("campaigns:relay", one.public_id)
    address = f"{answering_address(request)}#{one.word}"
    [followed] = [row for row in relaying.followed(one.campaign) if row.relay.pk == one.pk]
    context = {
        "campaign": one.campaign,
        "relay": one,
        "form": form,
        "followed": followed,
        "address": address,
        "message": wording.for_a_relay(one.campaign, address),
        "least": relaying.SHOWN_FROM,
    }
    return render(request, "campaigns/relay.html", context)


@require_POST
def remove_relay(request: HttpRequest, public_id: str) -> HttpResponse:
    one = ways_policy.relay_for(request.user, public_id)
    campaign = one.campaign
    relaying.remove_relay(relay=one, by=request.user)
    _announce(request, campaign, _("Le relais est retiré, et ses comptes avec lui."))
    return redirect("campaigns:relays", campaign.public_id)


@require_safe
def requests_calendar(request: HttpRequest) -> HttpResponse:
    """What the people of one's structures were asked and will be: a calendar that warns, and forbids nothing."""
    structures = queries.structures_of(request.user)
    context = {"loads": fatigue.load_today(structures), "many": fatigue.MANY_MINUTES}
    return render(request, "campaigns/requests.html", context)
