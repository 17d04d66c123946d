"""Screens of the ways in: messages and papers, addresses and codes, reminders, the hat."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from labqvt.campaigns import gsm7, hat, inviting, papers, policy, reminding, ways_policy, wording
from labqvt.campaigns.forms_ways import (
    REASONS,
    AddressesForm,
    AgainForm,
    BouncedForm,
    HatForm,
    ReminderForm,
    ReportForm,
)
from labqvt.campaigns.models import Campaign, Population
from labqvt.campaigns.views_papers import pdf_of
from labqvt.campaigns.ways import told_to_respondents
from labqvt.campaigns.ways_models import InvitedAddress, Reminder
from labqvt.foundation import journal
from labqvt.foundation.mail import outbox_is_used
from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce
from labqvt.instruments.exporting import format_named, written

SENDS = ("GET", "HEAD", "POST")


def answering_address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("responses:start"))


def _announce(request: HttpRequest, campaign: Campaign, sentence: str) -> None:
    announce(request, sentence, journal.history_of(campaign).first())


# Messages and papers


@require_safe
def message_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Texts to copy, each in its box; papers to print."""
    campaign = policy.campaign_for(request.user, public_id)
    require(policy.may_print_poster(request.user, campaign))
    address = papers.link_to(campaign, answering_address(request))
    first, again = wording.sms(campaign, address), wording.sms(campaign, address, again=True)
    context = {
        "campaign": campaign,
        "told": told_to_respondents(campaign),
        "invitation": wording.invitation(campaign, address),
        "reminder": wording.reminder(campaign, address),
        "texts": [(first, gsm7.length(first)), (again, gsm7.length(again))],
        "most": gsm7.ONE_MESSAGE,
        "may_print_codes": policy.may_print_codes(request.user, campaign),
    }
    return render(request, "campaigns/messages.html", context)


@require_safe
def notice(request: HttpRequest, public_id: str) -> HttpResponse:
    """The small notice of a reminder."""
    campaign = policy.campaign_for(request.user, public_id)
    require(policy.may_print_poster(request.user, campaign))
    document = papers.reminder_notice(campaign, answering_address(request))
    return pdf_of(document, f"rappel-{campaign.public_id}.pdf")


@require_safe
def paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """The questionnaire on paper, with the same codes of answers as the one on a screen."""
    campaign = policy.campaign_for(request.user, public_id)
    require(policy.may_print_poster(request.user, campaign))
    form = campaign.version.form
    chosen = format_named("pdf", form)
    if chosen is None:
        return get_object_or_404(Campaign.objects.none())
    language = (get_language() or "fr")[:2]
    content = written(form, chosen, language if language in form.languages else form.languages[0]).content
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="questionnaire-{campaign.public_id}.pdf"'
    return response


# Addresses and codes


