from django.urls import path

from labqvt.responses import views_keying

app_name = "keying"
urlpatterns = [path("campagnes/<slug:public_id>/saisie/", views_keying.sheet, name="sheet")]
