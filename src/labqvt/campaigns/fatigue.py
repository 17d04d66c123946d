"""Survey fatigue: what the same people were already asked, what overlaps, how many minutes in twelve months.

It warns and refuses nothing. Other rooms that ask something of structures say so through ``solicitations``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from labqvt.campaigns.models import Campaign, Population
from labqvt.campaigns.rules import minutes
from labqvt.foundation.periods import Period
from labqvt.foundation.registries import Registry
from labqvt.people.models import Organisation

WINDOW: Final = timedelta(days=365)
# A quarter of an hour, four times a year: beyond, answers get scarce and quick.
MANY_MINUTES: Final = 60
MANY_TIMES: Final = 4
SHORT_REST: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request made of the people of a structure."""

    uid: str
    title: str
    structure: int
    first: date
    last: date
    minutes: int
    is_draft: bool = False
    kind: str = ""
    url: str = ""

    @property
    def period(self) -> Period:
        return Period.days(self.first, self.last)


# name -> (structures, first day, last day) -> what was asked of them then.
solicitations: Registry[Callable[[Sequence[Organisation], date, date], Iterable[Asked]]] = Registry()


def asked_of(structures: Sequence[Organisation], first: date, last: date) -> list[Asked]:
    """Everything asked of these structures between two days, all rooms together, in order of date."""
    found = [asked for _name, give in solicitations for asked in give(structures, first, last)]
    return sorted(found, key=lambda asked: (asked.first, asked.title))


def campaigns_asking(structures: Sequence[Organisation], first: date, last: date) -> Iterable[Asked]:
    """A structure's own campaigns and the pooled ones it takes part in."""
    rows = (
        Population.objects.filter(organisation__in=structures)
        .filter(Q(campaign__opens_on__lte=last) & Q(campaign__closes_on__gte=first))
        .select_related("campaign__version")
        .defer("campaign__version__content")
    )
    for row in rows:
        campaign = row.campaign
        yield Asked(
            uid=campaign.public_id,
            title=campaign.title,
            structure=row.organisation_id,
            first=campaign.opens_on,
            last=campaign.closed_on or campaign.closes_on,
            minutes=minutes(campaign),
            is_draft=campaign.is_draft,
            kind=_("campagne commune") if campaign.is_pooled else _("campagne"),
        )


solicitations.register("campaigns", campaigns_asking)


@dataclass(frozen=True, slots=True)
class Load:
    """What the people of one structure are asked around a period."""

    structure: Organisation
    asked: tuple[Asked, ...]
    overlapping: tuple[Asked, ...]
    recent: Asked | None  # the last one that ended less than two months before
    minutes: int  # in twelve months, this one included

    @property
    def times(self) -> int:
        return len({asked.uid for asked in self.asked})

    @property
    def warnings(self) -> tuple[str, ...]:
        told = [
            _("« %(title)s » a lieu en même temps, %(period)s.")
            % {"title": other.title, "period": other.period}
            for other in self.overlapping
        ]
        if self.recent is not None:
            told.append(
                _("« %(title)s » vient de finir, le %(day)s.") % {"title": self.recent.title, "day": f"{self.recent.last:%d/%m}"}
            )  # fmt: skip
        if self.minutes > MANY_MINUTES:
            told.append(
                _("En douze mois, cela fera %(n)s minutes demandées à chaque personne.") % {"n": self.minutes}
            )
        if self.times >= MANY_TIMES:
            told.append(_("Ce sera la demande numéro %(n)s en douze mois.") % {"n": self.times + 1})
        return tuple(told)


def load_of(
    structure: Organisation, asked: Iterable[Asked], *, first: date, last: date, minutes: int = 0
) -> Load:
    """Judge a period from what was asked in the twelve months that end with it. Pure."""
    around = tuple(
        one
        for one in asked
        if one.structure == structure.pk and one.last > last - WINDOW and one.first <= last
    )
    overlapping = tuple(one for one in around if one.first <= last and one.last >= first)
    before = [one for one in around if one.last < first and first - one.last < SHORT_REST]
    return Load(
        structure=structure,
        asked=around,
        overlapping=overlapping,
        recent=max(before, key=lambda one: one.last, default=None),
        minutes=minutes + sum(one.minutes for one in around),
    )


def load_of_campaign(campaign: Campaign, structures: Sequence[Organisation]) -> list[Load]:
    """For each structure of a campaign, what else its people are asked. One query a room, whatever the number."""
    asked = asked_of(structures, campaign.closes_on - WINDOW, campaign.closes_on)
    others = [one for one in asked if one.uid != campaign.public_id]
    return [
        load_of(s, others, first=campaign.opens_on, last=campaign.closes_on, minutes=minutes(campaign))
        for s in structures
    ]


def load_today(structures: Sequence[Organisation], today: date | None = None) -> list[Load]:
    """The calendar of each structure: twelve months behind, and what is planned."""
    today = today or timezone.localdate()
    ahead = today + WINDOW
    asked = asked_of(structures, today - WINDOW, ahead)
    return [
        Load(
            structure=s,
            asked=(mine := tuple(one for one in asked if one.structure == s.pk)),
            overlapping=tuple(_meeting(mine)),
            recent=None,
            minutes=sum(one.minutes for one in mine if one.last > today - WINDOW and one.first <= today),
        )
        for s in structures
    ]


def _meeting(asked: Sequence[Asked]) -> Iterable[Asked]:
    """Those that share a day with another."""
    for one in asked:
        if any(o.uid != one.uid and o.first <= one.last and o.last >= one.first for o in asked):
            yield one
