"""A questionnaire that asks in every way a phone can, in two languages: one page a family of questions."""

from typing import Any

from labqvt_forms import Questionnaire
from labqvt_forms.formats import json_form


def _both(fr: str, en: str) -> dict[str, str]:
    return {"fr": fr, "en": en}


def _choices(id_: str, *pairs: tuple[str, str, str], **last: Any) -> dict[str, Any]:
    choices = [{"code": code, "label": _both(fr, en)} for code, fr, en in pairs]
    choices[-1] |= last
    return {"id": id_, "choices": choices}


AGREE = _choices(
    "agree", ("1", "Pas du tout d’accord", "Strongly disagree"), ("2", "Plutôt pas d’accord", "Disagree"),
    ("3", "Ni d’accord, ni pas d’accord", "Neither"), ("4", "Plutôt d’accord", "Agree"),
    ("5", "Tout à fait d’accord", "Strongly agree"),
)  # fmt: skip
WEIGHT = _choices("weight", ("1", "Peu", "Little"), ("2", "Assez", "Some"), ("3", "Beaucoup", "Much"))
OFTEN = _choices(
    "often", *((str(n), f"Degré {n}", f"Degree {n}") for n in range(1, 8))
)  # fmt: skip
TOOLS = _choices(
    "tools", ("car", "La voiture", "The car"), ("bike", "Le vélo", "The bicycle"), ("bus", "Le bus", "The bus"),
    ("none", "Aucun", "None"), exclusive=True,
)  # fmt: skip
WISHES = _choices(
    "wishes", ("pay", "Le salaire", "Pay"), ("time", "Les horaires", "Hours"), ("team", "L’équipe", "The team"),
    ("sense", "Le sens du travail", "Meaning"),
)  # fmt: skip
TOWNS = _choices("towns", *((f"t{n}", f"Ville {n}", f"Town {n}") for n in range(1, 31)))

CONTENT: dict[str, Any] = {
    "schema": "labqvt/questionnaire/1", "id": "toutes-les-facons", "languages": ["fr", "en"],
    "title": _both("Toutes les façons de répondre", "Every way of answering"),
    "welcome": _both("Merci de prendre ce temps.", "Thank you for taking this time."),
    "end": _both("Merci : nous en parlerons ensemble.", "Thank you: we will talk it over."),
    "choice_lists": [AGREE, WEIGHT, OFTEN, TOOLS, WISHES, TOWNS],
    "groups": [
        {"id": "blocks", "title": _both("Des phrases", "Sentences"),
         "description": _both("Ce que vous en pensez aujourd’hui.", "What you think of it today."), "items": [
            {"kind": "note", "id": "hello", "label": _both("Ce texte se lit, il ne demande rien.", "This text asks nothing.")},
            {"kind": "block", "id": "team", "label": _both("Dans mon équipe", "In my team"),
             "hint": _both("Pensez au dernier mois.", "Think of last month."), "choices": "agree", "rows": [
                {"id": "help", "label": _both("Je peux demander de l’aide.", "I can ask for help.")},
                {"id": "voice", "label": _both("Mon avis compte.", "My opinion counts.")}]},
            {"kind": "block", "id": "pace", "label": _both("À quel degré ?", "How much?"), "choices": "often", "rows": [
                {"id": "rush", "label": _both("Je dois me presser.", "I have to rush.")}]},
            {"kind": "dual", "id": "matters", "label": _both("Aujourd’hui, et pour vous", "Today, and for you"),
             "first": "agree", "second": "weight", "first_label": _both("c’est vrai", "it is true"),
             "second_label": _both("c’est important", "it matters"), "rows": [
                {"id": "calm", "label": _both("Je travaille au calme.", "I work in peace.")}]},
        ]},
        {"id": "choices", "title": _both("Des choix", "Choices"), "items": [
            {"kind": "yes_no", "id": "moves", "label": _both("Vous déplacez-vous ?", "Do you travel?"), "required": "yes"},
            {"kind": "single", "id": "wish", "label": _both("Ce qui compte d’abord ?", "What comes first?"),
             "choices": "wishes", "other": True, "comment": True},
            {"kind": "single", "id": "town", "label": _both("Quelle ville ?", "Which town?"), "choices": "towns", "dropdown": True},
            {"kind": "multiple", "id": "tools", "label": _both("Avec quoi ?", "With what?"), "choices": "tools",
             "least": 1, "most": 2, "other": True, "relevant": "${moves} = 'yes'"},
            {"kind": "ranking", "id": "order", "label": _both("Dans quel ordre ?", "In which order?"), "choices": "wishes", "most": 3},
        ]},
        {"id": "figures", "title": _both("Des chiffres", "Figures"), "items": [
            {"kind": "rating", "id": "enps", "label": _both("Recommanderiez-vous de venir ?", "Would you recommend it?"), "enps": True,
             "low_label": _both("pas du tout", "not at all"), "high_label": _both("tout à fait", "very much")},
            {"kind": "rating", "id": "meal", "label": _both("Une note au repas ?", "A mark for the meal?"), "least": 1, "most": 5},
            {"kind": "number", "id": "km", "label": _both("Combien de kilomètres ?", "How many kilometres?"), "least": 0, "most": 900,
             "unit": _both("kilomètres par jour", "kilometres a day"),
             "validation": {"formula": ". != 13", "message": _both("Treize porte malheur.", "Thirteen is unlucky.")}},
            {"kind": "numbers", "id": "heads", "label": _both("Vos collègues", "Your colleagues"), "integer": True, "least": 0, "rows": [
                {"id": "near", "label": _both("Sur place", "On site")}, {"id": "far", "label": _both("Ailleurs", "Elsewhere")}]},
            {"kind": "date", "id": "day", "label": _both("Quel jour ?", "Which day?"), "earliest": "2000-01-01", "latest": "today"},
            {"kind": "date", "id": "month", "label": _both("Quel mois ?", "Which month?"), "precision": "month"},
            {"kind": "date", "id": "hour", "label": _both("À quelle heure ?", "At what time?"), "precision": "time"},
        ]},
        {"id": "words", "title": _both("Des mots", "Words"), "items": [
            {"kind": "text", "id": "job", "label": _both("Votre métier, en deux mots ?", "Your job, in two words?"),
             "longest": 30, "required": "soft"},
            {"kind": "text", "id": "say", "label": _both("Que changeriez-vous ?", "What would you change?"), "long": True},
            {"kind": "texts", "id": "three", "label": _both("Vos priorités", "Your priorities"), "rows": [
                {"id": "first", "label": _both("La première", "The first")}, {"id": "second", "label": _both("La deuxième", "The second")}]},
            {"kind": "language", "id": "tongue", "label": _both("Dans quelle langue continuer ?", "Which language to go on in?")},
        ]},
    ],
    "scales": [{"id": "team", "label": _both("L’équipe", "The team"), "items": ["help", "voice"]}],
}  # fmt: skip


def every_kind() -> Questionnaire:
    return json_form.from_json(CONTENT)
