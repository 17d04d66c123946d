"""Waves of the same questionnaire: which campaigns one may follow, what changed, what their comparison could say."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from labqvt.campaigns import rules
from labqvt.campaigns.models import Campaign, Population
from labqvt.people.models import Organisation, Scope

_OVER: Final = (Campaign.Status.CLOSED, Campaign.Status.RELEASED, Campaign.Status.UNRELEASED)


def may_be_followed(structure: Organisation) -> QuerySet[Campaign]:
    """The structure's own campaigns that are over, latest first."""
    return Campaign.objects.filter(organisation=structure, status__in=_OVER).order_by("-closes_on")


def pooled_that_may_be_followed(network: Scope) -> QuerySet[Campaign]:
    """The pooled campaigns of a network that are over, latest first."""
    return Campaign.objects.filter(organisation=None, scope=network, status__in=_OVER).order_by("-closes_on")


def earlier_waves_of(campaign: Campaign) -> list[Campaign]:
    """The waves before this one, first to last."""
    return [one for one in waves_of(campaign) if (one.opens_on, one.pk) < (campaign.opens_on, campaign.pk)]


def waves_of(campaign: Campaign) -> list[Campaign]:
    """All the waves this campaign is one of, first to last; alone when it follows nothing and nothing follows it."""
    found = {campaign.pk: campaign}
    while True:
        before = [one.follows_id for one in found.values() if one.follows_id]
        tied = Campaign.objects.filter(pk__in=before) | Campaign.objects.filter(follows__in=found)
        new = (
            tied.exclude(pk__in=found)
            .defer("version__content")
            .select_related("version__questionnaire")
            .distinct()
        )
        fresh = {one.pk: one for one in new}
        if not fresh:
            return sorted(found.values(), key=lambda one: (one.opens_on, one.pk))
        found |= fresh


def structures_asked_by(campaigns: Iterable[Campaign]) -> dict[int, set[int]]:
    """The structures that each campaign asked, by key, in one query."""
    found: dict[int, set[int]] = {campaign.pk: set() for campaign in campaigns}
    for campaign, organisation in Population.objects.filter(campaign__in=found).values_list(
        "campaign", "organisation"
    ):
        found[campaign].add(organisation)
    return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing a wave with the one before could tell, said before anyone answers."""

    changed: tuple[str, ...]
    possible: bool
    sentences: tuple[str, ...]


def comparison_with(campaign: Campaign, before: Campaign, language: str = "fr") -> Comparison:
    """Same words or not, same people or nearly, enough answers or not."""
    changed = _changed_words(campaign, before, language)
    scales = common_scales(campaign, before)
    sentences = []
    if not scales:
        sentences.append(_("Les deux vagues n’ont aucun thème en commun : rien ne se comparera."))
    elif changed:
        sentences.append(_("Les thèmes dont une phrase a changé ne se comparent pas ; les autres, si."))
    fewest = min(_invited(campaign), _invited(before))
    if scales and fewest < rules.WAVES_FROM:
        sentences.append(_("Sous trente réponses par vague, la comparaison dira le plus souvent « on ne peut pas conclure ». "
                           "Ce n’est pas un défaut de votre enquête : à %(n)s, un écart de dix points peut venir de deux personnes.") % {"n": fewest})  # fmt: skip
    if 0 < abs(_invited(campaign) - _invited(before)) < rules.LEAST:
        sentences.append(_("L’équipe a changé de quelques personnes : aucun écart entre les deux vagues ne sera donné sans arrondi."))  # fmt: skip
    if campaign.opens_on < _earliest(before):
        sentences.append(_("Moins de trois mois séparent les deux vagues : les avis n’ont guère eu le temps de changer."))  # fmt: skip
    return Comparison(tuple(changed), bool(scales), tuple(sentences))


def _earliest(before: Campaign) -> Any:
    return (before.closed_on or before.closes_on) + rules.BETWEEN_WAVES


def _invited(campaign: Campaign) -> int:
    return sum(population.employees for population in campaign.populations.all())


def _wordings(campaign: Campaign) -> dict[str, Any]:
    return {
        variable.id: variable for variable in campaign.version.form.answer_variables if not variable.profile
    }


def _same(one: Any, other: Any) -> bool:
    """The same words and the same answers: what a person meets."""
    codes = [choice.code for choice in one.choices.choices] if one.choices else []
    other_codes = [choice.code for choice in other.choices.choices] if other.choices else []
    return (
        one.label.pick("fr") == other.label.pick("fr")
        and codes == other_codes
        and one.reverse == other.reverse
    )


def _changed_words(campaign: Campaign, before: Campaign, language: str) -> list[str]:
    if campaign.version_id == before.version_id:
        return []
    now, then = _wordings(campaign), _wordings(before)
    told = [_("Reformulée : « %(label)s »") % {"label": now[id_].label.pick(language)}
            for id_ in now if id_ in then and not _same(now[id_], then[id_])]  # fmt: skip
    told += [
        _("Nouvelle : « %(label)s »") % {"label": now[id_].label.pick(language)}
        for id_ in now
        if id_ not in then
    ]
    told += [
        _("Retirée : « %(label)s »") % {"label": then[id_].label.pick(language)}
        for id_ in then
        if id_ not in now
    ]
    return told


def common_scales(campaign: Campaign, before: Campaign) -> list[str]:
    """Ids of the scales made of the same sentences, in the same words: those that may be compared."""
    now, then = _wordings(campaign), _wordings(before)
    former = {scale.id: set(scale.items) for scale in before.version.form.scales}
    return [
        scale.id
        for scale in campaign.version.form.scales
        if former.get(scale.id) == set(scale.items)
        and all(i in now and i in then and _same(now[i], then[i]) for i in scale.items)
    ]
