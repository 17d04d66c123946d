"""What the ways in keep: the open link, addresses, relays, reminders, counts. None of it leads to a sheet."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labqvt.campaigns.random_ids import RandomRowIdField
from labqvt.foundation.public_ids import PublicIdField

WORD_LENGTH = 6


class OpenLink(models.Model):
    """The public word of a pooled campaign. Everyone may know it; it spends nothing."""

    campaign = models.OneToOneField(
        "campaigns.Campaign", verbose_name=_("campagne"), on_delete=models.CASCADE, related_name="link"
    )
    word = models.CharField(_("mot du lien"), max_length=WORD_LENGTH, unique=True)
    read_on = models.DateField(_("relevé du"), null=True, blank=True)
    at_least = models.PositiveIntegerField(_("réponses, au moins"), default=0)

    class Meta:
        verbose_name = _("lien ouvert")
        verbose_name_plural = _("liens ouverts")

    def __str__(self) -> str:
        return self.word


class SpentEntry(models.Model):
    """One entry by the open link that has sent its sheet. It holds no time, no name, no structure."""

    id = RandomRowIdField(_("numéro tiré au hasard"), primary_key=True)
    campaign = models.ForeignKey(
        "campaigns.Campaign", verbose_name=_("campagne"), on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(
        _("empreinte du jeton de la page"),
        max_length=32,
        unique=True,
        help_text=_("tiré au hasard à l’entrée par le lien ; il ne sert qu’à ne pas compter deux fois le même envoi"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("entrée par le lien")
        verbose_name_plural = _("entrées par le lien")

    def __str__(self) -> str:
        return str(_("entrée par le lien"))


class InvitedAddress(models.Model):
    """An address that receives a code by e-mail. Which code is known to nobody; destroyed at closing."""

    class State(models.TextChoices):
        WAITING = "waiting", _("à envoyer")
        LEAVING = "leaving", _("envoi interrompu, issue inconnue")
        SENT = "sent", _("envoyé")
        BOUNCED = "bounced", _("revenu")

    id = RandomRowIdField(_("numéro tiré au hasard"), primary_key=True)
    campaign = models.ForeignKey(
        "campaigns.Campaign", verbose_name=_("campagne"), on_delete=models.CASCADE, related_name="+"
    )
    audience = models.CharField(_("questionnaire ouvert"), max_length=10)
    address = models.EmailField(_("adresse"), max_length=254)
    state = models.CharField(_("état"), max_length=8, choices=State, default=State.WAITING)
    why = models.CharField(_("raison du retour"), max_length=20, blank=True)
    # How many codes left for this line after the first one: each is a code more than there are people.
    replaced = models.PositiveSmallIntegerField(_("codes renvoyés"), default=0)
    last_reminder = models.PositiveIntegerField(_("dernier rappel parti"), default=0)

    class Meta:
        verbose_name = _("adresse invitée")
        verbose_name_plural = _("adresses invitées")
        ordering: ClassVar = ["address"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "address"], name="one_line_per_address")
        ]

    def __str__(self) -> str:
        return self.address


class Relay(models.Model):
    """A partner that passes the invitation on, with a link of its own."""

    public_id = PublicIdField()
    campaign = models.ForeignKey(
        "campaigns.Campaign", verbose_name=_("campagne"), on_delete=models.CASCADE, related_name="relays"
    )
    name = models.CharField(_("organisme relais"), max_length=120)
    word = models.CharField(_("mot du lien suivi"), max_length=WORD_LENGTH, unique=True)

    class Meta:
        verbose_name = _("relais")
        verbose_name_plural = _("relais")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "name"],
                name="one_relay_per_name_in_campaign",
                violation_error_message=_("Ce relais est déjà dans la liste."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class RelaySending(models.Model):
    """Once a relay passed the message on, or was asked to again: when, to how many, by whom."""

    class Kind(models.TextChoices):
        PASSED_ON = "passed_on", _("a transmis le message")
        CHASED = "chased", _("a été relancé")

    public_id = PublicIdField()
    relay = models.ForeignKey(
        Relay, verbose_name=_("relais"), on_delete=models.CASCADE, related_name="sendings"
    )
    kind = models.CharField(_("quoi"), max_length=10, choices=Kind, default=Kind.PASSED_ON)
    on = models.DateField(_("quel jour"), default=timezone.localdate)
    reached = models.PositiveIntegerField(_("à combien"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("noté par"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("envoi d’un relais")
        verbose_name_plural = _("envois des relais")
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.relay} – {self.get_kind_display()}"


class RelayOpenings(models.Model):
    """About how many times a relay's link was opened on a day: counted by fives, one time in five at random."""

    relay = models.ForeignKey(
        Relay, verbose_name=_("relais"), on_delete=models.CASCADE, related_name="openings"
    )
    day = models.DateField(_("jour"))
    about = models.PositiveIntegerField(_("environ"), default=0)

    class Meta:
        verbose_name = _("ouvertures d’un lien suivi")
        verbose_name_plural = _("ouvertures des liens suivis")
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["relay", "day"], name="one_count_per_relay_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.relay} – {self.day:%d/%m/%Y}"


class Reminder(models.Model):
    """A reminder to everyone: when, by what, by whom. Nobody is left out of it, nobody is singled out."""

    class By(models.TextChoices):
        MAIL = "mail", _("courriel à toutes les adresses")
        POSTER = "poster", _("affichette")
        TEXT = "text", _("message transmis par le binôme")
        SPOKEN = "spoken", _("parole, en réunion")

    public_id = PublicIdField()
    campaign = models.ForeignKey(
        "campaigns.Campaign", verbose_name=_("campagne"), on_delete=models.CASCADE, related_name="reminders"
    )
    way = models.CharField(_("par"), max_length=10, choices=By)
    on = models.DateField(_("le"), default=timezone.localdate)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("par"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("rappel à tout le monde")
        verbose_name_plural = _("rappels")
        ordering: ClassVar = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} – {self.get_way_display()}"


class HatCount(models.Model):
    """Codes left in the hat, as its keeper counted them; and at closing, answers beyond the codes drawn."""

    population = models.OneToOneField(
        "campaigns.Population", verbose_name=_("structure"), on_delete=models.CASCADE, related_name="hat"
    )
    left = models.PositiveIntegerField(_("codes restés dans le chapeau"))
    on = models.DateField(_("comptés le"), default=timezone.localdate)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("par"), on_delete=models.PROTECT, related_name="+"
    )
    beyond = models.PositiveIntegerField(_("réponses au-delà des codes tirés"), null=True, blank=True)

    class Meta:
        verbose_name = _("compte du chapeau")
        verbose_name_plural = _("comptes des chapeaux")

    def __str__(self) -> str:
        return str(self.left)


class KeyedCount(models.Model):
    """How many sheets a person keyed for others in a campaign: a number, tied to no sheet and to no moment."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", verbose_name=_("campagne"), on_delete=models.CASCADE, related_name="keyed"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("par"), on_delete=models.PROTECT, related_name="+"
    )
    sheets = models.PositiveIntegerField(_("feuilles saisies"), default=0)

    class Meta:
        verbose_name = _("feuilles saisies")
        verbose_name_plural = _("feuilles saisies")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "by"], name="one_count_per_keyer")
        ]

    def __str__(self) -> str:
        return f"{self.by} – {self.sheets}"
