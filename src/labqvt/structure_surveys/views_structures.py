"""Screens of invited structures: the list, one structure, relays, lists pasted, relaunching, calling back."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from labqvt.foundation import journal
from labqvt.foundation.typography import french_first_day
from labqvt.foundation.verdict import require
from labqvt.foundation.views import add_errors, announce
from labqvt.structure_surveys import calling_back, importing, inviting, policy, queries, replying
from labqvt.structure_surveys.forms import (
    ApproachForm,
    CallForm,
    FunctionForm,
    InterviewForm,
    ListForm,
    OutcomeForm,
    RelayForm,
    SendingForm,
    StructureForm,
)
from labqvt.structure_surveys.models import (
    Approach,
    ContactConsent,
    Relay,
    Reply,
    SizeBand,
    StructureStatus,
    Survey,
    SurveyedStructure,
)
from labqvt.structure_surveys.queries import Sought
from labqvt.structure_surveys.replying import Settling, asked_in
from labqvt.structure_surveys.synthesis import answer_in_words, read_reply
from labqvt.structure_surveys.views import PER_PAGE, survey_address

_ALL_AT_ONCE: Final = 500


def sought_in(request: HttpRequest) -> Sought:
    """What the address of a list asks for."""
    asked = request.GET
    return Sought(
        words=asked.get("q", "").strip()[:100], stands=asked.get("etat", ""), relay=asked.get("relais", ""),
        department=asked.get("departement", ""), band=asked.get("taille", ""), relaunched=asked.get("relance", ""),
    )  # fmt: skip


def filters_of(survey: Survey, sought: Sought, *, with_standing: bool = True) -> list[dict[str, Any]]:
    """Filters that read as a sentence."""
    departments = (
        survey.structures.exclude(department="")
        .order_by("department")
        .values_list("department", flat=True)
        .distinct()
    )
    parts = [
        {"before": _("Par"), "name": "relais", "label": _("Relais"), "value": sought.relay,
         "options": [("", _("tout relais")), *survey.relays.values_list("public_id", "name")]},
        {"before": _("dans"), "name": "departement", "label": _("Département"), "value": sought.department,
         "options": [("", _("tout département")), *((one, one) for one in departments)]},
        {"before": _("de"), "name": "taille", "label": _("Taille"), "value": sought.band,
         "options": [("", _("toute taille")), *SizeBand.choices]},
    ]  # fmt: skip
    if with_standing:
        stands = [("", _("tous les états")), ("waiting", _("sans réponse")), *StructureStatus.choices]
        relaunched = [
            ("", _("relancées ou non")),
            ("never", _("jamais relancées")),
            ("due", _("suite à donner")),
        ]
        parts += [
            {"before": ",", "name": "etat", "label": _("État"), "value": sought.stands, "options": stands},
            {"before": ",", "name": "relance", "label": _("Relances"), "value": sought.relaunched, "options": relaunched},
        ]  # fmt: skip
    return parts


@require_safe
def structures(request: HttpRequest, public_id: str) -> HttpResponse:
    survey = policy.survey_for(request.user, public_id)
    sought = sought_in(request)
    page = Paginator(queries.structures_in(survey, sought), PER_PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.stands_in_words = StructureStatus(row.stands).label
        row.how_in_words = Approach.How(row.last_how).label if row.last_how else ""
    context = {
        "survey": survey, "page": page, "sought": sought, "parts": filters_of(survey, sought),
        "may_invite": policy.may_invite(request.user, survey),
    }  # fmt: skip
    return render(request, "structure_surveys/structures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, public_id: str) -> HttpResponse:
    """One structure, or a list whose lines are all checked before any is kept."""
    survey = policy.survey_for(request.user, public_id)
    require(policy.may_invite(request.user, survey))
    many = request.POST.get("form") == "list"
    one_form = StructureForm(request.POST if request.POST and not many else None, survey=survey)
    list_form = ListForm(*((request.POST, request.FILES) if many else ()))
    read = None
    if many and list_form.is_valid():
        read = _read(list_form, survey)
        if read is not None and not read.errors:
            added, entry = inviting.invite_many(survey=survey, by=request.user, rows=read.rows)
            announce(request, _("%(n)s structures ajoutées à la liste.") % {"n": len(added)}, entry)
            return redirect("structure_surveys:structures", survey.public_id)
    if not many and one_form.is_valid():
        try:
            structure = inviting.invite(survey=survey, by=request.user, **one_form.cleaned_data)
        except ValidationError as error:
            add_errors(one_form, error)
        else:
            announce(
                request,
                _("%(name)s est dans la liste.") % {"name": structure.name},
                journal.history_of(survey).first(),
            )
            return redirect("structure_surveys:invite", survey.public_id)
    context = {"survey": survey, "one_form": one_form, "list_form": list_form, "read": read}
    return render(request, "structure_surveys/invite.html", context)


def _read(form: ListForm, survey: Survey) -> importing.ReadList | None:
    try:
        file = form.cleaned_data.get("file")
        lines = (
            importing.lines_of_file(file.read(importing.MOST_BYTES + 1))
            if file
            else importing.lines_of_text(form.cleaned_data["pasted"])
        )
    except ValidationError as error:
        form.add_error("file", error)
        return None
    return importing.read_list(lines, survey)


# One structure


@require_safe
def structure(request: HttpRequest, public_id: str, structure_id: str) -> HttpResponse:
    """Everything about one structure that this person may see."""
    survey = policy.survey_for(request.user, public_id)
    found = policy.structure_for(request.user, survey, structure_id)
    return _structure_page(request, survey, found)


def _structure_page(
    request: HttpRequest, survey: Survey, found: SurveyedStructure, **forms: Any
) -> HttpResponse:
    person = request.user
    may_read, may_interview = policy.may_read_answers(person, survey), policy.may_interview(person, survey)
    reply = Reply.objects.filter(structure=found).select_related("entered_by").first()
    language = get_language() or "fr"
    contact = ContactConsent.objects.filter(structure=found, agreed=True).first() if may_interview else None
    link = reverse("structure_surveys:own", args=[survey.public_id, found.key])
    context = {
        "survey": survey,
        "structure": found,
        "stands": StructureStatus(found.stands),
        "approaches": found.approaches.select_related("by"),
        "reply": reply,
        "read": read_reply(reply, asked_in(survey), language) if reply and reply.sent_at and may_read else [],
        "interviews": found.interviews.select_related("by") if may_interview else [],
        "contact": contact,
        "link": request.build_absolute_uri(link) if may_interview else "",
        "mail": texts(survey, request.build_absolute_uri(link))["mail"]
        if may_interview and survey.is_open
        else "",
        "may": {
            "lead": policy.may_lead(person, survey),
            "read": may_read,
            "interview": may_interview,
            "enter": policy.may_enter(person, survey),
        },
        "approach_form": ApproachForm(),
        "outcome_form": OutcomeForm(initial={"outcome": found.outcome}),
        "interview_form": InterviewForm(),
        "function_form": FunctionForm(),
        "twins": found.twins.all(),
        **forms,
    }
    return render(request, "structure_surveys/structure.html", context)


@require_POST
def approach(request: HttpRequest, public_id: str, structure_id: str) -> HttpResponse:
    survey = policy.survey_for(request.user, public_id)
    found = policy.structure_for(request.user, survey, structure_id)
    form = ApproachForm(request.POST)
    if form.is_valid():
        try:
            _made, entry = inviting.note_approach(
                structures=[found], survey=survey, by=request.user, **form.cleaned_data
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            announce(request, _("La relance est notée."), entry)
            return _back(survey, found)
    return _structure_page(request, survey, found, approach_form=form)


def _back(survey: Survey, found: SurveyedStructure) -> HttpResponse:
    return redirect("structure_surveys:structure", survey.public_id, found.public_id)


@require_POST
def outcome(request: HttpRequest, public_id: str, structure_id: str) -> HttpResponse:
    survey = policy.survey_for(request.user, public_id)
    found = policy.structure_for(request.user, survey, structure_id)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        entry = inviting.note_outcome(structure=found, by=request.user, **form.cleaned_data)
        announce(request, _("L’état est noté."), entry)
    return _back(survey, found)


@require_POST
def interview(request: HttpRequest, public_id: str, structure_id: str) -> HttpResponse:
    survey = policy.survey_for(request.user, public_id)
    require(policy.may_interview(request.user, survey))
    found = policy.structure_for(request.user, survey, structure_id)
    form = InterviewForm(request.POST)
    if form.is_valid():
        try:
            _made, entry = calling_back.add_interview(structure=found, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            announce(request, _("Les notes sont gardées, pour l’équipe seule."), entry)
            return _back(survey, found)
    return _structure_page(request, survey, found, interview_form=form)


@require_POST
def enter(request: HttpRequest, public_id: str, structure_id: str) -> HttpResponse:
    """Enter by telephone: the very pages the structure would see."""
    survey = policy.survey_for(request.user, public_id)
    found = policy.structure_for(request.user, survey, structure_id)
    require(policy.may_enter(request.user, survey))
    form = FunctionForm(request.POST)
    if not form.is_valid():
        return _structure_page(request, survey, found, function_form=form)
    replying.begin_by_phone(structure=found, by=request.user, **form.cleaned_data)
    return redirect("structure_surveys:own", survey.public_id, found.key)


@require_POST
def renew(request: HttpRequest, public_id: str, structure_id: str) -> HttpResponse:
    survey = policy.survey_for(request.user, public_id)
    found = policy.structure_for(request.user, survey, structure_id)
    inviting.renew_key(structure=found, by=request.user)
    messages.success(request, _("Le lien est remplacé : l’ancien n’ouvre plus rien."))
    return _back(survey, found)


@require_POST
def settle(request: HttpRequest, public_id: str, structure_id: str) -> HttpResponse:
    survey = policy.survey_for(request.user, public_id)
    twin = policy.structure_for(request.user, survey, structure_id)
    how = request.POST.get("how", "")
    if how not in set(Settling):
        raise Http404
    replying.settle(twin=twin, how=how, by=request.user)
    messages.success(request, _("Le choix entre les deux réponses est fait."))
    return redirect("structure_surveys:survey", survey.public_id)


# Relays


@require_http_methods(["GET", "HEAD", "POST"])
def relays(request: HttpRequest, public_id: str) -> HttpResponse:
    """Partners with their link, what they sent, what came through them."""
    survey = policy.survey_for(request.user, public_id)
    if request.method == "POST":
        require(policy.may_invite(request.user, survey))
    form = RelayForm(request.POST or None)
    if form.is_valid():
        try:
            relay = inviting.add_relay(survey=survey, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            announce(
                request,
                _("%(name)s est dans la liste.") % {"name": relay.name},
                journal.history_of(survey).first(),
            )
            return redirect("structure_surveys:relays", survey.public_id)
    return _relays_page(request, survey, form=form)


def _relays_page(request: HttpRequest, survey: Survey, **more: Any) -> HttpResponse:
    standing = {row.value: row for row in queries.standing_by(survey, "relay")}
    found = survey.relays.select_related("organisation").prefetch_related("sendings")
    rows = [
        {
            "relay": relay, "standing": standing.get(relay.public_id),
            "link": request.build_absolute_uri(survey_address(survey, relay.public_id)),
        }
        for relay in found
    ]  # fmt: skip
    context = {
        "survey": survey, "rows": rows, "may_lead": policy.may_lead(request.user, survey),
        "may_invite": policy.may_invite(request.user, survey), "sending_form": SendingForm(), **more,
    }  # fmt: skip
    return render(request, "structure_surveys/relays.html", context)


@require_POST
def sending(request: HttpRequest, public_id: str) -> HttpResponse:
    survey = policy.survey_for(request.user, public_id)
    require(policy.may_lead(request.user, survey))
    relay = Relay.objects.filter(survey=survey, public_id=request.POST.get("relay", "")).first()
    if relay is None:
        raise Http404
    relay.survey = survey
    form = SendingForm(request.POST)
    if form.is_valid():
        try:
            _made, entry = inviting.note_sending(relay=relay, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            announce(request, _("L’envoi est noté."), entry)
            return redirect("structure_surveys:relays", survey.public_id)
    return _relays_page(request, survey, form=RelayForm(), sending_form=form, wrong=relay)


# Relaunching


@require_http_methods(["GET", "HEAD", "POST"])
def relaunch(request: HttpRequest, public_id: str) -> HttpResponse:
    """The words to send to those who have not answered, and the note that they were sent."""
    survey = policy.survey_for(request.user, public_id)
    sought = sought_in(request)
    if sought.stands not in {"waiting", *queries.NO_ANSWER}:
        sought = Sought(**{**_as_dict(sought), "stands": "waiting"})
    found = queries.structures_in(survey, sought)
    form = ApproachForm(request.POST or None, initial={"how": "mail"})
    if form.is_valid():
        try:
            made, entry = inviting.note_approach(
                structures=found[:_ALL_AT_ONCE], survey=survey, by=request.user, **form.cleaned_data
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            announce(request, _("Relance notée pour %(n)s structures.") % {"n": len(made)}, entry)
            return redirect("structure_surveys:survey", survey.public_id)
    address = request.build_absolute_uri(survey_address(survey))
    context = {
        "survey": survey, "form": form, "count": found.count(), "address": address,
        "parts": filters_of(survey, sought, with_standing=False), "addresses": _addresses(found), **texts(survey, address),
    }  # fmt: skip
    return render(request, "structure_surveys/relaunch.html", context)


def _as_dict(sought: Sought) -> dict[str, str]:
    return {name: getattr(sought, name) for name in Sought.__slots__}


def _addresses(found: Any) -> list[str]:
    return list(found.exclude(email="").order_by("email").values_list("email", flat=True)[:_ALL_AT_ONCE])


def texts(survey: Survey, address: str) -> dict[str, str]:
    """A mail and a text message, ready to be sent from one's own mailbox or telephone."""
    told = {
        "who": survey.asked_by, "title": survey.title, "day": french_first_day(date_format(survey.closes_on, "j F Y")),
        "link": address,
        "purpose": survey.purpose, "help": survey.help_line,
    }  # fmt: skip
    mail = (
        _(
            "Bonjour,\n\n%(who)s interroge les structures : « %(title)s ».\n%(purpose)s\n\nVotre réponse manque encore. "
            "Elle se donne ici, en plusieurs fois si besoin, jusqu’au %(day)s :\n%(link)s\n\n"
            "L’enquête est nominative : l’équipe du programme sait qui a répondu. Si vous ne souhaitez pas répondre, "
            "dites-le-nous : nous ne vous relancerons plus.\n\nUne question : %(help)s"
        )
        % told
    )
    short = _("%(title)s : votre réponse manque encore, jusqu’au %(day)s. %(link)s") % told
    return {"mail": mail, "short": short}


