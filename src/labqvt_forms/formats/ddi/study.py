"""The description of the study: what the questionnaire is, whom it asks, what is promised."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from labqvt_forms.formats.ddi.reader import NATURES
from labqvt_forms.formats.ddi.tree import DUBLIN_CORE, add, add_texts, tag_of
from labqvt_forms.languages import ours_for
from labqvt_forms.questionnaire import Questionnaire

UNITS: Final = {nature: unit for unit, nature in NATURES.items()}
_WORDS: Final[dict[str, dict[str, str]]] = {
    "fr": {
        "anonymous unit": "Personne",
        "anonymous universe": "Personnes interrogées",
        "nominative unit": "Structure",
        "nominative universe": "Structures interrogées",
        "anonymous promise": "Enquête anonyme : aucune réponse n’est reliée à une personne.",
        "nominative promise": "Enquête nominative : chaque structure répond en son nom.",
        "threshold": "Aucun résultat pour un groupe de moins de {} réponses.",
        "instrument": "Questionnaire structuré",
        "groups drawn": "Ordre des groupes du tirage « {} » tiré au hasard.",
        "questions drawn": "Ordre des questions du groupe « {} » tiré au hasard.",
        "choices drawn": "Ordre des choix ou des lignes tiré au hasard : {}.",
    },
    "en": {
        "anonymous unit": "Person",
        "anonymous universe": "People who were asked",
        "nominative unit": "Organisation",
        "nominative universe": "Organisations that were asked",
        "anonymous promise": "Anonymous survey: no answer is linked to a person.",
        "nominative promise": "Named survey: each organisation answers in its own name.",
        "threshold": "No result for a group of fewer than {} answers.",
        "instrument": "Structured questionnaire",
        "groups drawn": "Order of the groups of the draw “{}” drawn at random.",
        "questions drawn": "Order of the questions of group “{}” drawn at random.",
        "choices drawn": "Order of choices or lines drawn at random: {}.",
    },
}


def fill_study(study: Element, asked: Questionnaire) -> None:
    words = _WORDS[ours_for(asked.language)]
    _fill_citation(add(study, "citation"), asked)
    info = add(study, "stdyInfo")
    add_texts(info, "abstract", asked.description)
    nature = asked.nature.value
    summary = add(info, "sumDscr")
    add(summary, "anlyUnit", words[f"{nature} unit"], unit=UNITS[asked.nature])
    add(summary, "universe", words[f"{nature} universe"])
    collection = add(add(study, "method"), "dataColl")
    if drawn := "\n".join(_drawn(asked, words)):
        add(collection, "sampProc", drawn)
    add(collection, "resInstru", words["instrument"], type="structured")
    use = add(add(study, "dataAccs"), "useStmt")
    add(use, "confDec", words[f"{nature} promise"])
    if asked.min_group:
        add(use, "restrctn", words["threshold"].format(asked.min_group))
    for type_, text in (("welcome", asked.welcome), ("end", asked.end)):
        add_texts(study, "notes", text, type=type_)


def _fill_citation(citation: Element, asked: Questionnaire) -> None:
    titles = add(citation, "titlStmt")
    languages = dict.fromkeys((asked.language, *asked.title.languages))
    written = [language for language in languages if asked.title.get(language)]
    main = written[0] if written else asked.language
    add(titles, "titl", asked.title.get(main) or asked.id).set("xml:lang", tag_of(main))
    for language in written[1:]:
        add(titles, "parTitl", asked.title.get(language) or "").set("xml:lang", tag_of(language))
    add(titles, "IDNo", asked.id, agency="labqvt", level="study")
    add(add(citation, "verStmt"), "version", asked.version)
    for language in asked.languages:
        add(citation, "language", tag_of(language), xmlns=DUBLIN_CORE)


def _drawn(asked: Questionnaire, words: dict[str, str]) -> list[str]:
    """Say in words what is drawn at random."""
    draws = dict.fromkeys(group.random_group for group in asked.groups if group.random_group)
    sentences = [words["groups drawn"].format(name) for name in draws]
    sentences += [words["questions drawn"].format(group.id) for group in asked.groups if group.random_order]
    drawn = [item.id for item in asked.items if getattr(item, "random_order", False)]
    return [*sentences, words["choices drawn"].format(", ".join(drawn))] if drawn else sentences
