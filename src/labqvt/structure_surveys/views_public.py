"""``/enquetes/``: a structure says who it is, answers by name, leaves, comes back, corrects until closing."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from labqvt.instruments.answering import Given, answers_from
from labqvt.instruments.asking import Typed, pages_of, questions_of, variables_on
from labqvt.instruments.free_texts import text_keys
from labqvt.instruments.judging import gentle_blanks, stops_on
from labqvt.instruments.route import START, Route, route_of
from labqvt.instruments.sheet_parts import keys_of
from labqvt.structure_surveys import replying
from labqvt.structure_surveys.forms import FunctionForm, IdentityForm
from labqvt.structure_surveys.models import ContactConsent, Relay, Reply, Survey, SurveyedStructure
from labqvt.structure_surveys.replying import Met, asked_in
from labqvt.structure_surveys.respondent import (
    answering_page,
    beginnings,
    looks_like_a_robot,
    mails,
    page,
    stamp,
    wrong_links,
)
from labqvt.structure_surveys.synthesis import read_reply
from labqvt_forms import Group
from labqvt_forms.questionnaire import variables_of

UNPROCESSABLE: Final = 422
TOO_MANY: Final = 429


def _survey(public_id: str) -> Survey:
    """A survey that was launched; a draft does not exist yet."""
    found = (
        Survey.objects.select_related("version")
        .defer("version__content", "version__words")
        .prefetch_related("moves")
        .exclude(status=Survey.Status.DRAFT)
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _go(name: str, language: str, *arguments: Any) -> HttpResponse:
    spoken = f"?lang={language}" if language != "fr" else ""
    return HttpResponseRedirect(reverse(f"structure_surveys:{name}", args=arguments) + spoken)


# The first page


@answering_page
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, public_id: str, relay: str = "", *, language: str) -> HttpResponse:
    """Who asks, who reads, for what, how long it is kept; then which structure answers."""
    survey = _survey(public_id)
    through = Relay.objects.filter(survey=survey, public_id=relay).first() if relay else None
    if relay and through is None:
        raise Http404
    if not survey.takes_answers():
        return _not_open(survey, language)
    if request.method != "POST":
        return _first_page(survey, IdentityForm(), language)
    if beginnings.too_many(request):
        return page(
            "structure_surveys/public/wait.html", {"survey": survey}, status=TOO_MANY, language=language
        )
    return _identify(request, survey, through, language)


def _identify(request: HttpRequest, survey: Survey, through: Relay | None, language: str) -> HttpResponse:
    form = IdentityForm(request.POST)
    if looks_like_a_robot(request):
        form.add_error(None, _("Cette page est revenue trop vite, ou trop tard. Relisez-la et continuez."))
    found = None
    if form.is_valid():
        beginnings.note(request)
        told = {"relay": through, "second": request.POST.get("second") == "yes", **form.cleaned_data}
        try:
            found = replying.identify(survey=survey, **told)
        except IntegrityError:  # the same name was typed elsewhere at the same moment: it is known now
            found = replying.identify(survey=survey, **told)
        except ValidationError as error:
            form.add_error(None, error.messages)
    if found is None:
        return _first_page(survey, form, language, status=UNPROCESSABLE)
    if found.met is Met.ALREADY:
        context = {"survey": survey, "name": found.structure.name, "form": form}
        return page("structure_surveys/public/already.html", context, status=409, language=language)
    return _go("own", language, survey.public_id, found.structure.key)


def _first_page(survey: Survey, form: Any, language: str, status: int = 200, **more: Any) -> HttpResponse:
    asked = asked_in(survey)
    context = {
        "survey": survey,
        "form": form,
        "stamp": stamp(),
        "welcome": asked.form.welcome.pick(language),
        "minutes": survey.version.facts.get("minutes"),
        "pages": len(pages_of(asked.form)),
        "asks_contact": bool(asked.apart),
        **more,
    }
    return page("structure_surveys/public/start.html", context, status=status, language=language)


def _not_open(survey: Survey, language: str) -> HttpResponse:
    status = 410 if survey.is_closed or survey.launched_on else 403
    return page(
        "structure_surveys/public/not_open.html", {"survey": survey}, status=status, language=language
    )


# By the link of a structure


def _held(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the structure whose link this is."""

    @wraps(view)
    def with_structure(
        request: HttpRequest, public_id: str, key: str, *args: Any, language: str, **kwargs: Any
    ) -> HttpResponse:
        survey = _survey(public_id)
        if wrong_links.too_many(request):
            return page(
                "structure_surveys/public/wait.html", {"survey": survey}, status=TOO_MANY, language=language
            )
        structure = SurveyedStructure.objects.filter(survey=survey, key=key).select_related("reply").first()
        if structure is None:
            wrong_links.note(request)
            return page(
                "structure_surveys/public/lost.html", {"survey": survey}, status=404, language=language
            )
        structure.survey = survey
        return view(request, structure, *args, language=language, **kwargs)

    return with_structure


