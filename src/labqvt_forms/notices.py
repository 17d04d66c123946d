"""What a reader tells the author about things it could not take as they were."""

from __future__ import annotations

from collections.abc import Sequence

from labqvt_forms.errors import NOWHERE, Place


class Notices:
    """Warnings in order, each once."""

    def __init__(self) -> None:
        self._sentences: dict[str, None] = {}

    def add(self, sentence: str, place: Place = NOWHERE) -> None:
        where = str(place)
        self._sentences[f"{where} : {sentence}" if where else sentence] = None

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(self._sentences)


def some(names: Sequence[str]) -> str:
    """Name the first five, and count the rest.

    >>> some(["a", "b", "c", "d", "e", "f", "g"])
    'a, b, c, d, e et 2 autres'
    """
    return ", ".join(names[:5]) + (f" et {len(names) - 5} autres" if len(names) > 5 else "")
