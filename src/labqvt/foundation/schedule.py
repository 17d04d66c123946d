"""Planned, re-planned, actual: lateness is computed, never typed."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, ClassVar, Self

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


class Announced(models.Model):
    """Something calendars carry: ``sequence`` rises each time that what they show of it changes, undoing included.

    Calendars keep the copy that has the highest number: it is counted here, not deduced from what is left.
    """

    ANNOUNCES: ClassVar[Sequence[str]] = ()  # fields whose change calendars must hear of
    sequence = models.PositiveIntegerField(_("numéro d’annonce"), default=0, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Collection[str] | None = None, **kwargs: Any) -> None:
        told, before = self.announced(), getattr(self, "_last_told", None)
        if not self._state.adding and before is not None and told != before:
            self.sequence += 1
            update_fields = None if update_fields is None else {*update_fields, "sequence"}
        super().save(*args, update_fields=update_fields, **kwargs)
        self._last_told = told

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Self:
        found = super().from_db(db, field_names, values)
        if set(cls.ANNOUNCES) <= set(field_names):
            found._last_told = found.announced()
        return found

    def announced(self) -> Any:
        """What calendars show of it, to be compared."""
        return tuple(getattr(self, name) for name in self.ANNOUNCES)


class Scheduled(Announced):
    """Something with a date that may move. Each move is kept beside it by a concrete ``Move``."""

    ANNOUNCES: ClassVar[Sequence[str]] = ("planned", "replanned", "actual", "dropped_because")
    planned = PeriodField(_("prévu"), null=True, blank=True)
    replanned = PeriodField(_("reporté à"), null=True, blank=True)
    actual = PeriodField(_("réalisé"), null=True, blank=True)
    dropped_because = models.TextField(_("motif d’abandon"), blank=True)

    class Meta:
        abstract = True

    def announced(self) -> Any:
        """The date to show, and whether it was given up: why is no news for a calendar."""
        return self.current, bool(self.dropped_because)

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
