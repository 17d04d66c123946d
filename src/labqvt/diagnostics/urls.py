from django.urls import path

from labqvt.diagnostics import views

app_name = "diagnostics"
urlpatterns = [
    path("espace/campagnes/<slug:public_id>/diagnostic/", views.diagnosis, name="diagnosis"),
    path("espace/campagnes/<slug:public_id>/diagnostic.pdf", views.diagnosis_pdf, name="diagnosis_pdf"),
    path(
        "espace/campagnes/<slug:public_id>/diagnostic/<slug:structure_id>/",
        views.structure_diagnosis,
        name="structure_diagnosis",
    ),
    path(
        "espace/campagnes/<slug:public_id>/diagnostic/<slug:structure_id>.pdf",
        views.structure_diagnosis_pdf,
        name="structure_diagnosis_pdf",
    ),
    path("diagnostic-par-la-discussion/", views.discussion_kit, name="discussion_kit"),
    path("diagnostic-par-la-discussion.pdf", views.discussion_kit_pdf, name="discussion_kit_pdf"),
]
