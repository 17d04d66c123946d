"""What this room gives to the rooms above: reversing acts, panels, dated items, what awaits the pair."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from labqvt.campaigns import (
    holding_key,
    invited_structures,
    policy,
    preparing_profile,
    queries,
    registrations_ways,  # noqa: F401 - only this module is looked for by name
    services,
)
from labqvt.campaigns.models import Campaign, TrustedKey
from labqvt.foundation.periods import Period
from labqvt.foundation.registries import (
    DatedItem,
    Entry,
    Panel,
    Span,
    Task,
    acts,
    awaiting,
    dated_items,
    navigation,
    panels,
)
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.people.models import Account, Function, Organisation
from labqvt.people.policy import held_in, holds

CLOSES_SOON = timedelta(days=5)


# Reversing acts


def _values(draft: dict[str, Any]) -> dict[str, Any]:
    """The JSON of ``services.as_draft`` back into what the services take."""
    versions = {
        v.public_id: v
        for v in QuestionnaireVersion.objects.filter(public_id__in=[draft["version"], draft["mirror"]])
    }
    return draft | {
        "version": versions[draft["version"]],
        "mirror": versions.get(draft["mirror"]),
        "opens_on": date.fromisoformat(draft["opens_on"]),
        "closes_on": date.fromisoformat(draft["closes_on"]),
        "follows": Campaign.objects.filter(public_id=draft["follows"]).first() if draft["follows"] else None,
    }


def _discard(*, by: Any, campaign: str) -> str:
    services.discard_draft(campaign=policy.campaign_for(by, campaign), by=by)
    return _("Brouillon supprimé")


def _prepare_again(*, by: Any, structure: str, draft: dict[str, Any], reader: str = "") -> str:
    campaign = services.prepare_campaign(
        structure=Organisation.objects.get(public_id=structure), by=by, **_values(draft)
    )
    if reader:
        services.choose_reader(campaign=campaign, reader=Account.objects.get(public_id=reader), by=by)
    return _("Brouillon rétabli")


def _choose_reader_back(*, by: Any, campaign: str, reader: str) -> str:
    before = Account.objects.get(public_id=reader) if reader else None
    services.choose_reader(campaign=policy.campaign_for(by, campaign), reader=before, by=by)
    return _("Choix précédent rétabli")


def _edit_back(*, by: Any, campaign: str, draft: dict[str, Any]) -> str:
    services.edit_draft(
        campaign=policy.campaign_for(by, campaign),
        by=by,
        cause=_("Retour aux dates d’avant"),
        **_values(draft),
    )
    return _("Préparation rétablie")


def _set_population(
    *, by: Any, campaign: str, organisation: str, headcount: int, direction_members: int
) -> str:
    services.set_population(
        campaign=policy.campaign_for(by, campaign), organisation=Organisation.objects.get(public_id=organisation),
        headcount=headcount, direction_members=direction_members, by=by,
    )  # fmt: skip
    return _("Effectif rétabli")


def _withdraw_signature(*, by: Any, campaign: str, side: str) -> str:
    services.withdraw_signature(campaign=policy.campaign_for(by, campaign), side=side, by=by)
    return _("Signature retirée")


def _withdraw_consent(*, by: Any, campaign: str) -> str:
    services.withdraw_mirror_consent(campaign=policy.campaign_for(by, campaign), by=by)
    return _("Accord retiré")


def _consent_again(*, by: Any, campaign: str) -> str:
    services.consent_to_mirror(campaign=policy.campaign_for(by, campaign), by=by)
    return _("Accord rétabli")


def _set_profile(*, by: Any, campaign: str, profile: dict[str, Any], least: int) -> str:
    preparing_profile.set_profile(
        campaign=policy.campaign_for(by, campaign), profile=profile, least=least, by=by
    )
    return _("Questions de profil rétablies")


def _entrust(*, by: Any, campaign: str, side: str, held_by: str) -> str:
    holding_key.entrust(campaign=policy.campaign_for(by, campaign), side=side, held_by=held_by, by=by)
    return _("Clé de nouveau confiée ; elle est à refaire et à essayer")


def _keep_key_here(*, by: Any, campaign: str) -> str:
    holding_key.keep_here(campaign=policy.campaign_for(by, campaign), by=by)
    return _("Clé gardée par le serveur")


def _restore_populations(*, by: Any, campaign: str, rows: list[dict[str, Any]]) -> str:
    invited_structures.restore_populations(campaign=policy.campaign_for(by, campaign), rows=rows, by=by)
    return _("Effectifs rétablis")


acts.register("campaigns.restore_populations", _restore_populations)
acts.register("campaigns.set_profile", _set_profile)
acts.register("campaigns.entrust", _entrust)
acts.register("campaigns.keep_key_here", _keep_key_here)
acts.register("campaigns.discard_draft", _discard)
acts.register("campaigns.prepare_again", _prepare_again)
acts.register("campaigns.edit_draft", _edit_back)
acts.register("campaigns.choose_reader", _choose_reader_back)
acts.register("campaigns.set_population", _set_population)
acts.register("campaigns.withdraw_signature", _withdraw_signature)
acts.register("campaigns.withdraw_mirror_consent", _withdraw_consent)
acts.register("campaigns.consent_to_mirror", _consent_again)


# Panel of a structure's page


def campaigns_panel(person: Any, structure: Organisation) -> Panel | None:
    """A structure's campaigns, for its pair and the person who accompanies it."""
    if not holds(person, policy.PAIR | {Function.CONSULTANT}, structure.scope):
        return None
    return Panel(
        title=_("Campagnes"),
        template="campaigns/structure_panel.html",
        context={
            "campaigns": list(queries.campaigns_in(structure)[:5]),
            "structure": structure,
            "may_prepare": policy.may_prepare(person, structure),
        },
        order=20,
    )


