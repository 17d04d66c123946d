"""Texts ready to copy, print or send: invitation, reminder, SMS, message for a relay. In the language in force."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from labqvt.campaigns import gsm7, rules
from labqvt.campaigns.codes import grouped, spelled
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.papers import shown_address
from labqvt.campaigns.ways import told_to_respondents
from labqvt.foundation.typography import french_first_day


@dataclass(frozen=True, slots=True)
class Message:
    """A subject when it is a letter, and a body."""

    subject: str
    body: str


def asks(campaign: Campaign) -> str:
    return campaign.organisation.name if campaign.organisation else campaign.scope.label


def invitation(campaign: Campaign, address: str, code: str = "") -> Message:
    """The first message; with a code when it goes to one address."""
    values = _values(campaign, address)
    how = _how_to_enter(campaign, address, code)
    body = "\n\n".join(
        (
            _("Bonjour,"),
            _("%(asks)s vous demande votre avis sur votre travail : « %(title)s ». Il faut environ %(minutes)s minutes, "
              "jusqu’au %(day)s au soir. Répondre est libre ; aucune question n’est obligatoire.") % values,
            how,
            told_to_respondents(campaign),
            _promise(campaign),
        )
    )  # fmt: skip
    return Message(_("Votre avis sur le travail, avant le %(day)s") % values, body + "\n")


def reminder(campaign: Campaign, address: str) -> Message:
    """To everyone, those who answered included: nobody knows who did. It never holds a code."""
    values = _values(campaign, address)
    body = "\n\n".join(
        (
            _("Bonjour,"),
            _("Si vous avez déjà répondu à « %(title)s », merci : ce message part à tout le monde, car personne ne sait "
              "qui a répondu.") % values,
            _("Sinon, il reste jusqu’au %(day)s au soir. Il faut environ %(minutes)s minutes, sur un téléphone ou un "
              "ordinateur.") % values,
            _how_to_return(campaign, address),
            _promise(campaign),
        )
    )  # fmt: skip
    return Message(_("« %(title)s » : jusqu’au %(day)s") % values, body + "\n")


def for_a_relay(campaign: Campaign, address: str) -> Message:
    """What a partner passes on: who asks, of whom, why, by which link, and what is counted of it."""
    values = _values(campaign, address) | {"address": address}
    body = "\n\n".join(
        (
            _("Bonjour,"),
            _("%(asks)s interroge les personnes qui travaillent dans les structures invitées : « %(title)s ». Pouvez-vous "
              "transmettre ce message ?") % values,
            _("Répondre prend environ %(minutes)s minutes, jusqu’au %(day)s au soir : %(address)s") % values,
            told_to_respondents(campaign),
            _promise(campaign),
            _("Cette adresse vous est propre : elle compte combien de fois, environ, elle est ouverte chaque jour. Elle ne "
              "sait pas par qui, et n’est jamais gardée avec une réponse."),
        )
    )  # fmt: skip
    return Message(_("À transmettre : « %(title)s »") % values, body + "\n")


def sms(campaign: Campaign, address: str, *, again: bool = False) -> str:
    """One text message of 160 signs at most, whatever the title: it gives way, the address and the date never."""
    values = _values(campaign, address)
    pattern = (
        _("Déjà répondu à %(title)s ? Merci. Sinon, jusqu’au %(day)s : %(address)s")
        if again
        else _("Votre avis sur le travail, %(title)s : %(minutes)s min, jusqu’au %(day)s. %(address)s")
    )
    values |= {"day": date_format(campaign.closes_on, "j/m"), "address": address}
    without = gsm7.written(pattern % (values | {"title": ""}))
    title = gsm7.cut(gsm7.written(campaign.title), max(0, gsm7.ONE_MESSAGE - gsm7.length(without) - 1))
    whole = gsm7.written(pattern % (values | {"title": title}))
    if title and gsm7.length(whole) <= gsm7.ONE_MESSAGE:
        return whole
    plain = _("Votre avis sur le travail, jusqu’au %(day)s : %(address)s") % values
    return gsm7.written(plain)


def _values(campaign: Campaign, address: str) -> dict[str, str]:
    return {
        "asks": asks(campaign),
        "title": campaign.title,
        "minutes": str(rules.minutes(campaign)),
        "day": french_first_day(date_format(campaign.closes_on, "l j F")),
        "address": shown_address(address),
    }


def _how_to_enter(campaign: Campaign, address: str, code: str) -> str:
    values = {"address": address, "shown": shown_address(address)}
    if campaign.way_in == Campaign.WayIn.OPEN_LINK:
        return _("Votre lien : %(address)s") % values
    if code:
        return _("Votre code : %(code)s (%(spelled)s). Écrivez-le sur %(shown)s ; il sert une fois. Ne transférez pas ce "
                 "message : le code partirait avec.") % (values | {"code": grouped(code), "spelled": spelled(code)})  # fmt: skip
    return _("Tirez un code dans le chapeau, puis écrivez-le sur %(shown)s. Il sert une fois.") % values


def _how_to_return(campaign: Campaign, address: str) -> str:
    values = {"address": address, "shown": shown_address(address)}
    if campaign.way_in == Campaign.WayIn.OPEN_LINK:
        return _("Votre lien : %(address)s") % values
    if campaign.way_in == Campaign.WayIn.PERSONAL_CODES:
        return _("Votre code est dans le premier message que vous avez reçu ; il s’écrit sur %(shown)s. Il n’est pas répété "
                 "ici : nous ne savons pas lequel vous avez.") % values  # fmt: skip
    return _("Il reste des codes dans le chapeau ; le vôtre s’écrit sur %(shown)s.") % values


def _promise(campaign: Campaign) -> str:
    least = int(campaign.parameters.get("min_group", rules.LEAST))
    return _(
        "Rien n’est ouvert avant la clôture. Un résultat ne paraît que s’il réunit au moins %(least)s réponses. Tout le "
        "monde le reçoit à la même heure. Puis les feuilles sont détruites."
    ) % {"least": _("six") if least == rules.LEAST else least}
