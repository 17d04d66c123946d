"""Answer a draft as people will, with its conditions, and see what would be kept. Nothing is stored."""

from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from labqvt.instruments.asking import is_declined, questions_of, variables_on
from labqvt.instruments.editor.desk import UNPROCESSABLE, draft_for
from labqvt.instruments.editor.phrasing import language_of
from labqvt.instruments.editor.views_preview import languages_of, spoken_for
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.instruments.route import START, Route
from labqvt.instruments.sheet_parts import OTHER, comment_of, other_of
from labqvt.instruments.turning import Place, Turn, turn
from labqvt_forms import Computed, Variable, scale_score
from labqvt_forms import Questionnaire as Form
from labqvt_forms.logic import Context, as_text, evaluate

_SALT: Final = "labqvt.instruments.editor.try"
_MAX_AGE: Final = 12 * 3600


@dataclass(frozen=True, slots=True)
class Trial:
    """Where a trial stands: carried by the page, signed, kept nowhere."""

    place: Place = field(default_factory=Place)

    def token(self) -> str:
        return signing.dumps(asdict(self.place), salt=_SALT, compress=True)

    @classmethod
    def read(cls, token: str) -> "Trial":
        """A page left open too long, or altered, begins again."""
        try:
            told = signing.loads(token, salt=_SALT, max_age=_MAX_AGE)
        except signing.BadSignature:
            return cls()
        return cls(Place(**(told | {"nudged": tuple(told["nudged"])})))


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
    wanted = posted.get("to", "") if trier.request.method == "POST" else str(START)
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 6 else trial.place.page
    turned = turn(form, trial.place, posted, number, trier.language)
    if turned.place.page == START:
        return _welcome(trier, Trial(turned.place), turned.route)
    if turned.place.page >= turned.route.last:
        return trier.show("kept", Trial(turned.place), **_kept(form, turned.route, trier.language))
    return _page(trier, turned)


def _welcome(trier: Trier, trial: Trial, route: Route) -> HttpResponse:
    return trier.show("welcome", trial, first=route.at_or_after(1))


def _page(trier: Trier, turned: Turn) -> HttpResponse:
    form, language, place, route = trier.form, trier.language, turned.place, turned.route
    group = dict(route.pages).get(place.page)
    if group is None:
        # The draft changed under this trial: it begins again.
        return _welcome(trier, Trial(), route)
    questions = questions_of(
        group, language, place.answers, route.shown, errors=turned.errors, typed=place.typed
    )
    return trier.show(
        "page", Trial(place), status=UNPROCESSABLE if turned.errors else 200, questions=questions, page_id=group.id,
        errors=[question for question in questions if question.first_error],
        missing=[question for question in questions if question.id in turned.missing],
        title=group.title.pick(language, form.language), sense=group.description.pick(language, form.language),
        number=route.rank(place.page), total=route.total, next=place.page + 1,
        previous=route.at_or_before(place.page - 1),
        hidden=sum(variable.answered and variable.id not in route.shown for variable in variables_on(group)),
    )  # fmt: skip


def _kept(form: Form, route: Route, language: str) -> dict[str, Any]:
    """What a real sheet would hold, what is worked out of it, and what was never asked."""
    answers = [
        {
            "id": variable.id,
            "words": variable.label.pick(language, form.language) or variable.id,
            "answer": _in_words(form, variable, route.answers.get(variable.id), language),
            "beside": [
                route.answers[key]
                for key in (other_of(variable.id), comment_of(variable.id))
                if key in route.answers
            ],
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
    labels.setdefault(OTHER, _("Autre"))
    return {
        "state": "given",
        "words": " · ".join(labels.get(code, code) for code in codes),
        "code": " ".join(codes) if variable.choices else "",
    }
