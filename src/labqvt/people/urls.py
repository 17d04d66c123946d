from django.urls import path

from labqvt.people import directory_views, views

app_name = "people"
urlpatterns = [
    path("connexion/", views.SignIn.as_view(), name="login"),
    path("deconnexion/", views.SignOut.as_view(), name="logout"),
    path("espace/organisations/", directory_views.directory, name="directory"),
    path("espace/organisations/chercher/", directory_views.look_up, name="look_up"),
    path("espace/organisations/nouvelle/", directory_views.organisation_new, name="organisation_new"),
    path("espace/organisations/liste/", directory_views.take_list, name="take_list"),
    path("espace/organisations/<str:public_id>/", directory_views.organisation, name="organisation"),
    path(
        "espace/organisations/<str:public_id>/changer/",
        directory_views.organisation_change,
        name="organisation_change",
    ),
    path("espace/organisations/<str:public_id>/nom/", directory_views.name_new, name="name_new"),
    path("espace/structures/<slug:public_id>/aide/", views.help_contacts, name="help"),
]
