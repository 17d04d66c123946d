"""PostgreSQL: the function that deals a collection again, and a web role without SELECT on the sheets.

The function belongs to the owner of the tables and runs with the owner's rights (SECURITY DEFINER): the web
role may ask for the new order without being able to read a row.
"""

from typing import Any, Final

from django.db import connection
from psycopg import sql

from labqvt.campaigns.random_ids import LARGEST
from labqvt.foundation import sealed

# 64 random bits of a random UUID (the digits that hold its version and variant left out), kept to 62.
_RANDOM_ID: Final = f"('x' || substr(u, 1, 12) || substr(u, 29, 4))::bit(64)::bigint & {LARGEST}"


_DEALING: Final = """
  WITH taken AS (DELETE FROM {table} WHERE campaign_id = the_campaign RETURNING {columns})
  INSERT INTO {table} (id, {columns})
  SELECT {random_id}, {columns}
  FROM (SELECT replace(gen_random_uuid()::text, '-', '') AS u, {columns} FROM taken) AS dealt
  ORDER BY gen_random_uuid();"""


def _deal(table: str, columns: str) -> str:
    return _DEALING.format(table=table, columns=columns, random_id=_RANDOM_ID)


REWRITE_ORDER: Final = f"""
CREATE OR REPLACE FUNCTION labqvt_rewrite_order(the_campaign bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
{_deal("responses_sealedsheet", "campaign_id, ciphertext")}
{_deal("campaigns_accesscode", "campaign_id, population_id, audience, digest, spent")}
{_deal("campaigns_spententry", "campaign_id, digest")}
END
$body$
"""


def make_function(**_: Any) -> None:
    """Put the current function in place after each migration; nothing to do on SQLite."""
    if connection.vendor != "postgresql":
        return
    with sealed.opened("intake"), connection.cursor() as cursor:
        cursor.execute(REWRITE_ORDER)
        cursor.execute("REVOKE ALL ON FUNCTION labqvt_rewrite_order(bigint) FROM PUBLIC")


def grant_to_web(role: str) -> None:
    """Give the role of the web process all it needs, and not the sight of a sealed sheet."""
    name = sql.Identifier(role)
    schema_wide = (
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        *(f"REVOKE ALL ON {table} FROM {{}}" for table in sorted(sealed.door_tables())),
        "GRANT INSERT ON responses_sealedsheet TO {}",
        "GRANT EXECUTE ON FUNCTION labqvt_rewrite_order(bigint) TO {}",
    )
    with connection.cursor() as cursor:
        for text in schema_wide:
            cursor.execute(sql.SQL(text).format(name).as_string(cursor.connection))
