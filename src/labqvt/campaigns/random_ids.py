"""Primary keys drawn at random that *are* the row's place: no hidden order beside them.

SQLite keeps a table in the order of its hidden rowid; only an ``INTEGER PRIMARY KEY`` replaces it.
"""

import secrets
from typing import Any, Final

from django.db import models

BITS: Final = 62
LARGEST: Final = (1 << BITS) - 1


def new_random_id() -> int:
    return secrets.randbits(BITS)


class RandomRowIdField(models.BigIntegerField):
    """A 62-bit random integer; on SQLite declared ``integer`` so that it takes the place of the rowid."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["default"] = new_random_id
        super().__init__(*args, **kwargs)

    def db_type(self, connection: Any) -> str:
        return "integer" if connection.vendor == "sqlite" else "bigint"

    def rel_db_type(self, connection: Any) -> str:
        return self.db_type(connection)
