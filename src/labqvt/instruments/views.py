"""The library of questionnaires: the list, and the page of a version."""

from dataclasses import replace
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from labqvt.foundation.registries import panels_of
from labqvt.instruments import policy, queries
from labqvt.instruments.models import Questionnaire, QuestionnaireVersion
from labqvt.instruments.policy import version_for
from labqvt.instruments.presenting import pages_of, scores_of
from labqvt.instruments.queries import ORDERS, Sought
from labqvt_forms import Text
from labqvt_forms.comparing import compare

PER_PAGE: Final = 20
Status = QuestionnaireVersion.Status


def reading_language() -> str:
    return (get_language() or "fr")[:2]


def language_name(code: str) -> str:
    """« anglais », in the language of the page; the code when nobody gave it a name."""
    try:
        return str(get_language_info(code.lower())["name_translated"]).lower()
    except KeyError:
        return code


@require_safe
def questionnaire_list(request: HttpRequest) -> HttpResponse:
    person = request.user
    languages = queries.languages_in_use(person)
    sought = _sought(request, languages)
    page = Paginator(queries.library(person, sought), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": queries.with_easier(page.object_list),
        "sought": sought,
        "parts": _sentence(sought, languages),
        "narrowed": any((sought.words, sought.kind, sought.origin, sought.language)),
        "drafts": queries.drafts_of(person),
        "may_write": policy.may_write(person),
    }
    return render(request, "instruments/list.html", context)


def _sought(request: HttpRequest, languages: list[str]) -> Sought:
    """What the address asks for; a value that is none of the choices asks for nothing."""

    def one_of(name: str, known: Any, default: str = "") -> str:
        value = request.GET.get(name, "")
        return value if value in known else default

    return Sought(
        words=request.GET.get("q", "").strip()[:100],
        status=one_of("etat", Status.values, Status.PUBLISHED),
        kind=one_of("public", Questionnaire.Kind.values),
        origin=one_of("origine", Questionnaire.Origin.values),
        language=one_of("langue", languages),
        order=one_of("tri", ORDERS),
    )


def _sentence(sought: Sought, languages: list[str]) -> list[dict[str, Any]]:
    """The filters as one sentence: « Voir les questionnaires publiés, pour tous les publics… »."""
    return [
        {
            "before": _("Voir"), "name": "etat", "label": _("État"), "value": sought.status,
            "options": [
                (Status.PUBLISHED, _("les questionnaires publiés")), (Status.DRAFT, _("mes brouillons")),
                (Status.RETIRED, _("les questionnaires retirés")),
            ],
        },
        {
            "before": "", "name": "public", "label": _("Public"), "value": sought.kind,
            "options": [("", _("pour tous les publics")), *Questionnaire.Kind.choices],
        },
        {
            "before": "", "name": "origine", "label": _("Origine"), "value": sought.origin,
            "options": [("", _("de toute origine")), *Questionnaire.Origin.choices],
        },
        {
            "before": "", "name": "langue", "label": _("Langue"), "value": sought.language,
            "options": [("", _("dans toute langue")), *((code, _("en %(language)s") % {"language": language_name(code)}) for code in languages)],
        },
        {
            "before": "", "name": "tri", "label": _("Ordre"), "value": sought.order,
            "options": [("", _("par titre")), ("recent", _("les plus récents d’abord")), ("short", _("les plus courts d’abord"))],
        },
    ]  # fmt: skip


@require_safe
def questionnaire_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    person = request.user
    version = version_for(person, public_id)
    questionnaire, form, language = version.questionnaire, version.form, reading_language()
    around = queries.around(person, version)
    context = {
        "version": version,
        "questionnaire": questionnaire,
        "pages": pages_of(form, language),
        "scores": scores_of(form, version.references, language),
        "description": form.description.pick(language),
        "scoring_note": Text.of(version.scoring_note).pick(language),
        "licence_text": Text.of(questionnaire.licence_text).pick(language),
        "anonymous": form.anonymous,
        "languages": [language_name(code) for code in form.languages],
        "around": around,
        "before": next((one for one in around.versions if one.number < version.number), None),
        "draft": next((one for one in around.versions if one.is_draft), None),
        "attestations": queries.attestations_seen_by(person, questionnaire)
        if questionnaire.attestation
        else [],
        "to_attest": queries.scopes_to_attest(person, questionnaire),
        "may": {
            "edit": policy.may_edit(person, version),
            "open": policy.may_open_version(person, questionnaire),
            "copy": policy.may_write(person),
            "complete": policy.may_complete(person, version),
            "retire": policy.may_retire(person, version),
            "export": policy.may_export(person, questionnaire),
        },
        "panels": panels_of("instruments.version", person, version),
    }
    return render(request, "instruments/detail.html", context)


@require_safe
def changes(request: HttpRequest, public_id: str) -> HttpResponse:
    """What changed since another version of the same questionnaire, the one before unless said."""
    version = version_for(request.user, public_id)
    others = [one for one in queries.versions_of(request.user, version.questionnaire) if one.pk != version.pk]
    wanted = request.GET.get("depuis", "")
    before = next((one for one in others if one.public_id == wanted), None)
    before = before or next((one for one in others if one.number < version.number), None)
    if before is None:
        raise Http404
    language = reading_language()
    # The number of a version is in the title: it is no change to read.
    comparison = compare(before.form, replace(version.form, version=before.form.version))
    context = {
        "version": version,
        "before": before,
        "others": [one for one in others if one.pk != before.pk],
        "differences": [difference.sentence(language) for difference in comparison.differences],
        "scales": [(scale.verdict.value, scale.sentence(language)) for scale in comparison.scales],
        "comparable": comparison.comparable,
    }
    return render(request, "instruments/changes.html", context)
