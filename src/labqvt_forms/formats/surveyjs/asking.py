"""What every SurveyJS question says, whatever its kind."""

from __future__ import annotations

from labqvt_forms.errors import Place
from labqvt_forms.formats.item_fields import ItemFields, QuestionFields
from labqvt_forms.formats.surveyjs.catalogue import Catalogue, Named
from labqvt_forms.formats.surveyjs.choices import ChoiceLists
from labqvt_forms.formats.surveyjs.document import Source, Texts, scalar
from labqvt_forms.formats.surveyjs.pages import conditions_of
from labqvt_forms.formats.surveyjs.rules import Rules, joined
from labqvt_forms.items import FreeText, Required
from labqvt_forms.text import Text

NOT_TAKEN = {
    "cells": "textes propres à chaque case",
    "choicesByUrl": "choix pris à une adresse",
    "choicesEnableIf": "choix permis sous condition",
    "choicesVisibleIf": "choix montrés sous condition",
    "columnsVisibleIf": "colonnes montrées sous condition",
    "correctAnswer": "bonne réponse",
    "defaultValueExpression": "réponse par défaut calculée",
    "eachRowUnique": "réponses toutes différentes",
    "maskType": "masque de saisie",
    "otherText": "texte de « Autre »",
    "requiredIf": "obligation sous condition",
    "resetValueIf": "effacement sous condition",
    "setValueExpression": "réponse remplie par un calcul",
    "setValueIf": "réponse remplie sous condition",
    "valueName": "réponse partagée avec une autre question",
}
"""Properties that change what is asked or kept and that the model does not say: each is named to the author."""


TEXT_INPUTS = frozenset({"", "text", "email", "tel", "url", "password", "search"})


class Asker:
    """Reads what all questions share; keeps what they say of each other."""

    def __init__(self, texts: Texts, catalogue: Catalogue, questions: dict[str, Source]) -> None:
        self.texts = texts
        self.catalogue = catalogue
        self.lists = ChoiceLists(texts, questions)

    def named(self, question: Source) -> Named:
        return self.catalogue.of(question)

    def notice(self, question: Source, sentence: str) -> None:
        self.texts.notices.add(sentence, Place(key=f"question {self.catalogue.of(question).id}"))

    def tell_lost(self, question: Source, rules: Rules) -> None:
        lost = [
            f"{said} ({question.word(name)})" if question.word(name) else said
            for name, said in NOT_TAKEN.items()
            if question.value(name) not in (None, False, "none", {}, "")
        ]
        if question.value("visible") is False:
            lost.append("question cachée")
        if question.word("enableIf"):
            self.notice(question, "une question grisée sous condition : elle sera cachée.")
        lost += rules.lost
        if lost:
            self.notice(question, f"non repris : {', '.join(dict.fromkeys(lost))}.")

    def text(self, question: Source, *names: str) -> Text:
        return self.texts.text(question.value(*names), f"question {self.catalogue.of(question).id}")

    def common(self, question: Source, *label: str) -> ItemFields:
        """Return what every item has; ``label`` names the property of its words, the title by default."""
        return {
            "id": self.catalogue.of(question).id,
            "label": self.text(question, *label) if label else self._label(question),
            "hint": self.text(question, "description"),
            "relevant": joined(conditions_of(question), self.catalogue.names()),
        }

    def _label(self, question: Source) -> Text:
        """Title of a question: its name when it has none, as SurveyJS shows it."""
        if "title" in question.raw:
            return self.text(question, "title")
        return self.texts.text(question.word("name"), "")

    def asked(self, question: Source, rules: Rules) -> QuestionFields:
        names = self.catalogue.names(itself=question.word("name"))
        return {
            **self.common(question),
            "required": Required.YES if self._required(question) else Required.NO,
            "validation": rules.validation(names),
            "default": self._default(question),
        }

    def _required(self, question: Source) -> bool:
        return question.flag("isRequired") or question.flag("eachRowRequired", "isAllRowRequired")

    def _default(self, question: Source) -> str:
        value = question.value("defaultValue")
        if isinstance(value, list) and all(scalar(part) for part in value):
            codes = self.catalogue.of(question).codes
            return " ".join(codes.get(scalar(part), scalar(part)) for part in value)
        if value is not None and not scalar(value):
            self.notice(question, "non repris : réponse par défaut.")
        return scalar(value)


def free_text(ask: Asker, question: Source, rules: Rules, *, long: bool) -> FreeText:
    """Read a text to type; also what a question we cannot say becomes."""
    longest = question.whole("maxLength")
    pattern = rules.patterns.pop(0) if rules.patterns else ""
    rules.lose_patterns()
    for bound, sign in ((rules.least, ">="), (rules.most, "<=")):
        if bound is not None:
            rules.ours.append(f". {sign} {scalar(bound)}")
    return FreeText(
        **ask.asked(question, rules),
        long=long,
        longest=longest if longest is not None and longest > 0 else rules.longest,
        pattern=pattern,
    )


def first_of(number: float | None, other: float | None) -> float | None:
    return other if number is None else number


def is_whole(question: Source) -> bool:
    """Say whether a number is typed by whole steps."""
    return bool(question.whole("step"))
