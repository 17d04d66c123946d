from django.urls import path

from labqvt.diagnostics import views, views_network

app_name = "diagnostics"
urlpatterns = [
    path("espace/campagnes/<slug:public_id>/diagnostic/", views.diagnosis, name="diagnosis"),
    path("espace/campagnes/<slug:public_id>/diagnostic.pdf", views.diagnosis_pdf, name="diagnosis_pdf"),
    path("espace/campagnes/<slug:public_id>/diagnostic.xlsx", views.diagnosis_xlsx, name="diagnosis_xlsx"),
    path("espace/campagnes/<slug:public_id>/analyse/", views_network.analysis, name="analysis"),
    path(
        "espace/campagnes/<slug:public_id>/structures-montrees/",
        views_network.shared_results,
        name="shared_results",
    ),
    path(
        "espace/campagnes/<slug:public_id>/regions/<slug:region>/",
        views_network.regional_edition,
        name="regional_edition",
    ),
    path(
        "espace/campagnes/<slug:public_id>/regions/<slug:region>.pdf",
        views_network.regional_edition_pdf,
        name="regional_edition_pdf",
    ),
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
