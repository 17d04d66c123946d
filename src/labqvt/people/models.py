"""Accounts, organisations, scopes and dated assignments."""

import re
from datetime import date
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import siret

from labqvt.foundation.public_ids import PublicIdField


class Function(models.TextChoices):
    """What a person does in a scope. Rights come from here, dated, and from nowhere else."""

    NATIONAL = "national", _("coordination nationale")
    REGIONAL = "regional", _("référence régionale")
    CONSULTANT = "consultant", _("consultance, intervention")
    PARTNER = "partner", _("partenaire, membre de comité")
    DIRECTOR = "director", _("direction")
    EMPLOYEE = "employee", _("salarié ou salariée du binôme")
    ADMINISTRATOR = "administrator", _("administration de l’outil")


class AccountManager(BaseUserManager):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """Someone who signs in with an e-mail address. Respondents never have one."""

    public_id = PublicIdField()
    email = models.EmailField(_("adresse électronique"), unique=True)
    name = models.CharField(_("nom affiché"), max_length=120)
    is_active = models.BooleanField(_("actif"), default=True)
    created_at = models.DateTimeField(_("créé le"), default=timezone.now, editable=False)
    # The address of one's own calendar is signed with this number: another number, another address.
    agenda_number = models.PositiveIntegerField(_("numéro d’agenda"), default=0, editable=False)
    agenda_is_open = models.BooleanField(_("agenda ouvert"), default=False, editable=False)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def current_assignments(self) -> "list[Assignment]":
        """Assignments in force today: one query a request, whatever the number of rights asked."""
        return list(self.assignments.in_force(timezone.localdate()).select_related("scope"))

    @property
    def is_administrator(self) -> bool:
        return any(held.function == Function.ADMINISTRATOR for held in self.current_assignments)


class Scope(models.Model):
    """What an assignment is about: a programme, an experimentation, a structure, a body, a cohort.

    Each of those owns one scope, so that rights need no import upward. ``path`` lists the ancestors
    (« /1/7/ »): an assignment on a programme holds in its experimentations.
    """

    class Kind(models.TextChoices):
        TOOL = "tool", _("outil")
        PROGRAMME = "programme", _("programme")
        EXPERIMENTATION = "experimentation", _("expérimentation")
        STRUCTURE = "structure", _("structure")
        BODY = "body", _("instance")

    public_id = PublicIdField()
    kind = models.CharField(_("nature"), max_length=20, choices=Kind)
    label = models.CharField(_("intitulé"), max_length=200)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("portée englobante"),
        null=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    path = models.CharField(_("chemin"), max_length=200, editable=False, db_index=True)

    class Meta:
        verbose_name = _("portée")
        verbose_name_plural = _("portées")
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label

    def lies_in(self, other: "Scope") -> bool:
        """True for the other scope itself and for everything under it."""
        return self.path.startswith(other.path)


class AssignmentQuerySet(models.QuerySet):
    def in_force(self, on: date) -> "AssignmentQuerySet":
        return self.filter(Q(since__lte=on) & (Q(until=None) | Q(until__gte=on)))


