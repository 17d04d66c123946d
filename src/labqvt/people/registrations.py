"""What this room gives to the rooms above: the panel of help contacts, and how its change is reversed."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from labqvt.foundation.registries import Entry, Panel, acts, navigation, panels
from labqvt.people.directory import put_organisation_back
from labqvt.people.models import Organisation
from labqvt.people.policy import may_set_help, structure_for
from labqvt.people.services import set_help_contacts


def _set_back(*, by: Any, structure: str, contacts: dict[str, dict[str, str]]) -> str:
    set_help_contacts(structure=structure_for(by, structure), contacts=contacts, by=by)
    return _("Contacts d’aide rétablis")


acts.register("people.set_help_contacts", _set_back)
acts.register("people.put_organisation_back", put_organisation_back)


def help_panel(person: Any, structure: Organisation) -> Panel | None:
    """Whom people are told they may call; the pair changes it."""
    return Panel(
        title=_("Besoin d’aide"),
        template="people/help_panel.html",
        context={
            "contacts": list(structure.help_contacts.all()),
            "structure": structure,
            "may_set": may_set_help(person, structure),
        },
        order=80,
    )


panels.register("people.structure:help", help_panel)


def _entries(person: Any) -> list[Entry]:
    """The directory, for the administration: who steers finds it on the page of programmes."""
    if person.is_authenticated and person.is_administrator:
        return [Entry(_("Annuaire"), reverse("people:directory"), order=34)]
    return []


navigation.register("people", _entries)
