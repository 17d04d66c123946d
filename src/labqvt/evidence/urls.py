from django.urls import path

from labqvt.evidence import views

app_name = "evidence"
urlpatterns = [
    path("campagnes/<slug:public_id>/cle/apporter/", views.bring_key, name="bring_key"),
    path("campagnes/<slug:public_id>/destruction/", views.destruction, name="destruction"),
    path("campagnes/<slug:public_id>/destruction.pdf", views.destruction_pdf, name="destruction_pdf"),
    path("campagnes/<slug:public_id>/verification/", views.verification, name="verification"),
]
