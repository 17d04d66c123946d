"""The public lines of the navigation, for everyone."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from labqvt.foundation.registries import Entry, navigation


def _entries(person: Any) -> Iterable[Entry]:
    if person.is_authenticated:
        return
    yield Entry(_("Par quoi commencer ?"), reverse("public_site:where_to_begin"), order=10)
    yield Entry(_("Qui voit quoi"), reverse("public_site:promise"), order=20)
    yield Entry(_("J’ai un code"), reverse("responses:start"), order=30)


navigation.register("public_site", _entries)
