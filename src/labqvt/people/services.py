"""Acts on accounts, organisations and assignments."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from labqvt.foundation import journal
from labqvt.foundation.verdict import require
from labqvt.people.models import Account, Assignment, HelpContact, Organisation, Scope
from labqvt.people.policy import may_assign, may_set_help


@transaction.atomic
def create_account(
    *, email: str, name: str, password: str | None = None, hashed_password: str | None = None, by: Any = None
) -> Account:
    """Open an account, with a password or one already hashed elsewhere; without any, nobody signs in with one."""
    account = Account(email=Account.objects.normalize_email(email), name=name)
    account.password = hashed_password or make_password(password)  # None makes it unusable
    account.full_clean()
    account.save()
    journal.record(
        act="people.create_account",
        by=by,
        on=account,
        sentence=gettext_noop("Compte ouvert pour %(name)s"),
        name=name,
    )
    return account


@transaction.atomic
def create_scope(*, kind: str, label: str, parent: Scope | None = None) -> Scope:
    """Give a programme, an experimentation, a structure… the scope its rights hang on."""
    scope = Scope(kind=kind, label=label, parent=parent)
    scope.save()
    scope.path = f"{parent.path if parent else '/'}{scope.pk}/"
    scope.save(update_fields=["path"])
    return scope


@transaction.atomic
def create_organisation(
    *, name: str, kind: str = Organisation.Kind.STRUCTURE, by: Any = None, **facts: Any
) -> Organisation:
    """Enter an organisation; a structure gets the scope of its own pair."""
    organisation = Organisation(name=name, kind=kind, **facts)
    if kind == Organisation.Kind.STRUCTURE:
        organisation.scope = create_scope(kind=Scope.Kind.STRUCTURE, label=name)
    organisation.full_clean(exclude=["scope"])
    organisation.save()
    journal.record(
        act="people.create_organisation",
        by=by,
        on=organisation,
        sentence=gettext_noop("Organisation ajoutée : %(name)s"),
        name=name,
    )
    return organisation


@transaction.atomic
def assign(
    *,
    account: Account,
    function: str,
    scope: Scope,
    since: date | None = None,
    until: date | None = None,
    by: Account | None,
) -> Assignment:
    """Give a function in a scope from a day. ``by=None`` is the installation itself."""
    if by is not None:
        require(may_assign(by, scope))
    assignment = Assignment(
        account=account, function=function, scope=scope, since=since or timezone.localdate(), until=until
    )
    assignment.full_clean()
    assignment.save()
    account.__dict__.pop("current_assignments", None)
    journal.record(
        act="people.assign", by=by, on=account, sentence=gettext_noop("%(name)s : %(function)s, %(scope)s"),
        name=account, function=assignment.get_function_display(), scope=scope,
    )  # fmt: skip
    return assignment


Contacts = Mapping[str, Mapping[str, str]]


@transaction.atomic
def set_help_contacts(*, structure: Organisation, contacts: Contacts, by: Any) -> journal.JournalEntry:
    """Say whom the people of a structure may call: by kind, ``who``, ``phone``, ``about``; left out is taken away."""
    require(may_set_help(by, structure))
    before = help_contacts_of(structure)
    structure.help_contacts.all().delete()
    for kind in HelpContact.Kind:
        if (told := contacts.get(kind)) and told.get("who"):
            contact = HelpContact(organisation=structure, kind=kind, **told)
            contact.full_clean()
            contact.save()
    return journal.record(
        act="people.set_help_contacts",
        by=by,
        on=structure,
        sentence=gettext_noop("Contacts d’aide changés : %(structure)s"),
        undo=("people.set_help_contacts", {"structure": structure.public_id, "contacts": before}),
        structure=structure.name,
    )


def help_contacts_of(structure: Organisation) -> dict[str, dict[str, str]]:
    """What the pair wrote, by kind."""
    return {
        contact.kind: {"who": contact.who, "phone": contact.phone, "about": contact.about}
        for contact in structure.help_contacts.all()
    }
