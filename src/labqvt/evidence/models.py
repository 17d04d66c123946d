"""Releases: the only thing kept of a campaign's answers."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labqvt.campaigns.models import Campaign
from labqvt.foundation.public_ids import PublicIdField


class Release(models.Model):
    """What one campaign gave: one edition, the same for everyone, or nothing at all.

    A release that shows nothing holds nothing: its row cannot tell why.
    """

    public_id = PublicIdField()
    campaign = models.OneToOneField(
        Campaign, verbose_name=_("campagne"), on_delete=models.PROTECT, related_name="release"
    )
    edition = models.PositiveSmallIntegerField(_("édition"), default=1)
    shown = models.BooleanField(_("montré"))
    content = models.JSONField(
        _("contenu montré"), default=dict, help_text=_("labqvt/diagnosis/1, valeurs affichées seulement")
    )
    certificate = models.JSONField(_("certificat"), default=dict)
    released_at = models.DateTimeField(_("publié le"), default=timezone.now, editable=False)
    announced_at = models.DateTimeField(_("annoncé le"), null=True, editable=False)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering: ClassVar = ["-released_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(shown=False) | (~Q(certificate={}) & ~Q(content={})),
                name="shown_release_has_a_certificate",
            ),
            models.CheckConstraint(
                condition=Q(shown=True) | (Q(certificate={}) & Q(content={})),
                name="hidden_release_holds_nothing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.campaign)


class StructureRelease(models.Model):
    """What one structure of a pooled campaign is given of its own answers. No row: nothing to show, and no word why."""

    public_id = PublicIdField()
    release = models.ForeignKey(
        Release, verbose_name=_("publication"), on_delete=models.CASCADE, related_name="structures"
    )
    organisation = models.ForeignKey(
        "people.Organisation", verbose_name=_("structure"), on_delete=models.PROTECT, related_name="+"
    )
    content = models.JSONField(
        _("contenu montré"), help_text=_("labqvt/diagnosis/1, valeurs affichées seulement")
    )
    certificate = models.JSONField(_("certificat"))

    class Meta:
        verbose_name = _("publication pour une structure")
        verbose_name_plural = _("publications par structure")
        ordering: ClassVar = ["organisation__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "organisation"], name="one_release_per_structure")
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Destruction(models.Model):
    """What was destroyed of a campaign, when, by which rule. How many sheets there were is told nowhere."""

    class Rule(models.TextChoices):
        RELEASED = "released", _("à la publication des résultats")
        UNOPENED = "unopened", _("sans avoir été ouvertes, au terme annoncé")

    campaign = models.OneToOneField(
        Campaign, verbose_name=_("campagne"), on_delete=models.PROTECT, related_name="destruction"
    )
    rule = models.CharField(_("règle"), max_length=10, choices=Rule)
    sheets_at = models.DateTimeField(_("feuilles et codes détruits le"), default=timezone.now, editable=False)
    key_at = models.DateTimeField(_("clé détruite le"), null=True, editable=False)
    file_at = models.DateTimeField(_("base réécrite le"), null=True, editable=False)

    class Meta:
        verbose_name = _("destruction")
        verbose_name_plural = _("destructions")
        ordering: ClassVar = ["-sheets_at"]

    def __str__(self) -> str:
        return f"{self.campaign} – {self.get_rule_display()}"
