"""Who may do what around the ways in: addresses, reminders, relays, the hat, sheets keyed for others."""

from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from labqvt.campaigns.models import Campaign, Population
from labqvt.campaigns.policy import NETWORK, PAIR, campaign_for
from labqvt.campaigns.rules import PERSONAL_CODES_FROM
from labqvt.campaigns.ways_models import InvitedAddress, Relay, RelaySending, Reminder
from labqvt.foundation.mail import outbox_is_used
from labqvt.foundation.verdict import YES, Verdict, no
from labqvt.people.models import Function
from labqvt.people.policy import held_in, holds

REMINDERS_A_WEEK: Final = 2
WEEK: Final = timedelta(days=7)
# One code sent again for five addresses, and two at least: each is a code more than there are people.
RESENT_SHARE: Final = 5
RESENT_AT_LEAST: Final = 2


def prepares(person: Any, campaign: Campaign) -> bool:
    return holds(person, NETWORK if campaign.is_pooled else PAIR, campaign.scope)


def relay_for(person: Any, public_id: str) -> Relay:
    """A relay of a campaign the person reads; otherwise it does not exist."""
    relay = get_object_or_404(Relay.objects.select_related("campaign"), public_id=public_id)
    relay.campaign = campaign_for(person, relay.campaign.public_id)
    return relay


def sending_for(person: Any, public_id: str) -> RelaySending:
    sending = get_object_or_404(RelaySending.objects.select_related("relay"), public_id=public_id)
    sending.relay = relay_for(person, sending.relay.public_id)
    return sending


def address_for(campaign: Campaign, number: int) -> InvitedAddress:
    return get_object_or_404(InvitedAddress, campaign=campaign, pk=number)


# Addresses


def may_hold_addresses(person: Any, campaign: Campaign) -> Verdict:
    """The pair gives, reads and corrects the addresses; who accompanies the structure does not see them."""
    if not prepares(person, campaign):
        return no(
            _("Les adresses sont données et relues par le binôme de la structure, et par personne d’autre.")
        )
    if campaign.way_in != Campaign.WayIn.PERSONAL_CODES:
        return no(_("Cette campagne n’envoie pas de codes par courriel : elle ne garde aucune adresse."))
    if campaign.is_closed:
        return no(_("Cette campagne est close : ses adresses sont détruites."))
    return YES


def may_send_codes(person: Any, campaign: Campaign) -> Verdict:
    if not (verdict := may_hold_addresses(person, campaign)):
        return verdict
    if not (verdict := _codes_may_leave(campaign)):
        return verdict
    lines = InvitedAddress.objects.filter(campaign=campaign)
    if (count := lines.count()) < PERSONAL_CODES_FROM:
        return no(_("Il y a %(n)s adresses ; il en faut au moins quinze pour que les codes partent par courriel.") % {"n": count})  # fmt: skip
    if not lines.filter(state=InvitedAddress.State.WAITING).exists():
        return no(_("Chaque adresse a déjà reçu son code."))
    return YES


def _codes_may_leave(campaign: Campaign) -> Verdict:
    if campaign.is_draft:
        return no(_("Les codes partent une fois la campagne lancée."))
    if campaign.closes_on < timezone.localdate():
        return no(_("Le dernier jour pour répondre est passé : un code envoyé ne servirait plus."))
    if not mail_leaves():
        return no(_("Aucun serveur de courriel n’est réglé : demandez-le à l’administration de l’outil (LABQVT_EMAIL_URL)."))  # fmt: skip
    return YES


def mail_leaves() -> bool:
    """The demonstration keeps its mail, without the codes; elsewhere a code kept here would be lost."""
    return settings.DEMONSTRATION or not outbox_is_used()


