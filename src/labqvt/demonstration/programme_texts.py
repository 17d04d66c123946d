"""What the demonstration says of the real programme, in our own words, with the line each thing was read at."""

from dataclasses import dataclass
from typing import Final

from labqvt.programmes.services import Target

REPORT: Final = "002_b92727f03ad302f2.txt"
SECOND_COMMITTEE: Final = "001_65830c1f28563895.txt"

SOURCES: Final = {
    "000_e96426579d0377d8.txt": "Message aux structures de PACA, UDES, 2020",
    SECOND_COMMITTEE: "Compte rendu du comité de pilotage de juin 2020, UDES",
    REPORT: "Rapport final du Lab’QVT, UDES, 2021",
    "003_c0ce168897912daa.txt": "Retour d’expériences en Occitanie, CRESS, 2022",
    "004_af1f98c41092b526.txt": "Démarche collective, Aract Nouvelle-Aquitaine",
}
SUMMARY: Final = (
    "Entre 2019 et 2021, cinq régions ont cherché, chacune à sa manière, comment de petites structures de l’économie "
    "sociale et solidaire peuvent rendre le travail plus attirant et plus soutenable."
)


@dataclass(frozen=True, slots=True)
class Region:
    """One experimentation as the documents let us tell it."""

    code: str
    title: str
    theme: str
    purpose: str
    line: int
    targets: tuple[Target, ...]


REGIONS: Final = (
    Region(
        "44", "Apprendre du dialogue social qui marche", "Dialogue social",
        "Repérer, dans l’aide à domicile et l’insertion, des façons de se parler au travail qui donnent des résultats ; "
        "en faire un guide que toute structure peut reprendre. L’espace régional de dialogue social porte le projet.",
        107,
        (
            {"headcount_max": 49, "sectors": ["aide à domicile"]},
            {"headcount_min": 50, "headcount_max": 100, "sectors": ["insertion par l’activité économique"]},
        ),
    ),
    Region(
        "93", "Une formation qui mène à l’action", "Formation",
        "Inventer une façon de se former où chaque structure repart avec sa propre démarche de qualité de vie au travail : "
        "des temps communs, un appui chez soi, et des outils pour la gestion des équipes.",
        212,
        ({"headcount_max": 49, "sectors": [], "note": "adhérentes de l’UDES, avec ou sans CSE, six départements"},),
    ),
    Region(
        "27", "Un kit pour accueillir et garder ses salariés", "Accueil",
        "Donner aux plus petits employeurs de quoi recruter, accueillir et former : une enquête sur leurs besoins, "
        "un répertoire des aides de la région, puis un kit prêt à servir.",
        288,
        ({"headcount_max": 19, "sectors": []},),
    ),
    Region(
        "28", "Parler du numérique avant de le subir", "Numérique",
        "Aborder la transformation numérique par le dialogue social : quatre rendez-vous ouverts, un diagnostic commun "
        "des employeurs et des organisations syndicales, et des propositions à la région.",
        362,
        ({"sectors": [], "headcount_max": 249, "note": "très petites, petites et moyennes entreprises de l’ESS"},),
    ),
    Region(
        "53", "Un parcours vers l’égalité professionnelle", "Égalité",
        "Accompagner quelques structures sur l’égalité entre les femmes et les hommes : une personne de la direction et "
        "une personne salariée avancent ensemble, d’un atelier à l’autre.",
        454,
        ({"headcount_max": 49, "sectors": [], "note": "relevant d’Uniformation, de l’OPCO Santé ou de l’Afdas"},),
    ),
)  # fmt: skip

# Why a date slipped, where the documents say so.
SLIPS: Final = {
    "E13": "Crise sanitaire : les restrictions du printemps et l’afflux d’enquêtes sur ses effets ont retardé celle-ci.",
    "E24": "Beaucoup de petites entreprises étaient en difficulté : le questionnaire est resté ouvert plus longtemps.",
    "E26": "Crise sanitaire : le calendrier de 2020 a glissé une seconde fois.",
}
# reference -> (the day it was told, why)
MOVES: Final = {
    "E26": ("2020-06-23", "Crise sanitaire : le séminaire est joint à la conférence sociale régionale."),
}
DROPS: Final = {
    "E27": "Versé au guide national prévu par l’accord sur le numérique, pour ne pas faire deux fois le même travail.",
}
JOINT_CHARTER: Final = (
    "Employeurs et organisations syndicales s’y parlent de la qualité de vie au travail dans la région, portent ensemble "
    "une enquête ou un guide, et visent à deux ce qu’ils publient. On n’y négocie pas : un engagement se signe ailleurs."
)
# What Bretagne first meant to try, as the committee of June 2020 told it; why it changed is written nowhere.
FIRST_PURPOSE: Final = (
    "Agir sur la gestion prévisionnelle des emplois du territoire : modèles économiques qui évoluent, dialogue social, "
    "mesure de l’utilité sociale, numérique ; un atelier de sensibilisation pour chacun."
)
CHANGED: Final = (
    "Annoncé en juin 2020 sous réserve d’un financement de l’État, rapporté en 2021 sous un autre objet. Les documents "
    "ne disent pas quand ni pourquoi il a changé."
)
