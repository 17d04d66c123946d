from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from labqvt.instruments import queries
from labqvt.instruments.policy import version_for
from labqvt.instruments.presenting import pages_of


@require_safe
def questionnaire_list(request: HttpRequest) -> HttpResponse:
    return render(request, "instruments/list.html", {"versions": queries.published_versions()})


@require_safe
def questionnaire_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    version = version_for(request.user, public_id)
    language = (get_language() or "fr")[:2]
    context = {
        "version": version,
        "pages": pages_of(version.form, language),
        "description": version.form.description.pick(language),
    }
    return render(request, "instruments/detail.html", context)
