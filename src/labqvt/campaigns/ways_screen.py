"""What the page of a campaign says of its ways in, to this person: what to do next, and what was counted."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from labqvt.campaigns import fatigue, hat, policy, third_person, ways_policy
from labqvt.campaigns.models import Campaign, Population
from labqvt.campaigns.ways_models import HatCount, InvitedAddress


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do around a running campaign."""

    label: str
    about: str
    url: str


@dataclass(frozen=True, slots=True)
class WaysScreen:
    steps: tuple[Step, ...]
    loads: tuple[fatigue.Load, ...]
    hats: tuple[tuple[Population, HatCount | None], ...]
    keyed: tuple[Any, ...]
    sent_again: int
    crowded: int  # structures of a pooled campaign already asked something at the same time
    link_about: int | None


def screen_of(person: Any, campaign: Campaign) -> WaysScreen:
    loads = _loads(campaign) if campaign.is_draft else []
    crowded = sum(bool(load.overlapping) for load in loads)
    return WaysScreen(
        steps=tuple(_steps(person, campaign)),
        # The network is told how many structures are busy, never which: their own campaigns are theirs.
        loads=() if campaign.is_pooled else tuple(loads),
        hats=tuple(_hats(person, campaign)),
        keyed=tuple(campaign.keyed.select_related("by"))
        if campaign.is_closed and not campaign.is_pooled
        else (),
        sent_again=int(campaign.parameters.get("sent_again", 0)),
        crowded=crowded if campaign.is_pooled else 0,
        link_about=campaign.link.at_least
        if campaign.is_open and campaign.is_by_link and campaign.link.read_on
        else None,
    )


def _loads(campaign: Campaign) -> list[fatigue.Load]:
    structures = [row.organisation for row in campaign.populations.select_related("organisation")]
    return fatigue.load_of_campaign(campaign, structures)


def _hats(person: Any, campaign: Campaign) -> list[tuple[Population, HatCount | None]]:
    if campaign.is_draft or campaign.is_pooled or campaign.way_in != Campaign.WayIn.HAT_CODES:
        return []
    return hat.told(campaign)


def _steps(person: Any, campaign: Campaign) -> Any:
    def step(label: str, about: str, name: str) -> Step:
        return Step(label, about, reverse(f"campaigns:{name}", args=[campaign.public_id]))

    if ways_policy.may_hold_addresses(person, campaign):
        lines = InvitedAddress.objects.filter(campaign=campaign)
        waiting = lines.filter(state=InvitedAddress.State.WAITING).count()
        about = _("%(n)s adresses, %(waiting)s codes à envoyer") % {"n": lines.count(), "waiting": waiting}
        yield step(_("Adresses et envoi des codes"), about, "addresses")
    if policy.may_print_poster(person, campaign):
        yield step(
            _("Messages et papiers"),
            _("courriel, SMS, affiche, affichette de rappel, questionnaire papier"),
            "messages",
        )
    if campaign.is_open and ways_policy.prepares(person, campaign):
        yield step(_("Rappels"), _("à tout le monde, deux par semaine au plus"), "reminders")
    if ways_policy.may_keep_relays(person, campaign):
        yield step(
            _("Relais de diffusion"), _("qui transmet, quand, à combien, et ce qui en est venu"), "relays"
        )
    if (
        campaign.is_open
        and campaign.way_in == Campaign.WayIn.HAT_CODES
        and ways_policy.hats_kept_by(person, campaign).exists()
    ):
        yield step(_("Le chapeau"), _("dire combien de codes y restent"), "hat")
    if campaign.is_open and third_person.is_planned(campaign) and ways_policy.may_key(person, campaign):
        yield Step(
            _("Saisir une feuille"), _("de papier ou dictée, avec son code"),
            reverse("keying:sheet", args=[campaign.public_id]),
        )  # fmt: skip