def _reply(structure: SurveyedStructure) -> Reply | None:
    reply = getattr(structure, "reply", None)
    if reply is not None:
        reply.structure = structure
    return reply


@answering_page
@require_http_methods(["GET", "HEAD", "POST"])
@_held
def own(request: HttpRequest, structure: SurveyedStructure, *, language: str) -> HttpResponse:
    """Where this structure stands: begin, go on, correct; keep the link; change one's mind about being called."""
    survey, reply = structure.survey, _reply(structure)
    if reply is None:
        if not survey.takes_answers():
            return _not_open(survey, language)
        form = FunctionForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            replying.begin_by_link(structure=structure, **form.cleaned_data)
            return _go("page", language, survey.public_id, structure.key, 1)
        status = UNPROCESSABLE if form.errors else 200
        return _first_page(survey, form, language, status=status, structure=structure)
    return _own_page(request, reply, language)


def _own_page(
    request: HttpRequest, reply: Reply, language: str, *, error: str = "", mailed: str = "", status: int = 200
) -> HttpResponse:
    structure, survey = reply.structure, reply.structure.survey
    asked = asked_in(survey)
    answers = replying.answers_of(reply)
    route = route_of(asked.form, answers)
    contact = ContactConsent.objects.filter(structure=structure).first()
    address = reverse("structure_surveys:own", args=[survey.public_id, structure.key])
    context = {
        "survey": survey,
        "structure": structure,
        "reply": reply,
        "open": survey.takes_answers(),
        "link": request.build_absolute_uri(address),
        "themes": _themes(route, language),
        "next_page": route.at_or_after(reply.page + 1),
        "last": route.last,
        "contact": contact,
        "read": read_reply(reply, asked, language, answers=answers) if not survey.takes_answers() else [],
        "twin": structure.twin_of_id is not None,
        "error": error,
        "mailed": mailed,
        "just_sent": "envoye" in request.GET,
    }
    return page("structure_surveys/public/own.html", context, status=status, language=language)


def _themes(route: Route, language: str) -> list[dict[str, Any]]:
    themes = []
    for number, group in route.pages:
        asked = [
            v.id for item in group.items for v in variables_of(item) if v.answered and v.id in route.shown
        ]
        answered = sum(id_ in route.answers for id_ in asked)
        themes.append(
            {"number": number, "title": group.title.pick(language), "asked": len(asked), "answered": answered}
        )
    return themes


