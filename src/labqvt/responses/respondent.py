"""What every page of ``/r/`` has in common: no cookie, no cache, no referrer, nothing from elsewhere, no trace."""

import base64
import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.contrib.auth.decorators import login_not_required
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
    "function take(){var h=location.hash.slice(1),f;if(h.length<6)return;"
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


def page(template: str, context: dict[str, Any], *, status: int = 200, language: str = "") -> HttpResponse:
    """Render without the request: no session, no account, no message can reach the page."""
    language = language or spoken()
    with override(language):
        others = [(code, name) for code, name in LANGUAGES.items() if code != language]
        content = loader.render_to_string(
            template, {"script": SCRIPT, "LANGUAGE_CODE": language, "other_languages": others, **context}
        )
    return HttpResponse(content, status=status, headers={"Content-Language": language})


def spoken(asked: str | None = None) -> str:
    """The language asked for, else the browser's, else French."""
    if asked in LANGUAGES:
        return asked
    current = (get_language() or "fr")[:2]
    return current if current in LANGUAGES else "fr"
