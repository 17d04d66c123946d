"""The run-time lock on raw answers: one of four (docs/decisions/0003-porte-etroite.md).

Every connection refuses a statement that names a sealed table, unless the caller stands in one of the three
openings: the *door* (the reader of raw answers), the *intake* (insert and order rewrite, never a read) or the
*reading* (texts already taken out of their sheets, and no other sealed table).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal

Opening = Literal["door", "intake", "reading"]

_tables: set[str] = set()
# Of those, the ones the reading may use.
_texts: set[str] = set()
# Exact statements intake may run to deal a collection again in random order; none of them shows a row.
_rewrites: set[str] = set()
_opening: ContextVar[Opening | None] = ContextVar("sealed_opening", default=None)
# What else intake may do: add plain values. No RETURNING, no SELECT, so that nothing comes back.
_PLAIN_INSERT = re.compile(r"\s*INSERT INTO \S+ \([^()]*\) VALUES [(), %s]+\s*", re.IGNORECASE)
# Schema changes, and test databases being emptied, say nothing of a row – unless they copy it (CREATE … AS SELECT).
_SCHEMA = re.compile(
    r"\s*(CREATE (UNIQUE )?(TABLE|INDEX)|ALTER|DROP|TRUNCATE|PRAGMA|COMMENT|GRANT|REVOKE|VACUUM|CLUSTER)\b",
    re.IGNORECASE,
)
_OWN_DEFINITION = re.compile(r"\s*SELECT sql FROM sqlite_master\b", re.IGNORECASE)


class SealedTableError(RuntimeError):
    """A statement touched raw answers outside the door."""


def seal(*tables: str, rewrites: Iterable[str] = (), texts: bool = False) -> None:
    """Declare tables that only the door reads, and the exact statements by which intake deals them again.

    ``texts``: tables of texts taken out of their sheets, which the reading uses too.
    """
    names = {table.lower() for table in tables}
    _tables.update(names)
    if texts:
        _texts.update(names)
    _rewrites.update(rewrites)


def sealed_tables() -> frozenset[str]:
    return frozenset(_tables)


def door_tables() -> frozenset[str]:
    """Those that only the door reads: no process that answers the web has any use for them."""
    return frozenset(_tables - _texts)


@contextmanager
def opened(opening: Opening) -> Iterator[None]:
    """Stand in one of the openings for the length of a block. Architecture tests hold who may call this."""
    token = _opening.set(opening)
    try:
        yield
    finally:
        _opening.reset(token)


def guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Refuse a statement on a sealed table outside its openings."""
    statement = str(sql)
    if _named_in(statement) and not _is_allowed(statement):
        raise SealedTableError(
            "Les réponses brutes ne se lisent que par la porte (labqvt.evidence.door) ; "
            "le dépôt ne peut qu’ajouter une feuille et rebattre l’ordre."
        )
    return execute(sql, params, many, context)


def _named_in(statement: str) -> set[str]:
    lowered = statement.lower()  # names of tables have no case
    return {table for table in _tables if table in lowered}


def _is_allowed(statement: str) -> bool:
    opening = _opening.get()
    if opening == "door":
        return True
    if opening == "reading" and _named_in(statement) <= _texts:
        return True
    if opening == "intake" and (statement in _rewrites or _PLAIN_INSERT.fullmatch(statement)):
        return True
    if _OWN_DEFINITION.match(statement):
        return True
    return bool(_SCHEMA.match(statement)) and not re.search(r"\bSELECT\b", statement, re.IGNORECASE)


def guard_connection(connection: Any, **_: Any) -> None:
    """Install the guard on a new connection: requests, commands, jobs and tests alike."""
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)
