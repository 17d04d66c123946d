"""Raw answers, sealed, and the intake that writes them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ResponsesConfig(AppConfig):
    name = "labqvt.responses"
    label = "responses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from labqvt.foundation import sealed  # noqa: PLC0415 - apps must be loaded first
        from labqvt.responses import postgresql, shuffling  # noqa: PLC0415 - idem

        sealed.seal("responses_sealedsheet", rewrites=(*shuffling.statements(), postgresql.REWRITE_ORDER))
        post_migrate.connect(postgresql.make_function, sender=self, dispatch_uid="labqvt_rewrite_order")
