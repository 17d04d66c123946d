"""``/r/``: from a code to a sealed sheet, page after page, with nothing kept on the way."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from labqvt.campaigns.codes import normalised
from labqvt.campaigns.models import AccessCode
from labqvt.responses import promises, services
from labqvt.responses.gate import wrong_codes
from labqvt.responses.kept import kept_tables
from labqvt.responses.questions import answers_from, form_of, is_declined, pages_of, questions_of
from labqvt.responses.respondent import page, respondent_page, spoken
from labqvt.responses.services import CodeRefused, Refusal
from labqvt.responses.state import State, StateError, StateExpiredError

UNPROCESSABLE = 422


@respondent_page
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """A code is typed, or comes from the part of the address that is never sent."""
    language = spoken(request.POST.get("language") or request.GET.get("lang"))
    if request.method != "POST":
        return page("responses/start.html", {}, language=language)
    if wrong_codes.too_many(request):
        return page("responses/wait.html", {}, status=429, language=language)
    typed = request.POST.get("code", "").strip()
    try:
        access = services.admit(code=typed)
    except CodeRefused as refused:
        if refused.reason == Refusal.UNKNOWN and typed:
            wrong_codes.note(request)
        return _refused(refused, language, typed)
    return _introduce(access, State(code=normalised(typed), language=language))


def _refused(refused: CodeRefused, language: str, typed: str) -> HttpResponse:
    """A wrong code is typed again; a used, early or late one is explained on its own page."""
    if refused.reason != Refusal.UNKNOWN:
        return _explained(refused, language)
    with override(language):
        error = (
            _("Ce code n’est pas reconnu. Vérifiez ses huit signes : il n’y a ni zéro, ni un, ni les lettres O et I.")
            if typed
            else _("Écrivez le code de huit signes qui est sur votre papier.")
        )
    return page("responses/start.html", {"error": error, "typed": typed[:20]}, status=UNPROCESSABLE, language=language)


def _explained(refused: CodeRefused, language: str, *, sending: bool = False) -> HttpResponse:
    status = {Refusal.USED: 409, Refusal.CLOSED: 410, Refusal.NOT_YET: 403, Refusal.UNKNOWN: 404}[refused.reason]
    with override(language):
        opens_on = promises.day_of(refused.campaign.opens_on) if refused.campaign else ""
    context = {"reason": refused.reason.value, "campaign": refused.campaign, "opens_on": opens_on, "sending": sending}
    return page("responses/not_open.html", context, status=status, language=language)


def _introduce(access: AccessCode, state: State) -> HttpResponse:
    campaign = access.campaign
    form = form_of(campaign, access.audience)
    with override(state.language):
        context = promises.intro_of(campaign, access.audience)
    context |= {"state": state.with_(page=0).token(), "welcome": form.welcome.pick(state.language), "total": len(pages_of(form)) + 1}
    return page("responses/intro.html", context, language=state.language)


def _state_of(request: HttpRequest) -> tuple[State, AccessCode]:
    """Where the person is, in the language they now ask for, and the code that let them in."""
    state = State.read(request.POST.get("state", ""))
    state = state.with_(language=spoken(request.POST.get("language") or state.language))
    return state, services.admit(code=state.code)


def _lost(error: StateError) -> HttpResponse:
    return page("responses/lost.html", {"expired": isinstance(error, StateExpiredError)}, status=400)


@respondent_page
def theme(request: HttpRequest, number: int) -> HttpResponse:
    """Take the answers of the page on screen, then show page ``number``: a theme, or the last look before sending."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("responses:start"))
    try:
        state, access = _state_of(request)
    except StateError as error:
        return _lost(error)
    except CodeRefused as refused:
        return _explained(refused, spoken())
    form = form_of(access.campaign, access.audience)
    state, errors = _with_answers(state, request, form)
    if errors and number > state.page:
        return _show_theme(access, state, form, request, errors)
    if number < 1:
        return _introduce(access, state)
    state = state.with_(page=min(number, len(pages_of(form)) + 1))
    if state.page > len(pages_of(form)):
        return _last_look(access, state, form)
    return _show_theme(access, state, form)


