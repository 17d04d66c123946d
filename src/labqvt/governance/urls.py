from django.urls import path

from labqvt.governance import papers_views, views, views_sitting

app_name = "governance"
urlpatterns = [
    path("instances/", views.body_list, name="list"),
    path("instances/nouvelle/<str:public_id>/", views.body_new, name="body_new"),
    path("instances/sieges/<str:public_id>/", views.seat, name="seat"),
    path("instances/sieges/<str:public_id>/liberer/", views.seat_free, name="seat_free"),
    path("instances/sieges/<str:public_id>/retirer/", views.seat_remove, name="seat_remove"),
    path("instances/reunions/<str:public_id>/", views_sitting.meeting, name="meeting"),
    path("instances/reunions/<str:public_id>/point/", views.item_new, name="item_new"),
    path("instances/reunions/<str:public_id>/convoquer/", views.convene, name="convene"),
    path("instances/reunions/<str:public_id>/deplacer/", views.move, name="move"),
    path("instances/reunions/<str:public_id>/annuler/", views.cancel, name="cancel"),
    path("instances/reunions/<str:public_id>/ouvrir/", views_sitting.open_session, name="open_session"),
    path("instances/reunions/<str:public_id>/presences/", views_sitting.attendance, name="attendance"),
    path("instances/reunions/<str:public_id>/suite/", views_sitting.outcome_new, name="outcome_new"),
    path("instances/reunions/<str:public_id>/proposer/", views_sitting.propose, name="propose"),
    path("instances/reunions/<str:public_id>/viser/", views_sitting.approve, name="approve"),
    path("instances/reunions/<str:public_id>/corriger/", views_sitting.correct, name="correct"),
    path("instances/reunions/<str:public_id>/convocation.pdf", papers_views.letter, name="letter"),
    path("instances/reunions/<str:public_id>/emargement.pdf", papers_views.sheet, name="sheet"),
    path("instances/reunions/<str:public_id>/compte-rendu.pdf", papers_views.minutes, name="minutes"),
    path("instances/<str:public_id>/", views.body, name="body"),
    path("instances/<str:public_id>/changer/", views.body_change, name="body_change"),
    path("instances/<str:public_id>/siege/", views.seat_new, name="seat_new"),
    path("instances/<str:public_id>/reunion/", views.meeting_new, name="meeting_new"),
]
