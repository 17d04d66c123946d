"""The one table of raw answers. Only ``responses`` writes it, only ``evidence.door`` reads it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from labqvt.campaigns.random_ids import RandomRowIdField


class SealedSheet(models.Model):
    """One person's answers, sealed to the campaign's public key and padded to one size. No time, no code."""

    id = RandomRowIdField(_("numéro tiré au hasard"), primary_key=True)
    # DO_NOTHING: the database itself refuses to lose a campaign that holds sheets; Django never looks into them.
    campaign = models.ForeignKey(
        "campaigns.Campaign", verbose_name=_("campagne"), on_delete=models.DO_NOTHING, related_name="+"
    )
    ciphertext = models.BinaryField(
        _("feuille scellée"),
        help_text=_("illisible sans la clé de la campagne, de même longueur pour toutes"),
    )

    class Meta:
        verbose_name = _("feuille scellée")
        verbose_name_plural = _("feuilles scellées")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return str(_("feuille scellée"))
