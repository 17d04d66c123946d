"""Bodies, their seats, and who holds each from which day to which."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.public_ids import PublicIdField
from labqvt.people.models import Account, Assignment, Organisation, Scope
from labqvt.programmes.models import Sourced


class College(models.TextChoices):
    """On whose behalf a seat speaks."""

    EMPLOYERS = "employers", _("employeurs")
    EMPLOYEES = "employees", _("salariés")
    STATE = "state", _("État et organismes publics")
    EXPERTS = "experts", _("personnes qualifiées")
    TEAM = "team", _("équipe du programme")


class Body(Sourced):
    """A committee, a joint body, a college, a working group: it meets, says and decides."""

    class Kind(models.TextChoices):
        NATIONAL_COMMITTEE = "national_committee", _("comité de pilotage national")
        REGIONAL_COMMITTEE = "regional_committee", _("comité de pilotage régional")
        JOINT = "joint", _("espace régional de dialogue social")
        COLLEGE = "college", _("collège régional")
        SELECTION = "selection", _("comité de sélection")
        WORKING_GROUP = "working_group", _("groupe de travail")
        STRUCTURE_COMMITTEE = "structure_committee", _("comité d’une structure")

    public_id = PublicIdField()
    kind = models.CharField(_("nature"), max_length=20, choices=Kind)
    name = models.CharField(_("nom"), max_length=160)
    charter = models.TextField(
        _("charte"), blank=True, help_text=_("Ce que l’instance fait, et ce qu’elle ne fait pas.")
    )
    roadmap = models.TextField(
        _("feuille de route"), blank=True, help_text=_("Ce qu’elle veut avoir fait, et pour quand.")
    )
    scope = models.OneToOneField(
        Scope, verbose_name=_("portée"), on_delete=models.PROTECT, related_name="body"
    )

    class Meta:
        verbose_name = _("instance")
        verbose_name_plural = _("instances")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_joint(self) -> bool:
        """Employers and employees decide there side by side: nothing is approved by one side alone."""
        return self.kind == Body.Kind.JOINT


class Seat(models.Model):
    """A place at the table. People come and go; the place stays."""

    class Rank(models.TextChoices):
        FULL = "full", _("titulaire")
        ALTERNATE = "alternate", _("suppléance")

    public_id = PublicIdField()
    body = models.ForeignKey(Body, verbose_name=_("instance"), on_delete=models.CASCADE, related_name="seats")
    college = models.CharField(_("collège"), max_length=12, choices=College)
    rank = models.CharField(_("rang"), max_length=10, choices=Rank, default=Rank.FULL)
    title = models.CharField(
        _("qualité"),
        max_length=120,
        blank=True,
        help_text=_("Présidence, secrétariat… Rien pour un siège ordinaire."),
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    removed_on = models.DateField(_("retiré le"), null=True, blank=True)

    class Meta:
        verbose_name = _("siège")
        verbose_name_plural = _("sièges")
        ordering = ["pk"]

    def __str__(self) -> str:
        said = [self.title, str(self.organisation or "")]
        return ", ".join(filter(None, said)) or str(self.get_college_display())


class Mandate(models.Model):
    """Somebody holds a seat, from a day. With an account, the seat gives them the right to read the body."""

    seat = models.ForeignKey(Seat, verbose_name=_("siège"), on_delete=models.CASCADE, related_name="mandates")
    holder = models.CharField(_("qui l’occupe"), max_length=120, help_text=_("Un nom, ou une fonction."))
    account = models.ForeignKey(
        Account,
        verbose_name=_("compte"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mandates",
    )
    since = models.DateField(_("depuis"), default=timezone.localdate)
    until = models.DateField(_("jusqu’au"), null=True, blank=True)
    assignment = models.OneToOneField(
        Assignment,
        verbose_name=_("affectation"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("mandat")
        verbose_name_plural = _("mandats")
        ordering: ClassVar[list[str]] = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="mandate_ends_after_it_begins",
                violation_error_message=_("La fin d’un mandat ne peut pas précéder son début."),
            ),
            models.UniqueConstraint(
                fields=["seat"], condition=Q(until=None), name="one_current_holder_per_seat",
                violation_error_message=_("Ce siège est déjà occupé."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.holder

    @property
    def in_force(self) -> bool:
        today = timezone.localdate()
        return self.since <= today and (self.until is None or today <= self.until)


# Whose approval makes minutes true: both colleges of a joint body; elsewhere who runs the body, and a member.
JOINT_SIDES: Final = (College.EMPLOYERS, College.EMPLOYEES)
