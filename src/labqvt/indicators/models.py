"""Facts, definitions of figures, published statements."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.models import StoredFile
from labqvt.foundation.periods import PeriodField
from labqvt.foundation.public_ids import PublicIdField
from labqvt.foundation.typography import format_number, with_unit
from labqvt.indicators import qualifiers
from labqvt.people.models import Organisation, Scope
from labqvt.programmes.models import Programme, Sourced


class FactKind(models.TextChoices):
    """What kind of thing happened. A figure picks its facts by kind, then by dimension."""

    MEETING = "meeting_held", _("réunion tenue")
    AGENDA = "agenda_item", _("inscription à l’ordre du jour d’un collège")
    EVENT = "event_held", _("événement tenu")
    BODY = "body_created", _("instance créée")
    DECISION = "decision_taken", _("décision prise")
    SURVEY = "survey_closed", _("enquête close")
    ANSWERS = "answers_received", _("réponses reçues")
    INTERVIEWS = "interviews_held", _("entretiens menés")
    DELIVERABLE = "deliverable_published", _("livrable publié")
    PUBLICATION = "published", _("publication")
    INVOLVED = "organisation_involved", _("organisation qui prend part")
    STRUCTURES = "structures_supported", _("structures accompagnées")
    TEAM = "people_on_team", _("personnes dans l’équipe")
    AUDIENCE = "people_reached", _("personnes touchées")
    HOURS = "hours_held", _("heures tenues")


class Indicator(models.Model):
    """The definition of one figure: which facts, counted how."""

    class Kind(models.TextChoices):
        COUNT = "count", _("compte les faits")
        SUM = "sum", _("additionne les quantités")
        RATIO = "ratio", _("rapporte une somme à un autre chiffre")

    class Level(models.TextChoices):
        PROGRAMME = "programme", _("programme")
        REGION = "region", _("région")

    class RegionalRule(models.TextChoices):
        SUM = "sum", _("s’additionne d’une région à l’autre")
        DISTINCT = "distinct", _("compte chaque organisation une fois")
        NONE = "none", _("ne s’additionne pas")

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="indicators"
    )
    code = models.SlugField(_("code"), max_length=40)
    rank = models.PositiveSmallIntegerField(_("rang"), default=100)
    label = models.CharField(_("intitulé"), max_length=120)
    label_en = models.CharField(_("intitulé en anglais"), max_length=120, blank=True)
    definition = models.CharField(_("définition"), max_length=300)
    definition_en = models.CharField(_("définition en anglais"), max_length=300, blank=True)
    kind = models.CharField(_("calcul"), max_length=10, choices=Kind)
    level = models.CharField(_("niveau"), max_length=10, choices=Level, default=Level.REGION)
    fact_kind = models.CharField(_("nature des faits"), max_length=30, choices=FactKind)
    dimensions = models.JSONField(_("parmi ces faits"), default=dict, blank=True)
    denominator = models.ForeignKey(
        "self",
        verbose_name=_("rapporté à"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    unit = models.CharField(_("unité"), max_length=40, blank=True)
    # Other codes the same figure was published under: « reponses_enquetes » for « reponses_enquete ».
    aliases = models.JSONField(_("autres codes"), default=list, blank=True)
    regional_rule = models.CharField(
        _("d’une région à l’autre"), max_length=10, choices=RegionalRule, default=RegionalRule.SUM
    )

    class Meta:
        verbose_name = _("indicateur")
        verbose_name_plural = _("indicateurs")
        ordering = ["rank", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code"],
                name="one_indicator_per_code",
                violation_error_message=_("Ce programme a déjà un indicateur de ce code."),
            ),
            models.CheckConstraint(
                condition=Q(kind="ratio", denominator__isnull=False)
                | (~Q(kind="ratio") & Q(denominator=None)),
                name="ratio_has_a_denominator",
                violation_error_message=_("Un rapport, et lui seul, a un dénominateur."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.label_en if (get_language() or "fr").startswith("en") and self.label_en else self.label

    @property
    def meaning(self) -> str:
        english = (get_language() or "fr").startswith("en")
        return self.definition_en if english and self.definition_en else self.definition


class Fact(Sourced):
    """Something dated that happened: entered by hand with its source, or projected from the room that holds it."""

    class Origin(models.TextChoices):
        MANUAL = "manual", _("saisi")
        PROJECTED = "projected", _("repris d’une autre page")

    public_id = PublicIdField()
    kind = models.CharField(_("nature"), max_length=30, choices=FactKind)
    label = models.CharField(_("ce qui s’est passé"), max_length=200)
    when = PeriodField(_("quand"))
    # The ends of ``when``, for order and filters: a period is stored as text.
    starts_on = models.DateField(_("début"), editable=False)
    ends_on = models.DateField(_("fin"), editable=False)
    scope = models.ForeignKey(Scope, verbose_name=_("portée"), on_delete=models.PROTECT, related_name="facts")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="facts",
    )  # fmt: skip
    quantity = models.DecimalField(
        _("quantité"),
        max_digits=14,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal(0))],
    )
    unit = models.CharField(_("unité"), max_length=40, blank=True)
    dimensions = models.JSONField(_("dimensions"), default=dict, blank=True)
    proof = models.ForeignKey(
        StoredFile,
        verbose_name=_("preuve"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="facts",
    )
    origin = models.CharField(_("origine"), max_length=10, choices=Origin, default=Origin.MANUAL)
    # What a projected fact comes from (« programmes.milestone.<public id> »): projected twice, it stays one.
    projection_key = models.CharField(_("clé de reprise"), max_length=80, null=True, blank=True, unique=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saisi par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    recorded_at = models.DateTimeField(_("saisi le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("fait recensé")
        verbose_name_plural = _("faits recensés")
        ordering: ClassVar[list[str]] = ["-starts_on", "-ends_on", "-pk"]
        indexes = [models.Index(fields=["scope", "kind", "-starts_on"])]

    def __str__(self) -> str:
        return self.label

    @property
    def quantity_written(self) -> str:
        decimals = 0 if self.quantity == self.quantity.to_integral_value() else 2
        return with_unit(format_number(float(self.quantity), decimals, get_language() or "fr"), self.unit)

    def clean(self) -> None:
        if self.when is not None:
            self.starts_on, self.ends_on = self.when.first, self.when.last
        if self.origin == self.Origin.MANUAL and not (self.source or self.proof_id or self.is_fictitious):
            raise ValidationError(
                {
                    "source": gettext(
                        "Dites d’où vient ce fait : un document, ou un fichier joint qui le prouve."
                    )
                }
            )


class Statement(Sourced):
    """A figure that was published, as it was said: never overwritten by what is computed."""

    class Qualifier(models.TextChoices):
        EXACT = qualifiers.EXACT, _("exactement")
        APPROX = qualifiers.APPROX, _("environ")
        MAX_APPROX = qualifiers.MAX_APPROX, _("près de")
        MIN_STRICT = qualifiers.MIN_STRICT, _("plus de")
        MIN_VAGUE = qualifiers.MIN_VAGUE, _("au moins")
        PLANNED = qualifiers.PLANNED, _("prévu :")

    public_id = PublicIdField()
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="statements"
    )
    scope = models.ForeignKey(
        Scope, verbose_name=_("portée"), on_delete=models.PROTECT, related_name="statements"
    )
    reference = models.CharField(_("repère"), max_length=40)
    indicator_code = models.SlugField(_("code d’indicateur"), max_length=60)
    text = models.CharField(_("ce qui est dit"), max_length=300)
    value = models.DecimalField(_("valeur"), max_digits=14, decimal_places=4)
    qualifier = models.CharField(_("qualificatif"), max_length=12, choices=Qualifier)
    unit = models.CharField(_("unité"), max_length=60, blank=True)
    file_name = models.CharField(_("fichier d’import"), max_length=200)

    class Meta:
        verbose_name = _("énoncé publié")
        verbose_name_plural = _("énoncés publiés")
        ordering = ["scope", "reference"]
        indexes = [models.Index(fields=["scope", "indicator_code"])]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "file_name", "reference"], name="one_statement_per_reference"
            )
        ]

    def __str__(self) -> str:
        return self.text
