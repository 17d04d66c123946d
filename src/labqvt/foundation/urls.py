from django.urls import path

from labqvt.foundation import views

app_name = "foundation"
urlpatterns = [
    path("annuler/<slug:public_id>/", views.undo, name="undo"),
    path("travaux/", views.job_list, name="jobs"),
    path("travaux/<slug:public_id>/", views.job_detail, name="job"),
    path("courriels/", views.outbox, name="outbox"),
    path("fichiers/<slug:public_id>/", views.file_download, name="file"),
]
