"""What this room gives elsewhere: its line in the navigation."""

from collections.abc import Iterable
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from labqvt.foundation.registries import Entry, navigation
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
