"""The same server with what other tools leave on: an access log, a session for each visitor, rows with their hour."""

from labqvt.config.settings import *  # noqa: F403
from labqvt.config.settings import MIDDLEWARE as OURS

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tests.labqvt.responses.attacks.naive.remember_visits",
    *(one for one in OURS if not one.endswith((".SecurityMiddleware", ".SessionMiddleware"))),
]
