"""``/r/``: from a code to a sealed sheet, page after page, with nothing kept on the way."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from labqvt.campaigns.codes import normalised
from labqvt.campaigns.models import AccessCode
from labqvt.instruments.asking import answers_from, is_declined, pages_of, questions_of
from labqvt.instruments.route import START, Route, route_of
from labqvt.responses import promises, services
from labqvt.responses.asked import form_of
from labqvt.responses.gate import wrong_codes
from labqvt.responses.kept import kept_tables
from labqvt.responses.respondent import page, respondent_page, spoken
from labqvt.responses.services import CodeRefused, Refusal
from labqvt.responses.state import State, StateError, StateExpiredError
from labqvt_forms.questionnaire import variables_of

UNPROCESSABLE = 422


@respondent_page
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """A code is typed, or comes from the part of the address that is never sent."""
    language = spoken(request.POST.get("language") or request.GET.get("lang"))
    if request.method != "POST":
        return page("responses/start.html", {}, language=language, shared=True)
    if wrong_codes.too_many(request):
        return page("responses/wait.html", {}, status=429, language=language)
    typed = request.POST.get("code", "").strip()
    try:
        access = services.admit(code=typed)
    except CodeRefused as refused:
        if typed and refused.reason in {Refusal.UNKNOWN, Refusal.USED}:
            # Used codes count too: whoever kept the sheet must not read a live counter from them.
            wrong_codes.note(request)
        return _refused(refused, language, typed)
    return _introduce(access, State(code=normalised(typed), language=language))


def _refused(refused: CodeRefused, language: str, typed: str) -> HttpResponse:
    """A wrong code is typed again; a used, early or late one is explained on its own page."""
    if refused.reason != Refusal.UNKNOWN:
        return _explained(refused, language)
    with override(language):
        error = (
            _(
                "Ce code n’est pas reconnu. Vérifiez ses huit signes : il n’y a ni zéro, ni un, ni les lettres O et I."
            )
            if typed
            else _("Écrivez le code de huit signes qui est sur votre papier.")
        )
    return page(
        "responses/start.html", {"error": error, "typed": typed[:20]}, status=UNPROCESSABLE, language=language
    )


def _explained(refused: CodeRefused, language: str, *, sending: bool = False) -> HttpResponse:
    status = {Refusal.USED: 409, Refusal.CLOSED: 410, Refusal.NOT_YET: 403, Refusal.UNKNOWN: 404}[
        refused.reason
    ]
    with override(language):
        opens_on = promises.day_of(refused.campaign.opens_on) if refused.campaign else ""
    context = {
        "reason": refused.reason.value,
        "campaign": refused.campaign,
        "opens_on": opens_on,
        "sending": sending,
    }
    return page("responses/not_open.html", context, status=status, language=language)


def _introduce(access: AccessCode, state: State) -> HttpResponse:
    campaign = access.campaign
    form = form_of(campaign, access.audience)
    with override(state.language):
        context = promises.intro_of(campaign, access.audience)
    context |= {"state": state.with_(page=START).token(), "welcome": form.welcome.pick(state.language)}
    return page("responses/intro.html", context, language=state.language, shared=True)


def _taken_up(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the state the page carried and the code that let the person in; or say what is wrong."""

    @wraps(view)
    def taken_up(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = spoken(request.POST.get("language"))
        try:
            state = State.read(request.POST.get("state", ""))
            language = spoken(request.POST.get("language") or state.language)
            access = services.admit(code=state.code)
        except StateError as error:
            return page("responses/lost.html", {"expired": isinstance(error, StateExpiredError)}, status=400)
        except CodeRefused as refused:
            return _explained(refused, language, sending=view.__name__ == "send")
        return view(request, state.with_(language=language), access, *args, **kwargs)

    return taken_up


@respondent_page
def theme(request: HttpRequest, number: int) -> HttpResponse:
    """Pages are answered to, never opened: an address typed or reloaded leads back to the code."""
    return _theme(request, number) if request.method == "POST" else redirect("responses:start")


@_taken_up
def _theme(request: HttpRequest, state: State, access: AccessCode, number: int) -> HttpResponse:
    """Take the answers of the page on screen, then show page ``number`` or the nearest this person meets."""
    form = form_of(access.campaign, access.audience)
    before = route_of(form, state.answers)
    forward = number > state.page
    state, errors = _with_answers(state, request, form)
    route = route_of(form, state.answers)
    if forward and (errors or _has_more_to_ask(state, form, before, route)):
        return _show_theme(access, state, route, request, errors)
    return _show(
        access,
        state.with_(page=route.at_or_after(number) if forward else route.at_or_before(number)),
        form,
        route,
    )


def _show(access: AccessCode, state: State, form: Any, route: Route) -> HttpResponse:
    if state.page == START:
        return _introduce(access, state)
    if state.page == route.last:
        return _last_look(access, state, form, route)
    return _show_theme(access, state, route)


def _has_more_to_ask(state: State, form: Any, before: Route, after: Route) -> bool:
    """An answer of this very page called for another question of it."""
    if not START < state.page < after.last:
        return False
    here = {v.id for item in pages_of(form)[state.page - 1].items for v in variables_of(item)}
    return bool(here & (after.shown - before.shown))


def _with_answers(state: State, request: HttpRequest, form: Any) -> tuple[State, dict[str, str]]:
    """Replace what was answered on the page on screen: unticked is forgotten, other pages are kept."""
    groups = pages_of(form)
    if not START < state.page <= len(groups):
        return state, {}
    group = groups[state.page - 1]
    with override(state.language):
        given, errors = answers_from(request.POST, group)
    here = {variable.id for item in group.items for variable in variables_of(item)}
    kept = {id_: answer for id_, answer in state.answers.items() if id_ not in here}
    return state.with_(answers=kept | given), errors


def _show_theme(
    access: AccessCode,
    state: State,
    route: Route,
    request: HttpRequest | None = None,
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    group = dict(route.pages)[state.page]
    typed = {id_: request.POST.get(f"a.{id_}", "") for id_ in errors or {}} if request else {}
    with override(state.language):
        questions = questions_of(group, state.language, state.answers | typed, route.shown, errors)
    previous = route.at_or_before(state.page - 1)
    context = {
        "campaign": access.campaign,
        "state": state.token(),
        "questions": questions,
        "errors": [question for question in questions if question.error],
        "added": request is not None and not errors,
        "title": group.title.pick(state.language),
        "sense": group.description.pick(state.language),
        "page": state.page,
        "number": route.rank(state.page),
        "next": state.page + 1,
        "back_page": previous,
        "previous": route.rank(previous) if previous else START,
        "total": route.total,
    }
    return page(
        "responses/theme.html",
        context,
        status=UNPROCESSABLE if errors else 200,
        language=state.language,
        shared=not errors and not any(question.chosen for question in questions),
    )


def _last_look(access: AccessCode, state: State, form: Any, route: Route) -> HttpResponse:
    """What was answered, page by page, before the only write."""
    themes = []
    for number, group in route.pages:
        asked = [
            v.id for item in group.items for v in variables_of(item) if v.answered and v.id in route.shown
        ]
        answered = sum(id_ in route.answers for id_ in asked)
        themes.append(
            {
                "number": number,
                "title": group.title.pick(state.language),
                "asked": len(asked),
                "answered": answered,
            }
        )
    declined = sum(is_declined(form, id_, answer) for id_, answer in route.answers.items())
    context = {
        "campaign": access.campaign,
        "state": state.token(),
        "themes": themes,
        "answered": len(route.answers) - declined,
        "declined": declined,
        "asked": sum(entry["asked"] for entry in themes),
        "total": route.total,
        "page": state.page,
    }
    # When all is answered, everybody's page is the same.
    whole = not declined and all(entry["answered"] == entry["asked"] for entry in themes)
    return page("responses/last_look.html", context, language=state.language, shared=whole)


@respondent_page
@require_http_methods(["GET", "HEAD", "POST"])
def who_sees(request: HttpRequest) -> HttpResponse:
    """« Qui verra mes réponses ? », one tap away from every question, without losing an answer."""
    if request.method != "POST":
        return page("responses/who_sees.html", {}, language=spoken(request.GET.get("lang")))
    return _who_sees(request)


@_taken_up
def _who_sees(request: HttpRequest, state: State, access: AccessCode) -> HttpResponse:
    form = form_of(access.campaign, access.audience)
    back_to = (
        int(request.POST.get("back", state.page)) if request.POST.get("back", "0").isdecimal() else state.page
    )
    state, _errors = _with_answers(state, request, form)
    with override(state.language):
        context = promises.intro_of(access.campaign, access.audience)
    context |= {
        "state": state.with_(page=START).token(),
        "back_to": back_to,
        "back_rank": route_of(form, state.answers).rank(back_to),
    }
    return page("responses/who_sees.html", context, language=state.language)


@respondent_page
@require_POST
@_taken_up
def send(request: HttpRequest, state: State, access: AccessCode) -> HttpResponse:
    """The only write: the code is spent and the sealed sheet kept, or neither."""
    form = form_of(access.campaign, access.audience)
    try:
        # A question this person is not asked any more leaves no answer behind.
        campaign = services.submit(code=state.code, answers=route_of(form, state.answers).answers)
    except CodeRefused as refused:
        return _explained(refused, state.language, sending=True)
    with override(state.language):
        context = {
            "campaign": campaign,
            "closes_on": promises.day_of(campaign.closes_on),
            "least": promises.least_of(campaign),
        }
    return page("responses/receipt.html", context, language=state.language, shared=True)


@respondent_page
@require_safe
def what_is_kept(request: HttpRequest) -> HttpResponse:
    language = spoken(request.GET.get("lang"))
    with override(language):
        tables = kept_tables()
    return page("responses/kept.html", {"tables": tables}, language=language)
