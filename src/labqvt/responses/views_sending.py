"""« Envoyer »: the only write, whether the answers come in the state of the last page or beside it, in one sheet."""

from dataclasses import replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import override
from django.views.decorators.http import require_POST

from labqvt.campaigns.models import Campaign
from labqvt.instruments.route import route_of
from labqvt.instruments.turning import Turn, faults_of_whole, take_whole
from labqvt.responses import box, entrance, kiosk, promises, services
from labqvt.responses.asked import edition_of, form_of
from labqvt.responses.refusals import CodeRefused, Refusal
from labqvt.responses.refusing import explained, lost
from labqvt.responses.respondent import page, page_for_all, respondent_page, scripted, spoken
from labqvt.responses.showing import UNPROCESSABLE, show
from labqvt.responses.state import State, StateError
from labqvt.responses.taking_up import Admitted, admitted, heard, state_of, taken_up
from labqvt.responses.whole import whole_sheet

TOO_MANY: Final = 429
OUTCOME: Final = (
    "Labqvt-Outcome"  # how the script knows our reply from that of a network that asks for a login
)


@respondent_page
@scripted
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """The code is spent and the sealed sheet kept, or neither."""
    outcome, response = _sent(request)
    response[OUTCOME] = outcome
    return response


def _sent(request: HttpRequest) -> tuple[str, HttpResponse]:
    beside = "whole" in request.POST or "box" in request.POST
    visit = kiosk.visit_of(request)
    try:
        state = heard(request, state_of(request, visit, expires=not beside))
    except StateError as error:
        return "lost", lost(error, spoken(request.POST.get("language")), shared=bool(visit))
    try:
        access = admitted(state)
        return _keep(request, state, access, beside=beside)
    except CodeRefused as refused:
        return _refused(request, refused, state)


def _keep(request: HttpRequest, state: State, access: Admitted, *, beside: bool) -> tuple[str, HttpResponse]:
    form, errors = form_of(access.campaign, access.audience), {}
    if beside:
        try:
            given = box.fields_of(state.code, request.POST["box"]) if "box" in request.POST else request.POST
        except box.BoxError:
            return "retype", _retype(access.campaign, state)
        with override(state.language):
            place, errors = take_whole(form, given)
        state = state.at(place)
    with override(state.language):
        faults = faults_of_whole(form, state.place, errors, state.language)
    if faults:
        if "box" in request.POST:  # whoever holds the device without the code must not read the sheet
            return "retype", _retype(access.campaign, state)
        if beside and not isinstance(access, entrance.LinkEntry):
            return "errors", whole_sheet(access, state, errors=faults)
        return "errors", _first_page_at_fault(access, state, faults)
    # A question this person is not asked any more leaves no answer behind.
    answers = route_of(form, state.answers).answers
    if not isinstance(access, entrance.LinkEntry):
        campaign = services.submit(code=state.code, answers=answers)
    elif entrance.sends.too_many(request):
        context = {"by_link": True}
        return "wait", page("responses/wait.html", context, status=TOO_MANY, language=state.language)
    else:
        campaign = services.submit_by_link(
            word=state.code, once=state.once, structure=state.structure, answers=answers
        )
        entrance.sends.note(request)
    return "sent", _receipt(request, campaign, state, access)


def _first_page_at_fault(access: Admitted, state: State, faults: dict[str, str]) -> HttpResponse:
    """Pages are judged one by one before: only a code that changed hands, or a page made by hand, comes here."""
    form = form_of(access.campaign, access.audience, easy=state.easy)
    route = route_of(form, state.answers)
    number = next(number for number, group in route.pages if route.keys_asked_of(group) & faults.keys())
    return show(access, state, Turn(replace(state.place, page=number), route, faults))


def _refused(request: HttpRequest, refused: CodeRefused, state: State) -> tuple[str, HttpResponse]:
    """Sent again after a reply that never came: a spent code then means that a sheet of this code is kept.

    Whose, nobody can say: the server keeps no link between a code and its sheet. The page says exactly that.
    """
    again = request.POST.get("again") == "1"
    if again and refused.spent and refused.campaign:
        return "sent", _receipt(request, refused.campaign, state, again=True)
    outcome = "waiting" if refused.reason is Refusal.NOT_YET else refused.reason.value
    return outcome, explained(
        refused, state.language, code=state.code, sending=True, again=again, shared=bool(state.device)
    )


def _receipt(
    request: HttpRequest,
    campaign: Campaign,
    state: State,
    access: Admitted | None = None,
    *,
    again: bool = False,
) -> HttpResponse:
    shared = bool(state.device)
    audience = access.audience if access else ""

    def context() -> dict[str, Any]:
        form = form_of(campaign, audience, easy=state.easy) if audience else None
        with override(state.language):
            return {
                "campaign": campaign,
                "closes_on": promises.day_of(campaign.closes_on),
                "least": promises.least_of(campaign),
                "seconds": kiosk.RECEIPT_SECONDS,
                "again": again,
                "thanks": form.end.pick(state.language) if form else "",
            }

    response = page_for_all(
        "responses/receipt.html", context,
        among=(*edition_of(campaign, audience), again, state.easy), language=state.language, shared=shared,
    )  # fmt: skip
    if shared:
        # What the history of the browser holds does not open from now on.
        kiosk.hold(response, kiosk.new_visit(), secure=request.is_secure())
        kiosk.returns_after(response, kiosk.RECEIPT_SECONDS, state.language)
    return response


def _retype(campaign: Campaign, state: State) -> HttpResponse:
    return page(
        "responses/retype.html", {"campaign": campaign}, status=UNPROCESSABLE, language=state.language
    )


@respondent_page
@scripted
@require_POST
@taken_up
def sheet(request: HttpRequest, state: State, access: Admitted) -> HttpResponse:
    """The whole questionnaire again, with its answers: in other words, or back from « Continuer plus tard »."""
    if isinstance(access, entrance.LinkEntry):
        return redirect("responses:start")  # by a link pages come one by one: no code would open what is kept
    if "whole" in request.POST:
        place, _errors = take_whole(form_of(access.campaign, access.audience), request.POST)
        state = state.at(place)
    at = request.POST.get("at", "")
    return whole_sheet(access, state, at=int(at) if at.isdecimal() and len(at) < 6 else state.page)
