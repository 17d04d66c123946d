"""Questionnaires and their versions. A published version never changes: answers were given to its words."""

import json
import zlib
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.public_ids import PublicIdField
from labqvt.instruments.facts import facts_of, words_of
from labqvt.instruments.parsed import form_of_draft
from labqvt.people.models import Scope
from labqvt_forms import Questionnaire as Form
from labqvt_forms import Text
from labqvt_forms.formats import json_form


class Questionnaire(models.Model):
    """A questionnaire one may run, whatever its versions."""

    class Kind(models.TextChoices):
        EMPLOYEES = "employees", _("pour les salariées et salariés")
        DIRECTION = "direction", _("pour la direction (regard croisé)")
        STRUCTURES = "structures", _("pour les structures, qui répondent en leur nom")
        PARTICIPANTS = "participants", _("pour les personnes d’un parcours collectif")

    class Origin(models.TextChoices):
        SHIPPED = "shipped", _("livré avec l’outil")
        WRITTEN = "written", _("écrit ici")
        IMPORTED = "imported", _("repris d’un fichier")
        ADAPTED = "adapted", _("complété par une structure")

    public_id = PublicIdField()
    slug = models.SlugField(_("nom court"), max_length=80, unique=True)
    title = models.CharField(_("titre"), max_length=200)
    kind = models.CharField(_("public"), max_length=20, choices=Kind, default=Kind.EMPLOYEES)
    origin = models.CharField(_("origine"), max_length=10, choices=Origin, default=Origin.WRITTEN)
    licence = models.CharField(_("licence"), max_length=200)
    licence_text = models.JSONField(_("texte de la licence, par langue"), default=dict, blank=True)
    licence_url = models.URLField(_("adresse de la licence"), blank=True)
    attestation = models.TextField(
        _("phrase à attester avant de s’en servir"),
        blank=True,
        help_text=_("Vide pour un questionnaire sous licence ouverte."),
    )
    scope = models.ForeignKey(
        Scope,
        verbose_name=_("portée"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questionnaires",
        help_text=_("Qui le tient ; vide pour ceux qui sont livrés avec l’outil."),
    )
    adapts = models.ForeignKey(
        "QuestionnaireVersion",
        verbose_name=_("version que des questions propres complètent"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="adaptations",
    )
    easy_read_of = models.ForeignKey(
        "self",
        verbose_name=_("questionnaire dont il est la version facile à lire"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="easy_reads",
    )
    reviewed_by_readers = models.BooleanField(_("relu par des personnes concernées"), default=False)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(origin="shipped") | Q(scope__isnull=False), name="questionnaire_has_a_keeper"
            ),
            models.CheckConstraint(
                condition=Q(origin="adapted", adapts__isnull=False)
                | (~Q(origin="adapted") & Q(adapts__isnull=True)),
                name="adapted_questionnaire_adapts_one",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class QuestionnaireVersion(models.Model):
    """One wording of a questionnaire, in the JSON of ``labqvt_forms``."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("brouillon")
        PUBLISHED = "published", _("publiée")
        RETIRED = "retired", _("retirée")

    public_id = PublicIdField()
    questionnaire = models.ForeignKey(
        Questionnaire, verbose_name=_("questionnaire"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("numéro"))
    status = models.CharField(_("état"), max_length=10, choices=Status, default=Status.DRAFT)
    content = models.JSONField(_("contenu"))
    facts = models.JSONField(_("ce que les listes en disent"), default=dict, blank=True, editable=False)
    words = models.TextField(_("mots où l’on cherche"), blank=True, editable=False)
    mirrors = models.ForeignKey(
        "self",
        verbose_name=_("version des salariés dont elle est le miroir"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mirrored_by",
    )
    references = models.JSONField(
        _("valeurs de référence"),
        default=list,
        blank=True,
        help_text=_("Chacune avec sa population, sa source et son édition (format des packs)."),
    )
    kept_apart = models.JSONField(
        _("questions dont les réponses sont gardées à part"), default=list, blank=True
    )
    scoring_note = models.JSONField(_("comment lire les scores, par langue"), default=dict, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("durée annoncée, en minutes"),
        null=True,
        blank=True,
        help_text=_("Vide : estimée d’après les questions."),
    )
    note = models.TextField(_("ce qui change dans cette version"), blank=True)
    published_on = models.DateField(_("publiée le"), null=True, blank=True)
    changed_at = models.DateTimeField(_("modifiée le"), default=timezone.now)
    step = models.PositiveIntegerField(_("dernier geste gardé"), default=0)

    class Meta:
        verbose_name = _("version de questionnaire")
        verbose_name_plural = _("versions de questionnaire")
        ordering: ClassVar = ["questionnaire__title", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["questionnaire"], condition=Q(status="draft"), name="one_draft_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["questionnaire"], condition=Q(status="published"), name="one_published_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (v{self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what lists say of the content beside it: 500 questions are not decoded to write one line."""
        fields = kwargs.get("update_fields")
        if fields is None or "content" in fields:
            self.__dict__.pop("form", None)
            self.facts, self.words = facts_of(self.form, self.minutes), words_of(self.form)
            if fields is not None:
                kwargs["update_fields"] = {*fields, "facts", "words"}
        super().save(*args, **kwargs)

    @cached_property
    def form(self) -> Form:
        """The questionnaire as ``labqvt_forms`` understands it."""
        return form_of_draft(self) if self.is_draft else json_form.from_json(self.content)

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return Text.of(self.facts["title"]).pick((get_language() or "fr")[:2])

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED


class DraftStep(models.Model):
    """What a draft was after one act of its author: what « Annuler » goes back to. Gone once published."""

    version = models.ForeignKey(
        QuestionnaireVersion, verbose_name=_("version"), on_delete=models.CASCADE, related_name="steps"
    )
    number = models.PositiveIntegerField(_("rang"))
    sentence = models.CharField(_("geste"), max_length=300)
    packed = models.BinaryField(_("contenu"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("par"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("le"), default=timezone.now)

    class Meta:
        verbose_name = _("geste sur un brouillon")
        verbose_name_plural = _("gestes sur un brouillon")
        ordering: ClassVar = ["version", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "number"], name="one_draft_step_per_number")
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def content(self) -> dict[str, Any]:
        """The whole draft, in the JSON of ``labqvt_forms``."""
        content: dict[str, Any] = json.loads(zlib.decompress(bytes(self.packed)))
        return content

    @staticmethod
    def pack(content: dict[str, Any]) -> bytes:
        """Compressed: two hundred steps of a long draft would weigh as much as a thousand campaigns."""
        return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), level=1)


class Attestation(models.Model):
    """Someone said, for the body they act for, that it has the right to use a questionnaire."""

    questionnaire = models.ForeignKey(
        Questionnaire, verbose_name=_("questionnaire"), on_delete=models.PROTECT, related_name="attestations"
    )
    scope = models.ForeignKey(Scope, verbose_name=_("pour"), on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("par"), on_delete=models.PROTECT, related_name="+"
    )
    sentence = models.TextField(_("phrase attestée"))
    at = models.DateTimeField(_("le"), default=timezone.now)

    class Meta:
        verbose_name = _("attestation de droit d’usage")
        verbose_name_plural = _("attestations de droit d’usage")
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["questionnaire", "scope"], name="one_attestation_per_scope")
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} – {self.scope}"
