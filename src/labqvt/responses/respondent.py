"""What every page of ``/r/`` has in common: no cookie, no cache, no referrer, nothing from elsewhere, no trace."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from labqvt.foundation.origins import comes_from_here
from labqvt.responses import kiosk
from labqvt.responses.scripts import SHEET, START, hash_of
from labqvt.responses.state import State

LANGUAGES: Final = {"fr": "Français", "en": "English"}
_POLICY: Final = {
    "default-src": [NONE],
    "script-src": [hash_of(START)],
    "style-src": [SELF],
    "img-src": ["data:"],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}
# Where the script speaks to the server: the sheet, and the page that sends what was kept.
_SCRIPTED: Final = _POLICY | {"script-src": [hash_of(START), hash_of(SHEET)], "connect-src": [SELF]}
View = Callable[..., HttpResponse]


def respondent_page(view: View) -> View:
    """Dress a view of ``/r/``: public, without cookie, sent from here, kept by nobody."""

    @wraps(view)
    def dressed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not comes_from_here(request):
            response = page("responses/elsewhere.html", {}, status=403)
        else:
            response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    policy = _SCRIPTED if getattr(view, "scripted", False) else _POLICY
    guarded = sensitive_post_parameters()(csp(policy)(dressed))
    return login_not_required(csrf_exempt(guarded))


def scripted(view: View) -> View:
    """Mark a view whose page speaks to the server by itself: under ``respondent_page``."""
    view.scripted = True  # type: ignore[attr-defined]
    return view


def page(
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
    language: str = "",
    state: State | None = None,
    shared: bool = False,
) -> HttpResponse:
    """Render without the request: no session, no account, no message can reach the page.

    ``state`` is what the page carries on; ``shared`` says that the device is, when no state says it.
    """
    language = language or (state.language if state else "") or spoken()
    shared = shared or bool(state and state.device)
    with override(language):
        others = [(code, name) for code, name in LANGUAGES.items() if code != language]
        common = {
            "script": START,
            "LANGUAGE_CODE": language,
            "other_languages": others,
            "shared": shared,
            "first_page": f"{reverse('responses:kiosk' if shared else 'responses:start')}?lang={language}",
            "state": state.token() if state else "",
            "easy": bool(state and state.easy),
        }
        content = loader.render_to_string(template, common | context)
    response = HttpResponse(content, status=status, headers={"Content-Language": language})
    if state and state.device:
        kiosk.watch(response, language)
    return response


def spoken(asked: str | None = None) -> str:
    """The language asked for, else the browser's, else French."""
    if asked in LANGUAGES:
        return asked
    current = (get_language() or "fr")[:2]
    return current if current in LANGUAGES else "fr"


@respondent_page
def unreadable(_request: HttpRequest) -> HttpResponse:
    """What was sent cannot be read at all."""
    return page("responses/lost.html", {}, status=400)
