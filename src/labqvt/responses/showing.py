"""The pages of a questionnaire one by one: the introduction, the themes, the last look before sending."""

from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import override

from labqvt.instruments.asking import is_declined, questions_of, variables_on
from labqvt.instruments.route import START, Route
from labqvt.instruments.sheet_parts import keys_of
from labqvt.instruments.turning import Turn
from labqvt.responses import promises
from labqvt.responses.asked import edition_of, form_of, has_easy_words, unanswered
from labqvt.responses.recognising import recognised_among
from labqvt.responses.respondent import page, page_for_all
from labqvt.responses.state import State
from labqvt.responses.taking_up import Admitted
from labqvt_forms import Questionnaire, Required

UNPROCESSABLE: Final = 422


def show(access: Admitted, state: State, turned: Turn) -> HttpResponse:
    """The page where this person stands."""
    state = state.at(turned.place)
    if state.page == START:
        return introduce(access, state)
    if state.page == turned.route.last:
        return _last_look(access, state, turned.route)
    return _show_theme(access, state, turned)


def introduce(access: Admitted, state: State) -> HttpResponse:
    campaign = access.campaign
    state = state.with_(page=START)

    def context() -> dict[str, Any]:
        form = form_of(campaign, access.audience, easy=state.easy)
        with override(state.language):
            promised = promises.intro_of(campaign, access.audience)
        return promised | _around(access, START) | {
            "welcome": form.welcome.pick(state.language),
            "demands": demands(form),
        }  # fmt: skip

    edition = edition_of(campaign, access.audience)
    return page_for_all("responses/intro.html", context, among=edition, state=state)


def demands(form: Questionnaire) -> bool:
    """Whether some question wants an answer, be it « je préfère ne pas répondre »."""
    return any(variable.required is Required.YES for variable in form.answer_variables)


def _around(access: Admitted, number: int) -> dict[str, Any]:
    """What every page of a questionnaire says around its own content."""
    return {
        "campaign": access.campaign,
        "here": reverse("responses:theme", args=[number]),
        "has_easy": has_easy_words(access.campaign, access.audience),
        # By a link nobody has a code to come back with.
        "may_leave": number > START and not access.campaign.is_by_link,
    }


def _show_theme(access: Admitted, state: State, turned: Turn) -> HttpResponse:
    def context() -> dict[str, Any]:
        return _around(access, state.page) | _theme(state, turned)

    if _is_blank(access, state, turned):
        edition = edition_of(access.campaign, access.audience)
        return page_for_all("responses/theme.html", context, among=(*edition, state.page), state=state)
    return page(
        "responses/theme.html", context(), status=UNPROCESSABLE if turned.errors else 200, state=state
    )


def _is_blank(access: Admitted, state: State, turned: Turn) -> bool:
    """Whether somebody who has answered nothing would see this very page."""
    if turned.errors or turned.missing or turned.added:
        return False
    route, bare = turned.route, unanswered(access.campaign, access.audience, easy=state.easy)
    group = dict(route.pages)[state.page]
    here = {key for variable in variables_on(group) for key in keys_of(variable)}
    return (
        here.isdisjoint(state.answers)
        and here.isdisjoint(state.typed)
        and _numbers(route) == _numbers(bare)
        and route.shown & here == bare.shown & here
    )


def _numbers(route: Route) -> list[int]:
    return [number for number, _group in route.pages]


def _theme(state: State, turned: Turn) -> dict[str, Any]:
    route, group = turned.route, dict(turned.route.pages)[state.page]
    with override(state.language):
        questions = questions_of(
            group, state.language, state.answers, route.shown, errors=turned.errors, typed=state.typed
        )
    previous = route.at_or_before(state.page - 1)
    return {
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


def _last_look(access: Admitted, state: State, route: Route) -> HttpResponse:
    """What was answered, page by page, before the only write."""
    form = form_of(access.campaign, access.audience, easy=state.easy)
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
        "recognised": recognised_among(form, route.answers),
    }
    bare = unanswered(access.campaign, access.audience, easy=state.easy)
    whole = context["answered"] == context["asked"] and not context["recognised"]
    if whole and route.shown == bare.shown:
        # Every question answered: one page for all who left nothing out, whatever they said.
        edition = edition_of(access.campaign, access.audience)
        return page_for_all("responses/last_look.html", lambda: context, among=edition, state=state)
    return page("responses/last_look.html", context, state=state)
