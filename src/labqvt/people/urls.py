from django.urls import path

from labqvt.people import views

app_name = "people"
urlpatterns = [
    path("connexion/", views.SignIn.as_view(), name="login"),
    path("deconnexion/", views.SignOut.as_view(), name="logout"),
    path("espace/structures/<slug:public_id>/aide/", views.help_contacts, name="help"),
]
