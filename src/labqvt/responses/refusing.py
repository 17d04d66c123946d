"""Why a code does not, or no longer, open a questionnaire: each reason on its own page."""

from typing import Final

from django.http import HttpResponse
from django.utils.translation import override

from labqvt.campaigns.codes import normalised
from labqvt.responses import promises
from labqvt.responses.box import slot_of
from labqvt.responses.refusals import CodeRefused, Refusal
from labqvt.responses.respondent import page
from labqvt.responses.state import StateError, StateExpiredError

_STATUS: Final = {Refusal.USED: 409, Refusal.CLOSED: 410, Refusal.NOT_YET: 403, Refusal.UNKNOWN: 404}


def explained(
    refused: CodeRefused,
    language: str,
    *,
    code: str = "",
    sending: bool = False,
    again: bool = False,
    shared: bool = False,
) -> HttpResponse:
    """``again``: the browser had sent this very sheet before and never heard what became of it."""
    with override(language):
        opens_on = promises.day_of(refused.campaign.opens_on) if refused.campaign else ""
    over = refused.reason in {Refusal.USED, Refusal.CLOSED} and normalised(code)
    context = {
        "reason": refused.reason.value,
        "campaign": refused.campaign,
        "opens_on": opens_on,
        "sending": sending,
        "again": again,
        # What the device may still keep for this code cannot be sent any more.
        "forget": slot_of(normalised(code)) if over else "",
    }
    return page(
        "responses/not_open.html", context, status=_STATUS[refused.reason], language=language, shared=shared
    )


def lost(error: StateError, language: str, *, shared: bool = False) -> HttpResponse:
    """The hidden field is unreadable, or too old."""
    context = {"expired": isinstance(error, StateExpiredError)}
    return page("responses/lost.html", context, status=400, language=language, shared=shared)
