"""The screen of the person who keys for another: a code, the sheet, once or twice, then nothing more to see."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from labqvt.campaigns import third_person, ways_policy
from labqvt.campaigns.codes import grouped, normalised
from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.campaigns.policy import campaign_for
from labqvt.foundation.verdict import require
from labqvt.instruments.turning import Place, take_whole
from labqvt.responses import keying, services
from labqvt.responses.asked import form_of
from labqvt.responses.gate import wrong_codes
from labqvt.responses.refusals import CodeRefused, Refusal
from labqvt.responses.state import State, StateError

ONCE, AGAIN, SETTLE = 1, 2, 3


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code écrit sur la feuille"), max_length=20,
        widget=forms.TextInput(attrs={"class": "control--code", "autocomplete": "off"}),
    )  # fmt: skip
    twice = forms.BooleanField(
        label=gettext_lazy("Saisir deux fois, pour comparer"), required=False,
        help_text=gettext_lazy("La seconde saisie se fait sans voir la première ; les différences sont montrées, rien n’est gardé entre les deux."),
    )  # fmt: skip


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = campaign_for(request.user, public_id)
    require(ways_policy.may_key(request.user, campaign))
    if "state" in request.POST:
        return _keyed(request, campaign)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        access = _access(request, campaign, form)
        if access is not None:
            twice = "twice" if form.cleaned_data["twice"] else ""
            state = State(code=normalised(form.cleaned_data["code"]), page=ONCE, structure=twice)
            return _show(request, campaign, access, state)
    context = {"campaign": campaign, "form": form, "told": third_person.told(campaign)}
    return render(request, "responses/keying.html", context)


def _access(request: HttpRequest, campaign: Campaign, form: CodeForm) -> AccessCode | None:
    """The code, or an error beside its field. Wrong and used ones are counted: no live counter is read from here."""
    if wrong_codes.too_many(request, f"keyer{request.user.pk}"):
        form.add_error("code", _("Trop de codes faux : attendez une heure."))
        return None
    try:
        access = services.admit(code=form.cleaned_data["code"])
    except CodeRefused as refused:
        if refused.reason in {Refusal.UNKNOWN, Refusal.USED}:
            wrong_codes.note(request, f"keyer{request.user.pk}")
        form.add_error("code", _why(refused))
        return None
    if not (verdict := keying.may_key_with(request.user, campaign, access)):
        form.add_error("code", str(verdict.reason))
        return None
    return access


def _why(refused: CodeRefused) -> str:
    return {
        Refusal.UNKNOWN: _("Ce code n’est pas reconnu. Vérifiez ses huit signes."),
        Refusal.USED: _(
            "Ce code a déjà servi : une feuille est déjà dans l’enveloppe, celle-ci ne compterait pas."
        ),
        Refusal.NOT_YET: _("La campagne n’est pas encore ouverte."),
        Refusal.CLOSED: _("La campagne est close."),
    }[refused.reason]


def _keyed(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    try:
        state = State.read(request.POST["state"])
        access = services.admit(code=state.code)
    except StateError:
        messages.error(
            request,
            _("La page est restée ouverte trop longtemps. Rien n’a été envoyé : reprenez la feuille."),
        )
        return redirect("keying:sheet", campaign.public_id)
    except CodeRefused as refused:
        messages.error(request, _why(refused))
        return redirect("keying:sheet", campaign.public_id)
    require(keying.may_key_with(request.user, campaign, access))
    form = form_of(campaign, access.audience)
    place, errors = take_whole(form, request.POST)
    if errors:
        return _show(request, campaign, access, state, place=place, errors=errors)
    answers = place.answers
    if state.page == SETTLE:
        asked = set(request.POST.getlist("asked"))
        answers = {k: v for k, v in state.answers.items() if k not in asked} | {
            k: v for k, v in answers.items() if k in asked
        }
    elif state.structure and state.page == ONCE:
        return _show(request, campaign, access, state.with_(page=AGAIN, answers=answers))
    elif state.page == AGAIN and (differ := keying.differences(state.answers, answers)):
        return _show(request, campaign, access, state.with_(page=SETTLE), differ=differ)
    return _send(request, campaign, access, state, answers)


def _send(
    request: HttpRequest, campaign: Campaign, access: AccessCode, state: State, answers: keying.Answers
) -> HttpResponse:
    try:
        keying.send(
            campaign=campaign, code=state.code, form=form_of(campaign, access.audience), answers=answers, by=request.user
        )  # fmt: skip
    except CodeRefused as refused:
        messages.error(request, _why(refused))
    else:
        messages.success(
            request,
            _("La feuille est dans l’enveloppe. Elle ne se relit plus, même par vous : détruisez le papier."),
        )
    return redirect("keying:sheet", campaign.public_id)


def _show(
    request: HttpRequest,
    campaign: Campaign,
    access: AccessCode,
    state: State,
    *,
    place: Place | None = None,
    errors: dict[str, str] | None = None,
    differ: list[str] | None = None,
) -> HttpResponse:
    form = form_of(campaign, access.audience)
    language = (get_language() or "fr")[:2]
    themes = keying.questions(form, language, place or Place(), errors or {})
    if differ is not None:
        themes = [(title, [q for q in questions if q.id in differ]) for title, questions in themes]
    context: dict[str, Any] = {
        "campaign": campaign,
        "code": grouped(state.code),
        "state": state.token(),
        "step": state.page,
        "twice": bool(state.structure),
        "themes": [(title, questions) for title, questions in themes if questions],
        "differ": differ or [],
        "errors": [q for _title, questions in themes for q in questions if q.first_error],
        "direction": access.audience == AccessCode.Audience.DIRECTION,
    }
    return render(request, "responses/keying_sheet.html", context, status=422 if errors else 200)
