"""Programme, experimentations, phases, dated items and who takes part, each with its source."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.periods import PeriodField
from labqvt.foundation.public_ids import PublicIdField
from labqvt.foundation.schedule import Move, Scheduled
from labqvt.people.models import Account, Organisation, Scope
from labqvt.people.regions import REGIONS


class Sourced(models.Model):
    """Something read in a document, at a line; or invented for the demonstration, and said so."""

    source = models.CharField(_("document"), max_length=120, blank=True)
    source_line = models.PositiveIntegerField(_("ligne"), null=True, blank=True)
    is_fictitious = models.BooleanField(_("inventé pour la démonstration"), default=False)

    class Meta:
        abstract = True


class Programme(Sourced):
    """A programme borne by one organisation, tried in several regions."""

    public_id = PublicIdField()
    slug = models.SlugField(_("nom dans les adresses"), max_length=40, unique=True)
    title = models.CharField(_("titre"), max_length=200)
    acronym = models.CharField(_("sigle"), max_length=40, blank=True)
    summary = models.TextField(_("en bref"), blank=True)
    bearer = models.ForeignKey(
        Organisation, verbose_name=_("organisation porteuse"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    period = PeriodField(_("durée"), null=True, blank=True)
    has_public_calendar = models.BooleanField(
        _("calendrier public"),
        default=False,
        help_text=_("Les dates du programme et de ses régions se lisent sans compte."),
    )
    scope = models.OneToOneField(
        Scope, verbose_name=_("portée"), on_delete=models.PROTECT, related_name="programme"
    )

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.acronym or self.title


class SourceDocument(models.Model):
    """A document facts were read in: the name its lines are cited by, and the title people know."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="documents"
    )
    name = models.CharField(_("nom du fichier"), max_length=120)
    title = models.CharField(_("titre"), max_length=200)

    class Meta:
        verbose_name = _("document source")
        verbose_name_plural = _("documents sources")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="one_source_document_per_name")
        ]

    def __str__(self) -> str:
        return self.title


class Experimentation(Sourced):
    """What one region tries: its object, its theme, for whom."""

    public_id = PublicIdField()
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="experimentations"
    )
    region = models.CharField(_("région (code Insee)"), max_length=2, choices=list(REGIONS.items()))
    title = models.CharField(_("titre"), max_length=200)
    purpose = models.TextField(_("objet"))
    theme = models.CharField(_("thème"), max_length=120)
    scope = models.OneToOneField(
        Scope, verbose_name=_("portée"), on_delete=models.PROTECT, related_name="experimentation"
    )

    class Meta:
        verbose_name = _("expérimentation")
        verbose_name_plural = _("expérimentations")
        ordering = ["region", "pk"]

    def __str__(self) -> str:
        return self.region_name

    @property
    def region_name(self) -> str:
        return REGIONS[self.region]


