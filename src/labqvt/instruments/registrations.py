"""What this room gives elsewhere: its line in the navigation, its reversing acts."""

from collections.abc import Iterable
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from labqvt.foundation.registries import Entry, acts, navigation
from labqvt.instruments import services
from labqvt.instruments.models import Questionnaire
from labqvt.instruments.policy import version_for
from labqvt.people.models import Function
from labqvt.people.policy import held_in

MAY_CHOOSE: Final = frozenset(
    {Function.DIRECTOR, Function.EMPLOYEE, Function.CONSULTANT, Function.REGIONAL, Function.NATIONAL}
)


def entries_of(person: Any) -> Iterable[Entry]:
    """Wordings are open to every account; the line is for those who may have to choose one."""
    if held_in(person, MAY_CHOOSE):
        yield Entry(_("Questionnaires"), reverse("instruments:questionnaires"), order=70)


navigation.register("instruments", entries_of)


def _propose_again(*, by: Any, version: str) -> str:
    services.propose_again(version=version_for(by, version), by=by)
    return _("Version proposée de nouveau")


def _bring_back(*, by: Any, questionnaire: str, **draft: Any) -> str:
    services.bring_back(questionnaire=Questionnaire.objects.get(public_id=questionnaire), by=by, **draft)
    return _("Brouillon rétabli")


acts.register("instruments.propose_again", _propose_again)
acts.register("instruments.bring_back", _bring_back)
