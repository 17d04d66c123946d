from django.urls import path

from labqvt.instruments import views
from labqvt.instruments.editor.urls import urlpatterns as editor

app_name = "instruments"
urlpatterns = [
    path("questionnaires/", views.questionnaire_list, name="questionnaires"),
    path("questionnaires/<slug:public_id>/", views.questionnaire_detail, name="questionnaire"),
    *editor,
]