class Assignment(models.Model):
    """Someone holds a function in a scope, from a day, until another. Ended, never deleted."""

    account = models.ForeignKey(
        Account, verbose_name=_("compte"), on_delete=models.PROTECT, related_name="assignments"
    )
    scope = models.ForeignKey(
        Scope, verbose_name=_("portée"), on_delete=models.PROTECT, related_name="assignments"
    )
    function = models.CharField(_("fonction"), max_length=20, choices=Function)
    since = models.DateField(_("depuis"), default=timezone.localdate)
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("affectation")
        verbose_name_plural = _("affectations")
        ordering = ["scope__label", "function", "since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="assignment_ends_after_it_begins",
                violation_error_message=_("La fin d’une affectation ne peut pas précéder son début."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} – {self.get_function_display()} – {self.scope}"


def check_siret(value: str) -> None:
    """Refuse a SIRET whose key is wrong (La Poste's own rule included)."""
    try:
        siret.validate(value)
    except NumberError as error:
        raise ValidationError(
            gettext("« %(value)s » n’est pas un SIRET : vérifiez les quatorze chiffres.") % {"value": value}
        ) from error


def check_naf(value: str) -> None:
    """Two digits, a dot, two digits, a letter: « 88.10A » (revision 2), with or without its letter."""
    if not re.fullmatch(r"\d{2}\.\d{2}[A-Z]?", value):
        raise ValidationError(
            gettext("« %(value)s » n’est pas un code NAF : attendu 88.10A.") % {"value": value}
        )


def check_idcc(value: str) -> None:
    if not re.fullmatch(r"\d{1,4}", value):
        raise ValidationError(
            gettext("« %(value)s » n’est pas un IDCC : un à quatre chiffres.") % {"value": value}
        )


class Counted(models.TextChoices):
    """How a headcount was counted: the same structure has 9 people, 6.5 full-time equivalents."""

    PEOPLE = "people", _("personnes présentes")
    FTE = "fte", _("équivalents temps plein")
    AVERAGE = "average", _("moyenne annuelle")


class Organisation(models.Model):
    """A structure, a partner, a funder, a provider: a legal person, by its real name."""

    class Kind(models.TextChoices):
        STRUCTURE = "structure", _("structure de l’ESS")
        FEDERATION = "federation", _("union ou fédération")
        UNION = "union", _("organisation syndicale")
        PUBLIC = "public", _("organisme public")
        OTHER = "other", _("autre partenaire")

    public_id = PublicIdField()
    name = models.CharField(_("nom"), max_length=200)
    kind = models.CharField(_("nature"), max_length=20, choices=Kind, default=Kind.STRUCTURE)
    siret = models.CharField(_("SIRET"), max_length=14, blank=True, validators=[check_siret])
    region = models.CharField(_("région (code Insee)"), max_length=2, blank=True)
    headcount = models.PositiveIntegerField(_("effectif"), null=True, blank=True)
    headcount_on = models.DateField(_("effectif au"), null=True, blank=True)
    headcount_method = models.CharField(_("effectif compté en"), max_length=10, choices=Counted, blank=True)
    naf = models.CharField(_("code NAF"), max_length=6, blank=True, validators=[check_naf])
    naf_revision = models.PositiveSmallIntegerField(
        _("nomenclature NAF"),
        choices=[(2008, _("révision 2 (2008)")), (2025, _("NAF 2025"))],
        null=True,
        blank=True,
    )
    idcc = models.CharField(
        _("convention collective (IDCC)"), max_length=4, blank=True, validators=[check_idcc]
    )
    opco = models.CharField(_("OPCO"), max_length=80, blank=True)
    legal_form = models.CharField(_("forme juridique"), max_length=80, blank=True)
    sector = models.CharField(_("activité"), max_length=120, blank=True)
    is_fictitious = models.BooleanField(_("inventée pour la démonstration"), default=False)
    scope = models.OneToOneField(
        Scope, verbose_name=_("portée"), on_delete=models.PROTECT, related_name="organisation", null=True
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["siret"], condition=~Q(siret=""), name="one_organisation_per_siret"
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationName(models.Model):
    """Another name an organisation had or has: « Direccte », then « DREETS » from April 2021."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="names"
    )
    name = models.CharField(_("autre nom"), max_length=200)
    since = models.DateField(_("depuis"), null=True, blank=True)
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("autre nom d’une organisation")
        verbose_name_plural = _("autres noms d’organisations")
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")), name="other_name_in_order",
                violation_error_message=_("La fin précède le début."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class HelpContact(models.Model):
    """Whom the people of a structure may call when something weighs on them, told on the pages where they answer."""

    class Kind(models.TextChoices):
        DOCTOR = "doctor", _("Médecin du travail")
        INSPECTORATE = "inspectorate", _("Inspection du travail")
        UNION = "union", _("Syndicat ou personne élue")
        OTHER = "other", _("Autre personne de confiance")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("structure"), on_delete=models.CASCADE, related_name="help_contacts"
    )
    kind = models.CharField(_("qui"), max_length=12, choices=Kind)
    who = models.CharField(_("nom du service ou fonction"), max_length=120)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    about = models.CharField(_("où et quand"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("contact d’aide")
        verbose_name_plural = _("contacts d’aide")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="one_help_contact_per_kind")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.who}"

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")
