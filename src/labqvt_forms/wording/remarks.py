"""What each kind of finding about words says, in French and in English."""

from __future__ import annotations

from typing import Final

from labqvt_forms.findings import Remark, Severity

HINT, WARNING, ERROR = Severity.HINT, Severity.WARNING, Severity.ERROR
SENTENCES: Final = {
    "double_barrelled": Remark(
        HINT,
        "Cette phrase semble poser deux questions à la fois : « {words} ».",
        "Faites-en deux questions, ou gardez celle qui compte.",
        "This sentence seems to ask two things at once: “{words}”.",
        "Make it two questions, or keep the one that matters.",
    ),
    "leading": Remark(
        WARNING,
        "Cette phrase pousse vers une réponse : « {words} ».",
        "Demandez sans dire ce que vous en pensez.",
        "This sentence pushes towards an answer: “{words}”.",
        "Ask without saying what you think.",
    ),
    "absolute": Remark(
        HINT,
        "« {words} » ne laisse pas de place aux réponses du milieu.",
        "Retirez ce mot, ou demandez à quelle fréquence.",
        "“{words}” leaves no room for answers in between.",
        "Remove the word, or ask how often.",
    ),
    "double_negation": Remark(
        WARNING,
        "Deux négations dans la même phrase : « {words} ».",
        "Écrivez la phrase dans le sens positif.",
        "Two negations in one sentence: “{words}”.",
        "Write the sentence the positive way.",
    ),
    "acronym": Remark(
        HINT,
        "« {words} » n’est pas expliqué : tout le monde ne connaît pas ce sigle.",
        "Écrivez-le en toutes lettres la première fois{meaning}.",
        "“{words}” is not explained: not everybody knows it.",
        "Write it in full the first time{meaning}.",
    ),
    "jargon": Remark(
        HINT,
        "« {words} » est un mot de métier.",
        "Choisissez un mot de tous les jours, ou expliquez-le.",
        "“{words}” is a word of the trade.",
        "Choose an everyday word, or explain it.",
    ),
    "long_sentence": Remark(
        HINT,
        "Cette phrase a {words} mots.",
        "Restez sous {most} mots : coupez-la en deux.",
        "This sentence has {words} words.",
        "Stay under {most} words: cut it in two.",
    ),
    "hard_to_read": Remark(
        HINT,
        "Cette phrase est difficile à lire (lisibilité {score} sur 100).",
        "Des mots plus courts et plus courants aident tout le monde.",
        "This sentence is hard to read (reading ease {score} out of 100).",
        "Shorter, more common words help everybody.",
    ),
    "whole_hard_to_read": Remark(
        HINT,
        "L’ensemble est difficile à lire (lisibilité {score} sur 100, visez 60).",
        "Raccourcissez les phrases et préférez les mots courants.",
        "The whole is hard to read (reading ease {score} out of 100, aim for 60).",
        "Shorten the sentences and prefer common words.",
    ),
}
COMPLETENESS: Final = {
    "no_question": Remark(
        ERROR,
        "Ce questionnaire n’a encore aucune question.",
        "Ajoutez-en une.",
        "This questionnaire has no question yet.",
        "Add one.",
    ),
    "empty_group": Remark(
        HINT,
        "Ce groupe est vide : personne ne le verra.",
        "Ajoutez une question, ou retirez-le.",
        "This group is empty: nobody will see it.",
        "Add a question, or remove it.",
    ),
    "empty_scale": Remark(
        WARNING,
        "Cette échelle ne compte aucune question : elle n’aura pas de score.",
        "Mettez-y des questions, ou retirez-la.",
        "This scale counts no question: it will have no score.",
        "Put questions in it, or remove it.",
    ),
    "missing_label": Remark(
        ERROR,
        "Le texte manque.",
        "Écrivez-le.",
        "The text is missing.",
        "Write it.",
    ),
    "missing_title": Remark(
        WARNING,
        "Le questionnaire n’a pas de titre.",
        "Écrivez-en un : les personnes le liront en premier.",
        "The questionnaire has no title.",
        "Write one: it is the first thing people read.",
    ),
    "missing_translation": Remark(
        WARNING,
        "Pas encore traduit en « {language} ».",
        "Traduisez-le, ou retirez cette langue.",
        "Not translated into “{language}” yet.",
        "Translate it, or remove that language.",
    ),
    "duplicate_label": Remark(
        WARNING,
        "La même question est déjà posée (« {other} »).",
        "Gardez-en une, ou dites ce qui change.",
        "The same question is already asked (“{other}”).",
        "Keep one, or say what differs.",
    ),
}
CHOICES: Final = {
    "unbalanced_scale": Remark(
        WARNING,
        "L’échelle penche : {against} réponse(s) défavorable(s) pour {favour} favorable(s).",
        "Mettez autant de réponses de chaque côté.",
        "The scale leans: {against} unfavourable answer(s) for {favour} favourable.",
        "Put as many answers on each side.",
    ),
    "no_middle": Remark(
        HINT,
        "L’échelle a {size} réponses, sans milieu : chacun devra prendre parti.",
        "C’est un choix possible ; sinon ajoutez une réponse au milieu.",
        "The scale has {size} answers and no middle: everybody has to take a side.",
        "It may be meant; otherwise add an answer in the middle.",
    ),
    "overlapping_choices": Remark(
        WARNING,
        "« {one} » et « {other} » se chevauchent ({number}).",
        "Faites commencer l’une après la fin de l’autre.",
        "“{one}” and “{other}” overlap ({number}).",
        "Start one after the other ends.",
    ),
    "duplicate_choice": Remark(
        WARNING,
        "Deux choix disent la même chose : « {words} ».",
        "Retirez-en un.",
        "Two choices say the same: “{words}”.",
        "Remove one.",
    ),
    "single_choice_alone": Remark(
        WARNING,
        "Il n’y a qu’une réponse possible.",
        "Ajoutez-en au moins une autre.",
        "There is only one possible answer.",
        "Add at least one more.",
    ),
}
PRIVACY: Final = {
    "profile_without_refusal": Remark(
        WARNING,
        "Cette question décrit la personne et n’offre pas « Je préfère ne pas répondre ».",
        "Offrez ce choix : il évite les réponses fausses et les abandons.",
        "This question describes the person and does not offer “I prefer not to answer”.",
        "Offer that choice: it avoids false answers and drop-outs.",
    ),
    "identity": Remark(
        ERROR,
        "Ce questionnaire est anonyme et demande qui répond : « {words} ».",
        "Retirez la question.",
        "This questionnaire is anonymous and asks who is answering: “{words}”.",
        "Remove the question.",
    ),
    "exact_job": Remark(
        WARNING,
        "Dans une petite structure, « {words} » désigne souvent une seule personne.",
        "Proposez deux ou trois grandes familles de métiers, ou retirez la question.",
        "In a small organisation, “{words}” often points to one person.",
        "Offer two or three broad families of jobs, or remove the question.",
    ),
    "file_in_anonymous": Remark(
        WARNING,
        "Un fichier porte presque toujours le nom de son auteur.",
        "Ne demandez pas de fichier dans un questionnaire anonyme.",
        "A file almost always bears the name of its author.",
        "Do not ask for a file in an anonymous questionnaire.",
    ),
    "free_text_small_group": Remark(
        HINT,
        "À {headcount} personnes, un texte libre se reconnaît à son style.",
        "Dites-le à côté de la question, ou parlez-en plutôt en réunion.",
        "Among {headcount} people, a free text is recognised by its style.",
        "Say so beside the question, or talk about it in a meeting instead.",
    ),
    "health": Remark(
        ERROR,
        "Ce questionnaire est nominatif et demande la santé d’une personne : « {words} ».",
        "Posez cette question dans un questionnaire anonyme.",
        "This questionnaire is nominative and asks about a person’s health: “{words}”.",
        "Ask it in an anonymous questionnaire.",
    ),
    "superior": Remark(
        ERROR,
        "Ce questionnaire est nominatif et demande un avis sur un responsable : « {words} ».",
        "Posez cette question dans un questionnaire anonyme.",
        "This questionnaire is nominative and asks for an opinion about a superior: “{words}”.",
        "Ask it in an anonymous questionnaire.",
    ),
    "satisfaction": Remark(
        ERROR,
        "Ce questionnaire est nominatif et demande si la personne est satisfaite : « {words} ».",
        "Posez cette question dans un questionnaire anonyme.",
        "This questionnaire is nominative and asks whether the person is satisfied: “{words}”.",
        "Ask it in an anonymous questionnaire.",
    ),
}
PROFILE: Final = {
    "too_many_cells": Remark(
        WARNING,
        "Croisées, les {questions} questions de profil font {cells} cases pour {headcount} personnes : "
        "moins de {least} par case.",
        "Restez sous {allowed} case(s) : regroupez les réponses de « {coarsen} » ou retirez une question.",
        "Crossed, the {questions} profile questions make {cells} cells for {headcount} people: "
        "fewer than {least} in each.",
        "Stay under {allowed} cell(s): group the answers of “{coarsen}” or remove a question.",
    ),
    "too_many_categories": Remark(
        WARNING,
        "{categories} réponses possibles pour {headcount} personnes : moins de {least} par réponse.",
        "Regroupez-les en {allowed} au plus, ou retirez la question.",
        "{categories} possible answers for {headcount} people: fewer than {least} for each.",
        "Group them into {allowed} at most, or remove the question.",
    ),
    "open_profile": Remark(
        WARNING,
        "Une question de profil à réponse libre peut désigner une personne.",
        "Proposez deux ou trois classes.",
        "A profile question with a free answer may point to one person.",
        "Offer two or three classes.",
    ),
}
