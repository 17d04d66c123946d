from django.urls import path

from labqvt.responses import views

app_name = "responses"
urlpatterns = [
    path("", views.start, name="start"),
    path("structure/", views.structure, name="structure"),
    path("page/<int:number>/", views.theme, name="theme"),
    path("qui-verra/", views.who_sees, name="who_sees"),
    path("envoyer/", views.send, name="send"),
    path("ce-que-garde-le-serveur/", views.what_is_kept, name="kept"),
]
