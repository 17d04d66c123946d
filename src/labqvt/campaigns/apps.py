"""A round of a questionnaire: population, ways in, participation."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "labqvt.campaigns"
    label = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"
