"""``/r/``: from a code to a sealed sheet, page after page, with nothing kept on the way."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from labqvt.campaigns import links
from labqvt.campaigns.codes import normalised
from labqvt.instruments.asking import variables_on
from labqvt.instruments.route import Route
from labqvt.instruments.turning import turn
from labqvt.responses import entrance, kiosk, services
from labqvt.responses.asked import form_of
from labqvt.responses.gate import wrong_codes
from labqvt.responses.refusals import CodeRefused, Refusal
from labqvt.responses.refusing import explained
from labqvt.responses.respondent import LANGUAGES, page, page_for_all, respondent_page, scripted, spoken
from labqvt.responses.showing import UNPROCESSABLE, introduce, show
from labqvt.responses.state import State, StateError, StateExpiredError
from labqvt.responses.taking_up import Admitted, taken_up
from labqvt.responses.whole import whole_sheet
from labqvt_forms import Kind

NO_STRUCTURE = "aucune"


@respondent_page
@scripted
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """A code is typed, or comes from the part of the address that is never sent."""
    language = spoken(request.POST.get("language") or request.GET.get("lang"))
    visit = kiosk.visit_of(request)
    if request.method != "POST":
        response = page_for_all("responses/start.html", dict, language=language)
        if visit:
            kiosk.release(response)
        return response
    ticket = request.POST.get("shared", "")
    if (visit or ticket) and (refused := _visit_is_over(request, ticket, visit, language)):
        return refused
    if wrong_codes.too_many(request):
        return page("responses/wait.html", {}, status=429, language=language, shared=bool(visit))
    typed = request.POST.get("code", "").strip()
    if word := links.word_of(typed):
        return _by_word(request, word, State(code="", language=language, device=visit), typed)
    try:
        access = services.admit(code=typed)
    except CodeRefused as refused_code:
        if typed and refused_code.reason in {Refusal.UNKNOWN, Refusal.USED}:
            # Used codes count too: whoever kept the sheet must not read a live counter from them.
            wrong_codes.note(request)
        return _refused(refused_code, language, typed, visit)
    state = State(code=normalised(typed), language=language, device=visit)
    # On a shared device pages come one by one: the visit protects each, and nothing is left in a script's memory.
    return whole_sheet(access, state) if request.POST.get("whole") and not visit else introduce(access, state)


def _by_word(request: HttpRequest, word: str, state: State, typed: str) -> HttpResponse:
    """The word of an open link leads to its questionnaire; that of a relay is counted, then forgotten."""
    campaign, relay = links.campaign_behind(word)
    if campaign is None:
        wrong_codes.note(request)
        return _refused(CodeRefused(Refusal.UNKNOWN), state.language, typed, state.device)
    if relay is not None and campaign.takes_answers():
        links.count_opening(relay)
    if not campaign.is_by_link:
        context = {"invited_by": campaign, "ticket": _ticket(state.device)}
        return page("responses/start.html", context, language=state.language, shared=bool(state.device))
    state = state.with_(code=campaign.link.word if campaign.is_open else word, once=entrance.new_token())
    try:
        entry = entrance.admit_by_link(word=state.code, once=state.once)
    except CodeRefused as refused:
        return explained(refused, state.language, shared=bool(state.device))
    return _choose_structure(entry, state)


def _choose_structure(entry: entrance.LinkEntry, state: State, *, error: bool = False) -> HttpResponse:
    context = {
        "campaign": entry.campaign,
        "structures": entrance.structures_offered(entry.campaign),
        "error": error,
        "here": reverse("responses:structure"),
    }
    return page("responses/choose.html", context, status=UNPROCESSABLE if error else 200, state=state)


@respondent_page
def structure(request: HttpRequest) -> HttpResponse:
    """By an open link: which structure, from the list, or none."""
    return _structure(request) if request.method == "POST" else redirect("responses:start")


@taken_up
def _structure(request: HttpRequest, state: State, access: Admitted) -> HttpResponse:
    if not isinstance(access, entrance.LinkEntry):
        return introduce(access, state)
    chosen = request.POST.get("structure", "")
    known = {structure.public_id for structure in entrance.structures_offered(access.campaign)}
    if chosen != NO_STRUCTURE and chosen not in known:
        return _choose_structure(
            access, state, error="structure" in request.POST and "language" not in request.POST
        )
    return introduce(access, state.with_(structure="" if chosen == NO_STRUCTURE else chosen))


def _refused(refused: CodeRefused, language: str, typed: str, visit: str) -> HttpResponse:
    """A wrong code is typed again; a used, early or late one is explained on its own page."""
    if refused.reason != Refusal.UNKNOWN:
        return explained(refused, language, code=typed, shared=bool(visit))
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


@respondent_page
def theme(request: HttpRequest, number: int) -> HttpResponse:
    """Pages are answered to, never opened: an address typed or reloaded leads back to the code."""
    if request.method == "POST":
        return _theme(request, number)
    return redirect("responses:kiosk" if kiosk.visit_of(request) else "responses:start")


@taken_up
def _theme(request: HttpRequest, state: State, access: Admitted, number: int) -> HttpResponse:
    """Take the answers of the page on screen, then show page ``number`` or the nearest this person meets."""
    form = form_of(access.campaign, access.audience, easy=state.easy)
    with override(state.language):
        turned = turn(form, state.place, request.POST, number, state.language)
    if number > state.page and not turned.errors:
        state = state.with_(language=_language_chosen(state.page, turned.route) or state.language)
    return show(access, state, turned)


def _language_chosen(number: int, route: Route) -> str | None:
    """A question of the page just answered, about the language to go on in."""
    for variable in variables_on(dict(route.pages)[number]) if number in dict(route.pages) else ():
        chosen = route.answers.get(variable.id)
        if variable.kind is Kind.LANGUAGE and isinstance(chosen, str) and chosen in LANGUAGES:
            return chosen
    return None
