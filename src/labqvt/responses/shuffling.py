"""Order hygiene: after each answer of a small campaign, both its tables are dealt again in a new random order.

A random key is not enough. A page of SQLite keeps its cells where they were first laid, whatever their key, and
``UPDATE … SET id`` puts a row back into the hole it just left: the file would still tell who came last. So all
rows of the campaign are taken out and laid again, shuffled, under new keys, inside the database: nothing is
read here. All rows of a table have one length, so that where a row lands depends on chance only
(docs/decisions/0014-envelopes-et-voies-d-entree.md; tests/labqvt/responses/test_order.py).
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from django.db import OperationalError, connection

from labqvt.campaigns.random_ids import LARGEST

WRITTEN_AGAIN_UP_TO: Final = 2 * 1024 * 1024  # bytes: a thousand sheets or so, of all campaigns together


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    columns: str  # all but the key


_SHEETS: Final = _Table("responses_sealedsheet", "campaign_id, ciphertext")
_CODES: Final = _Table("campaigns_accesscode", "campaign_id, population_id, audience, digest, spent")
_ENTRIES: Final = _Table("campaigns_spententry", "campaign_id, digest")

_DEALING: Final = (
    "CREATE TEMP TABLE {aside} AS SELECT {columns} FROM {table} WHERE campaign_id = %s ORDER BY random()",
    "DELETE FROM {table} WHERE campaign_id = %s",
    "INSERT INTO {table} (id, {columns}) SELECT random() & {largest}, {columns} FROM temp.{aside} ORDER BY random()",
    "DROP TABLE temp.{aside}",
)


def _statements(table: _Table) -> tuple[str, ...]:
    # Only names written in this module enter these texts.
    names = {
        "table": table.name,
        "aside": f"{table.name}_aside",
        "columns": table.columns,
        "largest": LARGEST,
    }
    return tuple(text.format(**names) for text in _DEALING)


POSTGRESQL_CALL: Final = "SELECT labqvt_rewrite_order(%s)"


def statements() -> tuple[str, ...]:
    """The exact texts the guard lets intake run on a sealed table, and no other."""
    return (*(text for table in (_SHEETS, _CODES, _ENTRIES) for text in _statements(table)), POSTGRESQL_CALL)


def shuffle(campaign_id: int, *, by_link: bool = False) -> None:
    """Deal the sheets of a campaign again, and its codes or its entries by the link. To call inside the transaction of an answer."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_CALL, [campaign_id])
            return
        for table in (_SHEETS, _ENTRIES if by_link else _CODES):
            for text in _statements(table):
                cursor.execute(text, [campaign_id] if "%s" in text else None)


def forget_history() -> None:
    """Wipe out what an engine keeps of former rows, in order of time. Outside any transaction.

    The answer is already kept and must be acknowledged: what cannot be wiped out now is at the next one.
    """
    if connection.in_atomic_block:
        return
    with suppress(OperationalError), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        cursor.execute("SET lock_timeout = '500ms'")
        try:
            for table in (_SHEETS, _CODES, _ENTRIES):
                cursor.execute(_wiping(cursor, table))
        finally:
            cursor.execute("SET lock_timeout = DEFAULT")


def _wiping(cursor: Any, table: _Table) -> str:
    """Dead rows tell who came last, and so do their bytes, which a plain VACUUM leaves in the page.

    A table too large to be written again at each answer is only rid of its dead rows.
    """
    cursor.execute("SELECT pg_relation_size(%s)", [table.name])
    return f"VACUUM {'(FULL) ' if cursor.fetchone()[0] <= WRITTEN_AGAIN_UP_TO else ''}{table.name}"
