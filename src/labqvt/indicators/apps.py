"""Figures that can be checked: facts, what is computed from them, and what was published."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "labqvt.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"