panels.register("people.structure:campaigns", campaigns_panel)


def version_panel(person: Any, version: QuestionnaireVersion) -> Panel | None:
    """The campaigns that used a version: those this person reads, and how many others, unnamed."""
    if version.is_draft:
        return None
    mine, others = queries.campaigns_using(person, version)
    return Panel(
        title=_("Les campagnes qui s’en servent"),
        template="campaigns/version_panel.html",
        context={"campaigns": mine, "others": others},
    )


panels.register("instruments.version:campaigns", version_panel)


# Calendars


def dated_campaigns(person: Any, scopes: Iterable[Any], _span: Span) -> Iterable[DatedItem]:
    """Campaigns of these scopes that the person may read."""
    wanted = {scope.pk for scope in scopes}
    today = timezone.localdate()
    for campaign in queries.campaigns_of(person).filter(scope__in=wanted):
        yield DatedItem(
            uid=f"campaigns.campaign.{campaign.public_id}",
            title=campaign.title,
            period=campaign.actual or Period.days(campaign.opens_on, campaign.closes_on),
            standing=campaign.standing(today),
            planned=campaign.planned,
            replanned=campaign.replanned,
            moves=len(campaign.moves.all()),
            sequence=len(campaign.moves.all()),
            kind=_("campagne"),
            url=reverse("campaigns:campaign", args=[campaign.public_id]),
        )


dated_items.register("campaigns", dated_campaigns)


# What awaits the pair


def tasks_of(person: Any) -> Iterable[Task]:
    """Drafts to finish, rules to sign, campaigns about to close, a first one to prepare."""
    director_in = {scope.pk for scope in held_in(person, {Function.DIRECTOR})}
    employee_in = {scope.pk for scope in held_in(person, {Function.EMPLOYEE})}
    today = timezone.localdate()
    mine = Campaign.objects.filter(
        organisation__isnull=False, scope__in=director_in | employee_in,
        status__in=[Campaign.Status.DRAFT, Campaign.Status.OPEN],
    ).select_related("trusted_key").prefetch_related("signatures")  # fmt: skip
    for campaign in mine:
        url = reverse("campaigns:campaign", args=[campaign.public_id])
        if campaign.is_draft and campaign.scope_id in director_in:
            yield Task(
                _("La campagne « %(title)s » est prête à relire.") % {"title": campaign.title},
                url,
                _("Relire et lancer"),
                campaign.opens_on,
            )
        signed = {signature.side for signature in campaign.signatures.all()}
        if campaign.scope_id in employee_in and "employees" not in signed:
            rules_url = reverse("campaigns:rules", args=[campaign.public_id])
            yield Task(
                _("La règle du jeu de « %(title)s » attend votre signature.") % {"title": campaign.title},
                rules_url,
                _("Lire et signer"),
                campaign.opens_on,
            )
        if campaign.is_draft and campaign.scope_id in employee_in:
            yield from _key_to_make(campaign)
        if (
            campaign.is_open
            and campaign.scope_id in director_in
            and campaign.closes_on - today <= CLOSES_SOON
        ):
            yield Task(
                _("« %(title)s » se termine bientôt.") % {"title": campaign.title},
                url,
                _("Voir la participation"),
                campaign.closes_on,
            )
    for structure in queries.never_listened(director_in | employee_in):
        yield Task(
            _(
                "%(structure)s n’a pas encore mené de campagne : dix minutes à deux suffisent pour la préparer."
            )
            % {"structure": structure},
            reverse("campaigns:prepare", args=[structure.public_id]),
            _("Préparer une première campagne"),
        )


def _key_to_make(campaign: Campaign) -> Iterable[Task]:
    """Entrusted, a key is made then tried on the employees' side: the campaign cannot be launched before."""
    key: TrustedKey | None = getattr(campaign, "trusted_key", None)
    if key is None or key.is_ready:
        return
    values = {"title": campaign.title, "who": key.held_by}
    if key.made_on:
        sentence, action = (
            _("La clé de « %(title)s » est faite. Reste à l’essayer, avec : %(who)s."),
            _("Essayer la clé"),
        )
    else:
        sentence, action = _("La clé de « %(title)s » est à faire, par : %(who)s."), _("Faire la clé")
    yield Task(
        sentence % values, reverse("campaigns:key", args=[campaign.public_id]), action, campaign.opens_on
    )


awaiting.register("campaigns", tasks_of)


# Main navigation


def entries_of(person: Any) -> Iterable[Entry]:
    """The list of campaigns, for those who have or lead some."""
    if held_in(person, policy.PAIR | policy.NETWORK | {Function.CONSULTANT}):
        yield Entry(_("Campagnes"), reverse("campaigns:campaigns"), order=30)


navigation.register("campaigns", entries_of)
