"""A survey of structures: who is asked, through whom, what they answered by name, whom they let call them back."""

import re
import secrets
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.periods import Period
from labqvt.foundation.public_ids import ALPHABET, PublicIdField
from labqvt.foundation.schedule import Move, Standing
from labqvt.people.models import check_siret
from labqvt.programmes.models import Sourced

KEY_LENGTH = 24  # 28^24 ≈ 2^115: whoever holds the link answers for the structure


_DEPARTMENT = re.compile(r"(0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-8]|98[6-8])")


def check_department(value: str) -> None:
    if not _DEPARTMENT.fullmatch(value):
        raise ValidationError(
            gettext("« %(value)s » n’est pas un numéro de département : écrivez par exemple 04, 2A ou 974.")
            % {"value": value}
        )


def new_key() -> str:
    return "".join(secrets.choice(ALPHABET) for _sign in range(KEY_LENGTH))


class Survey(Sourced):
    """One survey of structures, of a programme or of a region. Answered by name, and said to be."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("en préparation")
        OPEN = "open", _("ouverte")
        CLOSED = "closed", _("close")

    public_id = PublicIdField()
    title = models.CharField(_("titre"), max_length=200)
    scope = models.ForeignKey(
        "people.Scope", verbose_name=_("portée"), on_delete=models.PROTECT, related_name="structure_surveys"
    )
    version = models.ForeignKey(
        "instruments.QuestionnaireVersion",
        verbose_name=_("questionnaire"),
        on_delete=models.PROTECT,
        related_name="structure_surveys",
    )
    # The dated item of the programme this survey carries out, if there is one: never counted twice.
    milestone = models.OneToOneField(
        "programmes.Milestone", verbose_name=_("échéance du programme"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="structure_survey",
    )  # fmt: skip
    status = models.CharField(_("état"), max_length=10, choices=Status, default=Status.DRAFT)
    asked_by = models.CharField(_("qui pose les questions"), max_length=200)
    purpose = models.TextField(_("à quoi serviront les réponses"), max_length=600)
    readers = models.TextField(_("qui lira les réponses"), max_length=600)
    help_line = models.CharField(_("à qui poser une question"), max_length=300)
    opens_on = models.DateField(_("ouverture"))
    closes_on = models.DateField(_("dernier jour pour répondre"))
    launched_on = models.DateField(_("lancée le"), null=True, blank=True)
    closed_on = models.DateField(_("close le"), null=True, blank=True)
    answers_until = models.DateField(_("réponses gardées jusqu’au"))
    contacts_until = models.DateField(_("coordonnées gardées jusqu’au"))
    # Once the answers are erased, how many there were is all that is left of them.
    answers_counted = models.PositiveIntegerField(
        _("réponses comptées avant l’effacement"), null=True, blank=True
    )
    answers_are_simulated = models.BooleanField(_("réponses simulées pour la démonstration"), default=False)

    class Meta:
        verbose_name = _("enquête auprès des structures")
        verbose_name_plural = _("enquêtes auprès des structures")
        ordering: ClassVar = ["-opens_on", "title"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("closes_on")),
                name="structure_survey_opens_before_it_closes",
                violation_error_message=_("Le dernier jour pour répondre doit suivre l’ouverture."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.closes_on and self.contacts_until and self.contacts_until < self.closes_on:
            raise ValidationError({"contacts_until": gettext("Ce jour doit suivre la clôture.")})
        if self.contacts_until and self.answers_until and self.answers_until < self.contacts_until:
            raise ValidationError(
                {
                    "answers_until": gettext(
                        "Les réponses se gardent au moins aussi longtemps que les coordonnées."
                    )
                }
            )

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def is_closed(self) -> bool:
        return self.status == self.Status.CLOSED

    def takes_answers(self, today: date | None = None) -> bool:
        return self.is_open and self.opens_on <= (today or timezone.localdate()) <= self.closes_on

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


class SurveyMove(Move):
    """One change of dates after launch, with its cause."""

    survey = models.ForeignKey(
        Survey, verbose_name=_("enquête"), on_delete=models.CASCADE, related_name="moves"
    )

    class Meta(Move.Meta):
        verbose_name = _("changement de dates d’une enquête")
        verbose_name_plural = _("changements de dates d’une enquête")


class Grant(models.Model):
    """What a consultant or a partner may do in one survey, for a time: nothing but what is given here."""

    class Right(models.TextChoices):
        FOLLOW = "follow", _("suivre et relancer")
        READ = "read", _("suivre, relancer et lire les réponses")
        INTERVIEW = "interview", _("suivre, lire, saisir au téléphone et rappeler")

    survey = models.ForeignKey(
        Survey, verbose_name=_("enquête"), on_delete=models.CASCADE, related_name="grants"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("personne"), on_delete=models.PROTECT, related_name="+"
    )
    right = models.CharField(_("droit donné"), max_length=10, choices=Right)
    since = models.DateField(_("depuis"), default=timezone.localdate)
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("accès donné à une enquête")
        verbose_name_plural = _("accès donnés à une enquête")
        ordering: ClassVar = ["account__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "account"], name="one_grant_per_survey_and_account")
        ]

    def __str__(self) -> str:
        return f"{self.account} – {self.get_right_display()}"


class Relay(models.Model):
    """A partner that passes the survey on, with a link of its own: what comes through it is known."""

    public_id = PublicIdField()
    survey = models.ForeignKey(
        Survey, verbose_name=_("enquête"), on_delete=models.CASCADE, related_name="relays"
    )
    name = models.CharField(_("nom du relais"), max_length=200)
    organisation = models.ForeignKey(
        "people.Organisation", verbose_name=_("organisation"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    is_fictitious = models.BooleanField(_("inventé pour la démonstration"), default=False)

    class Meta:
        verbose_name = _("relais")
        verbose_name_plural = _("relais")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey", "name"], name="one_relay_per_name",
                violation_error_message=_("Ce relais est déjà dans la liste."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Sending(models.Model):
    """What a relay sent, when, how, to how many."""

    class How(models.TextChoices):
        MAIL = "mail", _("courriel")
        NEWSLETTER = "newsletter", _("lettre d’information")
        MEETING = "meeting", _("réunion")
        WEBSITE = "website", _("site ou réseau social")
        PHONE = "phone", _("téléphone")

    relay = models.ForeignKey(
        Relay, verbose_name=_("relais"), on_delete=models.CASCADE, related_name="sendings"
    )
    on = models.DateField(_("envoyé le"))
    how = models.CharField(_("comment"), max_length=12, choices=How, default=How.MAIL)
    what = models.CharField(_("quoi"), max_length=200)
    reached = models.PositiveIntegerField(_("à combien de structures"), null=True, blank=True)

    class Meta:
        verbose_name = _("envoi d’un relais")
        verbose_name_plural = _("envois d’un relais")
        ordering: ClassVar = ["on", "pk"]

    def __str__(self) -> str:
        return self.what


class SizeBand(models.TextChoices):
    """Headcount, as surveys of small structures count it."""

    NONE = "none", _("aucune personne salariée")
    UNDER_10 = "1_9", _("1 à 9 personnes")
    UNDER_20 = "10_19", _("10 à 19 personnes")
    UNDER_50 = "20_49", _("20 à 49 personnes")
    FROM_50 = "50_plus", _("50 personnes et plus")

    @classmethod
    def of(cls, headcount: int) -> "SizeBand":
        limits = ((1, cls.NONE), (10, cls.UNDER_10), (20, cls.UNDER_20), (50, cls.UNDER_50))
        return next((band for limit, band in limits if headcount < limit), cls.FROM_50)


class StructureStatus(models.TextChoices):
    """Where a structure stands; worked out, never typed."""

    NOT_YET = "not_yet", _("pas encore")
    BEGUN = "begun", _("commencé")
    ANSWERED = "answered", _("a répondu")
    REFUSED = "refused", _("ne souhaite pas répondre")
    UNREACHABLE = "unreachable", _("injoignable")


class SurveyedQuerySet(models.QuerySet["SurveyedStructure"]):
    def with_standing(self) -> "SurveyedQuerySet":
        """Add ``stands``: an answer that was sent weighs more than what had been noted before it."""
        begun = Exists(Reply.objects.filter(structure=OuterRef("pk")))
        sent = Exists(Reply.objects.filter(structure=OuterRef("pk"), sent_at__isnull=False))
        return self.annotate(
            stands=Case(
                When(sent, then=Value(StructureStatus.ANSWERED.value)),
                When(outcome="refused", then=Value(StructureStatus.REFUSED.value)),
                When(outcome="unreachable", then=Value(StructureStatus.UNREACHABLE.value)),
                When(begun, then=Value(StructureStatus.BEGUN.value)),
                default=Value(StructureStatus.NOT_YET.value),
                output_field=CharField(),
            )
        )

    def counted(self) -> "SurveyedQuerySet":
        """One line a structure: a second answer waiting to be settled is not another structure."""
        return self.filter(twin_of=None)


class SurveyedStructure(models.Model):
    """A structure of the survey: invited, or come by a link. It is answered for by whoever holds its key."""

    class Outcome(models.TextChoices):
        REFUSED = "refused", _("ne souhaite pas répondre")
        UNREACHABLE = "unreachable", _("injoignable")

    public_id = PublicIdField()
    survey = models.ForeignKey(
        Survey, verbose_name=_("enquête"), on_delete=models.CASCADE, related_name="structures"
    )
    name = models.CharField(_("nom de la structure"), max_length=200)
    folded_name = models.CharField(_("nom comparé"), max_length=200, editable=False)
    siret = models.CharField(_("SIRET"), max_length=14, blank=True, validators=[check_siret])
    organisation = models.ForeignKey(
        "people.Organisation", verbose_name=_("structure connue de l’outil"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    relay = models.ForeignKey(
        Relay,
        verbose_name=_("relais"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="structures",
    )
    department = models.CharField(_("département"), max_length=3, blank=True, validators=[check_department])
    band = models.CharField(_("taille"), max_length=10, choices=SizeBand, blank=True)
    sector = models.CharField(_("activité"), max_length=120, blank=True)
    email = models.EmailField(_("adresse de la structure"), blank=True)
    phone = models.CharField(_("téléphone de la structure"), max_length=30, blank=True)
    invited = models.BooleanField(
        _("invitée"), default=True, help_text=_("non : venue d’elle-même par un lien")
    )
    outcome = models.CharField(_("noté par l’équipe"), max_length=12, choices=Outcome, blank=True)
    twin_of = models.ForeignKey(
        "self", verbose_name=_("seconde réponse de"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="twins",
    )  # fmt: skip
    key = models.CharField(
        _("clé du lien"), max_length=KEY_LENGTH, unique=True, default=new_key, editable=False
    )
    is_fictitious = models.BooleanField(_("inventée pour la démonstration"), default=False)

    objects = SurveyedQuerySet.as_manager()

    class Meta:
        verbose_name = _("structure enquêtée")
        verbose_name_plural = _("structures enquêtées")
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey", "siret"], condition=~Q(siret="") & Q(twin_of=None),
                name="one_surveyed_structure_per_siret",
                violation_error_message=_("Une structure de cette enquête porte déjà ce SIRET."),
            ),
            models.UniqueConstraint(
                fields=["survey", "folded_name", "department"], condition=Q(twin_of=None),
                name="one_surveyed_structure_per_name",
                violation_error_message=_("Une structure de ce nom est déjà dans la liste, dans ce département."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def said_without_name(self) -> str:
        """« une structure (animation), 10 à 19 personnes, 13 »: how it is quoted when it does not want its name."""
        place = gettext("département %(code)s") % {"code": self.department} if self.department else ""
        band = str(self.get_band_display()) if self.band else ""
        return ", ".join(filter(None, [gettext("une structure"), self.sector, band, place]))


class Approach(models.Model):
    """Someone relaunched a structure: when, how, what comes next."""

    class How(models.TextChoices):
        MAIL = "mail", _("courriel")
        PHONE = "phone", _("téléphone")
        MEETING = "meeting", _("de vive voix")
        POST = "post", _("courrier")

    structure = models.ForeignKey(
        SurveyedStructure, verbose_name=_("structure"), on_delete=models.CASCADE, related_name="approaches"
    )
    on = models.DateField(_("le"), default=timezone.localdate)
    how = models.CharField(_("comment"), max_length=10, choices=How, default=How.PHONE)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    note = models.CharField(_("ce qui s’est dit"), max_length=300, blank=True)
    next_step = models.CharField(_("suite"), max_length=200, blank=True)
    next_on = models.DateField(_("suite prévue le"), null=True, blank=True)

    class Meta:
        verbose_name = _("relance")
        verbose_name_plural = _("relances")
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_how_display()} – {self.on:%d/%m/%Y}"


class Reply(models.Model):
    """What a structure answered, by name, page after page; kept as soon as it is given, sent once it says so."""

    class Quoting(models.TextChoices):
        NO = "no", _("non, ne nous citez pas")
        UNNAMED = "unnamed", _("oui, sans le nom de la structure")
        NAMED = "named", _("oui, avec le nom de la structure")

    structure = models.OneToOneField(
        SurveyedStructure, verbose_name=_("structure"), on_delete=models.CASCADE, related_name="reply"
    )
    function = models.CharField(_("fonction de la personne qui répond"), max_length=100, blank=True)
    # Never an answer whose question is kept apart (``version.kept_apart``): those are in ``ContactConsent``.
    answers = models.JSONField(_("réponses"), default=dict, blank=True)
    page = models.PositiveSmallIntegerField(_("page atteinte"), default=0)
    quoting = models.CharField(_("accord pour être citée"), max_length=10, choices=Quoting, blank=True)
    begun_at = models.DateTimeField(_("commencée le"), default=timezone.now)
    changed_at = models.DateTimeField(_("modifiée le"), default=timezone.now)
    sent_at = models.DateTimeField(_("envoyée le"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("saisie au téléphone par"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = _("réponse d’une structure")
        verbose_name_plural = _("réponses de structures")
        ordering: ClassVar = ["structure__name", "pk"]

    def __str__(self) -> str:
        return str(self.structure)


class ContactConsent(models.Model):
    """Consent to be contacted again, and whom to ask for: apart from the answers, until its day of deletion."""

    class Call(models.TextChoices):
        TO_DO = "to_do", _("à rappeler")
        NO_ANSWER = "no_answer", _("n’a pas répondu")
        LATER = "later", _("à rappeler plus tard")
        DONE = "done", _("rappelée")
        DECLINED = "declined", _("ne souhaite plus être rappelée")

    public_id = PublicIdField()
    structure = models.OneToOneField(
        SurveyedStructure, verbose_name=_("structure"), on_delete=models.CASCADE, related_name="contact"
    )
    agreed = models.BooleanField(_("d’accord pour être recontactée"), default=False)
    details = models.JSONField(_("coordonnées données"), default=dict, blank=True)
    agreed_on = models.DateField(_("accord donné le"), default=timezone.localdate)
    delete_on = models.DateField(_("à effacer le"))
    call = models.CharField(_("rappel"), max_length=10, choices=Call, default=Call.TO_DO)
    called_on = models.DateField(_("appelée le"), null=True, blank=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("par"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    note = models.CharField(_("ce qui en est sorti"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("accord pour être recontactée")
        verbose_name_plural = _("accords pour être recontactées")
        ordering: ClassVar = ["structure__name"]

    def __str__(self) -> str:
        return str(self.structure)


class Interview(models.Model):
    """Notes of a conversation with a structure: for the team only, never in an export nor a report."""

    public_id = PublicIdField()
    structure = models.ForeignKey(
        SurveyedStructure, verbose_name=_("structure"), on_delete=models.CASCADE, related_name="interviews"
    )
    on = models.DateField(_("entretien du"), default=timezone.localdate)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("mené par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    notes = models.TextField(_("notes"), max_length=8000)

    class Meta:
        verbose_name = _("entretien")
        verbose_name_plural = _("entretiens")
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.structure} – {self.on:%d/%m/%Y}"


class Theme(models.Model):
    """A heap in which the team puts the written answers to one question, by hand."""

    public_id = PublicIdField()
    survey = models.ForeignKey(
        Survey, verbose_name=_("enquête"), on_delete=models.CASCADE, related_name="themes"
    )
    question = models.CharField(_("question"), max_length=64)
    label = models.CharField(_("thème"), max_length=120)
    replies: Any = models.ManyToManyField(Reply, verbose_name=_("réponses"), related_name="themes")

    class Meta:
        verbose_name = _("thème de réponses")
        verbose_name_plural = _("thèmes de réponses")
        ordering: ClassVar = ["label"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey", "question", "label"], name="one_theme_per_label",
                violation_error_message=_("Ce thème existe déjà pour cette question."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label


class Quotation(models.Model):
    """Words of a written answer the team wants to show: shown only while the structure agrees and still says them."""

    public_id = PublicIdField()
    reply = models.ForeignKey(
        Reply, verbose_name=_("réponse"), on_delete=models.CASCADE, related_name="quotations"
    )
    question = models.CharField(_("question"), max_length=64)
    words = models.TextField(_("passage cité"), max_length=1000)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reply", "question"], name="one_quotation_per_answer")
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def may_be_shown(self) -> bool:
        said = self.reply.answers.get(self.question, "")
        agreed = self.reply.quoting in {Reply.Quoting.UNNAMED, Reply.Quoting.NAMED}
        return agreed and self.reply.sent_at is not None and isinstance(said, str) and self.words in said

    @property
    def attribution(self) -> str:
        """As the structure agreed to be named."""
        structure = self.reply.structure
        return structure.name if self.reply.quoting == Reply.Quoting.NAMED else structure.said_without_name()
