"""Turning the pages of a questionnaire: take what the page on screen was answered, then go on, stay, or go back."""

from dataclasses import dataclass, field, replace

from django.http import QueryDict

from labqvt.instruments.answering import answers_from
from labqvt.instruments.asking import Answers, Typed, pages_of, variables_on
from labqvt.instruments.judging import gentle_blanks, stops_on
from labqvt.instruments.route import START, Route, route_of
from labqvt.instruments.sheet_parts import keys_of
from labqvt_forms import Questionnaire
from labqvt_forms.questionnaire import both

LONGEST_TYPED = 8_000  # signs of one entry kept as it was typed, though no sheet could hold it


@dataclass(frozen=True, slots=True)
class Place:
    """Where someone stands in a questionnaire.

    ``page`` is the one on screen, whose answers come next; 0 for none. ``typed`` is what could not be kept, so
    that nobody writes it twice; ``nudged`` the pages that already asked once for what was left blank.
    """

    page: int = START
    answers: Answers = field(default_factory=dict)
    typed: Typed = field(default_factory=dict)
    nudged: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """Where someone stands once a button is pressed, and why the page stays when it does."""

    place: Place
    route: Route
    errors: dict[str, str] = field(default_factory=dict)
    added: bool = False
    missing: tuple[str, ...] = ()


def take(form: Questionnaire, place: Place, data: QueryDict) -> tuple[Place, dict[str, str]]:
    """Replace what the page on screen held: unticked is forgotten, other pages are kept."""
    groups = pages_of(form)
    if not START < place.page <= len(groups):
        return place, {}
    group = groups[place.page - 1]
    here = {key for variable in variables_on(group) for key in keys_of(variable)}
    given = answers_from(data, group)
    answers = {key: answer for key, answer in place.answers.items() if key not in here} | given.answers
    typed = {key: words for key, words in place.typed.items() if key not in here}
    typed |= {key: [word[:LONGEST_TYPED] for word in words] for key, words in given.typed.items()}
    return replace(place, answers=answers, typed=typed), given.errors


def take_whole(form: Questionnaire, data: QueryDict) -> tuple[Place, dict[str, str]]:
    """The answers of a whole sheet sent at once and, for those that cannot be kept, why."""
    place, errors = Place(), {}
    for number, _group in enumerate(pages_of(form), start=1):
        place, wrong = take(form, replace(place, page=number), data)
        errors |= wrong
    return replace(place, page=START), errors


def faults_of_whole(
    form: Questionnaire, place: Place, errors: dict[str, str], language: str
) -> dict[str, str]:
    """All that would have kept a page on screen: what cannot be kept, what is demanded, rules that do not hold."""
    route = route_of(form, place.answers)
    faults: dict[str, str] = {}
    for _number, group in route.pages:
        asked = route.keys_asked_of(group)
        faults |= stops_on(group, route, language)
        faults |= {key: sentence for key, sentence in errors.items() if key in asked}
    return faults


def turn(form: Questionnaire, place: Place, data: QueryDict, wanted: int, language: str) -> Turn:
    """Go to page ``wanted``, or to the nearest this person meets; going on, the page must first be in order."""
    here, before = place.page, place.answers
    forward = wanted > here
    place, errors = take(form, place, data)
    route = route_of(form, place.answers)
    if forward and here in dict(route.pages):
        errors = _errors_of(form, place, route, errors, language)
        if stays := _stays(form, place, route, before, errors):
            return stays
    elif wanted == here and here in {START, route.last, *dict(route.pages)}:
        # The same page again, in another language: what was wrong is said in that one.
        return Turn(place, route, _shown_only(errors, form, here, route))
    return Turn(
        replace(place, page=route.at_or_after(wanted) if forward else route.at_or_before(wanted)), route
    )


def _errors_of(
    form: Questionnaire, place: Place, route: Route, errors: dict[str, str], language: str
) -> dict[str, str]:
    """What was typed under a question that is not asked any more is nobody's mistake."""
    return stops_on(dict(route.pages)[place.page], route, language) | _shown_only(
        errors, form, place.page, route
    )


def _stays(
    form: Questionnaire, place: Place, route: Route, before: Answers, errors: dict[str, str]
) -> Turn | None:
    group = dict(route.pages)[place.page]
    if errors:
        return Turn(place, route, errors)
    conditional = {variable.id for variable in variables_on(group) if both(group.relevant, variable.relevant)}
    # Walked twice only where a question may have been added.
    if conditional and conditional & (route.shown - route_of(form, before).shown):
        return Turn(place, route, added=True)
    if place.page not in place.nudged and (missing := gentle_blanks(group, route)):
        return Turn(replace(place, nudged=(*place.nudged, place.page)), route, missing=tuple(missing))
    return None


def _shown_only(errors: dict[str, str], form: Questionnaire, page: int, route: Route) -> dict[str, str]:
    groups = pages_of(form)
    if not START < page <= len(groups):
        return {}
    asked = route.keys_asked_of(groups[page - 1])
    return {key: sentence for key, sentence in errors.items() if key in asked}
