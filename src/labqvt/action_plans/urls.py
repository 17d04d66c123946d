from django.urls import path

from labqvt.action_plans import views

app_name = "action_plans"
urlpatterns = [
    path("structures/<slug:structure_id>/plan/", views.plan, name="plan"),
    path("structures/<slug:structure_id>/plan/ajouter/", views.add, name="add"),
    path("essais/<slug:public_id>/", views.experiment, name="experiment"),
    path("essais/<slug:public_id>/deplacer/", views.move, name="move"),
    path("essais/<slug:public_id>/verdict/", views.judge, name="judge"),
]
