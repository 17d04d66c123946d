from django.urls import path

from labqvt.campaigns import (
    views,
    views_key,
    views_network,
    views_papers,
    views_profile,
    views_reader,
    views_relays,
    views_ways,
)

app_name = "campaigns"
urlpatterns = [
    path("campagnes/", views.campaign_list, name="campaigns"),
    path("structures/<slug:public_id>/campagnes/nouvelle/", views.prepare, name="prepare"),
    path("campagnes/<slug:public_id>/", views.campaign_detail, name="campaign"),
    path("campagnes/<slug:public_id>/modifier/", views.edit, name="edit"),
    path("campagnes/<slug:public_id>/supprimer/", views.discard, name="discard"),
    path("campagnes/<slug:public_id>/lecture-des-textes/", views_reader.reader, name="reader"),
    path("campagnes/<slug:public_id>/lancer/", views.open_, name="open"),
    path("campagnes/<slug:public_id>/prolonger/", views.extend, name="extend"),
    path("campagnes/<slug:public_id>/clore/", views.close, name="close"),
    path("campagnes/<slug:public_id>/accord/", views.consent, name="consent"),
    path("campagnes/<slug:public_id>/regle-du-jeu/", views_papers.rules, name="rules"),
    path("campagnes/<slug:public_id>/regle-du-jeu.pdf", views_papers.rules_pdf, name="rules_pdf"),
    path("campagnes/<slug:public_id>/profil/", views_profile.profile, name="profile"),
    path("campagnes/<slug:public_id>/profil/regrouper/", views_profile.merge, name="profile_merge"),
    path("campagnes/<slug:public_id>/cle/", views_key.key, name="key"),
    path("campagnes/<slug:public_id>/cle/faire/", views_key.make_key, name="make_key"),
    path("campagnes/<slug:public_id>/cle/essayer/", views_key.try_key, name="try_key"),
    path("campagnes/<slug:public_id>/ce-que-verra-la-direction/", views_papers.preview, name="preview"),
    path("campagnes/<slug:public_id>/codes/", views_papers.codes, name="codes"),
    path("campagnes/<slug:public_id>/affiche/", views_papers.poster, name="poster"),
    path("campagnes/<slug:public_id>/messages/", views_ways.message_list, name="messages"),
    path("campagnes/<slug:public_id>/affichette/", views_ways.notice, name="notice"),
    path("campagnes/<slug:public_id>/papier/", views_ways.paper, name="paper"),
    path("campagnes/<slug:public_id>/adresses/", views_ways.addresses, name="addresses"),
    path(
        "campagnes/<slug:public_id>/adresses/retirer/", views_ways.remove_addresses, name="remove_addresses"
    ),
    path("campagnes/<slug:public_id>/adresses/envoyer/", views_ways.send_codes, name="send_codes"),
    path("campagnes/<slug:public_id>/adresses/retours/", views_ways.reports, name="reports"),
    path("campagnes/<slug:public_id>/adresses/<int:number>/", views_ways.address, name="address"),
    path("campagnes/<slug:public_id>/rappels/", views_ways.reminders, name="reminders"),
    path("campagnes/<slug:public_id>/chapeau/", views_ways.count_hat, name="hat"),
    path("campagnes/<slug:public_id>/relais/", views_relays.relays, name="relays"),
    path("relais/<slug:public_id>/", views_relays.relay, name="relay"),
    path("relais/<slug:public_id>/retirer/", views_relays.remove_relay, name="remove_relay"),
    path("sollicitations/", views_relays.requests_calendar, name="requests"),
    path("reseaux/<slug:public_id>/campagnes/nouvelle/", views_network.pool, name="pool"),
    path("campagnes/<slug:public_id>/structures/", views_network.populations, name="populations"),
]