def _with_answers(state: State, request: HttpRequest, form: Any) -> tuple[State, dict[str, str]]:
    """Replace what was answered on the page on screen: unticked is forgotten, other pages are kept."""
    groups = pages_of(form)
    if not 1 <= state.page <= len(groups):
        return state, {}
    group = groups[state.page - 1]
    with override(state.language):
        given, errors = answers_from(request.POST, group)
    here = {variable.id for variable in form.answer_variables if form.group_of(variable.item) is group}
    kept = {id_: answer for id_, answer in state.answers.items() if id_ not in here}
    return state.with_(answers=kept | given), errors


def _show_theme(
    access: AccessCode, state: State, form: Any, request: HttpRequest | None = None, errors: dict[str, str] | None = None
) -> HttpResponse:
    groups = pages_of(form)
    group = groups[state.page - 1]
    typed = {id_: request.POST.get(f"a.{id_}", "") for id_ in errors or {}} if request else {}
    with override(state.language):
        questions = questions_of(group, state.language, state.answers | typed, errors)
    context = {
        "campaign": access.campaign,
        "state": state.token(),
        "questions": questions,
        "errors": [question for question in questions if question.error],
        "title": group.title.pick(state.language),
        "sense": group.description.pick(state.language),
        "number": state.page,
        "next": state.page + 1,
        "previous": state.page - 1,
        "total": len(groups) + 1,
        "determinant": group.id,
    }
    return page("responses/theme.html", context, status=UNPROCESSABLE if errors else 200, language=state.language)


def _last_look(access: AccessCode, state: State, form: Any) -> HttpResponse:
    groups = pages_of(form)
    themes = []
    for number, group in enumerate(groups, start=1):
        asked = [v.id for v in form.answer_variables if form.group_of(v.item) is group]
        themes.append(
            {"number": number, "title": group.title.pick(state.language), "asked": len(asked),
             "answered": sum(id_ in state.answers for id_ in asked)}
        )  # fmt: skip
    declined = sum(is_declined(form, id_, answer) for id_, answer in state.answers.items())
    context = {
        "campaign": access.campaign,
        "state": state.token(),
        "themes": themes,
        "answered": len(state.answers) - declined,
        "declined": declined,
        "asked": len(form.answer_variables),
        "total": len(groups) + 1,
        "previous": len(groups),
    }
    return page("responses/last_look.html", context, language=state.language)


@respondent_page
@require_http_methods(["GET", "HEAD", "POST"])
def who_sees(request: HttpRequest) -> HttpResponse:
    """« Qui verra mes réponses ? », one tap away from every question, without losing an answer."""
    if request.method != "POST":
        return page("responses/who_sees.html", {}, language=spoken(request.GET.get("lang")))
    try:
        state, access = _state_of(request)
    except StateError as error:
        return _lost(error)
    except CodeRefused as refused:
        return _explained(refused, spoken())
    state, _errors = _with_answers(state, request, form_of(access.campaign, access.audience))
    with override(state.language):
        context = promises.intro_of(access.campaign, access.audience)
    context |= {"state": state.with_(page=0).token(), "back_to": state.page}
    return page("responses/who_sees.html", context, language=state.language)


@respondent_page
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """The only write: the code is spent and the sealed sheet kept, or neither."""
    try:
        state = State.read(request.POST.get("state", ""))
    except StateError as error:
        return _lost(error)
    try:
        campaign = services.submit(code=state.code, answers=state.answers)
    except CodeRefused as refused:
        return _explained(refused, state.language, sending=True)
    with override(state.language):
        context = {
            "campaign": campaign,
            "closes_on": promises.day_of(campaign.closes_on),
            "least": promises.least_of(campaign),
        }
    return page("responses/receipt.html", context, language=state.language)


@respondent_page
@require_safe
def what_is_kept(request: HttpRequest) -> HttpResponse:
    language = spoken(request.GET.get("lang"))
    with override(language):
        tables = kept_tables()
    return page("responses/kept.html", {"tables": tables}, language=language)
