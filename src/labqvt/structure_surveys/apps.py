"""Nominative surveys of structures: invited, relaunched, answered by name, called back by consent."""

from django.apps import AppConfig


class StructureSurveysConfig(AppConfig):
    name = "labqvt.structure_surveys"
    label = "structure_surveys"
    default_auto_field = "django.db.models.BigAutoField"
