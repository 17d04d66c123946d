"""Questions about the person that any campaign may add: few, closed, in classes that people recognise at once."""

from typing import Final

from labqvt_forms import Choice, ChoiceList, Group, SingleChoice, Text

_SEX: Final = ChoiceList(
    "profil-sexe",
    (
        Choice("1", Text.of(fr="Une femme", en="A woman")),
        Choice("2", Text.of(fr="Un homme", en="A man")),
    ),
)
_SENIORITY: Final = ChoiceList(
    "profil-anciennete",
    (
        Choice("1", Text.of(fr="Moins d’un an", en="Less than a year")),
        Choice("2", Text.of(fr="D’un an à moins de cinq ans", en="One year to less than five")),
        Choice("3", Text.of(fr="De cinq à moins de dix ans", en="Five to less than ten years")),
        Choice("4", Text.of(fr="Dix ans et plus", en="Ten years or more")),
    ),
)
_TIME: Final = ChoiceList(
    "profil-temps",
    (
        Choice("1", Text.of(fr="À temps plein", en="Full time")),
        Choice("2", Text.of(fr="À temps partiel", en="Part time")),
    ),
)
_WORK: Final = ChoiceList(
    "profil-metier",
    (
        Choice("1", Text.of(fr="Avec les personnes accueillies ou accompagnées", en="With the people we serve")),
        Choice("2", Text.of(fr="Au bureau : administration, gestion, coordination", en="In the office: administration, management, coordination")),
        Choice("3", Text.of(fr="À la technique : atelier, entretien, cuisine, transport", en="Technical work: workshop, upkeep, kitchen, transport")),
    ),
)  # fmt: skip

PAGE: Final = Group(
    id="profil",
    title=Text.of(fr="Pour comparer de grands groupes", en="To compare large groups"),
    description=Text.of(
        fr="Ces réponses ne servent qu’à comparer des groupes d’au moins six personnes. Vous pouvez ne pas répondre.",
        en="These answers only serve to compare groups of at least six people. You may leave them out.",
    ),
    items=(
        SingleChoice(id="profil-anciennete", label=Text.of(fr="Depuis combien de temps travaillez-vous ici ?", en="How long have you worked here?"), choices=_SENIORITY, profile=True, declinable=True),
        SingleChoice(id="profil-temps", label=Text.of(fr="Travaillez-vous à temps plein ?", en="Do you work full time?"), choices=_TIME, profile=True, declinable=True),
        SingleChoice(id="profil-metier", label=Text.of(fr="Où se passe surtout votre travail ?", en="Where does your work mostly take place?"), choices=_WORK, profile=True, declinable=True),
        SingleChoice(id="profil-sexe", label=Text.of(fr="Vous êtes", en="You are"), choices=_SEX, profile=True, declinable=True),
    ),
)  # fmt: skip
ORDERED: Final = frozenset({"profil-anciennete"})