def _begun(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for an answer that began, while the survey takes answers."""

    @wraps(view)
    def with_reply(
        request: HttpRequest, structure: SurveyedStructure, *args: Any, language: str, **kwargs: Any
    ) -> HttpResponse:
        reply = _reply(structure)
        if reply is None or not structure.survey.takes_answers():
            return _go("own", language, structure.survey.public_id, structure.key)
        return view(request, reply, *args, language=language, **kwargs)

    return with_reply


@answering_page
@require_http_methods(["GET", "HEAD", "POST"])
@_held
@_begun
def theme(request: HttpRequest, reply: Reply, number: int, *, language: str) -> HttpResponse:
    """One theme a page. What is given is kept at once: one may leave from anywhere."""
    asked = asked_in(reply.structure.survey)
    groups = pages_of(asked.form)
    if not START < number <= len(groups):
        return _go("check", language, *_place(reply))
    if request.method != "POST":
        return _show(reply, route_of(asked.form, replying.answers_of(reply)), number, language)
    group = groups[number - 1]
    here = {key for variable in variables_on(group) for key in keys_of(variable)}
    given = answers_from(request.POST, group)
    before = route_of(asked.form, replying.answers_of(reply))
    # What was typed wrong is asked again; what was there before it stays.
    route = replying.keep_page(reply=reply, page=number, given=given.answers, here=here - set(given.errors))
    going = request.POST.get("go", "next")
    if going != "back" and (stays := _stays(request.POST, route, number, given, language)):
        return _show(reply, route, number, language, **stays)
    if going == "next" and here & (route.shown - before.shown):
        return _show(reply, route, number, language, added=True)
    return _next(reply, route, number, going, language)


def _stays(data: QueryDict, route: Route, number: int, given: Given, language: str) -> dict[str, Any]:
    """Why this page stays on screen: what is to be put right, or was left blank and is asked for once."""
    group, going_on = dict(route.pages).get(number), data.get("go", "next") == "next"
    if group is None:
        return {}
    asked = {key for v in variables_on(group) if v.id in route.shown for key in keys_of(v)}
    errors = {key: sentence for key, sentence in given.errors.items() if key in asked}
    if going_on:
        errors = stops_on(group, route, language) | errors
    if errors:
        return {"errors": errors, "typed": given.typed}
    if going_on and "nudged" not in data and (missing := gentle_blanks(group, route)):
        return {"missing": missing}
    return {}


def _next(reply: Reply, route: Route, number: int, going: str, language: str) -> HttpResponse:
    back = going == "back"
    target = route.at_or_before(number - 1) if back else route.at_or_after(number + 1)
    if going == "stop" or target == START:
        return _go("own", language, *_place(reply))
    if target == route.last:
        return _go("check", language, *_place(reply))
    return _go("page", language, *_place(reply), target)


def _place(reply: Reply) -> tuple[str, str]:
    return reply.structure.survey.public_id, reply.structure.key


def _show(
    reply: Reply, route: Route, number: int, language: str, *, errors: dict[str, str] | None = None,
    typed: Typed | None = None, missing: Collection[str] = (), added: bool = False,
) -> HttpResponse:  # fmt: skip
    group: Group | None = dict(route.pages).get(number)
    if group is None:
        following = route.at_or_after(number)
        if following == route.last:
            return _go("check", language, *_place(reply))
        return _go("page", language, *_place(reply), following)
    questions = questions_of(group, language, route.answers, route.shown, errors=errors, typed=typed)
    context = {
        "survey": reply.structure.survey,
        "structure": reply.structure,
        "reply": reply,
        "questions": questions,
        "errors": [question for question in questions if question.first_error],
        "missing": [question for question in questions if question.id in missing],
        "added": added,
        "title": group.title.pick(language),
        "sense": group.description.pick(language),
        "page": number,
        "number": route.rank(number),
        "total": route.total,
        "previous": route.at_or_before(number - 1),
    }
    status = UNPROCESSABLE if errors else 200
    return page("structure_surveys/public/theme.html", context, status=status, language=language)


@answering_page
@require_http_methods(["GET", "HEAD", "POST"])
@_held
@_begun
def check(request: HttpRequest, reply: Reply, *, language: str) -> HttpResponse:
    """What was answered, the consent to be quoted, then « envoyer »."""
    asked = asked_in(reply.structure.survey)
    route = route_of(asked.form, replying.answers_of(reply))
    error = ""
    if request.method == "POST":
        quoting = request.POST.get("quoting", "")
        if quoting in Reply.Quoting.values:
            replying.send(reply=reply, quoting=quoting)
            response = _go("own", language, *_place(reply))
            joint = "&" if "?" in response["Location"] else "?"
            response["Location"] += f"{joint}envoye=1"
            return response
        error = _("Choisissez l’une des réponses : sans elle, nous ne saurions pas si l’on peut vous citer.")
    context = {
        "survey": reply.structure.survey,
        "structure": reply.structure,
        "reply": reply,
        "themes": _themes(route, language),
        "total": route.total,
        "quotings": Reply.Quoting.choices,
        "has_words": bool(text_keys(asked.told)),
        "unnamed": reply.structure.said_without_name(),
        "error": error,
    }
    status = UNPROCESSABLE if error else 200
    return page("structure_surveys/public/check.html", context, status=status, language=language)


@answering_page
@require_POST
@_held
def mail_link(request: HttpRequest, structure: SurveyedStructure, *, language: str) -> HttpResponse:
    """Send the link of the structure to an address given for that, which is not kept."""
    reply = _reply(structure)
    if reply is None:
        return _go("own", language, structure.survey.public_id, structure.key)
    if mails.too_many(request):
        return page(
            "structure_surveys/public/wait.html",
            {"survey": structure.survey},
            status=TOO_MANY,
            language=language,
        )
    address = request.POST.get("address", "").strip()
    try:
        validate_email(address)
    except ValidationError:
        error = _("Écrivez une adresse comme accueil@exemple.fr.")
        return _own_page(request, reply, language, error=error, status=UNPROCESSABLE)
    mails.note(request)
    link = request.build_absolute_uri(
        reverse("structure_surveys:own", args=[structure.survey.public_id, structure.key])
    )
    EmailMessage(
        subject=_("Votre lien pour reprendre : %(title)s") % {"title": structure.survey.title},
        body=_(
            "Bonjour,\n\nVoici le lien qui reprend la réponse de %(name)s à l’enquête « %(title)s » :\n%(link)s\n\n"
            "Il permet de lire et de corriger la réponse jusqu’au %(day)s : ne le donnez qu’aux personnes qui répondent "
            "pour la structure. Cette adresse n’a servi qu’à cet envoi."
        ) % {"name": structure.name, "title": structure.survey.title, "link": link,
             "day": f"{structure.survey.closes_on:%d/%m/%Y}"},
        to=[address],
    ).send()  # fmt: skip
    return _own_page(request, reply, language, mailed=address)


@answering_page
@require_POST
@_held
def forget_me(request: HttpRequest, structure: SurveyedStructure, *, language: str) -> HttpResponse:
    """Not to be called any more, whatever the day; the answers stay."""
    replying.withdraw_contact(structure=structure)
    return _go("own", language, structure.survey.public_id, structure.key)
