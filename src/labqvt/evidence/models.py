"""What is kept of a campaign’s answers: the release, and for a while the texts a reader works on."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labqvt.campaigns.models import Campaign, RulesSignature
from labqvt.campaigns.random_ids import RandomRowIdField
from labqvt.foundation.public_ids import PublicIdField
from labqvt.people.regions import REGIONS


class Release(models.Model):
    """What one campaign gave: one edition, the same for everyone, or nothing at all.

    A release that shows nothing holds nothing: its row cannot tell why.
    """

    public_id = PublicIdField()
    campaign = models.OneToOneField(
        Campaign, verbose_name=_("campagne"), on_delete=models.PROTECT, related_name="release"
    )
    edition = models.PositiveSmallIntegerField(_("édition"), default=1)
    shown = models.BooleanField(_("montré"))
    content = models.JSONField(
        _("contenu montré"), default=dict, help_text=_("labqvt/diagnosis/1, valeurs affichées seulement")
    )
    certificate = models.JSONField(_("certificat"), default=dict)
    released_at = models.DateTimeField(_("publié le"), default=timezone.now, editable=False)
    announced_at = models.DateTimeField(_("annoncé le"), null=True, editable=False)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering: ClassVar = ["-released_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(shown=False) | (~Q(certificate={}) & ~Q(content={})),
                name="shown_release_has_a_certificate",
            ),
            models.CheckConstraint(
                condition=Q(shown=True) | (Q(certificate={}) & Q(content={})),
                name="hidden_release_holds_nothing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.campaign)


class StructureRelease(models.Model):
    """What one structure of a pooled campaign is given of its own answers. No row: nothing to show, and no word why."""

    public_id = PublicIdField()
    release = models.ForeignKey(
        Release, verbose_name=_("publication"), on_delete=models.CASCADE, related_name="structures"
    )
    organisation = models.ForeignKey(
        "people.Organisation", verbose_name=_("structure"), on_delete=models.PROTECT, related_name="+"
    )
    content = models.JSONField(
        _("contenu montré"), help_text=_("labqvt/diagnosis/1, valeurs affichées seulement")
    )
    certificate = models.JSONField(_("certificat"))

    class Meta:
        verbose_name = _("publication pour une structure")
        verbose_name_plural = _("publications par structure")
        ordering: ClassVar = ["organisation__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "organisation"], name="one_release_per_structure")
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class SharingConsent(models.Model):
    """One side of a pair lets those who lead the network read its structure’s own results; both are needed."""

    structure_release = models.ForeignKey(
        StructureRelease,
        verbose_name=_("résultats de la structure"),
        on_delete=models.CASCADE,
        related_name="sharing",
    )
    side = models.CharField(_("côté"), max_length=10, choices=RulesSignature.Side)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("par"), on_delete=models.PROTECT, related_name="+"
    )
    on = models.DateField(_("le"), default=timezone.localdate)

    class Meta:
        verbose_name = _("accord pour montrer des résultats au réseau")
        verbose_name_plural = _("accords pour montrer des résultats au réseau")
        ordering: ClassVar = ["side"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["structure_release", "side"], name="one_sharing_consent_per_side")
        ]

    def __str__(self) -> str:
        return f"{self.structure_release} – {self.get_side_display()}"


class RegionalEdition(models.Model):
    """What a pooled campaign tells of one region: a network cell, of the same family of cuts as the whole."""

    release = models.ForeignKey(
        Release, verbose_name=_("publication"), on_delete=models.CASCADE, related_name="regions"
    )
    region = models.CharField(_("région (code Insee)"), max_length=2, choices=list(REGIONS.items()))
    content = models.JSONField(
        _("contenu montré"), help_text=_("labqvt/diagnosis/1, valeurs affichées seulement")
    )

    class Meta:
        verbose_name = _("édition régionale")
        verbose_name_plural = _("éditions régionales")
        ordering: ClassVar = ["region"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "region"], name="one_edition_per_region")
        ]

    def __str__(self) -> str:
        return self.get_region_display()


class Destruction(models.Model):
    """What was destroyed of a campaign, when, by which rule. How many sheets there were is told nowhere."""

    class Rule(models.TextChoices):
        RELEASED = "released", _("à la publication des résultats")
        UNOPENED = "unopened", _("sans avoir été ouvertes, au terme annoncé")

    campaign = models.OneToOneField(
        Campaign, verbose_name=_("campagne"), on_delete=models.PROTECT, related_name="destruction"
    )
    rule = models.CharField(_("règle"), max_length=10, choices=Rule)
    sheets_at = models.DateTimeField(_("feuilles et codes détruits le"), default=timezone.now, editable=False)
    key_at = models.DateTimeField(_("clé détruite le"), null=True, editable=False)
    file_at = models.DateTimeField(_("base réécrite le"), null=True, editable=False)

    class Meta:
        verbose_name = _("destruction")
        verbose_name_plural = _("destructions")
        ordering: ClassVar = ["-sheets_at"]

    def __str__(self) -> str:
        return f"{self.campaign} – {self.get_rule_display()}"


class SealedText(models.Model):
    """One text, taken out of its sheet and encrypted. Nothing leads from it to a sheet, nor to another text.

    No time, no structure, no order: its random key is its place. Read and written by ``evidence.kept_texts`` only.
    """

    class State(models.TextChoices):
        UNREAD = "unread", _("à lire")
        BEGUN = "begun", _("commencé")
        PROPOSED = "proposed", _("proposé à la publication")
        READ = "read", _("lu, non cité")
        ASIDE = "aside", _("mis de côté")

    id = RandomRowIdField(_("numéro tiré au hasard"), primary_key=True)
    # DO_NOTHING: as for sheets, the database refuses to lose a campaign that holds texts.
    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campagne"), on_delete=models.DO_NOTHING, related_name="+"
    )
    question = models.CharField(_("question"), max_length=200)
    state = models.CharField(_("où en est la lecture"), max_length=8, choices=State, default=State.UNREAD)
    ciphertext = models.BinaryField(
        _("texte chiffré"),
        help_text=_(
            "seul, sans la feuille ni la structure ; de même longueur pour tous ; détruit après la lecture"
        ),
    )

    class Meta:
        verbose_name = _("texte chiffré")
        verbose_name_plural = _("textes chiffrés")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return str(_("texte chiffré"))


class TextReading(models.Model):
    """The reading of a campaign’s texts: read from outside, looked at a second time, published once, or nothing."""

    class State(models.TextChoices):
        READING = "reading", _("en lecture")
        REVIEW = "review", _("en deuxième relecture")
        PUBLISHED = "published", _("extraits publiés")
        ENDED = "ended", _("terminée sans extrait")

    campaign = models.OneToOneField(
        Campaign, verbose_name=_("campagne"), on_delete=models.PROTECT, related_name="text_reading"
    )
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.READING)
    read_until = models.DateField(_("lecture jusqu’au"))
    review_until = models.DateField(_("deuxième relecture jusqu’au"), null=True, blank=True)
    # {"id", "label", "was", "removed"}: words of the reader, about texts; they are never in the journal.
    themes = models.JSONField(_("thèmes"), default=list, blank=True)
    named = models.JSONField(_("thèmes nommés par question"), default=dict, blank=True)
    content = models.JSONField(_("extraits publiés"), default=dict, blank=True)
    published_at = models.DateTimeField(_("publiés le"), null=True, editable=False)

    class Meta:
        verbose_name = _("lecture de textes")
        verbose_name_plural = _("lectures de textes")
        ordering: ClassVar = ["-read_until"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="published") | Q(content={}), name="only_published_extracts_are_kept"
            )
        ]

    def __str__(self) -> str:
        return str(self.campaign)


class Analysis(models.Model):
    """Other groups of structures may be compared for a while after the opening, as was announced at launch."""

    campaign = models.OneToOneField(
        Campaign, verbose_name=_("campagne"), on_delete=models.PROTECT, related_name="analysis"
    )
    keep_until = models.DateField(_("copie gardée jusqu’au"))
    ended_at = models.DateTimeField(_("copie détruite le"), null=True, editable=False)

    class Meta:
        verbose_name = _("analyse d’un réseau")
        verbose_name_plural = _("analyses de réseaux")
        ordering: ClassVar = ["-keep_until"]

    def __str__(self) -> str:
        return str(self.campaign)

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or self.keep_until < timezone.localdate()


class SealedSnapshot(models.Model):
    """Columns of answers in a fresh order, encrypted, without code, text nor day. Read by ``evidence.snapshots`` only."""

    id = RandomRowIdField(_("numéro tiré au hasard"), primary_key=True)
    # DO_NOTHING: as for sheets, the database refuses to lose a campaign that holds a snapshot.
    campaign = models.OneToOneField(
        Campaign, verbose_name=_("campagne"), on_delete=models.DO_NOTHING, related_name="+"
    )
    ciphertext = models.BinaryField(
        _("colonnes chiffrées"),
        help_text=_(
            "réponses fermées et structure, mélangées ; ni code, ni texte, ni ordre ; détruites au terme annoncé"
        ),
    )

    class Meta:
        verbose_name = _("copie chiffrée")
        verbose_name_plural = _("copies chiffrées")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return str(_("copie chiffrée"))


class AddedCut(models.Model):
    """Two cuts crossed after the opening, told to everybody; or refused, which depends on no answer."""

    analysis = models.ForeignKey(
        Analysis, verbose_name=_("analyse"), on_delete=models.CASCADE, related_name="cuts"
    )
    name = models.CharField(_("croisement"), max_length=200)
    breakdown = models.JSONField(
        _("groupes montrés"),
        default=dict,
        blank=True,
        help_text=_("vide : ce croisement ne peut pas être montré"),
    )
    at = models.DateTimeField(_("ajouté le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("croisement ajouté")
        verbose_name_plural = _("croisements ajoutés")
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["analysis", "name"], name="one_crossing_of_a_pair")
        ]

    def __str__(self) -> str:
        return self.name
