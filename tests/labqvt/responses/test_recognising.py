"""« On pourrait reconnaître quelqu’un »: what the local rules see, what they miss, and what they see wrongly."""

import time

import pytest

from labqvt.instruments.route import route_of
from labqvt.responses.recognising import patterns, recognised_among, recognised_in
from tests.labqvt.responses.phone import worked_out
from tests.labqvt.responses.test_route import FORM

TELLING = {
    "Sophie m’a aidée quand j’étais en difficulté.": ["Sophie"],
    "Depuis le départ de Jean-Pierre Martin, rien ne va.": ["Jean-Pierre Martin"],
    "KARIM crie sur tout le monde": ["KARIM"],
    "M. Durand ne répond jamais aux courriels.": ["M. Durand"],
    "Madame Lefèvre nous écoute.": ["Madame Lefèvre"],
    "La comptable est seule depuis deux ans.": ["La comptable"],
    "J’en ai parlé à mon directeur, sans suite.": ["mon directeur"],
    "ma cheffe de service part à la retraite": ["ma cheffe de service"],
    "L’assistante sociale fait le travail de trois personnes.": ["L’assistante sociale"],
    "C'est l'animatrice du site qui décide.": ["l'animatrice"],
    "Le président passe une fois par an.": ["Le président"],
    "Notre déléguée syndicale l’avait signalé.": ["Notre déléguée syndicale"],
    "Il y a eu une altercation le 12 mars.": ["12 mars"],
    "Depuis le 3/04/2025 les horaires ont changé.": ["3/04/2025"],
    "L’accident du lundi 14 a été caché": ["lundi 14"],
    "Appelez-moi au 06 12 34 56 78.": ["06 12 34 56 78"],
    "Mon adresse : prenom.nom@exemple.org": ["prenom.nom@exemple.org"],
    "Le 1er juin 2024, tout le monde était là.": ["1er juin 2024"],
    "La cuisinière porte seule des charges lourdes.": ["La cuisinière"],
    "J’ai vu Fatima pleurer.": ["Fatima"],
    "Le moniteur d’atelier nous défend": ["Le moniteur"],
    "Mme Benali et mon N+1 se disputent": ["Mme Benali", "mon N+1"],
}
# What people ordinarily write about their work: nobody is named.
ORDINARY = """
Les plannings arrivent trop tard, souvent la veille.
On se sent seul quand un collègue est absent.
L’équipe est soudée, on rit beaucoup.
Il faudrait une salle de pause avec une fenêtre.
La direction nous écoute mais décide seule.
Les réunions du matin sont utiles.
Je manque de temps pour bien faire mon travail.
Nous avons besoin de formation sur les gestes et postures.
Les véhicules sont vieux et mal entretenus.
Mes horaires coupés m’empêchent de voir mes enfants.
Le bruit de l’atelier est fatigant.
Pas assez de reconnaissance, un merci suffirait.
Les femmes sont moins bien payées que les hommes.
Le logiciel tombe en panne deux fois par semaine.
On nous demande notre avis, puis rien ne change.
Le travail a du sens, c’est ce qui me tient.
J’aimerais travailler à 80 %.
Trop de courriels le soir et le week-end.
Les nouveaux sont bien accueillis.
Les consignes changent d’un jour à l’autre.
En mars, la charge double à cause des bilans.
Le conseil d’administration connaît mal le terrain.
Nous ne sommes que 12 pour trois sites.
Les bénéficiaires sont parfois agressifs, on ne sait pas comment réagir.
Depuis 2020, le télétravail est possible deux jours par semaine.
Le chauffage ne marche pas en hiver.
La cohésion vient des repas partagés.
Je fais 35 heures, payées 30.
Le secteur est dur mais les collègues sont formidables.
On devrait tourner sur les tâches pénibles.
Les chefs d’équipe changent souvent.
La médecine du travail ne passe plus.
Je voudrais évoluer vers un poste de coordination.
Les entretiens annuels sont bâclés.
Il y a des tensions entre les deux services.
Le lundi, tout le monde est fatigué.
Les locaux de Marseille sont trop petits.
Bonne ambiance, mais trop de travail.
Rien à ajouter.
Plus de temps, moins de papiers !
Les salaires sont bas : 1 450 € après dix ans.
La charge est répartie au mieux, 3 ou 4 dossiers chacun.
On ne claire pas assez les rôles, la paie arrive en retard.
Le covoiturage fait gagner 45 minutes par jour.
""".strip().splitlines()
# Seen wrongly, and known: each is a word that is also a first name, or a role nobody holds here.
KNOWN_FALSE_ALARMS = {
    "Le foyer Saint-Vincent est mal isolé.": ["Vincent"],
    "Un directeur devrait connaître le terrain.": ["Un directeur"],
    "L’école Jean Moulin est à côté.": ["Jean Moulin"],
}


@pytest.mark.parametrize(("text", "words"), TELLING.items())
def test_what_tells_someone_is_seen(text, words):
    assert recognised_in(text) == words


def test_ordinary_sentences_raise_no_alarm():
    """Measured, not hoped: none of the forty-four sentences above."""
    assert len(ORDINARY) >= 40
    assert {text: found for text in ORDINARY if (found := recognised_in(text))} == {}


@pytest.mark.parametrize(("text", "words"), KNOWN_FALSE_ALARMS.items())
def test_known_false_alarms_stay_known(text, words):
    assert recognised_in(text) == words


def test_browser_and_server_see_the_same(tmp_path):
    texts = [*TELLING, *ORDINARY, *KNOWN_FALSE_ALARMS, "", "é" * 50, "Œuvre, Ève\net Zoé", "😀 Paul 😀"]
    theirs = worked_out(
        tmp_path, [("recognise", {"patterns": list(patterns()), "text": text}) for text in texts]
    )
    assert theirs == [recognised_in(text) for text in texts]


def test_only_words_a_person_wrote_are_looked_at():
    answers = {"moves": "yes", "word": "Sophie", "day": "2026-03-17", "km": "0612345678"}
    assert recognised_among(FORM, route_of(FORM, answers).answers) == [["Sophie"]]
    assert recognised_among(FORM, {"word": "-98"}) == []


@pytest.mark.parametrize(
    "text", ["Jean-" * 20_000, "a@" * 50_000, "06 " * 30_000, "Paul " * 20_000, "[/.-" * 20_000]
)
def test_a_hostile_text_takes_no_time(text):
    start = time.process_time()
    recognised_in(text[:1000])
    assert time.process_time() - start < 0.1
