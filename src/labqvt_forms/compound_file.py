"""The container of old .xls files, checked before it is read.

Its streams are chains of sectors. A damaged or hostile file may chain a sector to itself, and a reader that
follows it never ends: such a file is refused here.
"""

from __future__ import annotations

import struct

from labqvt_forms.errors import FileError

LAST_REGULAR = 0xFFFFFFFA
"""Sector numbers from here up are marks (free, end of chain…), not sectors."""
IN_HEADER = 109
"""How many sectors of the allocation table the header lists itself."""


def refuse_endless_chains(content: bytes) -> None:
    """Refuse a compound file whose sector chains turn in circles or lead outside."""
    try:
        size = 1 << struct.unpack_from("<H", content, 30)[0]
        if size not in (512, 4096):
            raise _damaged()
        table = _table(content, _table_sectors(content, size), size)
        small = _table(content, _chain(struct.unpack_from("<I", content, 60)[0], table), size)
    except (struct.error, IndexError):
        raise _damaged() from None
    if _has_circle(table) or _has_circle(small):
        raise _damaged()


def _damaged() -> FileError:
    return FileError(
        "ce classeur .xls est abîmé : ouvrez-le et enregistrez-le de nouveau, de préférence en .xlsx."
    )


def _table_sectors(content: bytes, size: int) -> list[int]:
    """Return the sectors that hold the allocation table."""
    listed = list(struct.unpack_from(f"<{IN_HEADER}I", content, 76))
    following = struct.unpack_from("<I", content, 68)[0]
    seen: set[int] = set()
    while following < LAST_REGULAR:
        if following in seen:
            raise _damaged()
        seen.add(following)
        *more, following = struct.unpack_from(f"<{size // 4}I", content, (following + 1) * size)
        listed += more
    return [sector for sector in listed if sector < LAST_REGULAR]


def _table(content: bytes, sectors: list[int], size: int) -> list[int]:
    table: list[int] = []
    for sector in dict.fromkeys(sectors):
        start = (sector + 1) * size
        piece = content[start : start + size].ljust(size, b"\xff")
        if start >= len(content):
            raise _damaged()
        table += struct.unpack(f"<{size // 4}I", piece)
    return table


def _chain(first: int, table: list[int]) -> list[int]:
    sectors: dict[int, None] = {}
    while first < LAST_REGULAR:
        if first in sectors:
            raise _damaged()
        sectors[first] = None
        first = table[first]
    return list(sectors)


def _has_circle(table: list[int]) -> bool:
    """Follow every chain once; meeting a sector of the same walk is a circle."""
    walk_of = [0] * len(table)
    for walk, sector in enumerate(range(len(table)), start=1):
        if walk_of[sector]:
            continue
        following = sector
        while following < len(table) and not walk_of[following]:
            walk_of[following] = walk
            following = table[following]
        if following < len(table) and walk_of[following] == walk:
            return True
    return False
