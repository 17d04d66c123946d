"""Meetings: convened, moved, held; what was said there, by whom it was approved."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.periods import PeriodField
from labqvt.foundation.public_ids import PublicIdField
from labqvt.foundation.schedule import Announced
from labqvt.governance.seat_models import Body, College, Seat
from labqvt.people.models import Account


class Intent(models.TextChoices):
    """What is expected of a point, and what came out of it."""

    DECISION = "decision", _("décision")
    OPINION = "opinion", _("avis")
    ACTION = "action", _("action")
    INFORMATION = "information", _("information")


class Meeting(Announced):
    """One meeting of a body. Its hour and its way of being held may change; each change keeps its cause."""

    class Mode(models.TextChoices):
        ON_SITE = "on_site", _("sur place")
        REMOTE = "remote", _("à distance")
        HYBRID = "hybrid", _("sur place et à distance")

    class Status(models.TextChoices):
        DRAFT = "draft", _("en préparation")
        CONVENED = "convened", _("convoquée")
        IN_SESSION = "in_session", _("en séance")
        PROPOSED = "proposed", _("compte rendu à viser")
        APPROVED = "approved", _("compte rendu approuvé")
        CANCELLED = "cancelled", _("annulée")

    ANNOUNCES: ClassVar = ("starts_at", "ends_at", "mode", "place", "link", "status")
    public_id = PublicIdField()
    body = models.ForeignKey(
        Body, verbose_name=_("instance"), on_delete=models.PROTECT, related_name="meetings"
    )
    title = models.CharField(_("intitulé"), max_length=160)
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    mode = models.CharField(_("se tient"), max_length=10, choices=Mode, default=Mode.ON_SITE)
    place = models.CharField(_("lieu"), max_length=200, blank=True)
    link = models.URLField(_("adresse de la visioconférence"), blank=True)
    fallback = models.CharField(
        _("repli"), max_length=200, blank=True,
        help_text=_("Ce qui se passe si l’on ne peut pas se réunir : une visioconférence, une autre date."),
    )  # fmt: skip
    status = models.CharField(_("état"), max_length=10, choices=Status, default=Status.DRAFT)
    cancelled_because = models.TextField(_("motif d’annulation"), blank=True)
    correction = models.CharField(_("correction en cours"), max_length=300, blank=True, editable=False)
    is_fictitious = models.BooleanField(_("inventée pour la démonstration"), default=False, editable=False)
    convened_on = models.DateField(_("convoquée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("réunion")
        verbose_name_plural = _("réunions")
        ordering = ["-starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"], name="meetings_by_start")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_begins",
                violation_error_message=_("La fin de la réunion précède son début."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def announced(self) -> Any:
        """Its hours and place, and whether it was called off: going on is no news for a calendar."""
        return (
            self.starts_at,
            self.ends_at,
            self.mode,
            self.place,
            self.link,
            self.status == self.Status.CANCELLED,
        )

    @property
    def day(self) -> date:
        """The day it begins, where people live."""
        return timezone.localdate(self.starts_at)

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()

    @property
    def is_live(self) -> bool:
        """To come or going on: its video conference is of use."""
        return self.is_open or self.status == self.Status.IN_SESSION

    @property
    def is_open(self) -> bool:
        """Still to come: it may move, be called off, have its agenda changed."""
        return self.status in {self.Status.DRAFT, self.Status.CONVENED}


class MeetingMove(models.Model):
    """The meeting moved in time, or went from a room to a screen: from, to, why."""

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("réunion"), on_delete=models.CASCADE, related_name="moves"
    )
    previous_start = models.DateTimeField(_("ancien début"))
    new_start = models.DateTimeField(_("nouveau début"))
    previous_mode = models.CharField(_("se tenait"), max_length=10, choices=Meeting.Mode)
    new_mode = models.CharField(_("se tient"), max_length=10, choices=Meeting.Mode)
    cause = models.CharField(_("cause"), max_length=300)
    recorded_by = models.ForeignKey(
        Account, verbose_name=_("noté par"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(_("noté le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("report de réunion")
        verbose_name_plural = _("reports de réunion")
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return self.cause


class AgendaItem(models.Model):
    """One point of the agenda: what is expected of it, how long, who presents it."""

    public_id = PublicIdField()
    meeting = models.ForeignKey(
        Meeting, verbose_name=_("réunion"), on_delete=models.CASCADE, related_name="items"
    )
    rank = models.PositiveSmallIntegerField(_("rang"))
    title = models.CharField(_("point"), max_length=200)
    intent = models.CharField(
        _("ce qui est attendu"), max_length=12, choices=Intent, default=Intent.INFORMATION
    )
    minutes = models.PositiveSmallIntegerField(_("durée en minutes"), default=15)
    presenter = models.CharField(_("qui présente"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("point de l’ordre du jour")
        verbose_name_plural = _("points de l’ordre du jour")
        ordering = ["rank", "pk"]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Whether a seat was held that day, and how."""

    class State(models.TextChoices):
        PRESENT = "present", _("présent")
        REMOTE = "remote", _("à distance")
        REPRESENTED = "represented", _("représenté")
        EXCUSED = "excused", _("excusé")
        ABSENT = "absent", _("absent")

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("réunion"), on_delete=models.CASCADE, related_name="attendances"
    )
    seat = models.ForeignKey(
        Seat, verbose_name=_("siège"), on_delete=models.PROTECT, related_name="attendances"
    )
    state = models.CharField(_("présence"), max_length=12, choices=State)
    represented_by = models.ForeignKey(
        Seat,
        verbose_name=_("représenté par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("présence")
        verbose_name_plural = _("présences")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="one_attendance_per_seat"),
            models.CheckConstraint(
                condition=Q(state="represented") | Q(represented_by=None), name="only_the_represented_have_one",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.seat} – {self.get_state_display()}"


class Outcome(models.Model):
    """What came out of a point. A decision may act: move a date, give a milestone up."""

    public_id = PublicIdField()
    meeting = models.ForeignKey(
        Meeting, verbose_name=_("réunion"), on_delete=models.PROTECT, related_name="outcomes"
    )
    item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("point"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="outcomes",
    )
    intent = models.CharField(_("nature"), max_length=12, choices=Intent)
    text = models.TextField(_("ce qui a été dit, décidé ou demandé"))
    responsible = models.CharField(_("qui s’en charge"), max_length=120, blank=True)
    due = PeriodField(_("pour quand"), null=True, blank=True)
    # What the decision did, by name, and on what: found again from there.
    act = models.CharField(_("geste"), max_length=60, blank=True, editable=False)
    target = models.CharField(_("objet"), max_length=120, blank=True, editable=False, db_index=True)
    done = models.CharField(_("ce qui a été fait"), max_length=300, blank=True, editable=False)
    target_url = models.CharField(_("adresse de l’objet"), max_length=200, blank=True, editable=False)
    recorded_at = models.DateTimeField(_("noté le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("suite")
        verbose_name_plural = _("suites")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class Position(models.Model):
    """What a college thinks of a decision or an opinion, in its own words."""

    class Stance(models.TextChoices):
        FOR = "for", _("pour")
        AGAINST = "against", _("contre")
        RESERVED = "reserved", _("avec réserve")
        ABSTAINS = "abstains", _("ne se prononce pas")

    outcome = models.ForeignKey(
        Outcome, verbose_name=_("suite"), on_delete=models.CASCADE, related_name="positions"
    )
    college = models.CharField(_("collège"), max_length=12, choices=College)
    stance = models.CharField(_("position"), max_length=10, choices=Stance)

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "college"], name="one_position_per_college")
        ]

    def __str__(self) -> str:
        return f"{self.get_college_display()} : {self.get_stance_display()}"


class Minutes(models.Model):
    """What was proposed for approval, word for word. Never changed: a correction is another version, with its reason."""

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("réunion"), on_delete=models.PROTECT, related_name="minutes"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("texte arrêté"))
    reason = models.CharField(_("motif de la correction"), max_length=300, blank=True)
    proposed_by = models.ForeignKey(
        Account, verbose_name=_("proposé par"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposé le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("compte rendu")
        verbose_name_plural = _("comptes rendus")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="one_minutes_per_number")]

    def __str__(self) -> str:
        return f"{self.meeting} – {self.number}"


class Visa(models.Model):
    """One side approved a version of the minutes."""

    minutes = models.ForeignKey(
        Minutes, verbose_name=_("compte rendu"), on_delete=models.PROTECT, related_name="visas"
    )
    side = models.CharField(_("côté"), max_length=12)
    account = models.ForeignKey(
        Account, verbose_name=_("visé par"), on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("visé le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("visa")
        verbose_name_plural = _("visas")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["minutes", "side"], name="one_visa_per_side")]

    def __str__(self) -> str:
        return self.side
