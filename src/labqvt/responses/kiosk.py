"""A device several people answer on, one after the other (« borne »): what one leaves, the next must not find.

The pages of a visit are in the memory of the browser, which the back button replays. So every visit draws a random
key, held by the device in a cookie and nowhere on the server: the hidden field of its pages opens with that key
only. Sending, leaving or waiting too long draws another key, and whatever is replayed is unreadable for ever.
No script is needed, and nothing has to be remembered by one process or another.
"""

import secrets
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from labqvt.responses.state import KIOSK_IDLE

COOKIE: Final = "borne"
RECEIPT_SECONDS: Final = 30
_PATH: Final = "/r/"


def visit_of(request: HttpRequest) -> str:
    """The key of the visit under way; empty on a device of one's own."""
    return request.COOKIES.get(COOKIE, "")


def new_visit() -> str:
    return secrets.token_urlsafe(16)


def hold(response: HttpResponse, visit: str, *, secure: bool) -> None:
    """Give the device the key of a new visit, which ends the one before."""
    response.set_cookie(COOKIE, visit, path=_PATH, httponly=True, samesite="Strict", secure=secure)


def release(response: HttpResponse) -> None:
    """The device becomes somebody's own again."""
    response.delete_cookie(COOKIE, path=_PATH, samesite="Strict")


def returns_after(response: HttpResponse, seconds: int, language: str) -> None:
    """Go back to the first page by itself. A header rather than a tag: a page printed or kept does not carry it."""
    response["Refresh"] = f"{seconds}; url={reverse('responses:kiosk')}?lang={language}"


def watch(response: HttpResponse, language: str) -> None:
    """Nobody touches the screen any more: back to the first page, which ends the visit."""
    returns_after(response, KIOSK_IDLE, language)
