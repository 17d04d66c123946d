"""What is known of questionnaires."""

from typing import Final

from django.db.models import Q, QuerySet

from labqvt.instruments.models import Questionnaire, QuestionnaireVersion
from labqvt.people.models import Scope

USUAL: Final = "six-determinants-salaries"


def published_versions() -> QuerySet[QuestionnaireVersion]:
    """Versions one may run today."""
    return QuestionnaireVersion.objects.filter(status=QuestionnaireVersion.Status.PUBLISHED).select_related(
        "questionnaire__adapts", "mirrors__questionnaire"
    )


def versions_for_employees(scope: Scope | None = None) -> QuerySet[QuestionnaireVersion]:
    """What a campaign of this scope may be made of: published, meant for employees, and not another structure's."""
    own = Q(questionnaire__scope=None) | ~Q(questionnaire__scope__kind=Scope.Kind.STRUCTURE)
    if scope is not None:
        own |= Q(questionnaire__scope=scope)
    return published_versions().filter(
        own, questionnaire__kind=Questionnaire.Kind.EMPLOYEES, questionnaire__easy_read_of=None
    )


def usual_version() -> QuestionnaireVersion | None:
    """What a campaign is made of unless somebody chooses otherwise: the six determinants."""
    return published_versions().filter(questionnaire__slug=USUAL).first()


def mirror_of(version: QuestionnaireVersion) -> QuestionnaireVersion | None:
    """The same questions seen from direction; a completed questionnaire has the mirror of what it completes."""
    return published_versions().filter(mirrors=version.questionnaire.adapts or version).first()