# Calling back


@require_safe
def calls(request: HttpRequest, public_id: str) -> HttpResponse:
    """Structures that agreed to be contacted: with what they gave for that, and nothing of their answers."""
    survey = policy.survey_for(request.user, public_id)
    require(policy.may_interview(request.user, survey))
    wanted = request.GET.get("rappel", "")
    page = Paginator(queries.contacts_in(survey, wanted), PER_PAGE).get_page(request.GET.get("page"))
    language = get_language() or "fr"
    for contact in page.object_list:
        contact.lines = contact_lines(survey, contact, language)
    parts = [
        {"before": _("Rappels par téléphone"), "name": "rappel", "label": _("Rappel"), "value": wanted,
         "options": [("", _("tous")), *ContactConsent.Call.choices]}
    ]  # fmt: skip
    context = {"survey": survey, "page": page, "parts": parts, "choices": ContactConsent.Call.choices}
    return render(request, "structure_surveys/calls.html", context)


def contact_lines(survey: Survey, contact: ContactConsent, language: str) -> list[tuple[str, str]]:
    """What a structure gave to be contacted, in words."""
    asked = asked_in(survey)
    return [
        (
            variable.label.pick(language),
            answer_in_words(asked.form, variable, contact.details[variable.id], language),
        )
        for variable in asked.form.variables
        if variable.id in asked.apart and variable.id != asked.consent and contact.details.get(variable.id)
    ]


@require_POST
def call(request: HttpRequest, public_id: str, contact_id: str) -> HttpResponse:
    survey = policy.survey_for(request.user, public_id)
    require(policy.may_interview(request.user, survey))
    contact = policy.contact_for(survey, contact_id)
    form = CallForm(request.POST)
    if form.is_valid():
        entry = calling_back.note_call(contact=contact, by=request.user, **form.cleaned_data)
        announce(request, _("Le rappel est noté."), entry)
    else:
        messages.error(request, _("Choisissez où en est ce rappel."))
    return redirect("structure_surveys:calls", survey.public_id)
