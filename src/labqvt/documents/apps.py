from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "labqvt.documents"
    label = "documents"
