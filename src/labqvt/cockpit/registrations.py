"""The cockpit's own lines of the navigation."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from labqvt.foundation.mail import outbox_is_used
from labqvt.foundation.registries import Entry, navigation


def _entries(person: Any) -> Iterable[Entry]:
    if not person.is_authenticated:
        return
    yield Entry(_("Votre espace"), reverse("cockpit:home"), order=10)
    yield Entry(_("Mes gestes"), reverse("cockpit:acts"), order=80)
    yield Entry(_("Travaux"), reverse("foundation:jobs"), order=85)
    if person.is_administrator and outbox_is_used():
        yield Entry(_("Courriels"), reverse("foundation:outbox"), order=90)


navigation.register("cockpit", _entries)
