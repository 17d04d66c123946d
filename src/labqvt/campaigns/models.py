"""A round of a questionnaire: who may answer, how they come in, what was promised to them."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labqvt.campaigns import ways_models  # noqa: F401 - Django finds a room’s tables through this module
from labqvt.campaigns.profile import ProfileQuestion, asked_form, read_plan
from labqvt.campaigns.random_ids import RandomRowIdField
from labqvt.foundation.periods import Period
from labqvt.foundation.public_ids import PublicIdField
from labqvt.foundation.schedule import Move, Standing


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def answering(self) -> "CampaignQuerySet":
        return self.filter(status=Campaign.Status.OPEN)

    def due_to_close(self, on: date) -> "CampaignQuerySet":
        """Open campaigns whose last day is over."""
        return self.answering().filter(closes_on__lt=on)


class Campaign(models.Model):
    """One round of one questionnaire, in one structure or pooled over many."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("en préparation")
        OPEN = "open", _("ouverte")
        CLOSED = "closed", _("close, résultats en préparation")
        RELEASED = "released", _("résultats publiés")
        UNRELEASED = "unreleased", _("close sans résultat publiable")

    class WayIn(models.TextChoices):
        HAT_CODES = "hat_codes", _("codes tirés dans un chapeau")
        OPEN_LINK = "open_link", _("lien ouvert")
        PERSONAL_CODES = "personal_codes", _("codes personnels par courriel")

    class KeyedBy(models.TextChoices):
        NOBODY = "nobody", _("personne : chacun répond sur un écran")
        EMPLOYEE = "employee", _("la personne salariée du binôme")
        OUTSIDER = "outsider", _("une personne extérieure, qui accompagne la structure")

    public_id = PublicIdField()
    title = models.CharField(_("titre"), max_length=200)
    organisation = models.ForeignKey(
        "people.Organisation",
        verbose_name=_("structure"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="campaigns",
        help_text=_("vide quand la campagne est mise en commun entre plusieurs structures"),
    )
    scope = models.ForeignKey(
        "people.Scope",
        verbose_name=_("portée"),
        on_delete=models.PROTECT,
        related_name="campaigns",
        help_text=_("celle de la structure, ou du réseau qui met les réponses en commun"),
    )
    version = models.ForeignKey(
        "instruments.QuestionnaireVersion",
        verbose_name=_("questionnaire"),
        on_delete=models.PROTECT,
        related_name="campaigns",
    )
    mirror = models.ForeignKey(
        "instruments.QuestionnaireVersion",
        verbose_name=_("miroir pour la direction"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mirrored_campaigns",
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lecture des textes"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("une personne extérieure à la structure ; sans elle, aucun texte libre n’est gardé"),
    )
    status = models.CharField(_("état"), max_length=10, choices=Status, default=Status.DRAFT)
    way_in = models.CharField(_("voie d’entrée"), max_length=15, choices=WayIn, default=WayIn.HAT_CODES)
    keyed_by = models.CharField(
        _("saisie des feuilles de papier ou du téléphone"),
        max_length=10,
        choices=KeyedBy,
        default=KeyedBy.NOBODY,
    )
    # The plan in force. What was planned before a move stays in ``moves``; what happened is below.
    opens_on = models.DateField(_("ouverture"))
    closes_on = models.DateField(_("dernier jour pour répondre"))
    launched_on = models.DateField(_("lancée le"), null=True, blank=True)
    closed_on = models.DateField(_("close le"), null=True, blank=True)
    direction_members = models.PositiveSmallIntegerField(_("membres de la direction"), default=1)
    follows = models.ForeignKey(
        "self", verbose_name=_("vague précédente"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="next_waves",
    )  # fmt: skip
    least = models.PositiveSmallIntegerField(
        _("réponses au minimum"), default=6, help_text=_("se relève, ne s’abaisse jamais sous six")
    )
    analysis_days = models.PositiveSmallIntegerField(
        _("jours d’analyse après l’ouverture"), default=0,
        help_text=_("mise en commun seulement : des groupes de structures peuvent encore être comparés ; zéro : jamais"),
    )  # fmt: skip
    # What the draft asks about people, with headcounts; only the questions are frozen, headcounts are forgotten.
    profile = models.JSONField(_("questions de profil préparées"), default=dict, blank=True)
    # Frozen at launch and shown to the respondent before the first question.
    parameters = models.JSONField(_("règles figées au lancement"), default=dict, blank=True)
    public_key = models.CharField(_("clé publique"), max_length=64, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campagne")
        verbose_name_plural = _("campagnes")
        ordering: ClassVar = ["-opens_on", "title"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(least__gte=6),
                name="campaign_minimum_is_never_lowered",
                violation_error_message=_(
                    "Un résultat réunit au moins six réponses : ce minimum se relève, il ne s’abaisse pas."
                ),
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("closes_on")),
                name="campaign_opens_before_it_closes",
                violation_error_message=_("Le dernier jour pour répondre doit suivre l’ouverture."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_pooled(self) -> bool:
        return self.organisation_id is None

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def is_closed(self) -> bool:
        """Closed to answers for ever, whatever became of its results."""
        return self.status in {self.Status.CLOSED, self.Status.RELEASED, self.Status.UNRELEASED}

    @property
    def is_by_link(self) -> bool:
        """Open to whoever has the link: it never yields the report of one structure."""
        return self.way_in == self.WayIn.OPEN_LINK

    @property
    def is_anonymous(self) -> bool:
        """« Anonyme » is said of codes from a hat and of an open link; « confidentiel » of codes sent by name."""
        return self.way_in != self.WayIn.PERSONAL_CODES

    def takes_answers(self, today: date | None = None) -> bool:
        today = today or timezone.localdate()
        return self.is_open and self.opens_on <= today <= self.closes_on

    @property
    def profile_plan(self) -> tuple[ProfileQuestion, ...]:
        """Questions asked about people: as frozen once launched, as prepared before."""
        kept = self.profile.get("questions", []) if self.is_draft else self.parameters.get("profile", [])
        return read_plan(kept)

    def form_for(self, audience: str) -> Any:
        """The questionnaire an audience answers; direction, too few to be told apart, is asked nothing about itself."""
        for_direction = audience == AccessCode.Audience.DIRECTION
        version = self.mirror if for_direction and self.mirror is not None else self.version
        return asked_form(version.form, () if for_direction else self.profile_plan)

    # Planned, re-planned, actual – in the words of ``foundation.schedule``.
    @property
    def planned(self) -> Period:
        first = next(iter(self.moves.all()), None)
        return first.previous if first else Period.days(self.opens_on, self.closes_on)

    @property
    def replanned(self) -> Period | None:
        return Period.days(self.opens_on, self.closes_on) if self.moves.all() else None

    @property
    def actual(self) -> Period | None:
        if self.launched_on is None or self.closed_on is None:
            return None
        return Period.days(min(max(self.launched_on, self.opens_on), self.closed_on), self.closed_on)

    def standing(self, today: date | None = None) -> Standing:
        today = today or timezone.localdate()
        if self.closed_on is not None:
            return Standing.DONE
        if self.closes_on < today or (self.is_draft and self.opens_on < today):
            return Standing.LATE
        return Standing.MOVED if self.moves.all() else Standing.PLANNED


class CampaignMove(Move):
    """One change of dates after launch, with its cause."""

    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campagne"), on_delete=models.CASCADE, related_name="moves"
    )

    class Meta(Move.Meta):
        verbose_name = _("changement de dates")
        verbose_name_plural = _("changements de dates")


class Population(models.Model):
    """How many people of a structure may answer. A headcount: never a list of names."""

    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campagne"), on_delete=models.CASCADE, related_name="populations"
    )
    organisation = models.ForeignKey(
        "people.Organisation", verbose_name=_("structure"), on_delete=models.PROTECT, related_name="+"
    )
    headcount = models.PositiveIntegerField(
        _("effectif invité"), help_text=_("toutes les personnes qui peuvent répondre, direction comprise")
    )
    direction_members = models.PositiveSmallIntegerField(_("dont membres de la direction"), default=0)

    class Meta:
        verbose_name = _("population")
        verbose_name_plural = _("populations")
        ordering: ClassVar = ["organisation__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "organisation"], name="one_population_per_structure"),
            models.CheckConstraint(
                condition=Q(direction_members__lte=F("headcount")),
                name="direction_is_part_of_the_headcount",
                violation_error_message=_(
                    "La direction fait partie de l’effectif : elle ne peut pas le dépasser."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.headcount})"

    @property
    def employees(self) -> int:
        """People whose answers make the results: direction's own are taken out first."""
        return self.headcount - self.direction_members


class AccessCode(models.Model):
    """A code drawn from a hat: spent or not. It holds no time, no name, and nothing that leads to a sheet."""

    class Audience(models.TextChoices):
        EMPLOYEES = "employees", _("salariées et salariés")
        DIRECTION = "direction", _("direction")

    id = RandomRowIdField(_("numéro tiré au hasard"), primary_key=True)
    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campagne"), on_delete=models.CASCADE, related_name="+"
    )
    population = models.ForeignKey(
        Population, verbose_name=_("structure"), on_delete=models.CASCADE, related_name="+"
    )
    audience = models.CharField(_("questionnaire ouvert"), max_length=10, choices=Audience)
    digest = models.CharField(
        _("empreinte du code"), max_length=32, unique=True, help_text=_("le code lui-même n’est pas gardé")
    )
    spent = models.BooleanField(_("déjà servi"), default=False, help_text=_("oui ou non, sans date ni heure"))

    class Meta:
        verbose_name = _("code d’accès")
        verbose_name_plural = _("codes d’accès")

    def __str__(self) -> str:
        return self.get_audience_display()


class RulesSignature(models.Model):
    """Someone of the pair signed the rules of the game, for their side."""

    class Side(models.TextChoices):
        DIRECTION = "direction", _("pour la direction")
        EMPLOYEES = "employees", _("pour les salariées et salariés")

    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campagne"), on_delete=models.CASCADE, related_name="signatures"
    )
    side = models.CharField(_("côté"), max_length=10, choices=Side)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("par"), on_delete=models.PROTECT, related_name="+"
    )
    on = models.DateField(_("le"), default=timezone.localdate)

    class Meta:
        verbose_name = _("signature de la règle du jeu")
        verbose_name_plural = _("signatures de la règle du jeu")
        ordering: ClassVar = ["side"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "side"], name="one_signature_per_side")
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()} – {self.by}"