@require_http_methods(SENDS)
def addresses(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = policy.campaign_for(request.user, public_id)
    require(ways_policy.may_hold_addresses(request.user, campaign))
    form = AddressesForm(request.POST or None, request.FILES or None)
    found = None
    if form.is_valid():
        found = form.cleaned_data["found"]
        try:
            added = inviting.add_addresses(
                campaign=campaign, by=request.user, addresses=found.addresses, audience=form.cleaned_data["audience"]
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _announce(request, campaign, _added(added))
            if not found.faults:
                return redirect("campaigns:addresses", campaign.public_id)
            form = AddressesForm()
    return render(request, "campaigns/addresses.html", _addresses_context(request, campaign, form, found))


def _added(count: int) -> str:
    return ngettext("%(n)s adresse ajoutée.", "%(n)s adresses ajoutées.", count) % {"n": count}


def _addresses_context(
    request: HttpRequest, campaign: Campaign, form: AddressesForm, found: Any = None
) -> dict[str, Any]:
    lines = list(InvitedAddress.objects.filter(campaign=campaign))
    reasons = dict(REASONS)
    for line in lines:
        line.told = reasons.get(line.why, "")  # type: ignore[attr-defined] - for the template
    return {
        "campaign": campaign,
        "form": form,
        "faults": found.faults if found else (),
        "lines": lines,
        "waiting": sum(line.state == InvitedAddress.State.WAITING for line in lines),
        "amiss": [
            line
            for line in lines
            if line.state in {InvitedAddress.State.BOUNCED, InvitedAddress.State.LEAVING}
        ],
        "removable": any(line.state == InvitedAddress.State.WAITING and not line.replaced for line in lines),
        "may_send": ways_policy.may_send_codes(request.user, campaign),
        "kept_here": outbox_is_used(),
        "report": ReportForm(),
        "bounced": BouncedForm(),
        "resent": sum(line.replaced for line in lines),
    }


@require_POST
def remove_addresses(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = policy.campaign_for(request.user, public_id)
    removed = inviting.remove_addresses(campaign=campaign, by=request.user)
    sentence = ngettext("%(n)s adresse retirée.", "%(n)s adresses retirées.", removed)
    messages.success(request, sentence % {"n": removed})
    return redirect("campaigns:addresses", campaign.public_id)


@require_POST
def send_codes(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = policy.campaign_for(request.user, public_id)
    inviting.send_codes(campaign=campaign, by=request.user, address=answering_address(request))
    messages.success(
        request,
        _(
            "Les codes partent, un par adresse, dans un ordre tiré au hasard. L’avancement est dans « Travaux »."
        ),
    )
    return redirect("campaigns:addresses", campaign.public_id)


@require_POST
def reports(request: HttpRequest, public_id: str) -> HttpResponse:
    """A returned message, read in memory and forgotten."""
    campaign = policy.campaign_for(request.user, public_id)
    require(ways_policy.may_hold_addresses(request.user, campaign))
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        context = _addresses_context(request, campaign, AddressesForm()) | {"report": form}
        return render(request, "campaigns/addresses.html", context)
    marked = inviting.take_reports(campaign=campaign, by=request.user, bounces=form.cleaned_data["report"])
    messages.success(
        request,
        _("Le message revenu est noté à côté de son adresse.")
        if marked
        else _("Ce message ne concerne aucune adresse de la liste, ou son retour était déjà noté."),
    )
    return redirect("campaigns:addresses", campaign.public_id)


@require_http_methods(SENDS)
def address(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """One line whose message came back: say why, or give another address and a new code."""
    campaign = policy.campaign_for(request.user, public_id)
    require(ways_policy.may_hold_addresses(request.user, campaign))
    line = ways_policy.address_for(campaign, number)
    if line.state == InvitedAddress.State.SENT:
        return _say_bounced(request, campaign, line)
    form = AgainForm(request.POST or None, initial={"address": line.address})
    if form.is_valid():
        try:
            inviting.send_again(
                campaign=campaign, line=line, address=form.cleaned_data["address"], by=request.user
            )
        except ValidationError as error:
            form.add_error("address", error.messages[0])
        else:
            messages.success(
                request, _("L’adresse est corrigée. Envoyez les codes en attente pour qu’un nouveau parte.")
            )
            return redirect("campaigns:addresses", campaign.public_id)
    context = {
        "campaign": campaign,
        "line": line,
        "form": form,
        "may": ways_policy.may_send_again(request.user, line, campaign),
    }
    return render(request, "campaigns/address.html", context)


def _say_bounced(request: HttpRequest, campaign: Campaign, line: InvitedAddress) -> HttpResponse:
    form = BouncedForm(request.POST or None)
    if form.is_valid():
        inviting.mark_bounced(campaign=campaign, line=line, why=form.cleaned_data["why"], by=request.user)
        _announce(request, campaign, _("Le message est noté comme revenu."))
        return redirect("campaigns:addresses", campaign.public_id)
    return render(
        request,
        "campaigns/address.html",
        {"campaign": campaign, "line": line, "form": form, "came_back": True},
    )


# Reminders


@require_http_methods(SENDS)
def reminders(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = policy.campaign_for(request.user, public_id)
    by_mail = ways_policy.may_remind_by_mail(request.user, campaign)
    form = ReminderForm(request.POST or None, by_mail=bool(by_mail))
    if form.is_valid():
        way = form.cleaned_data["way"]
        reminding.remind(campaign=campaign, way=way, by=request.user, address=answering_address(request))
        _announce(
            request,
            campaign,
            _("Le rappel part à toutes les adresses.")
            if way == Reminder.By.MAIL
            else _("Le rappel à tout le monde est noté."),
        )
        return redirect("campaigns:reminders", campaign.public_id)
    address, today = papers.link_to(campaign, answering_address(request)), timezone.localdate()
    text = wording.sms(campaign, address, again=True)
    context = {
        "campaign": campaign,
        "form": form,
        "may": ways_policy.may_remind(request.user, campaign),
        "done": list(campaign.reminders.select_related("by")),
        "days": [
            day for day in reminding.suggested_days(campaign.opens_on, campaign.closes_on) if day >= today
        ],
        "reminder": wording.reminder(campaign, address),
        "text": text,
        "text_length": gsm7.length(text),
        "most": gsm7.ONE_MESSAGE,
    }
    return render(request, "campaigns/reminders.html", context)


# The hat


@require_http_methods(SENDS)
def count_hat(request: HttpRequest, public_id: str) -> HttpResponse:
    """The keeper says what is left; in a pooled campaign, of each hat they keep."""
    campaign = policy.campaign_for(request.user, public_id)
    hats = list(ways_policy.hats_kept_by(request.user, campaign))
    asked = request.POST.get("population") or (str(hats[0].pk) if hats else "")
    population = next((one for one in hats if str(one.pk) == asked), None)
    require(ways_policy.may_count_hat(request.user, population or Population(), campaign))
    form = HatForm(request.POST or None)
    if form.is_valid():
        try:
            hat.count_hat(
                campaign=campaign, population=population, left=form.cleaned_data["left"], by=request.user
            )
        except ValidationError as error:
            form.add_error("left", error.messages[0])
        else:
            _announce(request, campaign, _("Le compte du chapeau est noté."))
            return redirect("campaigns:campaign", campaign.public_id)
    return render(
        request,
        "campaigns/hat.html",
        {"campaign": campaign, "form": form, "hats": hats, "chosen": population},
    )
