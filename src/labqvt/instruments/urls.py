from django.urls import path

from labqvt.instruments import views, views_acts, views_exchange, views_frameworks
from labqvt.instruments.editor.urls import urlpatterns as editor

app_name = "instruments"
urlpatterns = [
    path("questionnaires/", views.questionnaire_list, name="questionnaires"),
    path("questionnaires/nouveau/", views_acts.write, name="write"),
    path("questionnaires/importer/", views_exchange.import_, name="import"),
    path("questionnaires/referentiels/", views_frameworks.frameworks_page, name="frameworks"),
    path("questionnaires/<slug:public_id>/", views.questionnaire_detail, name="questionnaire"),
    path("questionnaires/<slug:public_id>/changements/", views.changes, name="changes"),
    path("questionnaires/<slug:public_id>/copier/", views_acts.copy, name="copy"),
    path("questionnaires/<slug:public_id>/completer/", views_acts.complete, name="complete"),
    path("questionnaires/<slug:public_id>/nouvelle-version/", views_acts.open_version, name="open_version"),
    path("questionnaires/<slug:public_id>/retirer/", views_acts.retire, name="retire"),
    path("questionnaires/<slug:public_id>/supprimer/", views_acts.discard, name="discard"),
    path("questionnaires/<slug:public_id>/attester/", views_acts.attest, name="attest"),
    path("questionnaires/<slug:public_id>/exporter/", views_exchange.export, name="export"),
    path("questionnaires/<slug:public_id>/exporter/<slug:form>/", views_exchange.download, name="download"),
    *editor,
]
