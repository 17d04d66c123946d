from django.urls import path

from labqvt.public_site import views

app_name = "public_site"
urlpatterns = [
    path("", views.home, name="home"),
    path("par-quoi-commencer/", views.where_to_begin, name="where_to_begin"),
    path("confidentialite/", views.promise, name="promise"),
]