class MirrorConsent(models.Model):
    """A member of the direction accepts that its view appears in the results of this campaign."""

    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campagne"), on_delete=models.CASCADE, related_name="mirror_consents"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("par"), on_delete=models.PROTECT, related_name="+"
    )
    on = models.DateField(_("le"), default=timezone.localdate)

    class Meta:
        verbose_name = _("accord pour le regard croisé")
        verbose_name_plural = _("accords pour le regard croisé")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "by"], name="one_mirror_consent_per_member")
        ]

    def __str__(self) -> str:
        return str(self.by)


class ParticipationReading(models.Model):
    """How many codes had served on a day, as a band. The exact number is never stored before closing."""

    population = models.ForeignKey(
        Population, verbose_name=_("structure"), on_delete=models.CASCADE, related_name="readings"
    )
    read_on = models.DateField(_("relevé du"))
    at_least = models.PositiveIntegerField(_("au moins"))
    at_most = models.PositiveIntegerField(_("au plus"))

    class Meta:
        verbose_name = _("relevé de participation")
        verbose_name_plural = _("relevés de participation")
        ordering: ClassVar = ["-read_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["population", "read_on"], name="one_reading_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.read_on:%d/%m/%Y} : {self.at_least}–{self.at_most}"


class TrustedKey(models.Model):
    """The key of a campaign is in the hands of a person. The server knows its public half, and that it was tried."""

    class Side(models.TextChoices):
        EMPLOYEES = "employees", _("du côté des salariées et salariés")
        OUTSIDE = "outside", _("en dehors de la structure")

    campaign = models.OneToOneField(
        Campaign, verbose_name=_("campagne"), on_delete=models.CASCADE, related_name="trusted_key"
    )
    side = models.CharField(_("où se tient cette personne"), max_length=10, choices=Side)
    held_by = models.CharField(
        _("sa fonction"), max_length=120, help_text=_("une fonction, jamais un nom : « élue au CSE », « médecin du travail »")
    )  # fmt: skip
    public_key = models.CharField(_("clé publique"), max_length=64, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("faite depuis le compte de"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    made_on = models.DateField(_("faite le"), null=True, blank=True)
    tried_on = models.DateField(_("essayée le"), null=True, blank=True)
    used_on = models.DateField(_("entrée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("clé d’une personne de confiance")
        verbose_name_plural = _("clés de personnes de confiance")

    def __str__(self) -> str:
        return f"{self.held_by}, {self.get_side_display()}"

    @property
    def is_ready(self) -> bool:
        """Made, and tried by the person who holds it."""
        return bool(self.public_key) and self.tried_on is not None
