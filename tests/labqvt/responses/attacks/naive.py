"""What web servers and frameworks do when nobody asks them not to."""

import sys
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def remember_visits(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path_info.startswith("/r/"):
            print(
                f'{request.META["REMOTE_ADDR"]} [{time.time():.3f}] "{request.method} {request.path}"',
                file=sys.stderr,
                flush=True,
            )
            (settings.VAR_DIR / f"visit-{request.META['REMOTE_PORT']}").touch()
            request.session["seen"] = time.time()
            request.session.save()
        return response

    return middleware
