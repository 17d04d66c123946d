"""What this room gives to the rooms above: the panel of help contacts, and how its change is reversed."""

from typing import Any

from django.utils.translation import gettext as _

from labqvt.foundation.registries import Panel, acts, panels
from labqvt.people.models import Organisation
from labqvt.people.policy import may_set_help, structure_for
from labqvt.people.services import set_help_contacts


def _set_back(*, by: Any, structure: str, contacts: dict[str, dict[str, str]]) -> str:
    set_help_contacts(structure=structure_for(by, structure), contacts=contacts, by=by)
    return _("Contacts d’aide rétablis")


acts.register("people.set_help_contacts", _set_back)


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
