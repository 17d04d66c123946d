"""What every page knows about its surroundings."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from labqvt.foundation.mail import outbox_is_used


def surroundings(request: HttpRequest) -> dict[str, Any]:
    return {"demonstration": settings.DEMONSTRATION, "outbox_is_used": outbox_is_used()}
