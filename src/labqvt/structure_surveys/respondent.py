"""What the pages where structures answer have in common: no account, no cookie, no cache, nothing from elsewhere."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import get_language, override
from django.views.decorators.csrf import csrf_exempt

from labqvt.foundation.origins import comes_from_here
from labqvt.foundation.wrong_tries import WrongTries

LANGUAGES: Final = {"fr": "Français", "en": "English"}
_POLICY: Final = {
    "default-src": [NONE],
    "style-src": [SELF],
    "img-src": ["data:"],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}
_LEAST_SECONDS: Final = 2  # nobody fills the first page in less
_MOST_SECONDS: Final = 24 * 3600
# A whole federation may share one address on the day of a meeting.
beginnings: Final = WrongTries(60)
wrong_links: Final = WrongTries(30)
mails: Final = WrongTries(10)
View = Callable[..., HttpResponse]


def answering_page(view: View) -> View:
    """Dress a view of ``/enquetes/``."""

    @wraps(view)
    def dressed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = spoken(request.POST.get("language") or request.GET.get("lang"))
        if request.method == "POST" and not comes_from_here(request):
            response = page("structure_surveys/public/elsewhere.html", {}, language=language, status=403)
        else:
            with override(language):
                response = view(request, *args, language=language, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return login_not_required(csrf_exempt(csp(_POLICY)(dressed)))


def page(template: str, context: dict[str, Any], *, language: str, status: int = 200) -> HttpResponse:
    """Render without the request: no session, no account, no message can reach the page."""
    with override(language):
        others = [(code, name) for code, name in LANGUAGES.items() if code != language]
        said = {
            "LANGUAGE_CODE": language,
            "other_languages": others,
            "lang": f"?lang={language}" if language != "fr" else "",
        }
        content = loader.render_to_string(template, {**said, **context})
    return HttpResponse(content, status=status, headers={"Content-Language": language})


def spoken(asked: str | None = None) -> str:
    """The language asked for, else the browser's, else French."""
    if asked in LANGUAGES:
        return str(asked)
    current = (get_language() or "fr")[:2]
    return current if current in LANGUAGES else "fr"


# Robots


def stamp() -> str:
    """When a page was given: a robot sends it back at once, or much later."""
    return signing.dumps(int(time.time()), salt="structure_surveys.first_page")


def looks_like_a_robot(request: HttpRequest) -> bool:
    """The field nobody sees is filled, or the page came back too fast, too late, or made up."""
    if request.POST.get("website", ""):
        return True
    try:
        given = signing.loads(request.POST.get("stamp", ""), salt="structure_surveys.first_page")
    except signing.BadSignature:
        return True
    return not _LEAST_SECONDS <= time.time() - given <= _MOST_SECONDS
