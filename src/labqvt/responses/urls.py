from django.urls import path

from labqvt.responses import views, views_asides, views_later, views_sending

app_name = "responses"
urlpatterns = [
    path("", views.start, name="start"),
    path("borne/", views.shared_device, name="kiosk"),
    path("structure/", views.structure, name="structure"),
    path("page/<int:number>/", views.theme, name="theme"),
    path("qui-verra/", views_asides.who_sees, name="who_sees"),
    path("aide/", views_asides.help_now, name="help"),
    path("envoyer/", views_sending.send, name="send"),
    path("feuille/", views_sending.sheet, name="sheet"),
    path("plus-tard/", views_later.later, name="later"),
    path("reprendre/", views_later.resume, name="resume"),
    path("ce-que-garde-le-serveur/", views_asides.what_is_kept, name="kept"),
]
