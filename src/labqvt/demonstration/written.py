"""What simulated people write, every word invented; and how a reader and a second pair of eyes treat some of it.

Two campaigns: in the workshop the texts were read, looked at twice and appeared; in the bakery they await their
reader.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from labqvt.campaigns.models import Campaign
from labqvt.evidence import kept_texts
from labqvt.evidence.models import TextReading
from labqvt.instruments import services as instruments
from labqvt.instruments.models import Questionnaire, QuestionnaireVersion
from labqvt.people.models import Account, Scope
from labqvt.verbatims import services
from labqvt.verbatims.extracts import numbered
from labqvt_forms import FreeText, Group, Text

QUESTIONS: Final = Group(
    id="mots", title=Text.of(fr="Avec vos mots", en="In your own words"),
    description=Text.of(fr="Deux questions, pour ce que les cases ne disent pas.", en="Two questions, for what boxes do not say."),
    items=(
        FreeText(id="AIDE", label=Text.of(fr="Qu’est-ce qui vous aide à bien travailler ici ?", en="What helps you work well here?"), long=True, longest=1000),
        FreeText(id="CHANGE", label=Text.of(fr="Par quoi faudrait-il commencer ?", en="What should come first?"), long=True, longest=1000),
    ),
)  # fmt: skip


def with_two_questions(version: QuestionnaireVersion, *, scope: Scope, by: Account) -> QuestionnaireVersion:
    """The six determinants, and two questions to answer in one’s own words, as the network publishes them."""
    form = replace(
        version.form, id="six-determinants-et-vos-mots",
        title=Text.of(fr="Six déterminants, et vos mots", en="Six determinants, and your words"),
        groups=(*version.form.groups, QUESTIONS),
    )  # fmt: skip
    kept = instruments.keep_imported(
        form=form, kind=Questionnaire.Kind.EMPLOYEES, scope=scope, by=by, licence="CC BY 4.0"
    )
    return instruments.publish(version=kept, note="", by=by)


@dataclass(frozen=True, slots=True)
class _Treated:
    """What the reader makes of a text: the words to propose, or none, and its themes."""

    words: str
    themes: tuple[str, ...] = ()


_LEFT: Final = ""
# As received → as treated. An empty treatment: read, and not quoted.
_HELPS: Final = {
    "L’entraide entre les équipes. Quand il y a un coup de bourre, personne ne compte.": _Treated("L’entraide entre les équipes. Quand il y a un coup de bourre, personne ne compte.", ("L’entraide",)),
    "Le café du matin avec Samira, on se dit les choses avant de démarrer.": _Treated("Le café du matin : on se dit les choses avant de démarrer.", ("L’entraide",)),
    "On me fait confiance, je suis autonome sur mes chantiers.": _Treated("On me fait confiance sur mes chantiers.", ("La confiance",)),
    "Pouvoir dire quand ça ne va pas sans que ça fasse des histoires.": _Treated("Pouvoir dire quand ça ne va pas sans que ça fasse des histoires.", ("La confiance",)),
    "Les collègues. Sans eux je serais partie depuis longtemps.": _Treated("Les collègues. Sans eux, je n’en serais plus là.", ("L’entraide",)),
    "L’encadrante technique explique bien, elle prend le temps.": _Treated("On nous explique bien, en prenant le temps.", ("L’entraide",)),
    "Que l’on voie à quoi sert ce que l’on fabrique.": _Treated("Que l’on voie à quoi sert ce que l’on fabrique."),
    "On se dépanne d’un poste à l’autre sans attendre qu’on nous le demande.": _Treated("On se dépanne d’un poste à l’autre sans attendre.", ("L’entraide",)),
    "Un coup de main arrive toujours quand la commande est grosse.": _Treated("Un coup de main arrive toujours quand la commande est grosse.", ("L’entraide",)),
    "Rien de spécial.": _Treated(_LEFT),
}  # fmt: skip
_FIRST: Final = {
    "Le lundi matin on ne sait jamais qui fait quoi.": _Treated("En début de semaine, on ne sait jamais qui fait quoi.", ("Les consignes",)),
    "Des plannings donnés plus tôt. Avec les enfants c’est infernal.": _Treated("Des plannings donnés plus tôt.", ("Les consignes",)),
    "Arrêter de changer les consignes au dernier moment.": _Treated("Arrêter de changer les consignes au dernier moment.", ("Les consignes",)),
    "Un vrai passage de relais entre les équipes.": _Treated("Un vrai passage de relais entre les équipes.", ("Les consignes",)),
    "Que les consignes soient écrites quelque part, pas seulement dites en passant.": _Treated("Que les consignes soient écrites quelque part, pas seulement dites en passant.", ("Les consignes",)),
    "Savoir la veille sur quel poste je suis.": _Treated("Savoir la veille sur quel poste on est.", ("Les consignes",)),
    "J’ai demandé une formation il y a 8 mois, pas de réponse.": _Treated("Répondre aux demandes de formation, même par un non."),
    "Qu’on nous demande notre avis avant, pas après.": _Treated("Qu’on nous demande notre avis avant, pas après."),
}  # fmt: skip
WORKSHOP_TEXTS: Final[Mapping[str, Sequence[str]]] = {"AIDE": tuple(_HELPS), "CHANGE": tuple(_FIRST)}
BAKERY_TEXTS: Final[Mapping[str, Sequence[str]]] = {
    "IDEE": (
        "Que les tâches lourdes tournent, au lieu de toujours tomber sur les mêmes.",
        "Depuis que je suis revenue de congé maternité en mars, on ne me confie plus les commandes.",
        "Des vestiaires séparés, ça fait longtemps qu’on en parle.",
        "Les blagues de Marco au fournil, ça suffit. Il faudrait que quelqu’un lui dise.",
        "Afficher comment sont décidées les primes.",
        "Que le chef d’équipe arrête de répondre à ma place devant les clients.",
        "Je suis fatiguée d’être la seule à nettoyer le laboratoire le samedi.",
        "Des horaires qui permettent d’aller chercher les enfants, pour les pères aussi.",
        "Rien, ça va plutôt bien chez nous.",
        "Je n’en peux plus, certains soirs je pense à tout arrêter.",
        "Une femme à la vente, un homme au pétrin : on pourrait échanger plus souvent.",
    ),
}


def begin_in_the_bakery(campaign: Campaign, *, reader: Account) -> None:
    """A theme, and nothing read yet."""
    reading = TextReading.objects.get(campaign=campaign)
    services.add_theme(reading=reading, label="Le partage des tâches", by=reader)


def treat_in_the_workshop(campaign: Campaign, *, reader: Account, employee: Account) -> None:
    """Read from outside, text by text; then the second look keeps all but one."""
    reading = TextReading.objects.get(campaign=campaign)
    treated = _HELPS | _FIRST
    names = dict.fromkeys(name for one in treated.values() for name in one.themes)
    ids = {name: services.add_theme(reading=reading, label=name, by=reader) for name in names}
    for place in kept_texts.places(campaign):
        kept = kept_texts.read(campaign, place.number)
        as_treated = treated[kept.words]
        services.validate(
            reading=reading, number=place.number, words=as_treated.words or kept.words,
            coded=[ids[name] for name in as_treated.themes], quoted=bool(as_treated.words), by=reader,
        )  # fmt: skip
    reading = services.finish(reading=reading, by=reader)
    doubtful = _HELPS["L’encadrante technique explique bien, elle prend le temps."].words
    answers = {entry.key: entry.words != doubtful for entry in numbered(reading)}
    services.review(reading=reading, answers=answers, by=employee)
