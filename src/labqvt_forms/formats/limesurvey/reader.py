"""Read LimeSurvey structures: .lss (both layouts), .lsa, .lsg, .lsq, and the tab-separated text."""

from __future__ import annotations

from labqvt_forms.errors import Place, placed
from labqvt_forms.formats.limesurvey.conditions import Translator, names_of
from labqvt_forms.formats.limesurvey.extension import (
    completed_group,
    completed_questionnaire,
    read_extensions,
)
from labqvt_forms.formats.limesurvey.questions import QuestionReader
from labqvt_forms.formats.limesurvey.quotas import quotas_of
from labqvt_forms.formats.limesurvey.tables import LimeGroup, LimeSurvey
from labqvt_forms.formats.limesurvey.tsv_reader import parse_tsv
from labqvt_forms.formats.limesurvey.xml_reader import parse_lss
from labqvt_forms.ids import id_from
from labqvt_forms.intake import opened_zip
from labqvt_forms.items import Item
from labqvt_forms.notices import Notices
from labqvt_forms.questionnaire import Group, Nature, Questionnaire
from labqvt_forms.text import NO_TEXT

Read = tuple[Questionnaire, tuple[str, ...]]


def read_lss(content: bytes, *, name: str) -> Read:
    return questionnaire_of(parse_lss(content), name)


def read_lime_tsv(text: str, *, name: str) -> Read:
    return questionnaire_of(parse_tsv(text), name)


def read_lsa(content: bytes, *, name: str) -> Read:
    """Read the structure inside an archive; its answers are not looked at."""
    with opened_zip(content) as archive:
        member = next(member for member in archive.namelist() if member.endswith(".lss"))
        structure = archive.read(member)
    return read_lss(structure, name=name)


def questionnaire_of(survey: LimeSurvey, name: str) -> Read:
    """Return the questionnaire of the tables of a survey."""
    notices = Notices()
    read_extensions(survey)
    languages = _languages(survey)
    translator = Translator(names_of(survey))
    reader = QuestionReader(languages, translator, notices)
    nature = _nature(survey, notices)
    if any(survey.texts.get("surveyls_policy_notice", {}).values()):
        survey.beside.add("texte sur la protection des données")
    for words in sorted(survey.beside):
        notices.add(f"non repris : {words}.")
    groups = tuple(
        _group(group, number, reader, translator) for number, group in enumerate(survey.groups, start=1)
    )
    texts = {
        key: reader.text(survey.texts.get(f"surveyls_{key}", {}), "textes d’accueil")
        for key in ("title", "description", "welcometext", "endtext")
    }
    items = {item.id: item for group in groups for item in group.items}
    is_part = not survey.settings  # a page or a question (.lsg, .lsq) says nothing of its survey
    questionnaire = Questionnaire(
        id=id_from(survey.settings.get("sid") or name),
        title=texts["title"] or (groups[0].title if is_part and groups else NO_TEXT),
        description=texts["description"],
        welcome=texts["welcometext"],
        end=texts["endtext"],
        languages=languages,
        nature=nature,
        groups=groups,
        quotas=quotas_of(survey, items, reader, notices),
    )
    return completed_questionnaire(questionnaire, survey), notices.sentences


def _languages(survey: LimeSurvey) -> tuple[str, ...]:
    """Main language of the survey first, then the additional ones, then any other met."""
    said = [survey.settings.get("language", ""), *survey.settings.get("additional_languages", "").split()]
    known = [language for language in (*said, *survey.languages) if language]
    return tuple(dict.fromkeys(known)) or ("fr",)


def _nature(survey: LimeSurvey, notices: Notices) -> Nature:
    written = survey.settings.get("anonymized") or survey.settings.get("private", "")  # before version 1.91
    if written == "N":
        return Nature.NOMINATIVE
    if written != "Y":
        notices.add("le fichier ne dit pas si l’enquête est anonyme : elle est tenue pour anonyme.")
    kept = {
        "datestamp": "horodatage",
        "ipaddr": "adresse IP",
        "refurl": "page d’origine",
        "savetimings": "durées",
    }
    for setting, words in kept.items():
        if survey.settings.get(setting) == "Y":
            notices.add(f"l’enquête est anonyme : {words} des réponses retiré.", Place(key=setting))
    return Nature.ANONYMOUS


def _group(group: LimeGroup, number: int, reader: QuestionReader, translator: Translator) -> Group:
    items: list[Item] = []
    for question in group.questions:
        with placed(Place(key=f"question {question.code}")):
            items.append(reader.item(question))
    about = f"groupe {number}"
    read = Group(
        id=f"g{number}",
        title=reader.text(group.titles, about),
        description=reader.text(group.descriptions, about),
        items=tuple(items),
        relevant=translator.formula(group.relevance),
        random_group=group.random_group,
    )
    return completed_group(read, group)
