"""Reading what a person sent from one page: answers that can be kept, and what to say of the others."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final, NamedTuple

from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labqvt.instruments.asking import (
    LONGEST_COMMENT,
    LONGEST_OTHER,
    LONGEST_SHORT,
    LONGEST_TEXT,
    Answer,
    Answers,
    Typed,
    declining_code,
    in_figures,
    ranks_of,
    variables_on,
)
from labqvt.instruments.sheet_parts import OTHER, comment_of, other_of
from labqvt_forms import (
    Date,
    FreeText,
    Group,
    LanguageChoice,
    MultipleChoice,
    Number,
    Numbers,
    Ranking,
    Role,
    SingleChoice,
    Variable,
)
from labqvt_forms.items import Precision

_CONTROL_SIGNS: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_WHOLE: Final = re.compile(r"-?\d+")
_DECIMAL: Final = re.compile(r"-?\d+([.,]\d+)?")
_LANGUAGES: Final = ("fr", "en")


class AnswerError(ValueError):
    """An answer cannot be kept as it is; the sentence says what to do."""


# What is said of answers that cannot be kept; the script of ``/r/`` says it too, with the numbers it counts.


def two_answers() -> str:
    return _(
        "Vous avez coché une réponse et écrit une autre réponse : cochez « Autre », ou effacez le texte."
    )


def not_alone() -> str:
    return _("Une des réponses cochées exclut les autres : gardez-la seule, ou décochez-la.")


def too_many(most: int, ticked: int | str) -> str:
    return ngettext(
        "Cochez une réponse au plus : vous en avez coché %(ticked)s.",
        "Cochez %(most)s réponses au plus : vous en avez coché %(ticked)s.",
        most,
    ) % {"most": most, "ticked": ticked}


def too_few(least: int, ticked: int | str) -> str:
    return _("Cochez %(least)s réponses au moins, ou aucune : vous en avez coché %(ticked)s.") % {
        "least": least,
        "ticked": ticked,
    }


def blank_place(rank: int) -> str:
    return _(
        "La place %(blank)s est vide et une place suivante est prise : remontez vos choix, ou complétez."
    ) % {"blank": rank}


def placed_twice(first: int, second: int) -> str:
    return _("La même réponse est aux places %(first)s et %(second)s : gardez-la à une seule place.") % {
        "first": first,
        "second": second,
    }


def no_number(item: Number | Numbers) -> str:
    return (
        _("Écrivez un nombre entier, par exemple 12.")
        if item.integer
        else _("Écrivez un nombre, par exemple 12,5.")
    )


def too_low(least: float) -> str:
    return _("Le nombre doit être d’au moins %(least)s.") % {"least": in_figures(least)}


def too_high(most: float) -> str:
    return _("Le nombre doit être d’au plus %(most)s.") % {"most": in_figures(most)}


class Given(NamedTuple):
    """``answers`` can be kept; ``errors`` say why others cannot, ``typed`` what was sent for those."""

    answers: Answers
    errors: dict[str, str]
    typed: Typed


def answers_from(data: QueryDict, group: Group) -> Given:
    """The answers of a page and, for those that cannot be kept, why. What is left blank is absent."""
    given = Given({}, {}, {})
    for variable in variables_on(group):
        if variable.answered:
            _read(variable, data, given)
    return given


def _read(variable: Variable, data: QueryDict, given: Given) -> None:
    sent = data.getlist(f"a.{variable.id}")
    declined = declining_code(variable)
    if declined in sent:
        given.answers[variable.id] = declined
        return
    item = variable.item
    words = ""
    if isinstance(item, SingleChoice | MultipleChoice):
        if item.other:
            words = _beside(other_of(variable.id), data, LONGEST_OTHER, given)
            if words and not any(one.strip() for one in sent):
                sent = [OTHER]  # words alone are « Autre »
            elif words and isinstance(item, MultipleChoice) and OTHER not in sent:
                sent = [*sent, OTHER]
        if item.comment:
            _beside(comment_of(variable.id), data, LONGEST_COMMENT, given)
    try:
        if words and isinstance(item, SingleChoice) and OTHER not in sent:
            raise AnswerError(two_answers())
        answer = _answer(variable, sent)
    except AnswerError as error:
        given.errors[variable.id] = str(error)
        given.typed[variable.id] = sent
    else:
        if answer:
            given.answers[variable.id] = answer


def _beside(key: str, data: QueryDict, longest: int, given: Given) -> str:
    """The words written beside a choice, kept under their own key."""
    sent = data.get(f"a.{key}", "")
    try:
        words = _text(sent, longest)
    except AnswerError as error:
        given.errors[key] = str(error)
        given.typed[key] = [sent]
        return sent
    if words:
        given.answers[key] = words
    return words


def _answer(variable: Variable, sent: list[str]) -> Answer:
    item = variable.item
    if isinstance(item, Ranking):
        return _ranked(item, sent)
    sent = [one for one in sent if one.strip()]
    if not sent:
        return ""
    if isinstance(item, MultipleChoice):
        return _several(item, sent)
    if isinstance(item, LanguageChoice):
        return _one_of(_LANGUAGES, sent[0])
    if variable.choices is not None:
        codes = [choice.code for choice in variable.choices.choices]
        if isinstance(item, SingleChoice) and item.other:
            codes.append(OTHER)
        return _one_of(codes, sent[0])
    return _written(variable, sent[0])


def _one_of(codes: list[str] | tuple[str, ...], given: str) -> str:
    if given not in codes:
        raise AnswerError(_("Choisissez l’une des réponses proposées."))
    return given


def _several(item: MultipleChoice, given: list[str]) -> list[str]:
    kept = [choice for choice in item.choices.choices if choice.code in given]
    codes = [choice.code for choice in kept]
    if item.other and OTHER in given:
        codes.append(OTHER)
    if not codes:
        raise AnswerError(_("Choisissez parmi les réponses proposées."))
    if any(choice.exclusive for choice in kept):
        if len(codes) > 1:
            raise AnswerError(not_alone())
        return codes
    if item.most is not None and len(codes) > item.most:
        raise AnswerError(too_many(item.most, len(codes)))
    if item.least is not None and len(codes) < item.least:
        raise AnswerError(too_few(item.least, len(codes)))
    return codes


def _ranked(item: Ranking, sent: list[str]) -> list[str]:
    """Codes in order of preference; places left blank at the end are not ranked."""
    sent = [code.strip() for code in sent]
    while sent and not sent[-1]:
        sent.pop()
    words = {c.code: str(n) for n, c in enumerate(item.choices.choices, 1) if c.role is not Role.DECLINES}
    if len(sent) > ranks_of(item) or any(code and code not in words for code in sent):
        raise AnswerError(_("Choisissez parmi les réponses proposées."))
    for rank, code in enumerate(sent, start=1):
        if not code:
            raise AnswerError(blank_place(rank))
        if (earlier := sent.index(code) + 1) < rank:
            raise AnswerError(placed_twice(earlier, rank))
    return sent


def _written(variable: Variable, given: str) -> str:
    item = variable.item
    if isinstance(item, Number | Numbers):
        return _number(item, given)
    if isinstance(item, Date):
        return _moment(item, given)
    longest, pattern = LONGEST_TEXT, ""
    if isinstance(item, FreeText):
        longest, pattern = min(longest, item.longest or longest), item.pattern
    text = _text(given, longest)
    if pattern and text and not _suits(pattern, text):
        raise AnswerError(_("Cette réponse n’a pas la forme demandée : relisez la question."))
    return text


def _suits(pattern: str, text: str) -> bool:
    """Whether a text has the shape its author asked for; a pattern that is none, or that is long, asks for nothing."""
    slashed = re.fullmatch(r"/(.*)/([a-z]*)", pattern, re.DOTALL)
    flags = re.IGNORECASE if slashed and "i" in slashed[2] else re.NOFLAG
    wanted = slashed[1] if slashed else rf"\A(?:{pattern})\Z"
    try:
        return len(text) > LONGEST_OTHER or re.search(wanted, text, flags) is not None
    except (re.error, RecursionError, OverflowError):
        return True


def _number(item: Number | Numbers, given: str) -> str:
    text = re.sub(r"\s", "", given)
    if len(text) > LONGEST_SHORT or not (_WHOLE if item.integer else _DECIMAL).fullmatch(text):
        raise AnswerError(no_number(item))
    value = float(text.replace(",", "."))
    if item.least is not None and value < item.least:
        raise AnswerError(too_low(item.least))
    if item.most is not None and value > item.most:
        raise AnswerError(too_high(item.most))
    return text.replace(",", ".")


# A browser without a calendar of its own leaves people write: both the French way and the one of machines.
_DAY_FIRST: Final = re.compile(r"(\d{1,2})\D(\d{1,2})\D(\d{4})")
_MONTH_FIRST: Final = re.compile(r"(\d{1,2})\D(\d{4})")


def _day(text: str) -> date:
    if found := _DAY_FIRST.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    return date.fromisoformat(text)


def _month(text: str) -> date:
    if found := _MONTH_FIRST.fullmatch(text):
        return date(int(found[2]), int(found[1]), 1)
    return date.fromisoformat(f"{text}-01")


def _minute(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=None, second=0, microsecond=0)


def _hour(text: str) -> time:
    return time.fromisoformat(text.replace("h", ":").zfill(5)).replace(tzinfo=None, second=0, microsecond=0)


# How each is read, and how much of its ISO form is kept.
_MOMENTS: Final[dict[Precision, tuple[Callable[[str], date | time], int]]] = {
    Precision.DAY: (_day, len("2026-03-17")),
    Precision.MONTH: (_month, len("2026-03")),
    Precision.MINUTE: (_minute, len("2026-03-17T14:30")),
    Precision.TIME: (_hour, len("14:30")),
}


def _moment(item: Date, given: str) -> str:
    read, length = _MOMENTS[item.precision]
    try:
        moment = read(given.strip())
    except ValueError as error:
        raise AnswerError(_how_to_write(item.precision)) from error
    if isinstance(moment, date):
        _check_day(item, moment)
    return moment.isoformat()[:length]


def _how_to_write(precision: Precision) -> str:
    if precision is Precision.MONTH:
        return _("Écrivez le mois et l’année, par exemple 03/2026.")
    if precision is Precision.MINUTE:
        return _("Écrivez le jour et l’heure comme 2026-03-17T14:30.")
    if precision is Precision.TIME:
        return _("Écrivez l’heure, par exemple 14:30.")
    return _("Écrivez la date, par exemple 17/03/2026.")


def _check_day(item: Date, moment: date) -> None:
    day = moment.date() if isinstance(moment, datetime) else moment
    earliest, latest = _bound(item.earliest), _bound(item.latest)
    if item.precision is Precision.MONTH:
        earliest = earliest.replace(day=1) if earliest else None
    if earliest is not None and day < earliest:
        raise AnswerError(
            _("La date ne peut pas être avant le %(day)s.") % {"day": date_format(earliest, "j F Y")}
        )
    if latest is not None and day > latest:
        raise AnswerError(
            _("La date ne peut pas être après le %(day)s.") % {"day": date_format(latest, "j F Y")}
        )


def _bound(written: str) -> date | None:
    """A bound of the questionnaire: a day, « today »; other words of its source bind nothing."""
    if written.strip().rstrip("()") == "today":
        return timezone.localdate()
    try:
        return date.fromisoformat(written.strip()[:10])
    except ValueError:
        return None


def _text(given: str, longest: int) -> str:
    text = _CONTROL_SIGNS.sub("", given.replace("\r\n", "\n")).strip()
    if len(text) > longest:
        raise AnswerError(
            _(
                "Votre texte compte %(length)s signes ; la feuille en tient %(longest)s. Raccourcissez-le un peu."
            )
            % {"length": len(text), "longest": longest}
        )
    return text
