"""The database tells nothing of the order of arrivals: neither by keys, nor by where bytes lie in the file.

Each experiment lets five people answer in a known order, then looks for their sheets as a thief would. Over many
experiments, the place of the last one to arrive must be uniform. The second test shows that the look is sharp
enough: it finds the order at once when the dealing is switched off.
"""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from itertools import count, permutations
from pathlib import Path

import pytest
from django.db import connection, transaction

from labqvt.foundation import sealed
from labqvt.responses import services, shuffling
from labqvt.responses.models import SealedSheet
from tests.labqvt.campaigns.factories import CampaignFactory, codes_of

PEOPLE = 5
ROUNDS = 150
# Chi-square with 4 degrees of freedom: exceeded by chance once in ten thousand.
UNLIKELY = 23.5

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'sqlite'",
        reason="places of rows in a SQLite file; PostgreSQL: test_postgresql.py",
    ),
]


def answer_in_order(campaign, length: int = 1100, people: Sequence[int] = range(PEOPLE)) -> list[bytes]:
    """Keep one recognisable sheet after another, as so many submissions do. Returns them in order of arrival."""
    arrived = []
    for rank in people:
        blob = bytes([rank + 1]) * 8 + bytes(length)
        arrived.append(blob)
        with transaction.atomic(), sealed.opened("intake"):
            SealedSheet(campaign=campaign, ciphertext=blob).save(force_insert=True)
            shuffling.shuffle(campaign.pk)
        shuffling.forget_history()
    return arrived


def places(arrived: list[bytes]) -> tuple[list[int], list[int]]:
    """Ranks of the sheets in order of arrival: by rowid, and by where their bytes lie in the file."""
    path = Path(connection.settings_dict["NAME"])
    thief = sqlite3.connect(path)
    by_rowid = [
        row[0] for row in thief.execute("SELECT ciphertext FROM responses_sealedsheet ORDER BY rowid")
    ]
    thief.close()
    content = path.read_bytes()
    offsets = [content.index(blob[:8]) for blob in arrived]
    by_offset = sorted(range(len(arrived)), key=offsets.__getitem__)
    return [by_rowid.index(blob) for blob in arrived], [by_offset.index(rank) for rank in range(len(arrived))]


def empty() -> None:
    with sealed.opened("door"):
        SealedSheet.objects.all().delete()


def chi_square(counts: list[int]) -> float:
    expected = sum(counts) / len(counts)
    return sum((count - expected) ** 2 / expected for count in counts)


def places_of_the_last(campaign, rounds: int, length: int = 1100) -> tuple[list[int], list[int]]:
    by_rowid, by_offset = [0] * PEOPLE, [0] * PEOPLE
    for _ in range(rounds):
        ranks, offsets = places(answer_in_order(campaign, length))
        by_rowid[ranks[-1]] += 1
        by_offset[offsets[-1]] += 1
        empty()
    return by_rowid, by_offset


def test_the_last_to_arrive_may_lie_anywhere():
    by_rowid, by_offset = places_of_the_last(CampaignFactory(open=True), ROUNDS)

    assert chi_square(by_rowid) < UNLIKELY, by_rowid
    assert chi_square(by_offset) < UNLIKELY, by_offset


def stored_orders(campaign, rounds: int) -> dict[tuple[int, ...], Counter[tuple[int, ...]]]:
    """For each order in which three people may arrive, how often the file holds them in each order."""
    counts = {}
    for arrival in permutations(range(3)):
        counts[arrival] = Counter()
        for _ in range(rounds):
            ranks, _offsets = places(answer_in_order(campaign, people=arrival))
            counts[arrival][tuple(person for _place, person in sorted(zip(ranks, arrival, strict=True)))] += 1
            empty()
    return counts


def test_any_order_of_arrivals_is_stored_in_any_order():
    """Six orders of arrival, six orders in the file: each pair as often as another (35 degrees of freedom)."""
    rounds = 60
    counts = stored_orders(CampaignFactory(open=True), rounds)
    expected = rounds / 6
    distance = sum(
        (counts[arrival][stored] - expected) ** 2 / expected
        for arrival in counts
        for stored in permutations(range(3))
    )
    assert distance < 76.0, counts  # exceeded by chance once in ten thousand


def test_orders_of_arrival_are_stored_as_they_come_when_nothing_is_dealt_again(monkeypatch):
    monkeypatch.setattr(shuffling, "shuffle", lambda campaign_id: None)
    monkeypatch.setattr(SealedSheet._meta.pk, "_get_default", count(1).__next__)
    counts = stored_orders(CampaignFactory(open=True), 10)
    assert all(counts[arrival] == {arrival: 10} for arrival in counts)


def test_the_thief_finds_the_last_when_nothing_is_dealt_again(monkeypatch):
    monkeypatch.setattr(shuffling, "shuffle", lambda campaign_id: None)

    _by_rowid, by_offset = places_of_the_last(CampaignFactory(open=True), 120)

    assert chi_square(by_offset) > UNLIKELY, by_offset


def test_new_keys_alone_do_not_hide_the_last(monkeypatch):
    """Why rows are taken out and laid again: under a new key a row goes back to the hole it just left."""

    def only_new_keys(campaign_id: int) -> None:
        with sealed.opened("door"), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE responses_sealedsheet SET id = random() & 4611686018427387903 WHERE campaign_id = %s",
                [campaign_id],
            )

    monkeypatch.setattr(shuffling, "shuffle", only_new_keys)

    _by_rowid, by_offset = places_of_the_last(CampaignFactory(open=True), 60, length=200)

    assert chi_square(by_offset) > UNLIKELY, by_offset


def test_the_log_of_former_pages_is_emptied_after_each_answer():
    campaign = CampaignFactory(open=True)
    for code in codes_of(campaign)[:3]:
        services.submit(code=code, answers={"REL1": "3"})

    wal = Path(f"{connection.settings_dict['NAME']}-wal")
    assert not wal.exists() or wal.stat().st_size == 0
