from django.apps import AppConfig


class CockpitConfig(AppConfig):
    name = "labqvt.cockpit"
    label = "cockpit"
