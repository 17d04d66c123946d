"""The changes and verdicts of a comparison, and how they are told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from labqvt_forms.languages import ours_for
from labqvt_forms.spots import Part, Spot


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    REWORDED = "reworded"
    KIND = "kind"
    CHOICES = "choices"
    CONDITION = "condition"
    RULE = "rule"
    SETTINGS = "settings"
    SCALE = "scale"


@dataclass(frozen=True, slots=True)
class Difference:
    """One change; ``before`` and ``after`` are what was and is written, when there is something to read."""

    change: Change
    spot: Spot
    name: str
    language: str = ""
    before: str = ""
    after: str = ""
    detail: str = ""
    """Name of the text or of the setting that changed."""

    def sentence(self, language: str = "fr") -> str:
        """Tell the change in French for French, in English for any other language."""
        french = ours_for(language) == "fr"
        part = _PARTS[self.spot.part][0 if french else 1]
        return _SENTENCES[self.change][0 if french else 1].format(
            part=part[0].upper() + part[1:],
            name=self.name,
            language=self.language,
            before=self.before or ("rien" if french else "nothing"),
            after=self.after or ("rien" if french else "nothing"),
            detail=_DETAILS.get(self.detail, (self.detail, self.detail))[0 if french else 1],
        )


class Verdict(StrEnum):
    COMPARABLE = "comparable"
    TO_CHECK = "to_check"
    """Same items, same scoring, but words changed: someone has to say whether the meaning did."""
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class ScaleComparison:
    """Whether the scores of a scale in two versions may be set side by side, and why not."""

    scale: str
    name: str
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    """Codes of ``REASONS``."""

    def sentence(self, language: str = "fr") -> str:
        which = 0 if ours_for(language) == "fr" else 1
        told = ", ".join(REASONS[reason][which] for reason in self.reasons)
        return _VERDICTS[self.verdict][which].format(name=self.name, reasons=told)


_PARTS: Final = {
    Part.QUESTIONNAIRE: ("le questionnaire", "the questionnaire"),
    Part.GROUP: ("le groupe", "the group"),
    Part.ITEM: ("la question", "the question"),
    Part.ROW: ("la ligne", "the row"),
    Part.SCALE: ("l’échelle", "the scale"),
    Part.LIST: ("la liste de choix", "the list of choices"),
    Part.CHOICE: ("le choix", "the choice"),
    Part.QUOTA: ("le quota", "the quota"),
}
_SENTENCES: Final = {
    Change.ADDED: ("{part} « {name} » : ajout.", "{part} “{name}”: added."),
    Change.REMOVED: ("{part} « {name} » : retrait.", "{part} “{name}”: removed."),
    Change.MOVED: ("{part} « {name} » : changement de place.", "{part} “{name}”: moved."),
    Change.REWORDED: (
        "{part} « {name} » : texte « {before} » devenu « {after} » ({language}).",
        "{part} “{name}”: text “{before}” became “{after}” ({language}).",
    ),
    Change.KIND: (
        "{part} « {name} » : autre forme de réponse ({before} → {after}).",
        "{part} “{name}”: another kind of answer ({before} → {after}).",
    ),
    Change.CHOICES: (
        "{part} « {name} » : choix {before} devenus {after}.",
        "{part} “{name}”: choices {before} became {after}.",
    ),
    Change.CONDITION: (
        "{part} « {name} » : condition {before} devenue {after}.",
        "{part} “{name}”: condition {before} became {after}.",
    ),
    Change.RULE: (
        "{part} « {name} » : règle ou calcul {before} devenu {after}.",
        "{part} “{name}”: rule or calculation {before} became {after}.",
    ),
    Change.SETTINGS: (
        "{part} « {name} » : {detail}, {before} devenu {after}.",
        "{part} “{name}”: {detail}, {before} became {after}.",
    ),
    Change.SCALE: (
        "{part} « {name} » : {detail}, {before} devenu {after}.",
        "{part} “{name}”: {detail}, {before} became {after}.",
    ),
}
_VERDICTS: Final = {
    Verdict.COMPARABLE: (
        "« {name} » : les scores des deux versions se comparent.",
        "“{name}”: the scores of the two versions may be compared.",
    ),
    Verdict.TO_CHECK: (
        "« {name} » : à vérifier avant de comparer ({reasons}).",
        "“{name}”: to be checked before comparing ({reasons}).",
    ),
    Verdict.NOT_COMPARABLE: (
        "« {name} » : les scores ne se comparent pas ({reasons}).",
        "“{name}”: the scores may not be compared ({reasons}).",
    ),
}
REASONS: Final = {
    "removed": ("échelle retirée", "scale removed"),
    "added": ("échelle nouvelle", "new scale"),
    "items": ("questions différentes", "different questions"),
    "codes": ("réponses ou valeurs différentes", "different answers or values"),
    "reverse": ("sens d’une question inversé", "direction of a question reversed"),
    "missing_rule": ("autre règle pour les réponses manquantes", "another rule for missing answers"),
    "range": ("autre étendue de score", "another range of score"),
    "conditions": ("questions posées à d’autres personnes", "questions asked of other people"),
    "words": ("mots changés", "words changed"),
    "order": ("ordre des questions changé", "order of questions changed"),
}
_DETAILS: Final = {
    "required": ("réponse obligatoire", "required answer"),
    "profile": ("question de profil", "profile question"),
    "declinable": ("« je préfère ne pas répondre »", "“I prefer not to answer”"),
    "reverse": ("sens inversé", "reversed"),
    "least": ("minimum", "least"),
    "limit": ("nombre de réponses", "number of answers"),
    "most": ("maximum", "most"),
    "random_order": ("ordre au hasard", "random order"),
    "nature": ("anonyme ou nominatif", "anonymous or nominative"),
    "languages": ("langues", "languages"),
    "items": ("questions comptées", "questions counted"),
    "missing_rule": ("réponses manquantes", "missing answers"),
    "range": ("étendue", "range"),
    "determinant": ("déterminant", "determinant"),
    "other": ("« Autre »", "“Other”"),
    "comment": ("commentaire", "comment"),
    "min_group": ("groupe minimal", "smallest group"),
}
