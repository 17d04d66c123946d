"""The secret address of one's own calendar: signed, never stored, replaced when it got about."""

from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_noop

from labqvt.foundation import journal
from labqvt.people.models import Account

_SALT: Final = "labqvt.people.own_agenda"
_SIGNED: Final = 32  # hexadecimal signs, 128 bits


def key_of(account: Account) -> str:
    """What the address holds: whose calendar it is, and the proof that we gave it."""
    signed = salted_hmac(
        _SALT, f"{account.public_id}:{account.agenda_number}", algorithm="sha256"
    ).hexdigest()
    return f"{account.public_id}-{signed[:_SIGNED]}"


def account_behind(key: str) -> Account | None:
    """Whose calendar this address opens; nobody once it was closed, replaced, or their account stopped."""
    public_id, _dash, _signed = key.partition("-")
    found = Account.objects.filter(public_id=public_id, is_active=True, agenda_is_open=True).first()
    return found if found and constant_time_compare(key, key_of(found)) else None


@transaction.atomic
def open_agenda(*, by: Any) -> Account:
    """Give oneself an address; the former one, if any, opens nothing any more."""
    Account.objects.filter(pk=by.pk).update(agenda_number=F("agenda_number") + 1, agenda_is_open=True)
    by.refresh_from_db(fields=["agenda_number", "agenda_is_open"])
    journal.record(
        act="people.open_agenda", by=by, on=by, sentence=gettext_noop("Adresse d’agenda personnelle ouverte")
    )
    return by


@transaction.atomic
def close_agenda(*, by: Any) -> Account:
    """Take one's address back: calendars that follow it find nothing there."""
    Account.objects.filter(pk=by.pk).update(agenda_is_open=False)
    by.refresh_from_db(fields=["agenda_is_open"])
    journal.record(
        act="people.close_agenda", by=by, on=by, sentence=gettext_noop("Adresse d’agenda personnelle retirée")
    )
    return by
