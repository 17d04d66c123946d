"""What a structure tries: experiments with criteria chosen beforehand, and a verdict that teaches something."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labqvt.campaigns.models import Campaign
from labqvt.diagnostics.determinants import CARDS
from labqvt.foundation.public_ids import PublicIdField
from labqvt.foundation.schedule import Move, Scheduled, Standing
from labqvt.people.models import Organisation


def determinant_choices() -> list[tuple[str, Any]]:
    """The six determinants, named where they are explained."""
    return [(card.id, card.name) for card in CARDS]


class Plan(models.Model):
    """The plan of one structure: a short list of things being tried."""

    public_id = PublicIdField()
    organisation = models.OneToOneField(
        Organisation, verbose_name=_("structure"), on_delete=models.PROTECT, related_name="plan"
    )

    class Meta:
        verbose_name = _("plan d’action")
        verbose_name_plural = _("plans d’action")

    def __str__(self) -> str:
        return str(self.organisation)


class Experiment(Scheduled):
    """A small change tried for a time, judged on criteria that the people concerned chose beforehand."""

    class Verdict(models.TextChoices):
        KEEP = "keep", _("On garde")
        ADJUST = "adjust", _("On ajuste et on continue")
        STOP = "stop", _("On arrête")

    public_id = PublicIdField()
    plan = models.ForeignKey(
        Plan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="experiments"
    )
    campaign = models.ForeignKey(
        Campaign,
        verbose_name=_("diagnostic d’origine"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    title = models.CharField(_("titre"), max_length=140)
    determinant = models.CharField(_("déterminant"), max_length=20, choices=determinant_choices)
    hypothesis = models.TextField(_("hypothèse"))
    perimeter = models.CharField(_("périmètre"), max_length=200)
    criteria = models.TextField(_("critères de réussite"))
    lead = models.CharField(_("qui s’en occupe"), max_length=120)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, blank=True)
    learned = models.TextField(_("ce que l’essai a appris"), blank=True)
    created_at = models.DateTimeField(_("ajouté le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("expérimentation")
        verbose_name_plural = _("expérimentations")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="") | ~Q(learned=""),
                name="a_verdict_says_what_was_learned",
                violation_error_message=_(
                    "Dites ce que l’essai a appris : c’est lui qui compte, plus que le verdict."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_judged(self) -> bool:
        return bool(self.verdict)

    @property
    def has_begun(self) -> bool:
        return bool(self.current and self.current.first <= timezone.localdate())

    @property
    def awaits_a_verdict(self) -> bool:
        return not self.is_judged and self.standing() == Standing.LATE


class ExperimentMove(Move):
    """An experiment whose dates moved, and why."""

    experiment = models.ForeignKey(
        Experiment, verbose_name=_("expérimentation"), on_delete=models.CASCADE, related_name="moves"
    )

    class Meta(Move.Meta):
        verbose_name = _("report d’expérimentation")
        verbose_name_plural = _("reports d’expérimentation")
