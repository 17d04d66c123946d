"""The demonstration: the programme of 2019-2021 from its published facts, two invented structures, a network.

Written only through services, like anything a person does on the screens (a test holds this).
"""

from collections.abc import Callable
from dataclasses import dataclass

from labqvt.demonstration.logins import Login


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the person who starts the demonstration is told."""

    logins: list[Login]
    respondent_code: str


def load(say: Callable[[str], None], *, network_size: int = 90) -> Loaded:
    """Fill an empty, migrated instance; ``say`` tells each step. Tests that need no network take a small one."""
    from labqvt.demonstration.loading import load_everything  # noqa: PLC0415 - models exist once Django is awake

    return load_everything(say, network_size=network_size)
