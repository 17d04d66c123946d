"""What every page of ``/r/`` has in common: no cookie, no cache, no referrer, nothing from elsewhere, no trace."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, Self

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
from labqvt.responses.drawn_once import Own, drawn_once
from labqvt.responses.scripts import FORMULAS, SHEET, START, hash_of
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
_SCRIPTED: Final = _POLICY | {
    "script-src": [hash_of(START), hash_of(SHEET), hash_of(FORMULAS)],
    "connect-src": [SELF],
}
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
    around = _Around.of(language, state, shared=shared)
    return _replied(around.draw(template, context, _own_of(state)), status, around, state)


def page_for_all(
    template: str,
    context: Callable[[], dict[str, Any]],
    *,
    among: tuple[Hashable, ...] = (),
    language: str = "",
    state: State | None = None,
    shared: bool = False,
    own: Own | None = None,
) -> HttpResponse:
    """A page on which ``state`` and ``own`` alone are a person’s: drawn once for all who meet it.

    ``among`` tells it from the other pages of this template. Never for a page that depends on an answer.
    """
    around = _Around.of(language, state, shared=shared)
    name = (template, around, state is not None, *among)
    content = drawn_once(
        name, _own_of(state) | dict(own or {}), lambda places: around.draw(template, context(), places)
    )
    return _replied(content, 200, around, state)


@dataclass(frozen=True, slots=True)
class _Around:
    """What every page of ``/r/`` adapts to."""

    language: str
    shared: bool
    easy: bool

    @classmethod
    def of(cls, language: str, state: State | None, *, shared: bool = False) -> Self:
        return cls(
            language=language or (state.language if state else "") or spoken(),
            shared=shared or bool(state and state.device),
            easy=bool(state and state.easy),
        )

    def draw(self, template: str, context: dict[str, Any], own: Own) -> str:
        first = reverse("responses:kiosk" if self.shared else "responses:start")
        with override(self.language):
            common = {
                "state": "",
                "script": START,
                "LANGUAGE_CODE": self.language,
                "other_languages": [
                    (code, name) for code, name in LANGUAGES.items() if code != self.language
                ],
                "shared": self.shared,
                "first_page": f"{first}?lang={self.language}",
                "easy": self.easy,
            }
            return loader.render_to_string(template, common | context | dict(own))


def _own_of(state: State | None) -> dict[str, str]:
    return {"state": state.token()} if state else {}


def _replied(content: str, status: int, around: _Around, state: State | None) -> HttpResponse:
    response = HttpResponse(content, status=status, headers={"Content-Language": around.language})
    if state and state.device:
        kiosk.watch(response, around.language)
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
