"""What takes time between opened sheets and a release, done in memory, outside any transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.campaigns.policy import yields_structure_results
from labqvt.campaigns.queries import mirror_is_consented
from labqvt.campaigns.rules import INSIDERS, OTHERS
from labqvt.evidence import network_cuts, snapshots
from labqvt.evidence.displays import (
    DIRECTION,
    Json,
    Sheet,
    Terms,
    certificate_of,
    content_of,
    marked_audited,
    spreads_inside,
)
from labqvt.evidence.gate import Said, passed
from labqvt.evidence.open_link import is_mixed_enough
from labqvt.evidence.queries import spreads_for
from labqvt.evidence.regions import contents_by_region, is_a_pool, regions_together
from labqvt.evidence.snapshots import Snapshot
from labqvt.evidence.structures import contents_by_structure
from labqvt.evidence.texts import taken_out
from labqvt.evidence.verification import Findings
from labqvt_forms import Questionnaire


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a release will write: no content, and nothing else, when nothing may appear.

    ``structures`` gives the content and certificate of each structure of a pool that has its own results; ``regions``,
    the content of the edition of each region told; ``snapshot``, the columns kept for what may be told later.
    """

    content: Json | None = None
    certificate: Json = field(default_factory=dict)
    structures: dict[str, tuple[Json, Json]] = field(default_factory=dict)
    regions: dict[str, Json] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    snapshot: Snapshot | None = None


def prepare(campaign: Campaign, sheets: list[Sheet], unreadable: int, said: Said) -> Prepared:
    """Compute what may appear, and have two programs agree on it. ``said`` is told the share done, from 0 to 1."""
    if campaign.is_pooled:
        return _of_network(campaign, sheets, unreadable, said)
    terms, form = terms_of(campaign), campaign.form_for(AccessCode.Audience.EMPLOYEES)
    content = content_of(sheets, form, terms)
    found = None if content is None else passed(sheets, form, terms, said)
    if content is None or found is None:
        # Not safe means no report, with the same words as for too few answers.
        return Prepared()
    content = marked_audited(content, found)
    return Prepared(
        content,
        certificate_of(content, terms, found) | {"unreadable": unreadable},
        texts=taken_out(sheets, campaign.version.form, campaign.parameters.get("texts")),
    )


def _of_network(campaign: Campaign, sheets: list[Sheet], unreadable: int, said: Said) -> Prepared:
    """Structures that have their own results first: the cuts of the whole are closed without them as well."""
    form = campaign.form_for(AccessCode.Audience.EMPLOYEES)
    terms = _told_by(campaign, sheets)
    if not is_a_pool(sheets) or (campaign.is_by_link and not is_mixed_enough(sheets)):
        return Prepared()
    employees = [sheet for sheet in sheets if sheet.audience != DIRECTION]
    structures = _of_structures(campaign, sheets, form, spreads_inside(employees, form), said)
    content = content_of(sheets, form, replace(terms, told=frozenset(structures)))
    if content is None:
        return Prepared()
    return Prepared(
        content,
        certificate_of(content, terms, Findings()) | {"unreadable": unreadable},
        structures,
        contents_by_region(content, sheets, form, terms),
        taken_out(sheets, campaign.version.form, campaign.parameters.get("texts")),
        snapshots.taken_of(sheets, form, terms, content)
        if campaign.parameters.get("analysis_days")
        else None,
    )


def _told_by(campaign: Campaign, sheets: list[Sheet]) -> Terms:
    """By which groups a pool may be told. By a link, people say their structure or not: whoever did not is of none.

    Groups that count structures then mean nothing, unless everybody named one; and a link knows no headcount.
    """
    terms = terms_of(campaign)
    if not campaign.is_by_link:
        return replace(terms, cuts=network_cuts.cuts_of(campaign))
    return terms if all(sheet.structure for sheet in sheets) else replace(terms, profile=())


def _of_structures(
    campaign: Campaign, sheets: list[Sheet], form: Questionnaire, spreads: Mapping[str, float], said: Said
) -> dict[str, tuple[Json, Json]]:
    """Content and certificate of each structure of a pooled campaign that may have its own results."""
    if not yields_structure_results(campaign):
        return {}
    threshold = int(campaign.parameters.get("min_group", 0))
    terms = {
        population.organisation.public_id: Terms(
            population=population.employees,
            spreads=spreads,
            others=max(OTHERS, threshold - INSIDERS),
            insiders=INSIDERS,
        )
        for population in campaign.populations.all()
    }
    regions = regions_together(sheets, network_cuts.cuts_of(campaign))
    contents = contents_by_structure(sheets, form, terms, together=regions, said=said)
    return {
        public_id: (content, certificate_of(content, terms[public_id], found))
        for public_id, (content, found) in contents.items()
    }


def terms_of(campaign: Campaign) -> Terms:
    """What was frozen at launch. An open link has no headcount: nobody knows who received it."""
    counted = not campaign.is_by_link
    threshold = int(campaign.parameters.get("min_group", 0))
    return Terms(
        population=sum(population.employees for population in campaign.populations.all())
        if counted
        else None,
        pooled=campaign.is_pooled,
        direction_consents=mirror_is_consented(campaign),
        spreads={} if campaign.is_pooled else spreads_for(campaign.version),
        others=max(OTHERS, threshold - INSIDERS),
        insiders=INSIDERS,
        profile=campaign.profile_plan,
    )
