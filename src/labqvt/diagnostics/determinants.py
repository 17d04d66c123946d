"""What each determinant is about, what to ask to talk about it, and one thing to try. Words are our own.

The list is that of 2021 (six determinants); the 2023 reference says the same things under other titles.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Trial:
    """An experiment small enough to begin next month: what is tried, what is hoped, how one will know."""

    title: Words
    hypothesis: Words
    duration: Words
    criterion: Words


@dataclass(frozen=True, slots=True)
class Card:
    """One determinant as a subject of conversation."""

    id: str
    name: Words
    about: Words
    questions: tuple[Words, Words, Words]
    trial: Trial


_SIX_WEEKS: Final = _("six semaines")

CARDS: Final = (
    Card(
        "relations",
        _("Relations et climat social"),
        _("S’entraider, se parler, se respecter : ce qui se passe entre les personnes, équipe et direction."),
        (
            _("Racontez un moment récent où l’équipe s’est bien entraidée. Qu’est-ce qui l’a permis ?"),
            _("De quoi est-il difficile de parler ici ? Qu’est-ce qui rendrait cela plus simple ?"),
            _("Quand un désaccord apparaît, que se passe-t-il ensuite ?"),
        ),
        Trial(
            _("Un quart d’heure d’équipe, à jour fixe"),
            _("Si l’équipe se parle du travail un quart d’heure chaque semaine, les tensions se règlent plus tôt."),
            _SIX_WEEKS,
            _("L’équipe cite au moins deux sujets réglés grâce à ces moments."),
        ),
    ),
    Card(
        "contenu",
        _("Contenu et organisation du travail"),
        _("Ce que l’on fait vraiment, avec quel temps, quels moyens et quelle marge de choix."),
        (
            _("Quelle partie de votre travail avez-vous le sentiment de bien faire ? Grâce à quoi ?"),
            _("Qu’est-ce qui vous oblige à bâcler, à reporter ou à interrompre une tâche ?"),
            _("Que pourriez-vous décider vous-mêmes et que l’on décide aujourd’hui ailleurs ?"),
        ),
        Trial(
            _("Deux demi-journées sans interruption"),
            _("Si chaque personne garde deux demi-journées protégées par semaine, le travail de fond avance mieux."),
            _SIX_WEEKS,
            _("Chaque personne dit si elle a pu finir ce qu’elle avait prévu, trois semaines sur six au moins."),
        ),
    ),
    Card(
        "sante",
        _("Santé au travail"),
        _("Ce que le travail demande au corps et à la tête, et ce qui aide à tenir dans la durée."),
        (
            _("Quels moments de la semaine fatiguent le plus ? Qu’ont-ils en commun ?"),
            _("Quels gestes, quels lieux ou quels horaires pourrait-on rendre moins pénibles ?"),
            _("Quand une situation pèse, à qui en parle-t-on ici ? Que se passe-t-il après ?"),
        ),
        Trial(
            _("Une situation pénible, observée à deux"),
            _("Si deux personnes observent une situation pénible puis essaient un aménagement, elle fatigue moins."),
            _SIX_WEEKS,
            _("Les personnes concernées comparent avant et après, avec leurs mots, et disent si l’on garde."),
        ),
    ),
    Card(
        "competences",
        _("Compétences et parcours"),
        _("Savoir faire son travail, apprendre, transmettre, évoluer ou changer de métier."),
        (
            _("Qu’avez-vous appris cette année en travaillant ? Avec qui ?"),
            _("Que faudrait-il savoir faire ici et que personne, ou une seule personne, sait faire ?"),
            _("Comment aimeriez-vous que votre travail évolue dans les deux ans ?"),
        ),
        Trial(
            _("Une heure pour transmettre, tous les quinze jours"),
            _("Si chacun montre à un collègue une tâche qu’il est seul à savoir faire, les absences désorganisent moins."),
            _("deux mois"),
            _("Trois tâches au moins sont désormais connues de deux personnes."),
        ),
    ),
    Card(
        "egalite",
        _("Égalité et équilibre des temps"),
        _("Être traité avec justice, quels que soient son sexe, son âge ou son contrat, et garder du temps pour sa vie."),
        (
            _("Comment les tâches que personne ne choisit se répartissent-elles ? Depuis quand ?"),
            _("Quels horaires, quelles réunions ou quels messages débordent sur la vie hors du travail ?"),
            _("Qui n’a pas accès ici à la même chose que les autres : salaire, formation, parole, horaires ?"),
        ),
        Trial(
            _("Un tableau des tâches que personne ne choisit"),
            _("Si ces tâches sont écrites et tournent, la répartition paraît plus juste."),
            _("deux mois"),
            _("À la fin, chaque personne a tenu chaque tâche au moins une fois, ou dit pourquoi ce n’était pas possible."),
        ),
    ),
    Card(
        "management",
        _("Management et projet de la structure"),
        _("Être informé, écouté et reconnu, et comprendre où va la structure."),
        (
            _("Quelle décision récente avez-vous bien comprise ? Laquelle moins ?"),
            _("Quand une personne propose une idée sur le travail, que devient cette idée ?"),
            _("Comment sait-on ici que le travail est bien fait ?"),
        ),
        Trial(
            _("Le point des décisions, en dix lignes"),
            _("Si les décisions de la semaine et leurs raisons sont écrites en dix lignes, on les apprend à temps."),
            _SIX_WEEKS,
            _("À la fin, l’équipe dit si elle a appris une décision autrement que par ce point."),
        ),
    ),
)  # fmt: skip

_BY_ID: Final = {card.id: card for card in CARDS}

# For a theme that is none of the six: questions that open any subject.
_ANY_SUBJECT: Final = (
    _("Qu’est-ce qui se passe bien sur ce sujet ? Donnez un exemple récent."),
    _("Qu’est-ce qui gêne le travail de tous les jours ? À quel moment cela se voit-il ?"),
    _("Que pourrait-on essayer dès le mois prochain, à notre mesure ?"),
)
_ANY_TRIAL: Final = Trial(
    _("Un petit changement, bien choisi"),
    _(
        "Si l’équipe essaie un seul changement qu’elle a elle-même proposé, elle saura vite s’il faut le garder."
    ),
    _SIX_WEEKS,
    _("Avant de commencer, l’équipe écrit à quoi elle verra que cela marche."),
)


def questions_about(determinant: str | None) -> tuple[Words, ...]:
    """Three open questions on a determinant, or on any other subject."""
    card = _BY_ID.get(determinant or "")
    return card.questions if card else _ANY_SUBJECT


def trial_for(determinant: str | None) -> Trial:
    """One thing to try on a determinant, or on any other subject."""
    card = _BY_ID.get(determinant or "")
    return card.trial if card else _ANY_TRIAL
