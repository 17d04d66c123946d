from django.urls import path

from labqvt.people import views

app_name = "people"
urlpatterns = [
    path("connexion/", views.SignIn.as_view(), name="login"),
    path("deconnexion/", views.SignOut.as_view(), name="logout"),
]
