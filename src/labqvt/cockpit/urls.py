from django.urls import path

from labqvt.cockpit import agenda_views, views

app_name = "cockpit"
urlpatterns = [
    path("", views.home, name="home"),
    path("structures/<slug:public_id>/", views.structure, name="structure"),
    path("mes-gestes/", views.acts, name="acts"),
    path("mes-agendas/", agenda_views.mine, name="agendas"),
    path("mes-agendas/ouvrir/", agenda_views.open_mine, name="agenda_open"),
    path("mes-agendas/fermer/", agenda_views.close_mine, name="agenda_close"),
]
