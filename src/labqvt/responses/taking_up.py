"""What a page brings back: the state it carried, the code that let the person in, or what is wrong."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from labqvt.campaigns.models import AccessCode
from labqvt.people.models import Organisation
from labqvt.responses import services
from labqvt.responses.entrance import LinkEntry, admit_by_link
from labqvt.responses.kiosk import visit_of
from labqvt.responses.refusals import CodeRefused
from labqvt.responses.refusing import explained, lost
from labqvt.responses.respondent import spoken
from labqvt.responses.state import State, StateError, StateExpiredError

Admitted = AccessCode | LinkEntry


def admitted(state: State) -> Admitted:
    """The code, or the entry by an open link, that lets this person in today; ``CodeRefused`` otherwise."""
    if state.once:
        return admit_by_link(word=state.code, once=state.once, structure=state.structure)
    return services.admit(code=state.code)


def structure_of(access: Admitted) -> Organisation | None:
    """Where this person works; by an open link, only if they said it."""
    if isinstance(access, AccessCode):
        return access.population.organisation
    return Organisation.objects.filter(public_id=access.structure).first()


def taken_up(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the state the page carried and the code that let the person in; or say what is wrong.

    The buttons that change the language or the words are on every page: they are heard here.
    """

    @wraps(view)
    def taken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = visit_of(request)
        language = spoken(request.POST.get("language"))
        try:
            state = state_of(request, visit)
            language = spoken(request.POST.get("language") or state.language)
            access = admitted(state)
        except StateError as error:
            return lost(error, language, shared=bool(visit))
        except CodeRefused as refused:
            return explained(refused, language, code=state.code, shared=bool(visit))
        return view(request, heard(request, state), access, *args, **kwargs)

    return taken


def heard(request: HttpRequest, state: State) -> State:
    """The state in the language and the words that the buttons of the page ask for."""
    easy = request.POST.get("easy", "")
    language = spoken(request.POST.get("language") or state.language)
    return state.with_(language=language, easy=easy == "1" if easy else state.easy)


def state_of(request: HttpRequest, visit: str, *, expires: bool = True) -> State:
    """On a shared device, a page of somebody's own (opened before the device was shared) still works."""
    token = request.POST.get("state", "")
    try:
        return State.read(token, visit, expires=expires)
    except StateExpiredError:
        raise
    except StateError:
        if not visit:
            raise
        return State.read(token, expires=expires)
