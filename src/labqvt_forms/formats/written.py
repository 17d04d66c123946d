"""What a writer gives back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from labqvt_forms.notices import some

WORDS = {
    "required": "réponse souhaitée sans être exigée",
    "declinable": "« je préfère ne pas répondre »",
    "profile": "question de profil",
    "reverse": "sens inversé",
    "unit": "unité",
    "longest": "longueur maximale",
    "pattern": "motif imposé",
    "comment": "commentaire joint",
    "random_order": "ordre au hasard",
    "random_group": "groupes au hasard",
    "low_label": "mot du bas de l’échelle",
    "high_label": "mot du haut de l’échelle",
    "enps": "lecture eNPS",
    "least": "minimum",
    "most": "maximum",
    "accept": "types de fichier",
    "earliest": "date minimale",
    "latest": "date maximale",
    "role": "choix hors échelle",
    "value": "valeur d’un choix",
    "opinion": "classe d’opinion d’un choix",
    "exclusive": "choix exclusif",
    "by_column": "présentation par colonnes",
    "appearance": "présentation",
    "default": "réponse par défaut",
    "validation": "validation",
    "relevant": "condition",
    "formula": "calcul",
    "hint": "aide",
    "label": "libellé",
    "id": "identifiant",
    "description": "description",
    "welcome": "texte d’accueil",
    "end": "texte de fin",
    "title": "titre",
    "languages": "langues",
    "empty_group": "groupe vide",
    "dual": "bloc à deux échelles",
    "numbers": "bloc de nombres",
    "texts": "bloc de textes",
    "language": "choix de la langue",
    "yes_no": "oui / non",
    "block": "bloc",
    "rating": "note sur une échelle",
    "single": "choix unique",
    "rows": "lignes",
    "scales": "échelles",
    "quotas": "quotas",
    "nature": "enquête anonyme ou nominative",
    "version": "version",
    "min_group": "groupe minimal",
    "precision": "précision de la date",
    "other": "réponse « Autre »",
    "dropdown": "liste déroulante",
    "choices": "liste de choix",
    "code": "code d’un choix",
    "integer": "nombre entier",
    "kind": "genre de question",
    "mandatory": "réponse exigée",
    "long": "texte long",
    "missing_rule": "réponses qu’il faut pour une note",
    "range": "étendue d’une note",
    "automatic": "condition appliquée d’elle-même",
    "file": "fichier à joindre",
    "recalled": "réponse rappelée dans un texte",
    "glyph": "signes que la police ne dessine pas",
}


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes of a file, and what it could not hold or what other tools will not see in it."""

    content: bytes
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class Unseen:
    """Collects what a format does not say, one sentence per feature with the items it touches."""

    format: str
    by_feature: dict[str, list[str]] = field(default_factory=dict)

    def add(self, about: str, features: Iterable[str]) -> None:
        for feature in features:
            touched = self.by_feature.setdefault(feature, [])
            if about not in touched:
                touched.append(about)

    def warnings(self) -> tuple[str, ...]:
        return tuple(
            f"{self.format} ne dit pas : {WORDS.get(feature, feature)} ({some(touched)})."
            for feature, touched in self.by_feature.items()
        )
