from django.urls import path

from labqvt.structure_surveys import views, views_answers, views_own, views_public, views_structures

app_name = "structure_surveys"
_SURVEY = "espace/enquetes/<slug:public_id>"
_ONE = f"{_SURVEY}/structures/<slug:structure_id>"
_OWN = "enquetes/<slug:public_id>/s/<slug:key>"
urlpatterns = [
    path("espace/enquetes/", views.survey_list, name="surveys"),
    path("espace/reseaux/<slug:public_id>/enquetes/nouvelle/", views.prepare, name="prepare"),
    path("espace/notre-reponse/<slug:public_id>/", views_own.mine, name="mine"),
    path(f"{_SURVEY}/", views.survey_detail, name="survey"),
    path(f"{_SURVEY}/modifier/", views.edit, name="edit"),
    path(f"{_SURVEY}/supprimer/", views.discard, name="discard"),
    path(f"{_SURVEY}/lancer/", views.open_, name="open"),
    path(f"{_SURVEY}/prolonger/", views.extend, name="extend"),
    path(f"{_SURVEY}/clore/", views.close, name="close"),
    path(f"{_SURVEY}/acces/", views.grants, name="grants"),
    path(f"{_SURVEY}/acces/retirer/", views.end_grant, name="end_grant"),
    path(f"{_SURVEY}/structures/", views_structures.structures, name="structures"),
    path(f"{_SURVEY}/inviter/", views_structures.invite, name="invite"),
    path(f"{_ONE}/", views_structures.structure, name="structure"),
    path(f"{_ONE}/relance/", views_structures.approach, name="approach"),
    path(f"{_ONE}/etat/", views_structures.outcome, name="outcome"),
    path(f"{_ONE}/entretien/", views_structures.interview, name="interview"),
    path(f"{_ONE}/saisir/", views_structures.enter, name="enter"),
    path(f"{_ONE}/lien/", views_structures.renew, name="renew"),
    path(f"{_ONE}/departager/", views_structures.settle, name="settle"),
    path(f"{_SURVEY}/relais/", views_structures.relays, name="relays"),
    path(f"{_SURVEY}/relais/envoi/", views_structures.sending, name="sending"),
    path(f"{_SURVEY}/relancer/", views_structures.relaunch, name="relaunch"),
    path(f"{_SURVEY}/rappels/", views_structures.calls, name="calls"),
    path(f"{_SURVEY}/rappels/<slug:contact_id>/", views_structures.call, name="call"),
    path(f"{_SURVEY}/reponses/", views_answers.answers, name="answers"),
    path(f"{_SURVEY}/reponses/<slug:form>/", views_answers.export, name="export"),
    path(f"{_SURVEY}/synthese/", views_answers.synthesis, name="synthesis"),
    path(f"{_SURVEY}/synthese.pdf", views_answers.report, name="report"),
    path(f"{_SURVEY}/synthese/<str:question>/", views_answers.written, name="written"),
    path("enquetes/<slug:public_id>/", views_public.start, name="start"),
    path("enquetes/<slug:public_id>/par/<slug:relay>/", views_public.start, name="start_by_relay"),
    path(f"{_OWN}/", views_public.own, name="own"),
    path(f"{_OWN}/page/<int:number>/", views_public.theme, name="page"),
    path(f"{_OWN}/verifier/", views_public.check, name="check"),
    path(f"{_OWN}/lien/", views_public.mail_link, name="mail_link"),
    path(f"{_OWN}/oublier/", views_public.forget_me, name="forget_me"),
]
