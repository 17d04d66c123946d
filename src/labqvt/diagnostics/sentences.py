"""The three sentences of a diagnosis, and who answered. Computed from released values only.

Fixed marks decide the words, never the quartiles of the structure: a team is not compared with itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from labqvt.diagnostics.released import Release, Theme
from labqvt.foundation.typography import format_number
from labqvt_stats.finite_population import BOUNDS_ONLY_UNDER, BOUNDS_UNDER

# On 0-100, 50 is « ni d’accord, ni pas d’accord » and 75 « plutôt d’accord ».
FAVOURABLE_FROM: Final = 60
MOST_NAMED: Final = 3
WIDEST_ROUNDING: Final = 5


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the first screen under its small heading."""

    heading: str
    text: str


def who_answered(release: Release) -> str:
    """How many answered, out of how many when it is known."""
    n = format_number(release.n, language=get_language() or "fr")
    if release.population is None:
        return ngettext("%(n)s réponse.", "%(n)s réponses.", release.n) % {"n": n}
    if release.population == release.n:
        return _("Tout le monde a répondu : %(n)s personnes.") % {"n": n}
    invited = format_number(release.population, language=get_language() or "fr")
    return _("%(n)s réponses pour %(all)s personnes invitées.") % {"n": n, "all": invited}


def three_sentences(release: Release) -> tuple[Said, Said, Said]:
    """What holds, what to discuss first, what this number of answers cannot say."""
    if release.shown and not release.tells_good_from_bad:
        return (
            Said(_("Ce qui ressort"), _what_stands_out(release.shown)),
            Said(_("À discuter en premier"), _what_it_means()),
            Said(_("Ce qu’on ne peut pas dire"), what_cannot_be_said(release)),
        )
    return (
        Said(_("Ce qui tient"), _what_holds(release.shown)),
        Said(_("À discuter en premier"), _what_to_discuss(release.shown)),
        Said(_("Ce qu’on ne peut pas dire"), what_cannot_be_said(release)),
    )


