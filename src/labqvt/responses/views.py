"""``/r/``: from a code to a sealed sheet, page after page, with nothing kept on the way."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from labqvt.campaigns.codes import normalised
from labqvt.campaigns.models import AccessCode
from labqvt.instruments.asking import is_declined, questions_of, variables_on
from labqvt.instruments.route import START, Route, route_of
from labqvt.instruments.turning import Turn, turn
from labqvt.responses import kiosk, promises, services
from labqvt.responses.asked import form_of, has_easy_words
from labqvt.responses.gate import wrong_codes
from labqvt.responses.respondent import LANGUAGES, page, respondent_page, spoken
from labqvt.responses.services import CodeRefused, Refusal
from labqvt.responses.state import State, StateError, StateExpiredError
from labqvt.responses.taking_up import explained, taken_up
from labqvt_forms import Kind, Required

UNPROCESSABLE = 422


@respondent_page
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """A code is typed, or comes from the part of the address that is never sent."""
    language = spoken(request.POST.get("language") or request.GET.get("lang"))
    visit = kiosk.visit_of(request)
    if request.method != "POST":
        response = page("responses/start.html", {}, language=language)
        if visit:
            kiosk.release(response)
        return response
    ticket = request.POST.get("shared", "")
    if (visit or ticket) and (refused := _visit_is_over(request, ticket, visit, language)):
        return refused
    if wrong_codes.too_many(request):
        return page("responses/wait.html", {}, status=429, language=language, shared=bool(visit))
    typed = request.POST.get("code", "").strip()
    try:
        access = services.admit(code=typed)
    except CodeRefused as refused_code:
        if typed and refused_code.reason in {Refusal.UNKNOWN, Refusal.USED}:
            # Used codes count too: whoever kept the sheet must not read a live counter from them.
            wrong_codes.note(request)
        return _refused(refused_code, language, typed, visit)
    return _introduce(access, State(code=normalised(typed), language=language, device=visit))


def _refused(refused: CodeRefused, language: str, typed: str, visit: str) -> HttpResponse:
    """A wrong code is typed again; a used, early or late one is explained on its own page."""
    if refused.reason != Refusal.UNKNOWN:
        return explained(refused, language, shared=bool(visit))
    with override(language):
        error = (
            _(
                "Ce code n’est pas reconnu. Vérifiez ses huit signes : il n’y a ni zéro, ni un, ni les lettres O et I."
            )
            if typed
            else _("Écrivez le code de huit signes qui est sur votre papier.")
        )
    context = {"error": error, "typed": typed[:20], "ticket": _ticket(visit)}
    return page("responses/start.html", context, status=UNPROCESSABLE, language=language, shared=bool(visit))


# A device several people answer on


@respondent_page
@require_safe
def shared_device(request: HttpRequest) -> HttpResponse:
    """The first page of a shared device: opening it ends the visit before, wherever that one stopped."""
    return _new_visit(request, spoken(request.GET.get("lang")))


def _new_visit(request: HttpRequest, language: str, *, status: int = 200, **context: Any) -> HttpResponse:
    visit = kiosk.new_visit()
    response = page(
        "responses/start.html",
        {"ticket": _ticket(visit)} | context,
        status=status,
        language=language,
        shared=True,
    )
    kiosk.hold(response, visit, secure=request.is_secure())
    return response


def _ticket(visit: str) -> str:
    """What ties the code typed to the visit it is typed in."""
    return State(code="", device=visit).token() if visit else ""


def _visit_is_over(request: HttpRequest, ticket: str, visit: str, language: str) -> HttpResponse | None:
    """A code sent again from the history of the browser: whoever typed it is gone. Waiting ends nothing."""
    if not visit:
        return _new_visit(request, language, status=UNPROCESSABLE, no_cookie=True)
    try:
        State.read(ticket, visit)
    except StateExpiredError:
        return None
    except StateError:
        return _new_visit(request, language, status=400, over=True)
    return None


# The questionnaire


def _introduce(access: AccessCode, state: State) -> HttpResponse:
    campaign = access.campaign
    form = form_of(campaign, access.audience, easy=state.easy)
    with override(state.language):
        context = promises.intro_of(campaign, access.audience)
    context |= _around(access, START) | {
        "welcome": form.welcome.pick(state.language),
        "demands": any(variable.required is Required.YES for variable in form.answer_variables),
    }
    return page("responses/intro.html", context, state=state.with_(page=START))


def _around(access: AccessCode, number: int) -> dict[str, Any]:
    """What every page of a questionnaire says around its own content."""
    return {
        "campaign": access.campaign,
        "here": reverse("responses:theme", args=[number]),
        "has_easy": has_easy_words(access.campaign, access.audience),
    }


@respondent_page
def theme(request: HttpRequest, number: int) -> HttpResponse:
    """Pages are answered to, never opened: an address typed or reloaded leads back to the code."""
    if request.method == "POST":
        return _theme(request, number)
    return redirect("responses:kiosk" if kiosk.visit_of(request) else "responses:start")


@taken_up
def _theme(request: HttpRequest, state: State, access: AccessCode, number: int) -> HttpResponse:
    """Take the answers of the page on screen, then show page ``number`` or the nearest this person meets."""
    form = form_of(access.campaign, access.audience, easy=state.easy)
    with override(state.language):
        turned = turn(form, state.place, request.POST, number, state.language)
    if number > state.page and not turned.errors:
        state = state.with_(language=_language_chosen(state.page, turned.route) or state.language)
    state = state.at(turned.place)
    if state.page == START:
        return _introduce(access, state)
    if state.page == turned.route.last:
        return _last_look(access, state, form, turned.route)
    return _show_theme(access, state, turned)


def _language_chosen(number: int, route: Route) -> str | None:
    """A question of the page just answered, about the language to go on in."""
    for variable in variables_on(dict(route.pages)[number]) if number in dict(route.pages) else ():
        chosen = route.answers.get(variable.id)
        if variable.kind is Kind.LANGUAGE and isinstance(chosen, str) and chosen in LANGUAGES:
            return chosen
    return None


def _show_theme(access: AccessCode, state: State, turned: Turn) -> HttpResponse:
    route, group = turned.route, dict(turned.route.pages)[state.page]
    with override(state.language):
        questions = questions_of(
            group, state.language, state.answers, route.shown, errors=turned.errors, typed=state.typed
        )
    previous = route.at_or_before(state.page - 1)
    context = _around(access, state.page) | {
        "questions": questions,
        "errors": [question for question in questions if question.first_error],
        "missing": [question for question in questions if question.id in turned.missing],
        "added": turned.added,
        "title": group.title.pick(state.language),
        "sense": group.description.pick(state.language),
        "number": route.rank(state.page),
        "next": state.page + 1,
        "back_page": previous,
        "previous": route.rank(previous) if previous else START,
        "total": route.total,
    }
    return page("responses/theme.html", context, status=UNPROCESSABLE if turned.errors else 200, state=state)


def _last_look(access: AccessCode, state: State, form: Any, route: Route) -> HttpResponse:
    """What was answered, page by page, before the only write."""
    themes = []
    for number, group in route.pages:
        asked = [v.id for v in variables_on(group) if v.answered and v.id in route.shown]
        answered = sum(id_ in route.answers for id_ in asked)
        themes.append(
            {
                "number": number,
                "title": group.title.pick(state.language),
                "asked": len(asked),
                "answered": answered,
            }
        )
    kept = [variable.id for variable in form.variables if variable.id in route.answers]
    declined = sum(is_declined(form, id_, route.answers[id_]) for id_ in kept)
    context = _around(access, route.last) | {
        "themes": themes,
        "answered": len(kept) - declined,
        "declined": declined,
        "asked": sum(entry["asked"] for entry in themes),
        "total": route.total,
    }
    return page("responses/last_look.html", context, state=state)


@respondent_page
@require_POST
@taken_up
def send(request: HttpRequest, state: State, access: AccessCode) -> HttpResponse:
    """The only write: the code is spent and the sealed sheet kept, or neither."""
    form = form_of(access.campaign, access.audience)
    shared = bool(state.device)
    try:
        # A question this person is not asked any more leaves no answer behind.
        campaign = services.submit(code=state.code, answers=route_of(form, state.answers).answers)
    except CodeRefused as refused:
        return explained(refused, state.language, sending=True, shared=shared)
    easy = form_of(campaign, access.audience, easy=state.easy)
    with override(state.language):
        context = {
            "campaign": campaign,
            "closes_on": promises.day_of(campaign.closes_on),
            "least": promises.least_of(campaign),
            "thanks": easy.end.pick(state.language),
            "seconds": kiosk.RECEIPT_SECONDS,
        }
    response = page("responses/receipt.html", context, language=state.language, shared=shared)
    if shared:
        # What the history of the browser holds does not open from now on.
        kiosk.hold(response, kiosk.new_visit(), secure=request.is_secure())
        kiosk.returns_after(response, kiosk.RECEIPT_SECONDS, state.language)
    return response
