"""What a page of ``/r/`` brings back: the state it carried, the answers of one page or of the whole sheet."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import override

from labqvt.instruments.asking import Answers, answers_from, pages_of
from labqvt.instruments.route import START
from labqvt.responses import services
from labqvt.responses.refusing import explained, lost
from labqvt.responses.respondent import spoken
from labqvt.responses.services import CodeRefused
from labqvt.responses.state import State, StateError
from labqvt_forms import Questionnaire
from labqvt_forms.questionnaire import variables_of


def taken_up(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the state the page carried and the code that let the person in; or say what is wrong."""

    @wraps(view)
    def taken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = spoken(request.POST.get("language"))
        try:
            state = State.read(request.POST.get("state", ""))
        except StateError as error:
            return lost(error, language)
        language = spoken(request.POST.get("language") or state.language)
        try:
            access = services.admit(code=state.code)
        except CodeRefused as refused:
            return explained(refused, language, code=state.code)
        return view(request, state.with_(language=language), access, *args, **kwargs)

    return taken


def with_answers(state: State, request: HttpRequest, form: Questionnaire) -> tuple[State, dict[str, str]]:
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


def all_answers(form: Questionnaire, data: QueryDict, language: str) -> tuple[Answers, dict[str, str]]:
    """The answers of a whole sheet sent at once and, for those that cannot be kept, why."""
    answers: Answers = {}
    errors: dict[str, str] = {}
    with override(language):
        for group in pages_of(form):
            given, wrong = answers_from(data, group)
            answers |= given
            errors |= wrong
    return answers, errors
