from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from labqvt.foundation.jobs import Progress, job
from labqvt.indicators.projecting import project
from labqvt.people.models import Scope


@job("indicators.project", every=timedelta(hours=6), title=_("Mise à jour des faits recensés"))
def project_facts(progress: Progress, scope: str = "") -> dict[str, Any]:
    """Bring the facts of a scope, or of everything, up to date with the rooms that hold them."""
    progress(10)
    return project(Scope.objects.get(public_id=scope) if scope else None)
