"""Pages beside the questionnaire, one tap away from every question: reading them loses no answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from labqvt.instruments.route import START, route_of
from labqvt.instruments.turning import take
from labqvt.people.helplines import HELPLINES
from labqvt.responses import promises
from labqvt.responses.asked import form_of, has_easy_words
from labqvt.responses.kept import kept_tables
from labqvt.responses.kiosk import visit_of
from labqvt.responses.respondent import page, respondent_page, spoken
from labqvt.responses.state import State
from labqvt.responses.taking_up import Admitted, structure_of, taken_up


@respondent_page
@require_http_methods(["GET", "HEAD", "POST"])
def who_sees(request: HttpRequest) -> HttpResponse:
    """« Qui verra mes réponses ? »."""
    if request.method == "POST":
        return _who_sees(request)
    return _outside(request, "responses/who_sees.html", {})


@taken_up
def _who_sees(request: HttpRequest, state: State, access: Admitted) -> HttpResponse:
    state, behind = _behind(request, state, access, "responses:who_sees")
    with override(state.language):
        context = promises.intro_of(access.campaign, access.audience)
    return page("responses/who_sees.html", context | behind, state=state)


@respondent_page
@require_http_methods(["GET", "HEAD", "POST"])
def help_now(request: HttpRequest) -> HttpResponse:
    """« Besoin d’aide maintenant ? »: whom to call, in this structure and from anywhere."""
    if request.method == "POST":
        return _help_now(request)
    return _outside(request, "responses/help.html", {"helplines": HELPLINES})


@taken_up
def _help_now(request: HttpRequest, state: State, access: Admitted) -> HttpResponse:
    state, behind = _behind(request, state, access, "responses:help")
    context = {"campaign": access.campaign, **promises.help_for(structure_of(access))}
    return page("responses/help.html", context | behind, state=state)


@respondent_page
@require_safe
def what_is_kept(request: HttpRequest) -> HttpResponse:
    language = spoken(request.GET.get("lang"))
    with override(language):
        tables = kept_tables()
    return page("responses/kept.html", {"tables": tables}, language=language, shared=bool(visit_of(request)))


def _outside(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page as anyone may read it, before any code."""
    language = spoken(request.GET.get("lang"))
    return page(template, context, language=language, shared=bool(visit_of(request)))


def _behind(request: HttpRequest, state: State, access: Admitted, name: str) -> tuple[State, dict[str, Any]]:
    """What was answered behind an aside, and the way back there."""
    form = form_of(access.campaign, access.audience, easy=state.easy)
    asked = request.POST.get("back", "")
    back = int(asked) if asked.isdecimal() and len(asked) < 6 else state.page
    place, _errors = take(form, state.place, request.POST)
    context = {
        "here": reverse(name),
        "has_easy": has_easy_words(access.campaign, access.audience),
        "back_to": back,
        "back_rank": route_of(form, place.answers).rank(back),
        "back_url": reverse("responses:theme", args=[back]),
    }
    return state.at(place).with_(page=START), context
