from django.urls import path

from labqvt.cockpit import views

app_name = "cockpit"
urlpatterns = [
    path("", views.home, name="home"),
    path("structures/<slug:public_id>/", views.structure, name="structure"),
    path("mes-gestes/", views.acts, name="acts"),
]
