"""What every page knows about its surroundings."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from labqvt.foundation.mail import outbox_is_used
from labqvt.foundation.registries import navigation_of


def surroundings(request: HttpRequest) -> dict[str, Any]:
    def navigation() -> list[dict[str, Any]]:
        """Asked by the template only: pages without a menu cost nothing."""
        entries = navigation_of(request.user)
        inside = [entry for entry in entries if request.path.startswith(entry.url)]
        current = max(inside, key=lambda entry: len(entry.url), default=None)
        return [{"label": e.label, "url": e.url, "current": e is current} for e in entries]

    return {
        "demonstration": settings.DEMONSTRATION,
        "outbox_is_used": outbox_is_used(),
        "navigation": navigation,
    }
