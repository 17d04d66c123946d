"""Jobs of the room: closing when the day has passed, erasing on the days that were promised."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.jobs import Progress, job
from labqvt.structure_surveys import services
from labqvt.structure_surveys.calling_back import forget_what_is_due
from labqvt.structure_surveys.models import Survey


@job(
    "structure_surveys.close_due", every=timedelta(hours=1),
    title=_("Clôture des enquêtes auprès des structures arrivées à leur terme"),
)  # fmt: skip
def close_due(progress: Progress) -> dict[str, Any]:
    """Close the surveys whose last day is over."""
    due = list(Survey.objects.filter(status=Survey.Status.OPEN, closes_on__lt=timezone.localdate()))
    for rank, survey in enumerate(due):
        services.close_survey(survey=survey)
        progress(100 * (rank + 1) // len(due))
    return {"closed": len(due)}


@job(
    "structure_surveys.forget", every=timedelta(days=1),
    title=_("Effacement des coordonnées et des réponses au jour promis"),
)  # fmt: skip
def forget(progress: Progress) -> dict[str, Any]:
    """Erase contact details, then answers, on their day."""
    told = forget_what_is_due()
    progress(100)
    return told
