from django.urls import path

from labqvt.programmes import views

app_name = "programmes"
urlpatterns = [
    path("programmes/", views.programme_list, name="list"),
    path("programmes/nouveau/", views.programme_new, name="new"),
    path("programmes/<slug:slug>/", views.programme, name="programme"),
    path(
        "programmes/<slug:slug>/experimentations/nouvelle/",
        views.experimentation_new,
        name="experimentation_new",
    ),
    path("experimentations/<str:public_id>/", views.experimentation, name="experimentation"),
    path("experimentations/<str:public_id>/avenant/", views.amend, name="amend"),
    path("echeances/nouvelle/<str:public_id>/", views.milestone_new, name="milestone_new"),
    path("echeances/<str:public_id>/", views.milestone, name="milestone"),
    path("echeances/<str:public_id>/reporter/", views.move, name="move"),
    path("echeances/<str:public_id>/noter/", views.record, name="record"),
    path("echeances/<str:public_id>/abandonner/", views.drop, name="drop"),
]
