"""Pages of a signed-in person stay out of the cache of a shared computer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def keep_out_of_caches(get_response: Answer) -> Answer:
    """Middleware: nothing under ``/espace/`` is kept by a browser or a relay."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/espace/"):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware
