"""Ids: what every format can carry as the name of a column, and how the names of others become ours."""

from __future__ import annotations

import re

from labqvt_forms.errors import ModelError

LONGEST_ID = 64
_RESERVED = re.compile(r"[\s\[\]{}$/\"']+")


def check_id(id_: str, what: str) -> None:
    """Refuse an identifier that no format could carry as a column name."""
    if id_.isalnum() and len(id_) <= LONGEST_ID:
        return
    if not id_ or any(character.isspace() for character in id_):
        raise ModelError(f"L’identifiant {what} « {id_} » est vide ou contient une espace.")
    if len(id_) > LONGEST_ID:
        raise ModelError(f"L’identifiant {what} « {id_} » dépasse {LONGEST_ID} caractères.")
    if set(id_) & set("[]{}$/\"'"):
        raise ModelError(f"L’identifiant {what} « {id_} » contient un signe réservé ([ ] {{ }} $ / \" ').")


def id_from(name: str, otherwise: str = "") -> str:
    """Return a name as an id of ours, ``otherwise`` when nothing of it is left.

    >>> id_from(" Âge [années] "), id_from(" ", "question")
    ('Âge_années_', 'question')
    """
    return _RESERVED.sub("_", name.strip())[:LONGEST_ID] or otherwise


class Ids:
    """Ids in use. A name given many times is numbered on from the last, so that no file makes this slow."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def __contains__(self, id_: str) -> bool:
        return id_ in self._taken

    def add(self, id_: str) -> None:
        self._taken.add(id_)

    def take(self, wanted: str) -> str:
        """Return ``wanted``, numbered if it is already in use (``age_2``), and take it."""
        id_, stem = wanted, wanted[: LONGEST_ID - 8]
        while id_ in self._taken:
            self._last[stem] = self._last.get(stem, 1) + 1
            id_ = f"{stem}_{self._last[stem]}"
        self._taken.add(id_)
        return id_
