"""Acts on what is kept of a network: tell it by other groups, then destroy it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.campaigns.queries import with_everything
from labqvt.evidence import network_cuts, snapshots
from labqvt.evidence.added_cuts import CROSS, crossed, name_of
from labqvt.evidence.displays import Json
from labqvt.evidence.models import AddedCut, Analysis, Release
from labqvt.evidence.policy import may_add_cut
from labqvt.foundation import jobs, journal
from labqvt.foundation.models import Job
from labqvt.foundation.verdict import require
from labqvt.people.models import Account


def cuts_to_cross(content: Json) -> list[tuple[str, dict[str, str]]]:
    """The cuts of a release that may be crossed: those of structures. Profile questions never are, as was promised."""
    known = {network_cuts.REGION, network_cuts.SIZE, network_cuts.SECTOR}
    return [(one["by"], one["labels"]) for one in content["breakdowns"] if one["by"] in known]


@transaction.atomic
def ask_for_crossing(*, campaign: Campaign, first: str, second: str, by: Account) -> Job | None:
    """Have a network told by two cuts at once; None when that was asked already."""
    require(may_add_cut(by, campaign))
    labels = dict(cuts_to_cross(campaign.release.content))
    if first == second or not {first, second} <= set(labels):
        raise ValueError(f"« {first} » et « {second} » ne se croisent pas.")
    if AddedCut.objects.filter(analysis__campaign=campaign, name=name_of(first, second)).exists():
        return None
    what = CROSS.join(labels[cut]["fr"] for cut in sorted((first, second)))
    journal.record(
        act="evidence.ask_for_crossing", by=by, on=campaign, what=what,
        sentence=gettext_noop("Croisement demandé : %(what)s"),
    )  # fmt: skip
    return jobs.enqueue(
        "evidence.cross",
        title=_("Croisement de « %(title)s » : %(what)s") % {"title": campaign.title, "what": what},
        by=by,
        subject=f"crossing:{campaign.public_id}:{name_of(first, second)}",
        campaign=campaign.public_id,
        first=first,
        second=second,
    )


def cross(public_id: str, first: str, second: str) -> AddedCut | None:
    """Open the snapshot, and tell the crossing if it closes with everything told before. Safe to run again."""
    campaign = with_everything(public_id)
    analysis = Analysis.objects.filter(campaign=campaign, ended_at=None).first()
    if analysis is None:
        return None
    name = name_of(first, second)
    form = campaign.form_for(AccessCode.Audience.EMPLOYEES)
    before = [one.breakdown for one in analysis.cuts.exclude(name=name) if one.breakdown]
    release = Release.objects.get(campaign=campaign)
    found = crossed(
        snapshots.read(campaign, form),
        network_cuts.cuts_of(campaign),
        release.content["breakdowns"],
        before,
        pair=(first, second),
        apart=frozenset(release.structures.values_list("organisation__public_id", flat=True)),
    )
    with transaction.atomic():
        # Two crossings are closed one after the other, never side by side.
        Analysis.objects.select_for_update().get(pk=analysis.pk)
        if analysis.cuts.exclude(name=name).exclude(breakdown={}).count() != len(before):
            raise ConcurrentCrossingError(public_id)
        return AddedCut.objects.get_or_create(
            analysis=analysis, name=name, defaults={"breakdown": found or {}}
        )[0]


class ConcurrentCrossingError(RuntimeError):
    """Another crossing was told meanwhile: this one must be closed with it, and starts again."""


@transaction.atomic
def end_analysis(*, campaign: Campaign, by: Account) -> None:
    """Nothing more is to be told: the snapshot is over today, and a job destroys it, which a web process may not read."""
    require(may_add_cut(by, campaign))
    analysis = Analysis.objects.select_for_update().get(campaign=campaign)
    analysis.keep_until = timezone.localdate() - timedelta(days=1)
    analysis.save(update_fields=["keep_until"])
    journal.record(
        act="evidence.ask_to_end_analysis", by=by, on=campaign, title=campaign.title,
        sentence=gettext_noop("Destruction de la copie chiffrée demandée : %(title)s"),
    )  # fmt: skip
    jobs.enqueue(
        "evidence.end_analyses", title=_("Destruction de la copie chiffrée de « %(title)s »") % {"title": campaign.title},
        subject=f"campaign:{campaign.public_id}",
    )  # fmt: skip


@transaction.atomic
def end_what_is_over() -> int:
    """Destroy the snapshots whose announced day has passed. Returns how many."""
    over = Analysis.objects.select_for_update().filter(ended_at=None, keep_until__lt=timezone.localdate())
    ended = list(over.select_related("campaign"))
    for analysis in ended:
        _end(analysis)
    return len(ended)


def _end(analysis: Analysis) -> None:
    snapshots.destroy(analysis.campaign)
    analysis.ended_at = timezone.now()
    analysis.save(update_fields=["ended_at"])
    journal.record(
        act="evidence.end_analysis", by=None, on=analysis.campaign, title=analysis.campaign.title,
        sentence=gettext_noop("Copie chiffrée des réponses détruite : %(title)s"),
    )  # fmt: skip
    jobs.enqueue("evidence.forget", title=_("Effacement des pages libérées de la base"), subject="database")
