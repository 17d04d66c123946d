from django.urls import path

from labqvt.responses import views, views_later, views_sending

app_name = "responses"
urlpatterns = [
    path("", views.start, name="start"),
    path("page/<int:number>/", views.theme, name="theme"),
    path("qui-verra/", views.who_sees, name="who_sees"),
    path("envoyer/", views_sending.send, name="send"),
    path("feuille/", views_sending.sheet, name="sheet"),
    path("plus-tard/", views_later.later, name="later"),
    path("reprendre/", views_later.resume, name="resume"),
    path("ce-que-garde-le-serveur/", views.what_is_kept, name="kept"),
]
