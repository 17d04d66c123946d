"""What is known of questionnaires."""

from django.db.models import QuerySet

from labqvt.instruments.models import Questionnaire, QuestionnaireVersion


def published_versions() -> QuerySet[QuestionnaireVersion]:
    """Versions one may run today."""
    return QuestionnaireVersion.objects.filter(status=QuestionnaireVersion.Status.PUBLISHED).select_related(
        "questionnaire", "mirrors__questionnaire"
    )


def versions_for_employees() -> QuerySet[QuestionnaireVersion]:
    """What a campaign may be made of: published and meant for employees."""
    return published_versions().filter(questionnaire__kind=Questionnaire.Kind.EMPLOYEES)


def mirror_of(version: QuestionnaireVersion) -> QuestionnaireVersion | None:
    """The same questions seen from direction, when a published version mirrors this one."""
    return published_versions().filter(mirrors=version).first()
