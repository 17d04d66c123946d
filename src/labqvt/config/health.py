"""Two answers for whoever watches the service: the process lives; it can work."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from labqvt.foundation import jobs


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, storage and jobs; 503 with the failing part named, never a detail of the machine."""
    checks = {
        "database": _database_answers(),
        "storage": _storage_is_writable(),
        "jobs": jobs.queue_is_moving(),
    }
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _storage_is_writable() -> bool:
    probe = settings.FILES_DIR / ".ready"
    try:
        probe.parent.mkdir(parents=True, exist_ok=True)
        probe.touch()
    except OSError:
        return False
    return True
