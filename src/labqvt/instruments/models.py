"""Questionnaires and their versions. A published version never changes: answers were given to its words."""

from functools import cached_property
from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.public_ids import PublicIdField
from labqvt_forms import Questionnaire as Form
from labqvt_forms.formats import json_form


class Questionnaire(models.Model):
    """A questionnaire one may run, whatever its versions."""

    class Kind(models.TextChoices):
        EMPLOYEES = "employees", _("pour les salariées et salariés")
        DIRECTION = "direction", _("pour la direction (regard croisé)")

    public_id = PublicIdField()
    slug = models.SlugField(_("nom court"), max_length=80, unique=True)
    title = models.CharField(_("titre"), max_length=200)
    kind = models.CharField(_("public"), max_length=20, choices=Kind, default=Kind.EMPLOYEES)
    licence = models.CharField(_("licence"), max_length=200)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering: ClassVar = ["title"]

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
    mirrors = models.ForeignKey(
        "self",
        verbose_name=_("version des salariés dont elle est le miroir"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mirrored_by",
    )

    class Meta:
        verbose_name = _("version de questionnaire")
        verbose_name_plural = _("versions de questionnaire")
        ordering: ClassVar = ["questionnaire__title", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="one_version_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.title} (v{self.number})"

    @cached_property
    def form(self) -> Form:
        """The questionnaire as ``labqvt_forms`` understands it."""
        return json_form.from_json(self.content)

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return self.form.title.pick((get_language() or "fr")[:2])
