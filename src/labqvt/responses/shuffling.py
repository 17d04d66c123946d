"""Order hygiene: after each answer of a small campaign, both tables are dealt again in a new random order.

A random key is not enough. A page of SQLite keeps its cells where they were first laid, whatever their key, and
``UPDATE … SET id`` puts a row back into the hole it just left: the file would still tell who came last. So all
rows of the campaign are taken out and laid again, shuffled, under new keys, inside the database: nothing is
read here. All rows of a table have one length, so that where a row lands depends on chance only
(docs/decisions/0014-envelopes-et-voies-d-entree.md; tests/labqvt/responses/test_order.py).
"""

from dataclasses import dataclass
from typing import Final

from django.db import connection

from labqvt.campaigns.random_ids import LARGEST


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    columns: str  # all but the key


_TABLES: Final = (
    _Table("responses_sealedsheet", "campaign_id, ciphertext"),
    _Table("campaigns_accesscode", "campaign_id, population_id, audience, digest, spent"),
)


def _statements(table: _Table) -> tuple[str, ...]:
    aside = f"temp.{table.name}_aside"
    return (
        f"CREATE TEMP TABLE {table.name}_aside AS SELECT {table.columns} FROM {table.name} WHERE campaign_id = %s ORDER BY random()",
        f"DELETE FROM {table.name} WHERE campaign_id = %s",
        f"INSERT INTO {table.name} (id, {table.columns}) "
        f"SELECT random() & {LARGEST}, {table.columns} FROM {aside} ORDER BY random()",
        f"DROP TABLE {aside}",
    )


POSTGRESQL_CALL: Final = "SELECT labqvt_rewrite_order(%s)"


def statements() -> tuple[str, ...]:
    """The exact texts the guard lets intake run on a sealed table, and no other."""
    return (*(text for table in _TABLES for text in _statements(table)), POSTGRESQL_CALL)


def shuffle(campaign_id: int) -> None:
    """Deal the sheets and the codes of a campaign again. To call inside the transaction of an answer."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_CALL, [campaign_id])
            return
        for table in _TABLES:
            for text in _statements(table):
                cursor.execute(text, [campaign_id] if "%s" in text else None)


def forget_history() -> None:
    """Empty the write-ahead log, where SQLite keeps former pages in order of time. Outside any transaction."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