class Amendment(Sourced):
    """A region changed what it tries: what was written before, what is since, why, and when it was decided."""

    class Field(models.TextChoices):
        PURPOSE = "purpose", _("objet")
        THEME = "theme", _("thème")
        TITLE = "title", _("titre")

    experimentation = models.ForeignKey(
        Experimentation,
        verbose_name=_("expérimentation"),
        on_delete=models.CASCADE,
        related_name="amendments",
    )
    field = models.CharField(_("ce qui change"), max_length=10, choices=Field)
    before = models.TextField(_("avant"))
    after = models.TextField(_("depuis"))
    cause = models.TextField(_("pourquoi"))
    decided_on = PeriodField(_("décidé"))
    recorded_by = models.ForeignKey(
        Account, verbose_name=_("noté par"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("avenant")
        verbose_name_plural = _("avenants")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_field_display()} : {self.after}"


class TargetPublic(models.Model):
    """One kind of structure an experimentation is meant for; several are alternatives."""

    experimentation = models.ForeignKey(
        Experimentation, verbose_name=_("expérimentation"), on_delete=models.CASCADE, related_name="targets"
    )
    headcount_min = models.PositiveIntegerField(_("effectif au moins"), null=True, blank=True)
    headcount_max = models.PositiveIntegerField(_("effectif au plus"), null=True, blank=True)
    sectors = models.JSONField(_("activités"), default=list, blank=True)
    note = models.CharField(_("précision"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("public visé")
        verbose_name_plural = _("publics visés")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(headcount_min=None)
                | Q(headcount_max=None)
                | Q(headcount_max__gte=F("headcount_min")),
                name="target_headcount_in_order",
                violation_error_message=_(
                    "L’effectif au plus ne peut pas être inférieur à l’effectif au moins."
                ),
            )
        ]

    def __str__(self) -> str:
        sectors = ", ".join(self.sectors) or gettext("toutes activités de l’ESS")
        return gettext("%(sectors)s : %(headcount)s") % {
            "sectors": sectors,
            "headcount": self.headcount_words(),
        }

    def headcount_words(self) -> str:
        low, high = self.headcount_min, self.headcount_max
        if low is not None and high is not None:
            return gettext("de %(low)s à %(high)s personnes") % {"low": low, "high": high}
        if high is not None:
            return ngettext("moins de %(n)s personne", "moins de %(n)s personnes", high + 1) % {"n": high + 1}
        if low is not None:
            return ngettext("au moins %(n)s personne", "au moins %(n)s personnes", low) % {"n": low}
        return gettext("toutes tailles")


class Phase(Scheduled, Sourced):
    """A stretch of a programme or of an experimentation, in order."""

    public_id = PublicIdField()
    scope = models.ForeignKey(
        Scope, verbose_name=_("portée"), on_delete=models.PROTECT, related_name="phases"
    )
    rank = models.PositiveSmallIntegerField(_("rang"))
    title = models.CharField(_("titre"), max_length=200)
    reference = models.CharField(_("repère d’origine"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["scope", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "rank"],
                name="one_phase_per_rank",
                violation_error_message=_("Une autre phase porte déjà ce rang."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Milestone(Scheduled, Sourced):
    """One dated thing of a programme or a region: a committee, a deliverable, a survey… Its date may move."""

    class Kind(models.TextChoices):
        CALL = "call", _("appel à projets")
        COMMITTEE = "committee", _("comité de pilotage")
        AUDITION = "audition", _("audition et sélection")
        BODY = "body", _("création d’une instance")
        SURVEY = "survey", _("enquête")
        DELIVERABLE = "deliverable", _("livrable")
        DECISION = "decision", _("décision")
        WORKSHOP = "workshop", _("atelier")
        TRAINING = "training", _("formation")
        WEBINAR = "webinar", _("webinaire")
        WEB_CONFERENCE = "web_conference", _("web conférence")
        EVENT = "event", _("événement")
        RESTITUTION = "restitution", _("restitution")
        WEBSITE = "website", _("site internet")

    public_id = PublicIdField()
    scope = models.ForeignKey(
        Scope, verbose_name=_("portée"), on_delete=models.PROTECT, related_name="milestones"
    )
    kind = models.CharField(_("nature"), max_length=20, choices=Kind)
    title = models.CharField(_("intitulé"), max_length=200)
    place = models.CharField(_("lieu"), max_length=120, blank=True)
    is_public = models.BooleanField(
        _("paraît au calendrier public"), default=True, help_text=_("Si le programme en a un.")
    )
    # Why what happened is not what was planned, when no re-planning was ever written down.
    slip_cause = models.TextField(_("cause de l’écart"), blank=True)
    reference = models.CharField(_("repère d’origine"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("échéance")
        verbose_name_plural = _("échéances")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "reference"], condition=~Q(reference=""), name="one_milestone_per_reference"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if not (self.planned or self.actual):
            raise ValidationError({"planned": gettext("Donnez au moins une date : prévue, ou réalisée.")})


class MilestoneMove(Move):
    """One re-planning of a milestone, with its cause."""

    milestone = models.ForeignKey(
        Milestone, verbose_name=_("échéance"), on_delete=models.CASCADE, related_name="moves"
    )
    decided_on = models.DateField(_("décidé le"))

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering: ClassVar[list[str]] = ["decided_on", "pk"]

    def __str__(self) -> str:
        return f"{self.milestone} → {self.new}"


class Involvement(Sourced):
    """An organisation takes part in a programme or an experimentation, in a role."""

    class Role(models.TextChoices):
        BEARER = "bearer", _("porte")
        SUPPORT = "support", _("soutient")
        FUNDER = "funder", _("finance")
        COMMITTEE = "committee", _("siège au comité de pilotage")
        UNION = "union", _("représente les salariés dans l’espace de dialogue social")
        PROVIDER = "provider", _("réalise une prestation")
        SPEAKER = "speaker", _("intervient")
        RELAY = "relay", _("relaie")
        TAKES_PART = "takes_part", _("prend part")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="involvements"
    )
    scope = models.ForeignKey(
        Scope, verbose_name=_("portée"), on_delete=models.PROTECT, related_name="involvements"
    )
    role = models.CharField(_("rôle"), max_length=20, choices=Role)

    class Meta:
        verbose_name = _("implication")
        verbose_name_plural = _("implications")
        ordering = ["role", "organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "scope", "role"],
                name="one_involvement_per_role",
                violation_error_message=_("Cette organisation tient déjà ce rôle ici."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.get_role_display()}"
