from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "labqvt.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from labqvt.foundation import sealed  # noqa: PLC0415 - apps must be loaded first

        sealed.seal("evidence_sealedtext", texts=True)
        sealed.seal("evidence_sealedsnapshot")
