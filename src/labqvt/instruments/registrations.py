"""What this room gives elsewhere: its line in the navigation, its panel of a structure, its reversing acts."""

from collections.abc import Iterable
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from labqvt.foundation.registries import Entry, Panel, acts, navigation, panels
from labqvt.instruments import queries, services
from labqvt.instruments.models import Questionnaire
from labqvt.instruments.policy import COMPLETERS, PAIR, may_adapt, version_for
from labqvt.people.models import Function, Organisation
from labqvt.people.policy import held_in, holds

MAY_CHOOSE: Final = frozenset(
    {Function.DIRECTOR, Function.EMPLOYEE, Function.CONSULTANT, Function.REGIONAL, Function.NATIONAL}
)


def entries_of(person: Any) -> Iterable[Entry]:
    """Wordings are open to every account; the line is for those who may have to choose one."""
    if held_in(person, MAY_CHOOSE):
        yield Entry(_("Questionnaires"), reverse("instruments:questionnaires"), order=70)


navigation.register("instruments", entries_of)


def structure_panel(person: Any, structure: Organisation) -> Panel | None:
    """A structure's own questions, for its pair and the person who accompanies it."""
    if not holds(person, PAIR | COMPLETERS, structure.scope):
        return None
    versions = queries.completions_in(person, structure)
    to_complete = None if versions or not may_adapt(person, structure) else queries.to_complete_for(person)
    if not versions and to_complete is None:
        return None
    return Panel(
        title=_("Vos propres questions"),
        template="instruments/structure_panel.html",
        context={"versions": versions, "to_complete": to_complete},
        order=30,
    )


panels.register("people.structure:questionnaires", structure_panel)


def _propose_again(*, by: Any, version: str) -> str:
    services.propose_again(version=version_for(by, version), by=by)
    return _("Version proposée de nouveau")


def _bring_back(*, by: Any, questionnaire: str, **draft: Any) -> str:
    services.bring_back(questionnaire=Questionnaire.objects.get(public_id=questionnaire), by=by, **draft)
    return _("Brouillon rétabli")


acts.register("instruments.propose_again", _propose_again)
acts.register("instruments.bring_back", _bring_back)
