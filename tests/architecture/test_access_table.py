"""Who gets what at each address: the table, walked with the demonstration's own accounts."""

from collections import Counter
from copy import copy

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from labqvt import demonstration
from labqvt.bench.access import MAILBOXES, mailbox_of, rows, url_names
from labqvt.bench.addresses import arguments_of
from labqvt.people.models import Account


def test_every_address_has_its_rows_and_every_row_its_address():
    named, written = set(url_names()), {row.url for row in rows()}
    assert named - written == set(), "une adresse sans ligne dans un access.csv"
    assert written - named == set(), "une ligne qui ne mène nulle part"


def test_no_address_is_written_twice():
    twice = [key for key, count in Counter((row.url, row.method) for row in rows()).items() if count > 1]
    assert twice == []


class _Undone(Exception):  # noqa: N818 - not an error: the way back
    pass


def _status(client: Client, method: str, url: str) -> int:
    """Ask, then take back whatever the request wrote, in the database and in the client's cookies."""
    cookies, status = copy(client.cookies), 0
    try:
        with transaction.atomic():
            status = getattr(client, method.lower())(url).status_code
            raise _Undone
    except _Undone:
        client.cookies = cookies
        return status


@pytest.mark.thorough
@pytest.mark.django_db
def test_each_role_gets_what_the_table_says(settings):
    settings.EMAIL_BACKEND = "labqvt.foundation.mail.OutboxBackend"
    demonstration.load(lambda step: None, network_size=12)
    clients = {
        mailbox_of(role, row.url): Client(raise_request_exception=False)
        for row in rows()
        for role in MAILBOXES
    }
    for mailbox, client in clients.items():
        if mailbox:
            client.force_login(Account.objects.get(email=f"{mailbox}@labqvt.invalid"))
    wrong: list[str] = []
    for row in rows():
        url = reverse(row.url, kwargs=arguments_of(row.url))
        for role, expected in row.expected.items():
            status = _status(clients[mailbox_of(role, row.url)], row.method, url)
            if status != expected:
                wrong.append(f"{row.method} {row.url}, {role} : attendu {expected}, obtenu {status}")
    assert not wrong, "\n".join(wrong)
    assert _open_doors(clients["direction"]) == [], "une méthode acceptée sans ligne dans la table"


def _open_doors(client: Client) -> list[tuple[str, str]]:
    written = {(row.url, row.method) for row in rows()}
    unwritten = [
        (name, method) for name in url_names() for method in ("GET", "POST") if (name, method) not in written
    ]
    return [
        (name, method)
        for name, method in unwritten
        if _status(client, method, reverse(name, kwargs=arguments_of(name))) not in {403, 404, 405}
    ]
