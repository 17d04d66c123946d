"""Planned, re-planned, actual: lateness is computed, never typed."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.periods import Period, PeriodField


class Standing(models.TextChoices):
    """Where a scheduled thing stands on a given day."""

    PLANNED = "planned", _("prévu")
    MOVED = "moved", _("reporté")
    LATE = "late", _("en retard")
    DONE = "done", _("fait")
    DROPPED = "dropped", _("abandonné")


class Scheduled(models.Model):
    """Something with a date that may move. Each move is kept beside it by a concrete ``Move``."""

    planned = PeriodField(_("prévu"), null=True, blank=True)
    replanned = PeriodField(_("reporté à"), null=True, blank=True)
    actual = PeriodField(_("réalisé"), null=True, blank=True)
    dropped_because = models.TextField(_("motif d’abandon"), blank=True)

    class Meta:
        abstract = True

    @property
    def current(self) -> Period | None:
        """What to show: what happened, else the last plan."""
        return self.actual or self.replanned or self.planned

    def standing(self, today: date | None = None) -> Standing:
        today = today or timezone.localdate()
        if self.dropped_because:
            return Standing.DROPPED
        if self.actual and self.actual.last <= today:
            return Standing.DONE
        plan = self.actual or self.replanned or self.planned
        if plan and plan.last < today:
            return Standing.LATE
        return Standing.MOVED if self.replanned else Standing.PLANNED


class Move(models.Model):
    """One re-planning: from, to, why. A concrete class adds the foreign key to what moved."""

    previous = PeriodField(_("ancienne date"), null=True, blank=True)
    new = PeriodField(_("nouvelle date"))
    cause = models.TextField(_("cause"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noté par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    recorded_at = models.DateTimeField(_("noté le"), default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["recorded_at", "pk"]
