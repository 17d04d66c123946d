"""What stands before ``/r/``: where a form may come from, and how often a wrong code may be tried."""

from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest

from labqvt.foundation.wrong_tries import WrongTries

WRONG_CODES_AN_HOUR: Final = 30  # a whole break room may share one address


def comes_from_here(request: HttpRequest) -> bool:
    """True when the form was sent from one of our own pages.

    No cookie gives any right here, so that another site could only send its own code; it is refused all the
    same. Under ``no-referrer`` browsers give ``Origin: null``: then ``Sec-Fetch-Site``, when given, decides.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    return origin == "null" or urlsplit(origin).netloc == request.get_host()


wrong_codes: Final = WrongTries(WRONG_CODES_AN_HOUR)
