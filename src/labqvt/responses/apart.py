"""Pages of ``/r/`` are answered before sessions, accounts and messages exist: none of them can leave a trace.

It also spares half of what a page would cost: an answer is a dozen pages.
"""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from csp.constants import HEADER
from csp.utils import build_policy
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.template import loader
from django.urls import ResolverMatch, resolve
from django.utils import translation

from labqvt.responses.respondent import unreadable

logger = logging.getLogger("labqvt.responses")

Answer = Callable[[HttpRequest], HttpResponse]
PREFIX: Final = "/r/"
# One policy per kind of page, made once: the dictionary a view was dressed with, and its header.
_policies: Final[dict[int, tuple[dict[str, Any], str]]] = {}


def answer_apart(get_response: Answer) -> Answer:
    """Middleware: call the views of ``/r/`` directly; whatever is not one of them goes the ordinary way."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        try:
            request.resolver_match = found = resolve(request.path_info)
        except Http404:
            return get_response(request)
        request.get_host()  # refuses a name that is not ours, as on every other page
        with translation.override(translation.get_language_from_request(request)):
            response = _answered(request, found)
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Content-Length", str(len(response.content)))
        policy = getattr(response, "_csp_config", None)
        if policy is not None:
            response.headers.setdefault(HEADER, _header(policy))
        return response

    return middleware


def _answered(request: HttpRequest, found: ResolverMatch) -> HttpResponse:
    """The page; a failure is told to the log by its kind and its place, never by its words: they may quote an answer."""
    try:
        response: HttpResponse = found.func(request, *found.args, **found.kwargs)
    except (SuspiciousOperation, BadRequest, MultiPartParserError):
        # Too long, too many fields, cut on the way: nothing of it can be read, and it is nobody's fault here.
        response = unreadable(request)
    except Exception as error:  # noqa: BLE001 - the last resort: Django's own report would quote the error
        place = traceback.extract_tb(error.__traceback__)[-1]
        # Not the trace: it would quote the error.
        logger.error("%s : %s, ligne %s", type(error).__name__, Path(place.filename).name, place.lineno)  # noqa: TRY400
        response = HttpResponse(loader.render_to_string("foundation/500.html"), status=500)
        response["Cache-Control"] = "no-store"
    # Django writes a line, with its hour, for each refusal: a used code, an hour, a person seen at a screen.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _header(policy: dict[str, Any]) -> str:
    kept = _policies.get(id(policy))
    if kept is None or kept[0] is not policy:
        kept = _policies[id(policy)] = (policy, build_policy(config=policy))
    return kept[1]
