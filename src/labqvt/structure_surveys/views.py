"""Screens of a survey for the people who lead it: prepare, launch, follow, extend, close, let someone in."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from labqvt.foundation import journal
from labqvt.foundation.registries import panels_of
from labqvt.foundation.verdict import require
from labqvt.foundation.views import add_errors, announce
from labqvt.people.models import Account
from labqvt.structure_surveys import policy, queries, services
from labqvt.structure_surveys.forms import ExtensionForm, GrantForm, SurveyForm
from labqvt.structure_surveys.models import Survey

PER_PAGE: Final = 25
HISTORY: Final = 12


def back_to(survey: Survey) -> HttpResponse:
    return redirect("structure_surveys:survey", survey.public_id)


@require_safe
def survey_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.surveys_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "scopes": queries.scopes_led_by(request.user)}
    return render(request, "structure_surveys/surveys.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, public_id: str) -> HttpResponse:
    scope = policy.scope_for(request.user, public_id)
    form = SurveyForm(request.POST or None, scope=scope)
    if form.is_valid():
        try:
            survey = services.prepare_survey(scope=scope, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            announce(request, _("L’enquête est prête à relire."), journal.history_of(survey).first())
            return back_to(survey)
    return render(request, "structure_surveys/prepare.html", {"form": form, "scope": scope})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    survey = policy.survey_for(request.user, public_id)
    require(policy.may_edit(request.user, survey))
    names = list(SurveyForm.base_fields)
    initial = {name: getattr(survey, name) for name in names}
    form = SurveyForm(request.POST or None, scope=survey.scope, survey=survey, initial=initial)
    if form.is_valid():
        try:
            services.edit_survey(survey=survey, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("La préparation est modifiée."))
            return back_to(survey)
    context = {"form": form, "scope": survey.scope, "survey": survey}
    return render(request, "structure_surveys/prepare.html", context)


@require_safe
def survey_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where the survey stands: answers against the list, by relay, department and size."""
    person = request.user
    survey = policy.survey_for(person, public_id)
    leads = policy.may_lead(person, survey)
    context = {
        "survey": survey,
        "standing": survey.standing(),
        "total": queries.total(survey),
        "by": [
            (title, head, name, queries.standing_by(survey, dimension))
            for title, head, name, dimension in (
                (_("Par relais"), _("Relais"), "relais", "relay"),
                (_("Par département"), _("Département"), "departement", "department"),
                (_("Par taille"), _("Taille"), "taille", "band"),
            )
        ],
        "due": queries.due_steps(survey),
        "twins": list(queries.twins_of(survey)) if leads else [],
        "calls": queries.calls_waiting([survey]).get(survey.pk, 0),
        "grants": survey.grants.select_related("account") if leads else [],
        "address": request.build_absolute_uri(survey_address(survey)),
        "cited": queries.cited_in(survey),
        "may": {
            "lead": leads,
            "edit": policy.may_edit(person, survey),
            "open": policy.may_open(person, survey) if survey.is_draft else None,
            "extend": policy.may_extend(person, survey),
            "close": policy.may_close(person, survey),
            "invite": policy.may_invite(person, survey),
            "read": policy.may_read_answers(person, survey),
            "call": policy.may_interview(person, survey),
        },
        "panels": panels_of("structure_surveys.survey", person, survey),
        "history": journal.history_of(survey)[:HISTORY] if leads else [],
    }
    return render(request, "structure_surveys/survey.html", context)


def survey_address(survey: Survey, relay: str = "") -> str:
    if relay:
        return reverse("structure_surveys:start_by_relay", args=[survey.public_id, relay])
    return reverse("structure_surveys:start", args=[survey.public_id])


@require_POST
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    survey = policy.survey_for(request.user, public_id)
    services.discard_draft(survey=survey, by=request.user)
    messages.success(request, _("Le brouillon est supprimé."))
    return redirect("structure_surveys:surveys")


@require_POST
def open_(request: HttpRequest, public_id: str) -> HttpResponse:
    survey = policy.survey_for(request.user, public_id)
    services.open_survey(survey=survey, by=request.user)
    messages.success(request, _("L’enquête est lancée. Donnez son lien aux relais et aux structures."))
    return back_to(survey)


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, public_id: str) -> HttpResponse:
    survey = policy.survey_for(request.user, public_id)
    require(policy.may_extend(request.user, survey))
    form = ExtensionForm(request.POST or None)
    if form.is_valid():
        try:
            services.extend_survey(survey=survey, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(
                request, _("L’enquête est prolongée. L’ancienne date reste visible, avec la cause.")
            )
            return back_to(survey)
    return render(request, "structure_surveys/extend.html", {"survey": survey, "form": form})


@require_POST
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    survey = policy.survey_for(request.user, public_id)
    services.close_survey(survey=survey, by=request.user)
    announce(
        request,
        _("L’enquête est close : plus personne ne répond ni ne corrige."),
        journal.history_of(survey).first(),
    )
    return back_to(survey)


@require_http_methods(["GET", "HEAD", "POST"])
def grants(request: HttpRequest, public_id: str) -> HttpResponse:
    """What consultants and partners may do here, and no more."""
    survey = policy.survey_for(request.user, public_id)
    require(policy.may_lead(request.user, survey))
    form = GrantForm(request.POST or None, survey=survey)
    if form.is_valid():
        _given, entry = services.grant(survey=survey, by=request.user, **form.cleaned_data)
        announce(request, _("L’accès est donné."), entry)
        return redirect("structure_surveys:grants", survey.public_id)
    context = {"survey": survey, "form": form, "grants": survey.grants.select_related("account")}
    return render(request, "structure_surveys/grants.html", context)


@require_POST
def end_grant(request: HttpRequest, public_id: str) -> HttpResponse:
    survey = policy.survey_for(request.user, public_id)
    require(policy.may_lead(request.user, survey))
    account = get_object_or_404(Account, public_id=request.POST.get("account", ""))
    announce(
        request, _("L’accès est retiré."), services.end_grant(survey=survey, account=account, by=request.user)
    )
    return redirect("structure_surveys:grants", survey.public_id)
