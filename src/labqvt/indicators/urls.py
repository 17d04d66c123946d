from django.urls import path, re_path

from labqvt.indicators import views

app_name = "indicators"
urlpatterns = [
    path("regions/<str:public_id>/", views.region, name="region"),
    path("regions/<str:public_id>/faits/", views.facts, name="facts"),
    path("regions/<str:public_id>/faits/nouveau/", views.add_fact, name="add_fact"),
    re_path(r"^regions/(?P<public_id>\w+)/faits\.(?P<form>csv|xlsx)$", views.export, name="export"),
    path("regions/<str:public_id>/chiffres/<slug:code>/", views.measure, name="measure"),
    path("programmes/<slug:slug>/chiffres/", views.programme, name="programme"),
    path("faits/<str:public_id>/retirer/", views.remove_fact, name="remove_fact"),
]
