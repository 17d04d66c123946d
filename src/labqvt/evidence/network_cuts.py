"""What tells the structures of a network apart: their region, how many people they asked, their sector.

Known from the list of structures before anyone answered; the planner of ``labqvt_stats`` decides which cuts are told.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext, gettext_noop, override

from labqvt.campaigns.models import Campaign, Population
from labqvt.people.regions import REGIONS
from labqvt_stats.answers import NOT_STATED
from labqvt_stats.planner import MERGED, OTHERS_LABEL

REGION: Final = "structure.region"
SIZE: Final = "structure.size"
SECTOR: Final = "structure.sector"
# From how many people invited, smallest class first.
_SIZES: Final = (
    ("under10", 0, gettext_noop("Moins de 10 personnes")),
    ("10to19", 10, gettext_noop("De 10 à 19 personnes")),
    ("20to49", 20, gettext_noop("De 20 à 49 personnes")),
    ("50up", 50, gettext_noop("50 personnes et plus")),
)


@dataclass(frozen=True, slots=True)
class StructureCut:
    """A variable of structures: its words, the value of each structure, the words of each value, by language."""

    id: str
    labels: Mapping[str, str]
    of: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    asked: Mapping[str, int]
    order: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Variable:
    """How a cut is read on the list of structures; ``words`` of a value, when it is a code."""

    id: str
    label: str
    value_of: Callable[[Population], str]
    words: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] | None = None


def _size(row: Population) -> str:
    return next(code for code, least, _words in reversed(_SIZES) if row.headcount >= least)


# Those that say where first: the planner keeps the first ones finest.
_VARIABLES: Final = (
    _Variable(REGION, gettext_noop("Région"), lambda row: row.organisation.region, REGIONS),
    _Variable(
        SIZE,
        gettext_noop("Taille de la structure"),
        _size,
        {code: words for code, _from, words in _SIZES},
        tuple(code for code, _from, _words in _SIZES),
    ),
    _Variable(SECTOR, gettext_noop("Activité"), lambda row: row.organisation.sector),
)


def cuts_of(campaign: Campaign) -> tuple[StructureCut, ...]:
    """The cuts of a pooled campaign; one that tells no two structures apart is left out."""
    rows = list(campaign.populations.all())
    found = [_cut(variable, rows, campaign.version.form.languages) for variable in _VARIABLES]
    return tuple(cut for cut in found if len(cut.words) > 1)


def _cut(variable: _Variable, rows: Iterable[Population], languages: Iterable[str]) -> StructureCut:
    of: dict[str, str] = {}
    asked: dict[str, int] = {}
    for row in rows:
        if value := variable.value_of(row):
            of[row.organisation.public_id] = value
            asked[value] = asked.get(value, 0) + row.employees
    return StructureCut(
        id=variable.id,
        labels=_in_each(languages, variable.label),
        of=of,
        words={value: _in_each(languages, variable.words.get(value, value)) for value in asked},
        asked=asked,
        order=variable.order,
    )


def _in_each(languages: Iterable[str], words: str) -> dict[str, str]:
    found = {}
    for language in languages:
        with override(language):
            found[language] = gettext(words)
    return found


def group_told(breakdown: Mapping[str, Any], value: str | None) -> str:
    """The group of a breakdown that a value is told in: itself, those put together, or the others."""
    stated = value or NOT_STATED
    groups = [category["value"] for category in breakdown["categories"]]
    return next((group for group in groups if stated in group.split(MERGED)), OTHERS_LABEL)
