from django.apps import AppConfig


class VerbatimsConfig(AppConfig):
    name = "labqvt.verbatims"
    label = "verbatims"
    default_auto_field = "django.db.models.BigAutoField"
