from django.urls import path

from labqvt.verbatims import views

app_name = "verbatims"
urlpatterns = [
    path("campagnes/<slug:public_id>/textes/", views.reading, name="reading"),
    path("campagnes/<slug:public_id>/textes/<int:number>/", views.text, name="text"),
    path("campagnes/<slug:public_id>/textes/themes/", views.add_theme, name="add_theme"),
    path("campagnes/<slug:public_id>/textes/themes/<slug:theme_id>/", views.theme, name="theme"),
    path("campagnes/<slug:public_id>/textes/terminer/", views.finish, name="finish"),
    path("campagnes/<slug:public_id>/extraits/", views.review, name="review"),
]
