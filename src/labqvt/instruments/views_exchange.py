"""A questionnaire comes in from a file, or leaves in one: what is lost is said first."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce
from labqvt.instruments import exporting, importing, policy, services
from labqvt.instruments.exporting import Format
from labqvt.instruments.forms import FileForm, KeepingForm
from labqvt.instruments.importing import Understood
from labqvt.instruments.models import Questionnaire, QuestionnaireVersion
from labqvt.instruments.policy import version_for
from labqvt.instruments.presenting import pages_of, scores_of
from labqvt.instruments.views import language_name, reading_language
from labqvt.instruments.views_acts import go_on_with, keepers_of
from labqvt.people.models import Scope
from labqvt_forms import FormError


@require_http_methods(["GET", "HEAD", "POST"])
def import_(request: HttpRequest) -> HttpResponse:
    """First a file, then what was understood of it with every warning, then a draft."""
    scopes = keepers_of(request.user)
    return _keep(request, scopes) if "understood" in request.POST else _read(request, scopes)


def _read(request: HttpRequest, scopes: list[Scope]) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            understood = importing.understand(form.cleaned_data["file"])
            carried = importing.sealed(understood, request.user)
        except FormError as refusal:
            form.add_error("file", str(refusal))
        else:
            initial = {
                "understood": carried,
                "kind": _likely(understood),
                "licence": understood.pack.get("licence"),
            }
            return _show(request, understood, KeepingForm(initial=initial, scopes=scopes))
    return render(request, "instruments/import.html", {"form": form})


def _keep(request: HttpRequest, scopes: list[Scope]) -> HttpResponse:
    understood = importing.unsealed(request.POST["understood"], request.user)
    form = KeepingForm(request.POST, scopes=scopes)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("kind", "scope", "licence")}
        try:
            version = services.keep_imported(
                form=understood.form, by=request.user, **values, **understood.kept
            )
        except PermissionDenied as refusal:
            form.add_error("kind", str(refusal))
        else:
            announce(request, _("Le questionnaire est gardé en brouillon. Relisez-le avant de le publier."))
            return go_on_with(version)
    return _show(request, understood, form)


def _likely(understood: Understood) -> str:
    """Who a file is for: a pack says it, the nature of any other file lets it be guessed."""
    guessed = Questionnaire.Kind.EMPLOYEES if understood.form.anonymous else Questionnaire.Kind.STRUCTURES
    return str(understood.pack.get("kind", guessed))


def _show(request: HttpRequest, understood: Understood, keeping: KeepingForm) -> HttpResponse:
    language = reading_language()
    form = understood.form
    context = {
        "understood": understood,
        "form": keeping,
        "title": form.title.pick(language, form.language) or form.id,
        "languages": [language_name(code) for code in form.languages],
        "questions": len(form.answer_variables),
        "pages": pages_of(form, language),
        "scores": scores_of(form, understood.pack.get("references", []), language),
        "anonymous": form.anonymous,
    }
    return render(request, "instruments/understood.html", context)


@require_safe
def export(request: HttpRequest, public_id: str) -> HttpResponse:
    """The formats, and for the one chosen what it will not say."""
    version = version_for(request.user, public_id)
    require(policy.may_export(request.user, version.questionnaire))
    chosen = exporting.format_named(request.GET.get("format", ""), version.form)
    context = {"version": version, "formats": exporting.formats(version.form), "chosen": chosen}
    if chosen is not None:
        language = _language(request, version)
        try:
            context["warnings"] = exporting.written(version.form, chosen, language).warnings
        except FormError as refusal:
            context["refusal"] = str(refusal)
        context |= {
            "file_name": exporting.file_name(version.title, version.number, chosen, language),
            "language": language,
            "href": _address(version, chosen, language),
            "languages": [(code, language_name(code)) for code in version.form.languages],
        }
    return render(request, "instruments/export.html", context)


@require_safe
def download(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    version = version_for(request.user, public_id)
    require(policy.may_export(request.user, version.questionnaire))
    chosen = exporting.format_named(form, version.form)
    if chosen is None:
        raise Http404
    language = _language(request, version)
    try:
        content = exporting.written(version.form, chosen, language).content
    except FormError as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    name = exporting.file_name(version.title, version.number, chosen, language)
    return HttpResponse(
        content,
        content_type=exporting.media_type(chosen),
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _address(version: QuestionnaireVersion, chosen: Format, language: str) -> str:
    """Where the file is: what is printed says its language."""
    address = reverse("instruments:download", args=[version.public_id, chosen.id])
    return f"{address}?{urlencode({'langue': language})}" if chosen.in_one_language else address


def _language(request: HttpRequest, version: QuestionnaireVersion) -> str:
    """The language asked for, else that of the page, when the questionnaire has it."""
    return exporting.language_among(version.form, request.GET.get("langue", reading_language()))