def may_send_again(person: Any, line: InvitedAddress, campaign: Campaign) -> Verdict:
    if not (verdict := may_hold_addresses(person, campaign)):
        return verdict
    if line.state not in {InvitedAddress.State.BOUNCED, InvitedAddress.State.LEAVING}:
        return no(_("Un nouveau code ne part que pour un message revenu ou un envoi interrompu."))
    lines = InvitedAddress.objects.filter(campaign=campaign)
    resent = sum(lines.values_list("replaced", flat=True))
    if resent >= max(RESENT_AT_LEAST, lines.count() // RESENT_SHARE):
        return no(_("%(n)s codes ont déjà été renvoyés : au-delà d’un sur cinq, trop de codes circuleraient en double. "
                    "Proposez à la personne de répondre sur papier, ou avec une autre structure du réseau.") % {"n": resent})  # fmt: skip
    return YES


# Reminders


def may_remind(person: Any, campaign: Campaign, today: date | None = None) -> Verdict:
    """Anyone who prepares may, twice a week at most, to everyone."""
    today = today or timezone.localdate()
    if not prepares(person, campaign):
        return no(
            _(
                "Les rappels sont faits par le binôme de la structure, ou par le réseau pour une campagne commune."
            )
        )
    if not campaign.takes_answers(today):
        return no(_("Un rappel se fait pendant que la campagne prend des réponses."))
    recent = Reminder.objects.filter(campaign=campaign, on__gt=today - WEEK, on__lte=today)
    if recent.count() >= REMINDERS_A_WEEK:
        return no(_("Deux rappels ont déjà été faits en sept jours : un de plus lasserait. Le prochain est possible le %(day)s.")
                  % {"day": (recent.order_by("on")[0].on + WEEK).strftime("%d/%m")})  # fmt: skip
    return YES


def may_remind_by_mail(person: Any, campaign: Campaign, today: date | None = None) -> Verdict:
    if campaign.way_in != Campaign.WayIn.PERSONAL_CODES:
        return no(_("Cette campagne ne garde aucune adresse : le rappel se transmet, s’affiche ou se dit."))
    if not (verdict := may_remind(person, campaign, today)):
        return verdict
    if not InvitedAddress.objects.filter(campaign=campaign, state=InvitedAddress.State.SENT).exists():
        return no(_("Aucun code n’est encore parti : il n’y a personne à qui le rappeler."))
    return YES


# Relays


def may_keep_relays(person: Any, campaign: Campaign) -> Verdict:
    if not prepares(person, campaign):
        return no(
            _(
                "Les relais sont suivis par le binôme de la structure, ou par le réseau pour une campagne commune."
            )
        )
    if campaign.is_closed:
        return no(_("Cette campagne est close : ses liens ne s’ouvrent plus."))
    return YES


# The hat


def hats_kept_by(person: Any, campaign: Campaign) -> Any:
    """Structures whose hat this person keeps: the employees' side, never the director alone."""
    populations = Population.objects.filter(campaign=campaign).select_related("organisation", "hat__by")
    if not campaign.is_pooled and holds(person, {Function.EMPLOYEE}, campaign.scope):
        return populations
    mine = [scope.pk for scope in held_in(person, {Function.EMPLOYEE})]
    return populations.filter(organisation__scope__in=mine)


def may_count_hat(person: Any, population: Population, campaign: Campaign) -> Verdict:
    if campaign.way_in != Campaign.WayIn.HAT_CODES:
        return no(_("Cette campagne n’a pas de chapeau."))
    if not hats_kept_by(person, campaign).filter(pk=population.pk).exists():
        return no(
            _(
                "Les codes restés dans le chapeau sont comptés par la personne salariée du binôme, qui le tient."
            )
        )
    if not campaign.is_open:
        return no(_("Le chapeau se compte pendant la campagne, avant sa clôture."))
    return YES


# Sheets keyed for others


def structures_keyed_by(person: Any, campaign: Campaign) -> Any:
    """Structures whose sheets this person may key, as the rules of the game say; never the direction."""
    populations = Population.objects.filter(campaign=campaign)
    function = {
        Campaign.KeyedBy.EMPLOYEE: Function.EMPLOYEE,
        Campaign.KeyedBy.OUTSIDER: Function.CONSULTANT,
    }.get(Campaign.KeyedBy(campaign.keyed_by))
    if function is None:
        return populations.none()
    mine = [scope.pk for scope in held_in(person, {function})]
    if not campaign.is_pooled:
        return populations if campaign.scope_id in mine else populations.none()
    return populations.filter(organisation__scope__in=mine)


def may_key(person: Any, campaign: Campaign) -> Verdict:
    if campaign.keyed_by == Campaign.KeyedBy.NOBODY:
        return no(
            _("Cette campagne ne prévoit pas de saisie par une autre personne : chacun répond sur un écran.")
        )
    if campaign.way_in == Campaign.WayIn.OPEN_LINK:
        return no(_("Une feuille se saisit avec un code ; cette campagne n’en a pas."))
    if not structures_keyed_by(person, campaign).exists():
        return no(_("Les feuilles sont saisies par %(who)s, et par personne d’autre. Cela a été dit aux personnes qui répondent.")
                  % {"who": campaign.get_keyed_by_display()})  # fmt: skip
    if not campaign.takes_answers():
        return no(_("Une feuille se saisit pendant que la campagne prend des réponses."))
    return YES
