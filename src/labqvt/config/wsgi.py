"""The WSGI application served by ``labqvt serve``."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labqvt.config.settings")
_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer; without its body to a HEAD: waitress would send it, and the next answer would be read in its middle."""
    content = _django(environ, start_response)
    if environ["REQUEST_METHOD"] != "HEAD":
        return content
    content.close()
    return []
