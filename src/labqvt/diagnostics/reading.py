"""The shared reading of a release: what a page, a PDF and a workbook all tell, in the same words and order.

``reading_of`` takes released content (``labqvt/diagnosis/1``) and nothing else: no answer, no database, no
account. Two people who are shown the same release read the same reading.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from labqvt.diagnostics import comparisons, figures
from labqvt.diagnostics.determinants import Trial, questions_about, trial_for
from labqvt.diagnostics.released import Release, Theme, released
from labqvt.diagnostics.sections import Section
from labqvt.diagnostics.sentences import Said, first_to_discuss, three_sentences, who_answered
from labqvt.diagnostics.trends import Earlier, trend_section
from labqvt.diagnostics.written import written_section
from labqvt.verbatims.told import Told

MOST_CONVERSATIONS = 3


@dataclass(frozen=True, slots=True)
class Conversation:
    """A theme to talk about and the questions that open it."""

    label: str
    hue: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One moment of the meeting."""

    minutes: int
    what: str


@dataclass(frozen=True, slots=True)
class Experiment:
    """One thing to try, as an invitation."""

    theme: str
    hue: str
    title: str
    hypothesis: str
    duration: str
    criterion: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole diagnosis, ready to be shown."""

    language: str
    title: str
    answered: str
    sentences: tuple[Said, Said, Said]
    sections: tuple[Section, ...]
    conversations: tuple[Conversation, ...]
    meeting: tuple[Step, ...]
    experiment: Experiment
    method: tuple[str, ...]
    content: Mapping[str, Any] = field(repr=False)

    def section(self, section_id: str) -> Section | None:
        """A section by its id; None when the release has nothing for it."""
        return next((section for section in self.sections if section.id == section_id), None)


def reading_of(
    content: Mapping[str, Any],
    language: str = "fr",
    told: Told | None = None,
    *,
    name: str = "",
    earlier: Sequence[Earlier] = (),
) -> Reading:
    """Read a release in one language, with what is told of free texts when there is.

    ``earlier`` are the waves before it, and ``name`` that of this one.
    """
    with override(language):
        release = released(content, language)
        source = _("Source : %(answered)s Score de 0 à 100, calculé sur les réponses publiées.") % {
            "answered": who_answered(release)
        }
        sections = (
            _scores(release, source, language),
            _mirror(release, language),
            _opinions(release, language),
            *comparisons.sections(release, language),
            trend_section(release, name, earlier, language),
            written_section(told, language),
        )
        talked = first_to_discuss(release.shown) or release.shown[-1:] if release.tells_good_from_bad else ()
        return Reading(
            language=language,
            title=release.title or _("Diagnostic partagé"),
            answered=who_answered(release),
            sentences=three_sentences(release),
            sections=tuple(section for section in sections if section is not None),
            conversations=_conversations(talked),
            meeting=_meeting(),
            experiment=_experiment(talked[0] if talked else None),
            method=_method(release),
            content=content,
        )


def _scores(release: Release, source: str, language: str) -> Section | None:
    if not release.shown:
        return None
    points = []
    if any(theme.value is None for theme in release.themes):
        points.append(_("Un thème sans score n’a pas réuni assez de réponses."))
    return Section(
        "scores",
        _("Où en est chaque thème"),
        _(
            "Plus le point est à droite, plus les réponses sont favorables. Le trait dit jusqu’où le score pourrait aller."
        )
        if release.tells_good_from_bad
        else _(
            "Plus le point est à droite, plus le score est haut. Le trait dit jusqu’où il pourrait aller."
        ),
        charts=(figures.scores_figure(release, source, language),),
        points=tuple(points),
    )


def _opinions(release: Release, language: str) -> Section | None:
    charts = figures.opinions_figures(release, language)
    if not charts:
        return None
    intro = (
        _("« Favorable » réunit les réponses qui vont dans le bon sens pour le travail.")
        if release.tells_good_from_bad
        else _("Les réponses sont réunies en trois classes, de la plus haute à la plus basse.")
    )
    if release.tells_good_from_bad and any(
        question.reverse for theme in release.themes for question in theme.questions
    ):
        intro += " " + _("Pour une phrase inversée, c’est le désaccord qui est favorable.")
    if not release.is_network:
        intro += " " + _(
            "Un nombre trop petit ou trop grand est donné par ses bornes, pour que personne ne soit reconnu."
        )
    return Section("opinions", _("Phrase par phrase"), intro, charts=charts)


def _mirror(release: Release, language: str) -> Section | None:
    chart = figures.mirror_figure(release, "", language)
    if chart is None:
        return None
    intro = _("Un écart n’est pas une erreur : c’est un sujet de conversation.")
    protection = release.content["protection"]
    if (release.content.get("n_direction") or 0) < protection["others"] + protection["insiders"]:
        intro += " " + _("La direction a accepté que son regard paraisse.")
    return Section("mirror", _("Deux regards sur le même travail"), intro, charts=(chart,))


def _conversations(talked: Sequence[Theme]) -> tuple[Conversation, ...]:
    """Questions on the themes to discuss first, or questions that suit whichever theme is chosen."""
    themes = [(theme.label, theme.hue) for theme in talked[:MOST_CONVERSATIONS]] or [
        (_("Le thème que vous choisissez"), "")
    ]
    return tuple(Conversation(label, hue, tuple(map(str, questions_about(hue)))) for label, hue in themes)


def _meeting() -> tuple[Step, ...]:
    return (
        Step(10, _("Lisez ensemble les trois phrases. Chaque personne dit ce qui la surprend.")),
        Step(15, _("Regardez la figure des thèmes en silence, puis choisissez un thème, un seul.")),
        Step(
            40, _("Parlez-en avec les questions proposées : des situations de travail, jamais des personnes.")
        ),
        Step(
            15,
            _(
                "Cherchez ce qui dépend de vous. Chaque personne colle deux points sur ce qu’elle veut essayer."
            ),
        ),
        Step(
            10,
            _("Décidez d’un essai, de sa durée, de ce qui dira s’il faut le garder, et de la date du bilan."),
        ),
    )


def _experiment(theme: Theme | None) -> Experiment:
    trial: Trial = trial_for(theme.hue if theme else None)
    return Experiment(
        theme=theme.label if theme else "",
        hue=theme.hue if theme else "",
        title=str(trial.title),
        hypothesis=str(trial.hypothesis),
        duration=str(trial.duration),
        criterion=str(trial.criterion),
    )


def _method(release: Release) -> tuple[str, ...]:
    protection = release.content["protection"]
    threshold = protection["others"] + protection["insiders"]
    lines = [
        _("Un score est la moyenne des réponses aux phrases d’un thème, ramenée de 0 à 100."),
        _("Un résultat ne paraît que s’il réunit au moins %(threshold)d réponses.")
        % {"threshold": threshold},
    ]
    if release.is_network:
        lines.append(
            _(
                "L’ensemble réunit assez de personnes pour que ses chiffres soient donnés sans arrondi de protection."
            )
        )
    else:
        lines += [
            _("Les scores sont arrondis, et les nombres très petits ou très grands donnés par leurs bornes."),
            _("L’intervalle tient compte de l’arrondi et des personnes qui n’ont pas répondu, à 95 %."),
            _("Il suppose que les avis diffèrent autant que dans les structures du réseau.")
            if release.content.get("spread_source") == "network"
            else _(
                "Il suppose des avis plutôt dispersés, faute de réseau qui l’ait mesuré : il est plutôt trop large."
            ),
        ]
    if release.content.get("assumed_scales"):
        lines.append(
            _(
                "Le questionnaire ne déclare pas de thème : chaque page de phrases notées sur la même échelle en forme un."
            )
        )
    if release.n < 30 and not release.is_network:
        lines.append(
            _(
                "Avec moins de trente réponses, on ne peut pas vérifier ici que les phrases d’un thème vont bien ensemble."
            )
        )
    lines.append(
        _("Aucune réponse ne se retrouve en soustrayant ces nombres entre eux.")
        if not protection["audited"]
        else _(
            "Aucune réponse ne se retrouve en soustrayant ces nombres entre eux ; un second programme, écrit à part, a essayé de deviner la réponse de quelqu’un, et ne l’a pas pu."
        )
    )
    return tuple(lines)
