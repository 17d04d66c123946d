"""Pages that say the same to everyone: drawn once a minute, then only what is a person’s own is put in.

Only what could be drawn before anybody has answered is kept: a page that depends on an answer is drawn for its
person and forgotten. What is a person’s own (the hidden field, the key of a sheet) never enters the kept page: its
place is held by a word drawn at random when the server starts. A campaign prolonged or a structure renamed is
told within the next minute.
"""

import secrets
import time
from collections.abc import Callable, Hashable, Mapping
from typing import Final

from django.utils.html import escape

Own = Mapping[str, str]
# A whole sheet takes a hundred kilobytes: twenty-five megabytes at the very most.
_AT_MOST: Final = 256
_PLACE: Final = secrets.token_hex(16)


class _Kept:
    """The pages of the current minute, by name."""

    def __init__(self) -> None:
        self.minute = -1
        self.pages: dict[Hashable, str] = {}

    def of_this_minute(self) -> dict[Hashable, str]:
        minute = int(time.monotonic()) // 60
        if minute != self.minute or len(self.pages) >= _AT_MOST:
            # Replaced, not emptied: another thread may be reading the pages of the minute before.
            self.minute, self.pages = minute, {}
        return self.pages


_kept: Final = _Kept()


def drawn_once(name: Hashable, own: Own, draw: Callable[[Own], str]) -> str:
    """The page called ``name``, with ``own`` in it. ``draw`` must use what it is given and nothing else of a person."""
    pages = _kept.of_this_minute()
    content = pages.get(name)
    if content is None:
        content = pages[name] = draw({key: _place_of(key) for key in own})
    for key, value in own.items():
        content = content.replace(_place_of(key), escape(value))
    return content


def _place_of(key: str) -> str:
    return f"{_PLACE}.{key}."
