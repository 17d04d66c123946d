"""What was deleted must be nowhere in the file: free pages and the write-ahead log still hold it for a while."""

from typing import Final

from django.db import connection

from labqvt.campaigns.models import AccessCode
from labqvt.campaigns.ways_models import InvitedAddress, SpentEntry
from labqvt.foundation.sealed import sealed_tables

_ALSO_EMPTIED: Final = frozenset(model._meta.db_table for model in (AccessCode, InvitedAddress, SpentEntry))


def rewrite_database() -> None:
    """Rewrite what held the sheets. Outside any transaction, as the engines require."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for table in sorted(sealed_tables() | _ALSO_EMPTIED):
                cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(table)}")
