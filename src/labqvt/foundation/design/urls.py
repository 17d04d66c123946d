from django.urls import path

from labqvt.foundation.design import views

app_name = "design"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("page-publique/", views.public_sample, name="public_sample"),
    path("page-du-repondant/", views.respond_sample, name="respond_sample"),
]
