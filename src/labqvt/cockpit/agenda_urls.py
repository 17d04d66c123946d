from django.urls import path

from labqvt.cockpit import agenda_views

app_name = "agenda"
urlpatterns = [
    path("personnel/<str:key>.ics", agenda_views.personal, name="personal"),
    path("personnel/<str:key>/<str:scope>.ics", agenda_views.personal, name="personal_part"),
    path("<slug:slug>.ics", agenda_views.programme, name="programme"),
    path("<slug:slug>/<str:region>.ics", agenda_views.programme, name="region"),
]
