from django.apps import AppConfig


class PublicSiteConfig(AppConfig):
    name = "labqvt.public_site"
    label = "public_site"
