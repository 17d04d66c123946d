"""What a lower room shows or causes of a higher one, without importing it.

Three registries, filled in each room's ``registrations.py``: acts (a decision does something elsewhere),
panels (a page of a lower room shows what a higher one knows), dated items (every room gives its dates).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.utils.functional import Promise

from labqvt.foundation.periods import Period
from labqvt.foundation.schedule import Standing

T = TypeVar("T")


class Registry(Generic[T]):
    """Named entries, refused twice under one name."""

    def __init__(self) -> None:
        self._entries: dict[str, T] = {}

    def register(self, name: str, entry: T) -> T:
        if name in self._entries:
            raise ValueError(f"« {name} » est déjà inscrit.")
        self._entries[name] = entry
        return entry

    def __getitem__(self, name: str) -> T:
        return self._entries[name]

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[tuple[str, T]]:
        return iter(self._entries.items())


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of a page given by another room: a template and what it needs, which it reads as ``panel``."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 50


@dataclass(frozen=True, slots=True)
class DatedItem:
    """One line of a calendar or timeline, whatever room it comes from."""

    uid: str  # stable for ever: « room.kind.public_id »
    title: str
    period: Period
    standing: Standing
    planned: Period | None = None
    replanned: Period | None = None
    moves: int = 0
    place: str = ""
    kind: str = ""
    url: str = ""
    source: str = ""
    sequence: int = 0  # how many times what calendars show of it has changed
    begins: datetime | None = None  # when the hour is known
    ends: datetime | None = None
    details: str = ""
    online: str = ""  # where to join from afar


@dataclass(frozen=True, slots=True)
class Span:
    """Days of interest, both included. A room may read less because of it; what is outside is left out anyway."""

    first: date = date.min
    last: date = date.max

    def meets(self, period: Period) -> bool:
        return period.first <= self.last and self.first <= period.last


EVER = Span()


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that awaits a person, in plain words."""

    sentence: str
    url: str
    action: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the main navigation."""

    label: str
    url: str
    order: int = 50


@dataclass(frozen=True, slots=True)
class Done:
    """What a decision did: to what (see ``journal.name_of``), in which words, where it is read."""

    target: str
    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Something a meeting may decide that acts at once, offered by the room it acts in.

    ``choices`` (person, scope) gives what may be decided about; ``apply`` does it, with the rights of who records it.
    """

    label: "str | Promise"
    choices: Callable[[Any, Any], list[tuple[str, str]]]
    apply: Callable[..., Done]  # (by, choice, when, cause, decided_on)
    needs_date: bool = False


# Acts that can be undone or triggered by name: (journal entry, account) -> sentence of what was done.
acts: Registry[Callable[..., str]] = Registry()
# « slot:name » -> (person, subject) -> panel, or nothing when the person may not see it.
panels: Registry[Callable[[Any, Any], Panel | None]] = Registry()
# name -> (person, scopes, span) -> dated items the person may see.
dated_items: Registry[Callable[[Any, Iterable[Any], Span], Iterable[DatedItem]]] = Registry()
# name -> what a meeting may decide and that acts at once.
decisions: Registry[Decision] = Registry()
# name -> (person) -> entries of the navigation this person can use.
navigation: Registry[Callable[[Any], Iterable[Entry]]] = Registry()
# name -> (person) -> what awaits this person.
awaiting: Registry[Callable[[Any], Iterable[Task]]] = Registry()


def panels_of(slot: str, person: Any, subject: Any) -> list[Panel]:
    """Panels other rooms offer for a place of a page, in order."""
    offered = [give(person, subject) for name, give in panels if name.startswith(f"{slot}:")]
    return sorted((panel for panel in offered if panel), key=lambda panel: panel.order)


def dated_items_of(
    person: Any, scopes: Iterable[Any], span: Span = EVER, *, but: str = ""
) -> list[DatedItem]:
    """Every dated item of these scopes that the person may see, in order of date; ``but`` leaves a room's own out."""
    scopes = list(scopes)
    rooms = (give for name, give in dated_items if not but or not name.startswith(f"{but}."))
    given = (item for give in rooms for item in give(person, scopes, span))
    items = [item for item in given if span.meets(item.period)]
    return sorted(items, key=lambda item: (item.period.first, item.title))


def awaiting_of(person: Any) -> list[Task]:
    """What awaits a person, dated things first."""
    tasks = [task for _name, give in awaiting for task in give(person)]
    return sorted(tasks, key=lambda task: (task.due is None, task.due or date.max))


def navigation_of(person: Any) -> list[Entry]:
    """The main navigation of a person, in order."""
    entries = [entry for _name, give in navigation for entry in give(person)]
    return sorted(entries, key=lambda entry: entry.order)
