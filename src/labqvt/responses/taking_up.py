"""What a page gives back: the state it carried, the code that let the person in, or what is wrong."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from labqvt.responses import promises, services
from labqvt.responses.kiosk import visit_of
from labqvt.responses.respondent import page, spoken
from labqvt.responses.services import CodeRefused, Refusal
from labqvt.responses.state import State, StateError, StateExpiredError

_STATUS = {Refusal.USED: 409, Refusal.CLOSED: 410, Refusal.NOT_YET: 403, Refusal.UNKNOWN: 404}


def taken_up(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the state the page carried and the code that let the person in; or say what is wrong.

    The buttons that change the language or the words are on every page: they are heard here.
    """

    @wraps(view)
    def taken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = visit_of(request)
        language = spoken(request.POST.get("language"))
        try:
            state = _state_of(request, visit)
            language = spoken(request.POST.get("language") or state.language)
            access = services.admit(code=state.code)
        except StateError as error:
            context = {"expired": isinstance(error, StateExpiredError)}
            return page("responses/lost.html", context, status=400, language=language, shared=bool(visit))
        except CodeRefused as refused:
            return explained(refused, language, sending=view.__name__ == "send", shared=bool(visit))
        easy = request.POST.get("easy", "")
        state = state.with_(language=language, easy=easy == "1" if easy else state.easy)
        return view(request, state, access, *args, **kwargs)

    return taken


def _state_of(request: HttpRequest, visit: str) -> State:
    """On a shared device, a page of somebody's own (opened before the device was shared) still works."""
    token = request.POST.get("state", "")
    try:
        return State.read(token, visit)
    except StateExpiredError:
        raise
    except StateError:
        if not visit:
            raise
        return State.read(token)


def explained(
    refused: CodeRefused, language: str, *, sending: bool = False, shared: bool = False
) -> HttpResponse:
    """A used, early or late code, told on its own page."""
    with override(language):
        opens_on = promises.day_of(refused.campaign.opens_on) if refused.campaign else ""
    context = {
        "reason": refused.reason.value,
        "campaign": refused.campaign,
        "opens_on": opens_on,
        "sending": sending,
    }
    return page(
        "responses/not_open.html", context, status=_STATUS[refused.reason], language=language, shared=shared
    )
