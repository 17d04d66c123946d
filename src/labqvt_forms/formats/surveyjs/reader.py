"""Read the JSON of a SurveyJS survey."""

from __future__ import annotations

from typing import Any, TypeGuard

from labqvt_forms.errors import Place, placed
from labqvt_forms.formats.surveyjs.asking import Asker
from labqvt_forms.formats.surveyjs.catalogue import Catalogue
from labqvt_forms.formats.surveyjs.document import Source, Texts
from labqvt_forms.formats.surveyjs.extension import PROPERTY, completed_whole
from labqvt_forms.formats.surveyjs.pages import Section, sections_of
from labqvt_forms.formats.surveyjs.questions import items_of
from labqvt_forms.formats.surveyjs.rules import joined, translated
from labqvt_forms.ids import Ids, id_from
from labqvt_forms.items import Computed, Item
from labqvt_forms.notices import Notices
from labqvt_forms.questionnaire import Group, Questionnaire
from labqvt_forms.text import NO_TEXT, Text

Read = tuple[Questionnaire, tuple[str, ...]]
LEFT_ASIDE = {
    "completedHtmlOnCondition": "textes de fin sous condition",
    "navigateToUrlOnCondition": "adresses d’arrivée sous condition",
    "timeLimit": "temps limité",
    "maxTimeToFinish": "temps limité",
}


def is_surveyjs(document: object) -> TypeGuard[dict[str, Any]]:
    """Say whether a JSON document is a survey of SurveyJS, not one of ours."""
    return (
        isinstance(document, dict)
        and "schema" not in document
        and any(isinstance(document.get(name), list) for name in ("pages", "elements", "questions"))
    )


def read_surveyjs(document: dict[str, Any], *, name: str, language: str = "") -> Read:
    """Return the questionnaire of a document that ``is_surveyjs``."""
    notices = Notices()
    return _Survey(Source(document), name, language, notices).questionnaire(), notices.sentences


class _Survey:
    def __init__(self, document: Source, name: str, language: str, notices: Notices) -> None:
        self.document = document
        self.name = name
        self.notices = notices
        self.texts = Texts(document.raw, language, notices)
        self.sections = sections_of(document, notices)
        self.welcome = self._welcome()
        self.catalogue = Catalogue()
        questions: dict[str, Source] = {}
        for section in self.sections:
            section.questions[:] = [self._with_lines(question) for question in section.questions]
            for question in section.questions:
                self.catalogue.add(question, len(questions) + 1)
                questions.setdefault(question.word("name"), question)
        self.calculated = document.parts("calculatedValues")
        for value in self.calculated:
            self.catalogue.add(value, 0)
        self.asker = Asker(self.texts, self.catalogue, questions)
        self._group_ids = Ids()

    def questionnaire(self) -> Questionnaire:
        if PROPERTY not in self.document.raw:
            self.notices.add("le fichier ne dit pas si l’enquête est anonyme : elle est tenue pour anonyme.")
        self._tell_left_aside()
        groups = [self._group(section, number) for number, section in enumerate(self.sections, start=1)]
        groups += self._calculations()
        read = Questionnaire(
            id=id_from(self.name, "q"),
            title=self._text("title"),
            description=self._text("description"),
            welcome=self.welcome,
            end=self._text("completedHtml"),
            languages=self.texts.languages,
            groups=tuple(groups),
        )
        return completed_whole(read, self.document)

    def _text(self, name: str) -> Text:
        return self.texts.text(self.document.value(name), "textes d’accueil")

    def _welcome(self) -> Text:
        """Take the text of a start page that only has texts to read."""
        first = self.sections[0] if self.sections else None
        if first is None or not self.document.flag("firstPageIsStartPage", "firstPageIsStarted"):
            return NO_TEXT
        notes = [question for question in first.questions if question.word("type") == "html"]
        if len(notes) != 1 or len(first.questions) != 1:
            self.notices.add("la page de départ est lue comme une page ordinaire.")
            return NO_TEXT
        del self.sections[0]
        return self.texts.text(notes[0].value("html"), "textes d’accueil")

    def _with_lines(self, question: Source) -> Source:
        """Give its one line to a table whose lines people add: it is asked once, like a repeated panel."""
        if question.word("type") != "matrixdynamic":
            return question
        name = question.word("name")
        self.notices.add(
            "ce tableau où l’on ajoute des lignes n’en garde qu’une.", Place(key=f"question {name}")
        )
        line = {"value": "1", "text": question.value("title") or name}
        return Source({**question.raw, "type": "matrixdropdown", "rows": [line]})

    def _tell_left_aside(self) -> None:
        for name, words in LEFT_ASIDE.items():
            if self.document.value(name):
                self.notices.add(f"non repris : {words}.")
        for trigger in self.document.parts("triggers"):
            said = trigger.word("expression") or trigger.word("name")
            self.notices.add(f"non repris : déclencheur « {trigger.word('type')} » ({said}).")

    def _group(self, section: Section, number: int) -> Group:
        source = section.container
        items: list[Item] = []
        for question in section.questions:
            with placed(Place(key=f"question {self.catalogue.of(question).id}")):
                items += items_of(self.asker, question)
        id_ = self._group_ids.take(id_from(source.word("name") or f"g{number}", "q"))
        about = f"page {source.word('name')}"
        group = Group(
            id=id_,
            title=self.texts.text(source.value("title"), about) if section.first else NO_TEXT,
            description=self.texts.text(source.value("description"), about) if section.first else NO_TEXT,
            items=tuple(items),
            relevant=joined(section.conditions, self.catalogue.names()),
            random_order=source.word("questionOrder", "questionsOrder") == "random",
        )
        return completed_whole(group, source) if section.first else group

    def _calculations(self) -> list[Group]:
        """Values calculated for the whole survey are shown nowhere: a group of their own holds them."""
        items = tuple(
            Computed(
                id=self.catalogue.of(value).id,
                formula=translated(value.word("expression"), self.catalogue.names()),
            )
            for value in self.calculated
            if value.word("expression")
        )
        return [Group(id=self._group_ids.take("calculatedValues"), items=items)] if items else []
