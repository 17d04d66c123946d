"""Programmes and their regional experimentations: what is tried, where, with whom, by when."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "labqvt.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"
