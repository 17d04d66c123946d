"""Real-looking French sentences a careful methodologist would leave alone, and others they would not."""

from __future__ import annotations

import pytest

from labqvt_forms.wording import french

GOOD = [
    "Je peux demander de l’aide à mes collègues.",
    "On me parle avec respect au travail.",
    "Je peux dire que je ne suis pas d’accord sans crainte.",
    "Des tensions entre collègues gênent mon travail.",
    "Ici, les femmes et les hommes ont les mêmes chances.",
    "Mes horaires me laissent du temps pour ma vie hors du travail.",
    "J’ai assez de repos entre deux journées de travail.",
    "Quand une situation de travail me pèse, je sais à qui en parler.",
    "L’équilibre entre ma vie professionnelle et ma vie personnelle me convient.",
    "Depuis combien de temps travaillez-vous dans la structure ?",
    "Êtes-vous toujours salarié de la structure ?",
    "Travaillez-vous le samedi et le dimanche ?",
    "Travaillez-vous de jour et de nuit ?",
    "Relations au travail et climat social : dans quelle mesure êtes-vous d’accord ?",
    "Votre contrat est-il à durée déterminée ou indéterminée ?",
    "Avez-vous suivi une formation cette année ?",
    "Je comprends où va notre structure.",
    "Combien d’heures travaillez-vous par semaine ?",
    "À quelle fréquence devez-vous vous dépêcher ?",
    "Les tâches difficiles sont bien partagées entre nous.",
    "Mon travail me demande des efforts physiques pénibles.",
    "Je ne dispose pas du matériel nécessaire.",
    "Qu’est-ce qui vous aiderait le plus au quotidien ?",
    "Quels sont les points forts et les points faibles de l’organisation ?",
    "Votre structure a-t-elle un comité social et économique ?",
    "La santé et sécurité au travail sont abordées en réunion.",
    "On tient compte de ce que je dis de mon travail.",
    "Je vois comment je pourrais évoluer.",
    "Je reçois un retour sur mon travail au moins une fois par an.",
    "Avez-vous un ou plusieurs responsables ?",
    "Pouvez-vous choisir vos dates de congés ?",
    "Les nouveaux arrivants sont bien accueillis.",
    "Dans l’équipe, on sait qui fait quoi.",
    "Je n’ai que rarement le temps de finir ma journée.",
    "Avez-vous plus de deux heures de trajet par jour ?",
    "Les réunions d’équipe m’apportent ce dont j’ai besoin.",
    "Quelle est la taille de votre structure ?",
    "Souhaitez-vous recevoir les résultats ?",
    "Les salariés et les bénévoles travaillent bien ensemble.",
    "J’ai appris ce qu’il faut pour faire mon travail.",
    "Les décisions qui changent mon travail me sont annoncées à temps.",
    "Parmi ces actions, laquelle serait la plus utile ?",
    "À poste égal, les salaires des femmes et des hommes sont égaux.",
    "Les congés pour enfant malade sont ouverts aux pères et aux mères.",
    "Êtes-vous une femme, un homme, ou vous définissez-vous autrement ?",
    "Travaillez-vous seul ou en équipe ?",
    "Vous arrive-t-il de travailler le soir ou le week-end ?",
    "Je sais à qui parler en cas de violence ou de harcèlement.",
    "Quels sont vos besoins en matière de prévention et de santé au travail ?",
    "Combien de salariés et de bénévoles compte votre structure ?",
    "Je n’ai pas peur de faire une erreur.",
    "Personne ne me met à l’écart.",
    "Depuis six mois, qu’est-ce qui a changé dans votre travail ?",
]
BAD = {
    "double_barrelled": [
        "Mon responsable est compétent et disponible.",
        "Je me sens écouté et reconnu.",
        "Les consignes sont claires et réalistes.",
        "Vos horaires et votre salaire vous conviennent-ils ?",
        "Mon responsable m’écoute et me soutient.",
        "Je dispose du temps et/ou du matériel nécessaire.",
        "Je sais ce que l’on attend de moi et j’ai les moyens de le faire.",
        "Pouvez-vous organiser et planifier votre travail ?",
        "L’ambiance est bonne et motivante.",
        "Je ne suis ni stressé ni fatigué.",
        "Les réunions sont utiles et efficaces.",
        "Mes collègues sont sympathiques et compétents.",
        "La charge de travail et le rythme sont supportables.",
        "Je peux demander de l’aide et donner mon avis.",
        "On me respecte mais on ne m’écoute pas.",
        "La communication est transparente et régulière.",
        "Mon salaire et mes conditions de travail sont bons.",
        "Le bruit et la chaleur vous gênent-ils ?",
        "Votre travail est-il varié ou répétitif ?",
        "Les locaux sont propres et sûrs.",
        "Mon supérieur direct et la direction me font confiance.",
        "Je connais les acteurs de la prévention et je sais les solliciter.",
        "Le matériel et les locaux sont adaptés.",
        "Mes compétences sont utilisées et reconnues.",
        "Le travail est réparti de façon juste et équitable.",
    ],
    "leading": [
        "Ne pensez-vous pas que les réunions sont trop longues ?",
        "N’êtes-vous pas d’accord pour améliorer l’accueil ?",
        "Les pauses sont évidemment utiles.",
        "Comme chacun sait, le stress nuit au travail.",
        "Il est clair que la direction fait des efforts.",
        "Vous aimez votre travail, n’est-ce pas ?",
        "Ne faudrait-il pas revoir les plannings ?",
        "Bien sûr, vous connaissez vos droits ?",
        "Malheureusement, les moyens manquent.",
        "Êtes-vous d’accord pour dire que l’équipe est soudée ?",
    ],
    "absolute": [
        "Je suis toujours informé à temps.",
        "On ne me demande jamais mon avis.",
        "Je suis dérangé tout le temps.",
        "Les règles sont systématiquement respectées.",
        "Tout le monde participe aux décisions.",
    ],
    "double_negation": [
        "Je ne suis pas insatisfait de mon travail.",
        "Il n’est pas impossible de parler aux responsables.",
        "Je ne pense pas que mes collègues ne m’écoutent pas.",
        "Mon travail n’est pas inutile.",
        "Les consignes ne sont pas injustes.",
        "Je ne travaille jamais sans protection.",
    ],
}
JUDGES = {kind: getattr(french, kind) for kind in BAD}


def test_there_are_enough_sentences() -> None:
    assert len(set(GOOD)) >= 40
    assert sum(map(len, BAD.values())) >= 40


@pytest.mark.parametrize("sentence", GOOD)
def test_a_good_sentence_is_left_alone(sentence: str) -> None:
    assert {kind: words for kind, judge in JUDGES.items() if (words := judge(sentence))} == {}


@pytest.mark.parametrize(("kind", "sentence"), [(kind, each) for kind, bad in BAD.items() for each in bad])
def test_a_bad_sentence_is_told(kind: str, sentence: str) -> None:
    words = JUDGES[kind](sentence)
    assert words
    assert words.replace("’", "'") in sentence.casefold().replace("’", "'")
