"""What every page of ``/r/`` has in common: no cookie, no cache, no referrer, nothing from elsewhere, no trace."""

import base64
import hashlib
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.contrib.auth.decorators import login_not_required
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import get_language, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from labqvt.responses.gate import comes_from_here

LANGUAGES: Final = {"fr": "Français", "en": "English"}
# Takes the code from the address (the part after #, which browsers never send), and stops a second send.
SCRIPT: Final = (
    "(function(){var d=document,sent;"
    "function field(f,n,v){var i=d.createElement('input');i.type='hidden';i.name=n;i.value=v;f.appendChild(i)}"
    "function take(){var h=location.hash.slice(1),f;if(h.length<8)return;"
    "history.replaceState(null,'',location.pathname);f=d.createElement('form');f.method='post';f.action='/r/';"
    "field(f,'code',decodeURIComponent(h));field(f,'language',d.documentElement.lang);d.body.appendChild(f);f.submit()}"
    "take();addEventListener('hashchange',take);"
    "d.addEventListener('submit',function(e){if(sent)e.preventDefault();sent=1});"
    "addEventListener('pageshow',function(){sent=0})})()"
)
_SCRIPT_HASH: Final = f"'sha256-{base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()}'"
_POLICY: Final = {
    "default-src": [NONE],
    "script-src": [_SCRIPT_HASH],
    "style-src": [SELF],
    "img-src": ["data:"],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}
View = Callable[..., HttpResponse]
# Drawn at random, so that no text of a questionnaire can be taken for the place of the state.
_MARK: Final = secrets.token_hex(16)
_BLANK_PAGES: Final = 512
_blank_pages: Final[dict[Any, str]] = {}


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

    guarded = sensitive_post_parameters()(csp(_POLICY)(dressed))
    return login_not_required(csrf_exempt(guarded))


def page(
    template: str, context: dict[str, Any], *, status: int = 200, language: str = "", shared: bool = False
) -> HttpResponse:
    """Render without the request: no session, no account, no message can reach the page.

    ``shared``: nothing on the page but its hidden field depends on who reads it; it is drawn once for all.
    """
    language = language or spoken()
    content = _shared(template, context, language) if shared else _drawn(template, context, language)
    return HttpResponse(content, status=status, headers={"Content-Language": language})


def _drawn(template: str, context: dict[str, Any], language: str) -> str:
    with override(language):
        others = [(code, name) for code, name in LANGUAGES.items() if code != language]
        return loader.render_to_string(
            template, {"script": SCRIPT, "LANGUAGE_CODE": language, "other_languages": others, **context}
        )


def _shared(template: str, context: dict[str, Any], language: str) -> str:
    """The blank page, kept with a mark in the place of the state; what a person answered is never kept."""
    blank = {**context, "state": _MARK} if "state" in context else context
    key = (template, language, frozen(blank))
    content = _blank_pages.get(key)
    if content is None:
        content = _drawn(template, blank, language)
        if len(_blank_pages) >= _BLANK_PAGES:
            _blank_pages.clear()
        _blank_pages[key] = content
    return content.replace(_MARK, context.get("state", ""))


def frozen(value: Any) -> Any:
    """What a page is made of, as something that can be compared: a thing of the database by its name."""
    if isinstance(value, dict):
        return tuple((key, frozen(each)) for key, each in sorted(value.items()))
    if isinstance(value, list | tuple):
        return tuple(frozen(each) for each in value)
    if isinstance(value, models.Model):
        return value._meta.label, value.pk, str(value)
    return value


def spoken(asked: str | None = None) -> str:
    """The language asked for, else the browser's, else French."""
    if asked in LANGUAGES:
        return asked
    current = (get_language() or "fr")[:2]
    return current if current in LANGUAGES else "fr"
