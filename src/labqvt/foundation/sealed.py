"""The run-time lock on raw answers: one of four (docs/decisions/0003-porte-etroite.md).

Every connection refuses a statement that names a sealed table, unless the caller stands in one of the two
openings: the *door* (the reader of raw answers) or the *intake* (insert and order rewrite, never a read).
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal

Opening = Literal["door", "intake"]

_tables: set[str] = set()
_opening: ContextVar[Opening | None] = ContextVar("sealed_opening", default=None)
# What intake may do: add a sheet, and rewrite the order of all sheets of a collection. Neither shows a row.
_INTAKE_STATEMENTS = re.compile(r"\s*(INSERT INTO|UPDATE|SELECT (labqvt_rewrite_order|1 AS rewritten)\b)", re.IGNORECASE)
# Schema changes, and test databases being emptied, say nothing of a row.
_HARMLESS = re.compile(
    r"\s*(CREATE|ALTER|DROP|TRUNCATE|PRAGMA|COMMENT|GRANT|REVOKE|VACUUM|CLUSTER|SELECT sql FROM sqlite_master)\b",
    re.IGNORECASE,
)


class SealedTableError(RuntimeError):
    """A statement touched raw answers outside the door."""


def seal(*tables: str) -> None:
    """Declare tables that only the door reads."""
    _tables.update(tables)


def sealed_tables() -> frozenset[str]:
    return frozenset(_tables)


@contextmanager
def opened(opening: Opening) -> Iterator[None]:
    """Stand in one of the two openings for the length of a block. Architecture tests hold who may call this."""
    token = _opening.set(opening)
    try:
        yield
    finally:
        _opening.reset(token)


def guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Refuse a statement on a sealed table outside its openings."""
    statement = str(sql)
    if any(table in statement for table in _tables) and not _HARMLESS.match(statement):
        opening = _opening.get()
        if opening is None or (opening == "intake" and not _INTAKE_STATEMENTS.match(statement)):
            raise SealedTableError(
                "Les réponses brutes ne se lisent que par la porte (labqvt.evidence.door) ; "
                "le dépôt ne peut qu’ajouter une feuille et rebattre l’ordre."
            )
    return execute(sql, params, many, context)


def guard_connection(connection: Any, **_: Any) -> None:
    """Install the guard on a new connection: requests, commands, jobs and tests alike."""
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)