def first_to_discuss(themes: Sequence[Theme]) -> tuple[Theme, ...]:
    """The theme shown lowest and those its display does not part from it; empty when none stands apart.

    ``themes`` are in the order of ``Release.shown``: the most favourable first.
    """
    if not themes:
        return ()
    lowest = themes[-1]
    together = tuple(theme for theme in reversed(themes) if _touch(theme, lowest))
    return together if len(together) <= max(1, len(themes) // 2) else ()


def smallest_visible_gap(release: Release) -> int | None:
    """From how many points two themes may be said to differ, on a round number; None without intervals."""
    # « ≥ 90 » is wider than it is uncertain: it says nothing of how far apart two other themes must be.
    widths = [
        theme.interval[1] - theme.interval[0]
        for theme in release.shown
        if theme.interval and theme.value and theme.value.high - theme.value.low <= WIDEST_ROUNDING
    ]
    if not widths or max(widths) < 1:
        return None
    return 5 * ceil(max(widths) / 2 / 5)


def named(themes: Sequence[Theme]) -> str:
    """« Santé » ; « Santé » et « Égalité »."""
    quoted = [_("« %(label)s »") % {"label": theme.label} for theme in themes]
    if len(quoted) == 1:
        return quoted[0]
    return _("%(first)s et %(last)s") % {"first": ", ".join(quoted[:-1]), "last": quoted[-1]}


def _what_stands_out(themes: Sequence[Theme]) -> str:
    """Highest and lowest, without saying that either is good news."""
    high = [theme for theme in themes if _touch(theme, themes[0])]
    low = [theme for theme in reversed(themes) if _touch(theme, themes[-1])]
    if any(theme in low for theme in high):
        return _("Les scores sont proches d’un thème à l’autre : aucun ne ressort.")
    return _("Score le plus haut : %(high)s. Score le plus bas : %(low)s.") % {
        "high": named(high[:MOST_NAMED]),
        "low": named(low[:MOST_NAMED]),
    }


def _what_it_means() -> str:
    return _(
        "Un score haut veut dire « beaucoup » de ce que le thème nomme ; ce questionnaire ne dit pas si c’est une bonne "
        "nouvelle. Décidez-le ensemble, thème par thème."
    )


def _what_holds(themes: Sequence[Theme]) -> str:
    if not themes:
        return _("Pas assez de réponses pour montrer un thème sans risquer de reconnaître une personne.")
    sure = [theme for theme in themes if theme.surely[0] >= FAVOURABLE_FROM][:MOST_NAMED]
    if sure:
        return _("Les réponses sont nettement favorables sur %(themes)s.") % {"themes": named(sure)}
    likely = [theme for theme in themes if theme.value and theme.value.low >= FAVOURABLE_FROM][:MOST_NAMED]
    if likely:
        return _(
            "Les réponses reçues sont favorables sur %(themes)s ; l’incertitude reste grande, parlez-en pour le vérifier."
        ) % {"themes": named(likely)}
    best = [theme for theme in themes if _touch(theme, themes[0])]
    if len(best) < len(themes) and len(best) > MOST_NAMED:
        return _("Plusieurs thèmes reçoivent des réponses comparables : aucun ne ressort en tête.")
    if len(best) == len(themes):
        return _("Les réponses sont proches d’un thème à l’autre : aucun ne ressort.")
    return _("C’est sur %(themes)s que les réponses sont les plus favorables.") % {
        "themes": named(best[:MOST_NAMED])
    }


def _what_to_discuss(themes: Sequence[Theme]) -> str:
    first = first_to_discuss(themes)
    if not first:
        return _("Aucun thème ne se détache : que chaque personne choisisse celui dont elle veut parler.")
    sentence = _("%(themes)s : c’est là que les réponses reçues sont les plus réservées.") % {
        "themes": named(first[:MOST_NAMED])
    }
    others = [theme for theme in themes if theme not in first]
    if any(theme.surely[0] < first[0].surely[1] for theme in others):
        sentence += " " + _(
            "D’autres thèmes sont trop proches pour être écartés : l’équipe peut en préférer un."
        )
    return sentence


def what_cannot_be_said(release: Release) -> str:
    """The limits of this number of answers, in the words of ``confidentiality.md``."""
    if release.is_network:
        return _(
            "Ces chiffres décrivent l’ensemble : ils ne disent rien d’une structure ni d’une équipe en particulier."
        )
    step = _("arrondi à 5 près") if release.n < 10 else _("arrondi à l’unité")
    if release.population is None:
        return _(
            "On ne sait pas combien de personnes étaient invitées : on ne peut pas dire ce que pensent les absents. "
            "Chaque score est %(step)s."
        ) % {"step": step}
    rate = release.n / release.population
    if rate == 1:
        return _(
            "Tout le monde a répondu ; score %(step)s. Ces chiffres parlent de vous aujourd’hui, pas des années à venir."
        ) % {"step": step}
    if rate < BOUNDS_ONLY_UNDER:
        return _(
            "Moins de la moitié des personnes ont répondu : on ne peut pas dire ce que pense l’équipe entière. "
            "Seules les bornes sans hypothèse sont dessinées."
        )
    return _absent_may_differ(release, rate)


def _absent_may_differ(release: Release, rate: float) -> str:
    parts = [
        _(
            "Si les %(all)d avaient répondu, chaque score serait probablement dans l’intervalle dessiné, "
            "à condition que les absents ressemblent aux présents."
        )
        % {"all": release.population}
    ]
    if gap := smallest_visible_gap(release):
        parts.append(
            _(
                "Un écart de moins de %(gap)d points entre deux thèmes peut ne tenir qu’aux absents et à l’arrondi."
            )
            % {"gap": gap}
        )
    if rate < BOUNDS_UNDER:
        parts.append(_("Les bornes, plus larges, tiennent quoi que pensent les absents."))
    return " ".join(parts)


def _touch(one: Theme, other: Theme) -> bool:
    """Whether what is told of two themes overlaps: a reader cannot put one before the other."""
    return one.told[0] <= other.told[1] and other.told[0] <= one.told[1]
