"""The ground floor: no domain word here."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.module_loading import autodiscover_modules


class FoundationConfig(AppConfig):
    name = "labqvt.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from labqvt.foundation import sealed  # noqa: PLC0415 - apps must be loaded first

        connection_created.connect(sealed.guard_connection, dispatch_uid="sealed")
        # Jobs, acts, panels and dated items register themselves by name when these modules are imported.
        autodiscover_modules("tasks", "registrations")
