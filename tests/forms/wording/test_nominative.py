"""What a questionnaire answered by name may not ask: wordings made up to get through, and innocent ones."""

import pytest

from labqvt_forms import Choice, ChoiceList, Nature, SingleChoice, Text
from labqvt_forms.wording import refused_in_nominative
from labqvt_forms.wording.privacy import personal_opinion
from tests.forms.wording.test_review import asking

REFUSED = {
    "health": (
        "Comment évaluez-vous votre santé ces derniers mois ?",
        "Votre santé s’est-elle dégradée ?",
        "Avez-vous des problèmes de santé ?",
        "Avez-vous mal au dos ?",
        "Prenez-vous un traitement ?",
        "Êtes-vous suivi par un psychologue ?",
        "Combien de jours avez-vous été absent pour maladie ?",
        "Combien de jours d’arrêt avez-vous eus cette année ?",
        "Avez-vous déjà fait un burn-out ?",
        "Êtes-vous fatigué en fin de journée ?",
        "Vous arrive-t-il de mal dormir ?",
        "Vous sentez-vous stressé par votre travail ?",
        "Êtes-vous reconnu travailleur handicapé ?",
        "Avez-vous une RQTH ?",
        "Ressentez-vous du stress ?",
        "Votre état de santé vous permet-il de travailler ?",
        "Les salariés de votre structure souffrent-ils de dépression ?",
        "Quelle maladie a eue la personne absente ?",
        "How is your health?",
        "Have you been ill this year?",
        "Do you suffer from back pain?",
        "Are you stressed at work?",
        "Do you have a disability?",
        "How many days were you off sick?",
        "Do you sleep well?",
        "Have you ever had a burnout?",
        "Do you feel exhausted at the end of the day?",
        "Do you take medication?",
        "Are you pregnant?",
    ),
    "superior": (
        "Comment jugez-vous votre supérieur ?",
        "Votre manager est-il à l’écoute ?",
        "Que pensez-vous du directeur ?",
        "La direction vous écoute-t-elle ?",
        "Avez-vous confiance en votre hiérarchie ?",
        "Votre chef de service vous soutient-il ?",
        "Mon N+1 me soutient.",
        "Votre directrice est-elle compétente ?",
        "Notez votre responsable de 1 à 10.",
        "Êtes-vous bien managé ?",
        "Votre président tient-il ses promesses ?",
        "Le directeur est-il un bon manager ?",
        "What do you think of your manager?",
        "Is your boss fair?",
        "Does your director listen to you?",
        "Rate your supervisor.",
        "Do you trust the management?",
        "Does your line manager help you?",
        "How would you describe your superior?",
    ),
    "satisfaction": (
        "Êtes-vous satisfait de vos conditions de travail ?",
        "Êtes-vous satisfaite ?",
        "Quel est votre degré de satisfaction ?",
        "De 0 à 10, quelle est votre satisfaction au travail ?",
        "Aimez-vous votre travail ?",
        "Êtes-vous heureux au travail ?",
        "Êtes-vous content de venir travailler ?",
        "Recommanderiez-vous votre employeur à un proche ?",
        "Votre salaire vous satisfait-il ?",
        "Envisagez-vous de quitter votre emploi ?",
        "Votre travail vous plaît-il ?",
        "Vous épanouissez-vous dans votre travail ?",
        "Are you happy at work?",
        "How satisfied are you with your pay?",
        "Do you like your job?",
        "Would you recommend your employer?",
        "Do you enjoy your work?",
        "Rate your job satisfaction.",
    ),
}
INNOCENT = (
    "Votre structure a-t-elle un médecin du travail ?",
    "Combien de salariés ont été formés à la prévention ?",
    "La santé au travail est-elle à l’ordre du jour du CSE ?",
    "Quels sujets de santé au travail voulez-vous travailler ?",
    "Votre structure compte-t-elle des travailleurs handicapés parmi ses bénéficiaires ?",
    "Combien de jours d’arrêt votre structure a-t-elle comptés en 2025 ?",
    "Avez-vous un document unique à jour ?",
    "Le bureau ou le conseil veut avancer sur ces sujets.",
    "Un conflit en cours rendrait la démarche difficile.",
    "Épauler les personnes qui encadrent",
    "Qui répond pour la structure ?",
    "Le directeur ou la directrice est-il salarié ?",
    "Votre direction est-elle bénévole ?",
    "Avez-vous un responsable des ressources humaines ?",
    "Mesurez-vous la satisfaction des usagers ?",
    "Êtes-vous satisfait de l’accompagnement proposé par le DLA ?",
    "Avez-vous mis en place un entretien avec le responsable ?",
    "Prévenir l’usure au travail",
    "Prévenir le stress et l’épuisement professionnel",
    "Le secteur de la santé et de la mutualité",
    "Do you have an occupational health service?",
    "How many staff do you employ?",
    "Is your board of directors elected?",
    "Which topics would you like support on?",
    "Does your organisation measure customer satisfaction?",
    "Health and safety training for staff",
    "Has a manager been trained in prevention?",
    "Would you like to be contacted again?",
    "Votre nom de structure ?",
    "Avez-vous une mutuelle d’entreprise ?",
    "Votre direction a-t-elle suivi une formation au management ?",
    "Quels sont vos besoins en matière de santé au travail ?",
    "Quelle est votre activité : santé, social, culture ?",
    "Vous êtes une structure d’aide aux malades : combien de salariés ?",
    "Vos salariés sont-ils consultés avant une décision ?",
    "Votre structure accueille-t-elle des personnes enceintes ou malades ?",
    "Quels troubles musculo-squelettiques prévenez-vous ?",
    "Votre organisation du travail est-elle adaptée au télétravail ?",
    "Seriez-vous intéressé par une formation ?",
    "Êtes-vous d’accord pour être recontacté ?",
    "Avez-vous confiance dans les financements à venir ?",
    "Does the director sign the contracts?",
    "Who is your director: paid or volunteer?",
    "Are you a health organisation?",
    "How does your organisation prevent stress?",
)


@pytest.mark.parametrize(
    ("kind", "label"), [(kind, label) for kind, labels in REFUSED.items() for label in labels]
)
def test_what_asks_a_person_is_refused_with_its_reason(kind, label):
    found = personal_opinion(label)
    assert found is not None
    assert found[0] == kind


@pytest.mark.parametrize("label", INNOCENT)
def test_what_asks_an_organisation_passes(label):
    assert personal_opinion(label) is None


def test_an_answer_to_tick_is_read_too():
    choices = ChoiceList(
        "humeurs",
        (Choice("1", Text.of(fr="Je suis souvent épuisé")), Choice("2", Text.of(fr="Tout va bien"))),
    )
    question = SingleChoice(id="q", label=Text.of(fr="Vous diriez :"), choices=choices)
    form = asking(question, nature=Nature.NOMINATIVE)
    assert [one.kind for one in refused_in_nominative(form)] == ["health"]
