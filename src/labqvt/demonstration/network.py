"""Small structures that answer together: simulated, seeded, pooled."""

from datetime import date, timedelta
from random import Random
from typing import Final

from labqvt.campaigns import services as campaigns
from labqvt.campaigns.invited_structures import set_populations
from labqvt.campaigns.models import Campaign
from labqvt.demonstration.structures import answer
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.people.models import Account, Organisation, Scope
from labqvt.people.services import create_organisation

_REGIONS: Final = ("44", "93", "27", "28", "53")
_SECTORS: Final = (
    "aide à domicile", "insertion par l’activité économique", "animation socioculturelle", "accueil du jeune enfant",
    "sport pour tous", "tourisme social", "action sanitaire et sociale", "logement accompagné", "formation",
)  # fmt: skip
_KINDS: Final = ("Association", "Coopérative", "Centre social", "Régie de quartier", "Mutuelle")
_PLACES: Final = (
    "des Tilleuls", "du Vieux-Port", "des Trois-Ponts", "du Moulin", "de la Gare", "des Lavoirs", "du Belvédère",
    "des Mûriers", "de l’Écluse", "du Clos", "des Remparts", "de la Fontaine", "du Verger", "des Coteaux",
    "de la Halle", "du Pressoir", "des Quatre-Vents", "de la Colline",
)  # fmt: skip


# Of so small structures nobody has results of their own: the first wave is opened in seconds.
_PILOT_AT_MOST: Final = 8
_PILOT_FROM: Final = 40  # structures: a smaller network has no first wave


def add_network(by: Account | None, *, size: int) -> list[Organisation]:
    """Invented structures of 4 to 40 people, spread over the five regions; ninety names at the most."""
    random = Random("réseau")  # noqa: S311 - reproducible on purpose
    names = [f"{kind} {place}" for place in _PLACES for kind in _KINDS]
    return [
        create_organisation(
            name=name, sector=random.choice(_SECTORS), region=_REGIONS[rank % len(_REGIONS)], is_fictitious=True,
            headcount=min(40, 4 + int(random.expovariate(1 / 8))), by=by,
        )
        for rank, name in enumerate(names[:size])
    ]  # fmt: skip


def barometer(
    structures: list[Organisation],
    *,
    scope: Scope,
    national: Account,
    version: QuestionnaireVersion,
    today: date,
) -> None:
    """Two waves, a year apart: the smallest structures first, then all of them, whose lead may still cross cuts.

    Closed; the worker opens the envelopes once the tool is served.
    """
    small = [one for one in structures if (one.headcount or 0) <= _PILOT_AT_MOST]
    first = None
    if len(structures) >= _PILOT_FROM:
        first = campaigns.prepare_pooled_campaign(
            scope=scope, title="Baromètre simulé du réseau, première année", version=version, by=national,
            opens_on=today - timedelta(days=400), closes_on=today - timedelta(days=370),
        )  # fmt: skip
        first = _wave(small, first, by=national, seed="réseau, première année")
    second = campaigns.prepare_pooled_campaign(
        scope=scope, title="Baromètre simulé du réseau", version=version, by=national, follows=first,
        opens_on=today - timedelta(days=40), closes_on=today - timedelta(days=5), analysis_days=90,
    )  # fmt: skip
    _wave(structures, second, by=national, seed="réseau")


def _wave(structures: list[Organisation], campaign: Campaign, *, by: Account, seed: str) -> Campaign:
    """Open, answered by two people in three, closed the day after its last one."""
    set_populations(campaign=campaign, rows=[(s, s.headcount or 0, 0) for s in structures], by=by)
    campaign = campaigns.open_campaign(campaign=campaign, by=by, today=campaign.opens_on)
    random = Random("participation")  # noqa: S311 - reproducible on purpose
    who_answers = {s: round((s.headcount or 0) * random.uniform(0.45, 0.9)) for s in structures}
    if campaign.analysis_days == 0:
        who_answers = {s: min(n, 5) for s, n in who_answers.items()}
    answer(campaign, by=by, employees=who_answers, seed=seed)
    return campaigns.close_campaign(campaign=campaign, by=by, today=campaign.closes_on + timedelta(days=1))
