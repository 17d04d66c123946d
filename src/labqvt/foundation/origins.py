"""Where a form without a cookie may come from: our own pages."""

from urllib.parse import urlsplit

from django.http import HttpRequest


def comes_from_here(request: HttpRequest) -> bool:
    """True when the form was sent from one of our own pages.

    No cookie gives any right on these pages, so that another site could only send its own code; it is refused
    all the same. Under ``no-referrer`` browsers give ``Origin: null``: then ``Sec-Fetch-Site``, when given, decides.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    return origin == "null" or urlsplit(origin).netloc == request.get_host()
