"""Answer a draft as people will, with its conditions, and see what would be kept. Nothing is stored."""

from dataclasses import dataclass
from typing import Any, Final

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from labqvt.instruments.asking import Answers, answers_from, is_declined, pages_of, questions_of
from labqvt.instruments.editor.desk import UNPROCESSABLE, draft_for
from labqvt.instruments.editor.phrasing import language_of
from labqvt.instruments.editor.views_preview import languages_of, spoken_for
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.instruments.route import START, Route, route_of
from labqvt_forms import Computed, Variable, scale_score
from labqvt_forms import Questionnaire as Form
from labqvt_forms.logic import Context, as_text, evaluate
from labqvt_forms.questionnaire import variables_of

_SALT: Final = "labqvt.instruments.editor.try"
_MAX_AGE: Final = 12 * 3600


@dataclass(frozen=True, slots=True)
class Trial:
    """Where a trial stands: carried by the page, signed, kept nowhere."""

    page: int = START
    answers: "Answers | None" = None

    def token(self) -> str:
        return signing.dumps([self.page, self.answers or {}], salt=_SALT, compress=True)

    @classmethod
    def read(cls, token: str) -> "Trial":
        """A page left open too long, or altered, begins again."""
        try:
            page, answers = signing.loads(token, salt=_SALT, max_age=_MAX_AGE)
        except signing.BadSignature:
            return cls()
        return cls(page, answers)


@dataclass(frozen=True, slots=True)
class Trier:
    """Someone trying a draft in one language."""

    request: HttpRequest
    version: QuestionnaireVersion
    form: Form
    language: str

    def show(self, step: str, trial: Trial, *, status: int = 200, **context: Any) -> HttpResponse:
        form, language = self.form, self.language
        shared = {
            "version": self.version,
            "form_title": form.title.pick(language, form.language),
            "welcome": form.welcome.pick(language, form.language),
            "end": form.end.pick(language, form.language),
            "state": trial.token(),
            "step": step,
            "language": language,
            "languages": languages_of(form),
        }
        return render(self.request, "instruments/editor/try.html", shared | context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def try_(request: HttpRequest, public_id: str) -> HttpResponse:
    version = draft_for(request.user, public_id)
    form = version.form
    asked = request.POST.get("lang") or request.GET.get("lang", "")
    language = asked if asked in form.languages else language_of(form)
    trial = Trial.read(request.POST.get("state", "")) if request.method == "POST" else Trial()
    with override(spoken_for(language)):
        return _step(Trier(request, version, form, language), trial)


def _step(trier: Trier, trial: Trial) -> HttpResponse:
    """Take the answers of the page on screen, then show the page asked for, or the nearest this way meets."""
    form, posted = trier.form, trier.request.POST
    answers, errors = _with_answers(trier.request, form, trial)
    route = route_of(form, answers)
    wanted = posted.get("to", "") if trier.request.method == "POST" else str(START)
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 6 else trial.page
    forward = number > trial.page > START
    if forward and (errors or _has_more(form, trial, route)):
        return _page(trier, Trial(trial.page, answers), route, errors)
    if number > START:
        number = route.at_or_after(number) if number > trial.page else route.at_or_before(number)
    trial = Trial(number, route.answers)
    if number == START:
        return _welcome(trier, trial, route)
    if number >= route.last:
        return trier.show("kept", trial, **_kept(form, route, trier.language))
    return _page(trier, trial, route, {})


def _welcome(trier: Trier, trial: Trial, route: Route) -> HttpResponse:
    return trier.show("welcome", trial, first=route.at_or_after(1))


def _with_answers(request: HttpRequest, form: Form, trial: Trial) -> tuple[Answers, dict[str, str]]:
    answers = dict(trial.answers or {})
    pages = pages_of(form)
    if request.method != "POST" or not START < trial.page <= len(pages):
        return answers, {}
    group = pages[trial.page - 1]
    given, errors = answers_from(request.POST, group)
    here = {variable.id for item in group.items for variable in variables_of(item)}
    return {id_: answer for id_, answer in answers.items() if id_ not in here} | given, errors


def _has_more(form: Form, trial: Trial, after: Route) -> bool:
    """An answer of this very page called for another question of it."""
    pages = pages_of(form)
    if trial.page > len(pages) or trial.page not in dict(after.pages):
        return False
    here = {v.id for item in pages[trial.page - 1].items for v in variables_of(item)}
    return bool(here & (after.shown - route_of(form, trial.answers or {}).shown))


def _page(trier: Trier, trial: Trial, route: Route, errors: dict[str, str]) -> HttpResponse:
    form, language = trier.form, trier.language
    group = dict(route.pages).get(trial.page)
    if group is None:
        # The draft changed under this trial: it begins again.
        return _welcome(trier, Trial(), route)
    typed: Answers = {id_: trier.request.POST.get(f"a.{id_}", "") for id_ in errors}
    questions = questions_of(group, language, (trial.answers or {}) | typed, route.shown, errors)
    variables = [variable for item in group.items for variable in variables_of(item)]
    return trier.show(
        "page", trial, status=UNPROCESSABLE if errors else 200, questions=questions, page_id=group.id,
        errors=[question for question in questions if question.error],
        title=group.title.pick(language, form.language), sense=group.description.pick(language, form.language),
        number=route.rank(trial.page), total=route.total, next=trial.page + 1,
        previous=route.at_or_before(trial.page - 1),
        hidden=sum(variable.answered and variable.id not in route.shown for variable in variables),
    )  # fmt: skip


def _kept(form: Form, route: Route, language: str) -> dict[str, Any]:
    """What a real sheet would hold, what is worked out of it, and what was never asked."""
    answers = [
        {
            "id": variable.id,
            "words": variable.label.pick(language, form.language) or variable.id,
            "answer": _in_words(form, variable, route.answers.get(variable.id), language),
        }
        for variable in form.answer_variables
        if variable.id in route.shown
    ]
    known = {id_: " ".join(a) if isinstance(a, list) else a for id_, a in route.answers.items()}
    asked = [variable for variable in form.answer_variables if variable.id not in route.shown]
    return {
        "kept": answers,
        "never": [variable.label.pick(language, form.language) or variable.id for variable in asked],
        "computed": [
            {
                "words": item.label.pick(language, form.language) or item.id,
                "value": as_text(evaluate(item.formula.tree, Context(answers=known))),
            }
            for item in form.items
            if isinstance(item, Computed) and item.formula is not None and item.formula.tree is not None
        ],
        "scores": [
            {
                "words": scale.label.pick(language, form.language) or scale.id,
                "score": scale_score(scale, form, known),
                "least": scale.least_answered,
                "most": scale.range[1],
            }
            for scale in form.scales
        ],
        "last": route.last,
        "previous": route.at_or_before(route.last - 1),
    }


def _in_words(form: Form, variable: Variable, answer: Any, language: str) -> dict[str, Any]:
    if answer is None:
        return {"state": "blank"}
    if is_declined(form, variable.id, answer):
        return {"state": "declined"}
    codes = answer if isinstance(answer, list) else [answer]
    labels = {c.code: c.label.pick(language, form.language) or c.code for c in variable.choices.choices} if variable.choices else {}  # fmt: skip
    return {
        "state": "given",
        "words": " · ".join(labels.get(code, code) for code in codes),
        "code": " ".join(codes) if labels else "",
    }
