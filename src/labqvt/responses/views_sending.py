"""« Envoyer »: the only write, whether the answers come in the state of the last page or beside it, in one sheet."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_POST

from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.instruments.route import route_of
from labqvt.responses import box, promises, services
from labqvt.responses.asked import form_of
from labqvt.responses.refusing import explained, lost
from labqvt.responses.respondent import page, respondent_page, scripted, spoken
from labqvt.responses.services import CodeRefused, Refusal
from labqvt.responses.state import State, StateError
from labqvt.responses.taking import all_answers, taken_up
from labqvt.responses.whole import UNPROCESSABLE, whole_sheet

OUTCOME = "Labqvt-Outcome"  # how the script knows our reply from that of a network that asks for a login


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
    language = spoken(request.POST.get("language"))
    try:
        state = State.read(request.POST.get("state", ""), expires=not beside)
    except StateError as error:
        return "lost", lost(error, language)
    state = state.with_(language=spoken(request.POST.get("language") or state.language))
    try:
        access = services.admit(code=state.code)
        return _keep(request, state, access, beside=beside)
    except CodeRefused as refused:
        return _refused(refused, state, again=request.POST.get("again") == "1")


def _keep(
    request: HttpRequest, state: State, access: AccessCode, *, beside: bool
) -> tuple[str, HttpResponse]:
    form = form_of(access.campaign, access.audience)
    if beside:
        try:
            given = box.fields_of(state.code, request.POST["box"]) if "box" in request.POST else request.POST
        except box.BoxError:
            return "retype", _retype(access.campaign, state)
        answers, errors = all_answers(form, given, state.language)
        state = state.with_(answers=answers)
        errors = {id_: why for id_, why in errors.items() if id_ in route_of(form, answers).shown}
        if errors:
            if "box" in request.POST:  # whoever holds the device without the code must not read the sheet
                return "retype", _retype(access.campaign, state)
            typed = {id_: given.get(f"a.{id_}", "") for id_ in errors}
            return "errors", whole_sheet(access, state, errors=errors, typed=typed)
    # A question this person is not asked any more leaves no answer behind.
    campaign = services.submit(code=state.code, answers=route_of(form, state.answers).answers)
    return "sent", _receipt(campaign, state.language)


def _refused(refused: CodeRefused, state: State, *, again: bool) -> tuple[str, HttpResponse]:
    """Sent again after a reply that never came: a spent code then means that a sheet of this code is kept.

    Whose, nobody can say: the server keeps no link between a code and its sheet. The page says exactly that.
    """
    if again and refused.spent and refused.campaign:
        return "sent", _receipt(refused.campaign, state.language, again=True)
    outcome = "waiting" if refused.reason is Refusal.NOT_YET else refused.reason.value
    return outcome, explained(refused, state.language, code=state.code, sending=True, again=again)


def _receipt(campaign: Campaign, language: str, *, again: bool = False) -> HttpResponse:
    with override(language):
        context = {
            "campaign": campaign,
            "closes_on": promises.day_of(campaign.closes_on),
            "least": promises.least_of(campaign),
            "again": again,
        }
    return page("responses/receipt.html", context, language=language)


def _retype(campaign: Campaign, state: State) -> HttpResponse:
    return page(
        "responses/retype.html", {"campaign": campaign}, status=UNPROCESSABLE, language=state.language
    )


@respondent_page
@scripted
@require_POST
@taken_up
def sheet(request: HttpRequest, state: State, access: AccessCode) -> HttpResponse:
    """The whole questionnaire again, with its answers: in the other language, or back from « Continuer plus tard »."""
    typed: dict[str, str] = {}
    if "whole" in request.POST:
        form = form_of(access.campaign, access.audience)
        answers, errors = all_answers(form, request.POST, state.language)
        typed = {id_: request.POST.get(f"a.{id_}", "") for id_ in errors}
        state = state.with_(answers=answers)
    at = request.POST.get("at", "")
    return whole_sheet(access, state, typed=typed, at=int(at) if at.isdecimal() else state.page)
