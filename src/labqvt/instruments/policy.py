"""Who may read what: wordings are no secret among those who work with them."""

from typing import Any

from django.http import Http404

from labqvt.instruments.models import QuestionnaireVersion


def version_for(_person: Any, public_id: str) -> QuestionnaireVersion:
    """A version that was published once, for any account; a draft does not exist yet."""
    version = (
        QuestionnaireVersion.objects.exclude(status=QuestionnaireVersion.Status.DRAFT)
        .select_related("questionnaire", "mirrors__questionnaire")
        .filter(public_id=public_id)
        .first()
    )
    if version is None:
        raise Http404
    return version
