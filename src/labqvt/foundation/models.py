"""Journal, jobs and stored files: what every room leans on."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.public_ids import PublicIdField


class JournalEntry(models.Model):
    """Who did what, when: append-only. Undoing is another entry that names the one it reverses."""

    public_id = PublicIdField()
    at = models.DateTimeField(_("quand"), default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("par"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    act = models.CharField(_("acte"), max_length=80)
    target = models.CharField(_("objet"), max_length=80, help_text=_("type et identifiant public"))
    sentence = models.CharField(_("phrase"), max_length=300, help_text=_("message à trous, en français"))
    params = models.JSONField(_("paramètres"), default=dict)
    undo_act = models.CharField(_("acte inverse"), max_length=80, blank=True)
    undo_params = models.JSONField(_("paramètres de l’acte inverse"), default=dict)
    reverses = models.OneToOneField(
        "self", verbose_name=_("annule"), null=True, on_delete=models.PROTECT, related_name="reversed_by"
    )

    class Meta:
        verbose_name = _("entrée du journal")
        verbose_name_plural = _("journal")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["target", "-at"]), models.Index(fields=["by", "-at"])]

    def __str__(self) -> str:
        return gettext(self.sentence) % self.params

    @property
    def was_undone(self) -> bool:
        return hasattr(self, "reversed_by")


class Job(models.Model):
    """Long work done aside: shown while it runs, tried again when it fails, taken up again after a crash."""

    class State(models.TextChoices):
        QUEUED = "queued", _("en attente")
        RUNNING = "running", _("en cours")
        DONE = "done", _("terminé")
        FAILED = "failed", _("en échec")

    public_id = PublicIdField()
    kind = models.CharField(_("travail"), max_length=80)
    title = models.CharField(_("titre"), max_length=200)
    params = models.JSONField(_("paramètres"), default=dict)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.QUEUED)
    percent = models.PositiveSmallIntegerField(_("avancement"), default=0)
    step = models.CharField(_("étape"), max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    max_attempts = models.PositiveSmallIntegerField(_("essais au plus"), default=3)
    not_before = models.DateTimeField(_("pas avant"), default=timezone.now)
    heartbeat = models.DateTimeField(_("dernier signe de vie"), null=True)
    worker = models.CharField(_("exécutant"), max_length=40, blank=True)
    result = models.JSONField(_("résultat"), default=dict)
    error = models.TextField(_("erreur"), blank=True)
    # What one job of a kind must never run twice for (a campaign to open): unique while unfinished.
    subject = models.CharField(_("objet"), max_length=80, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("demandé par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    finished_at = models.DateTimeField(_("terminé le"), null=True)

    class Meta:
        verbose_name = _("travail")
        verbose_name_plural = _("travaux")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "not_before"])]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=~Q(subject="") & Q(state__in=["queued", "running"]),
                name="one_unfinished_job_per_subject",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_finished(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}


class StoredFile(models.Model):
    """A file that passed the upload gate. The name on disk says nothing."""

    class Visibility(models.TextChoices):
        PRIVATE = "private", _("privé")
        PUBLIC = "public", _("public")

    public_id = PublicIdField()
    name = models.CharField(_("nom"), max_length=200)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("taille (octets)"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    visibility = models.CharField(
        _("visibilité"), max_length=10, choices=Visibility, default=Visibility.PRIVATE
    )
    # Who may read a private file is answered by the room that keeps it: « room.kind » in files.readers.
    kept_by = models.CharField(_("conservé par"), max_length=80)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("déposé par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    added_at = models.DateTimeField(_("déposé le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("fichier")
        verbose_name_plural = _("fichiers")
        ordering = ["-added_at"]

    def __str__(self) -> str:
        return self.name
