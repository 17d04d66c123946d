from django.urls import path

from labqvt.evidence import views, views_analysis, views_sharing

app_name = "evidence"
urlpatterns = [
    path("campagnes/<slug:public_id>/cle/apporter/", views.bring_key, name="bring_key"),
    path("campagnes/<slug:public_id>/croiser/", views_analysis.cross, name="cross"),
    path("campagnes/<slug:public_id>/copie/detruire/", views_analysis.end, name="end_analysis"),
    path("campagnes/<slug:public_id>/montrer/<slug:structure_id>/", views_sharing.share, name="share"),
    path("campagnes/<slug:public_id>/destruction/", views.destruction, name="destruction"),
    path("campagnes/<slug:public_id>/destruction.pdf", views.destruction_pdf, name="destruction_pdf"),
    path("campagnes/<slug:public_id>/verification/", views.verification, name="verification"),
]
