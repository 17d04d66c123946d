"""PostgreSQL: rows deleted stay in the pages, with the number of the transaction that wrote them, until wiped out.

Five people answer, one after the other; a thief who reads the pages says who came last. One in five is chance.
"""

import math
import random
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.db import connection, transaction

from labqvt.campaigns.models import AccessCode
from labqvt.foundation import sealed
from labqvt.responses import services, shuffling
from labqvt.responses.models import SealedSheet
from tests.labqvt.campaigns.factories import CampaignFactory, codes_of

PEOPLE = 5
ROUNDS = 40
# Of forty guesses at one in five: eighteen right by chance, once in ten thousand.
LUCKY = 18

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs PostgreSQL: ./labqvt test --pg"),
]


@pytest.fixture(autouse=True)
def _pages_can_be_read():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_available_extensions WHERE name = 'pageinspect'")
        if cursor.fetchone() == (0,):
            pytest.skip("l’extension pageinspect n’est pas installée")
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pageinspect")


def answered_in_order(campaign) -> list[bytes]:
    arrived = []
    for rank in range(PEOPLE):
        blob = bytes([rank + 1]) * 8 + bytes(1100)
        arrived.append(blob[:8])
        with transaction.atomic(), sealed.opened("intake"):
            SealedSheet(campaign=campaign, ciphertext=blob).save(force_insert=True)
            shuffling.shuffle(campaign.pk)
        wait_for_the_neighbours()
        shuffling.forget_history()
    return arrived


def wait_for_the_neighbours() -> None:
    """A transaction under way anywhere in the cluster (another worker of these tests) keeps the dead rows of all."""
    until = time.monotonic() + 3
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_xid IS NOT NULL"
            )
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.005)


def guess_by_dead_rows(arrived: list[bytes]) -> int:
    """Whose oldest version, dead ones included, was written last: that person was dealt once only."""
    oldest = [math.inf] * PEOPLE
    with sealed.opened("door"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT t_xmin::text::bigint, t_data "
            "FROM generate_series(0, pg_relation_size('responses_sealedsheet') / 8192 - 1) AS page, "
            "heap_page_items(get_raw_page('responses_sealedsheet', page::int)) WHERE t_data IS NOT NULL"
        )
        for written_by, row in cursor.fetchall():
            for rank, blob in enumerate(arrived):
                if blob in bytes(row):
                    oldest[rank] = min(oldest[rank], written_by)
    return fewest([-written_by for written_by in oldest])


def guess_by_bytes(arrived: list[bytes]) -> int:
    """The same, from the file itself: what was wiped out of a page may still be written in it."""
    with sealed.opened("door"), connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT current_setting('data_directory'), pg_relation_filepath('responses_sealedsheet')"
        )
        content = Path(*cursor.fetchone()).read_bytes()
    return fewest([content.count(blob) for blob in arrived])


def fewest(counts: Sequence[float]) -> int:
    return random.choice([rank for rank, count in enumerate(counts) if count == min(counts)])


def empty() -> None:
    with sealed.opened("door"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM responses_sealedsheet")
        cursor.execute("VACUUM (FULL) responses_sealedsheet")


def found(guess) -> int:
    campaign, right = CampaignFactory(open=True), 0
    for _ in range(ROUNDS):
        right += guess(answered_in_order(campaign)) == PEOPLE - 1
        empty()
    return right


@pytest.mark.parametrize("guess", [guess_by_dead_rows, guess_by_bytes])
def test_the_thief_finds_the_last_when_nothing_is_wiped_out(monkeypatch, guess):
    monkeypatch.setattr(shuffling, "forget_history", lambda: None)
    assert found(guess) > LUCKY


@pytest.mark.parametrize("guess", [guess_by_dead_rows, guess_by_bytes])
def test_the_thief_guesses_once_the_rows_are_wiped_out(guess):
    assert found(guess) < LUCKY


def test_no_dead_row_is_left_of_codes_or_sheets():
    campaign = CampaignFactory(open=True)
    for code in codes_of(campaign)[:3]:
        services.submit(code=code, answers={"REL1": "3"})
    wait_for_the_neighbours()
    shuffling.forget_history()
    with sealed.opened("door"), connection.cursor() as cursor:
        for table, rows in [
            ("responses_sealedsheet", 3),
            ("campaigns_accesscode", AccessCode.objects.count()),
        ]:
            cursor.execute(
                "SELECT count(*) FROM generate_series(0, pg_relation_size(%s) / 8192 - 1) AS page, "
                "heap_page_items(get_raw_page(%s, page::int)) WHERE t_data IS NOT NULL",
                [table, table],
            )
            assert cursor.fetchone() == (rows,), table
