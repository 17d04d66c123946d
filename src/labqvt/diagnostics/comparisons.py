"""Parts of a reading that compare: groups, waves, and the reliability of themes. Never a ranking by name."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from labqvt.diagnostics.released import Release, Theme, span_of
from labqvt.diagnostics.sections import Section
from labqvt.diagnostics.trends import changes_table
from labqvt.documents.tables import Column, Table

# Beyond this many groups a reader compares a spread, not names.
MOST_NAMED_GROUPS: Final = 8


def sections(release: Release, language: str) -> list[Section]:
    """What this release compares, in order: groups, waves, then how far themes may be trusted."""
    found = []
    if tables := [_breakdown(release, one, language) for one in release.content["breakdowns"]]:
        found.append(
            Section("groups", _("D’un groupe à l’autre"), _groups_intro(release), tables=tuple(tables))
        )
    if release.content.get("waves"):
        table = changes_table(release, release.content["waves"])
        found.append(Section("waves", _("D’une enquête à l’autre"), tables=(table,)))
    if any(scale.get("alpha") is not None for scale in release.content["scales"]):
        found.append(
            Section(
                "reliability",
                _("Solidité des thèmes"),
                _(
                    "L’alpha et l’oméga disent si les phrases d’un thème vont ensemble : au-dessus de 0,70, oui."
                ),
                tables=(_reliability(release),),
            )
        )
    return found


def _groups_intro(release: Release) -> str:
    words = _("Les groupes sont dans l’ordre de leur nom : ce n’est pas un classement.")
    if release.content["protection"]["hidden"]:
        words += " " + _("Une variable qui ne peut pas être montrée en entier n’est pas montrée.")
    return words


def _breakdown(release: Release, breakdown: dict[str, Any], language: str) -> Table:
    categories = breakdown["categories"]
    if len(categories) > MOST_NAMED_GROUPS:
        return _spread(release, said(breakdown, "by", language), categories)
    return Table(
        caption=_("Scores selon « %(by)s »") % {"by": said(breakdown, "by", language)},
        columns=(
            Column(_("Thème")),
            *(Column(said(category, "value", language), numeric=True) for category in categories),
        ),
        rows=(
            *(
                (theme.label, *(_score_text(category, theme, language) for category in categories))
                for theme in release.themes
            ),
            (_("Réponses"), *(category["n"] for category in categories)),
        ),
    )


def said(named: dict[str, Any], key: str, language: str) -> str:
    """The words of a variable or of a group; its name in the file when the questionnaire has none for it."""
    labels = named.get("labels") or {}
    return str(labels.get(language) or labels.get("fr") or named[key])


def _spread(release: Release, by: str, categories: Sequence[dict[str, Any]]) -> Table:
    """How many groups, and between which scores they stand: quarters of their displayed scores."""
    rows = []
    for theme in release.themes:
        places = sorted(
            span.middle
            for category in categories
            if (shown := category["scales"].get(theme.id)) and (span := span_of(shown["mean"]))
        )
        if places:
            rows.append((theme.label, *(_quantile(places, share) for share in (0, 0.25, 0.5, 0.75, 1))))
    heads = (
        _("Le plus bas"),
        _("Un quart sous"),
        _("La moitié sous"),
        _("Trois quarts sous"),
        _("Le plus haut"),
    )
    return Table(
        caption=_("Comment se répartissent les %(n)d groupes de « %(by)s »")
        % {"n": len(categories), "by": by},
        columns=(Column(_("Thème")), *(Column(head, numeric=True) for head in heads)),
        rows=tuple(rows),
        note=_("Chaque groupe compte pour un, quelle que soit sa taille ; le détail est dans le classeur."),
    )


def _quantile(places: Sequence[float], share: float) -> float:
    """The displayed score under which this share of the groups stands (nearest rank)."""
    return places[min(len(places) - 1, round(share * (len(places) - 1)))]


def _score_text(category: dict[str, Any], theme: Theme, language: str) -> str:
    shown = category["scales"].get(theme.id)
    if not shown or (span := span_of(shown["mean"], shown.get("text"))) is None:
        return "–"
    return span.written(language)


def _reliability(release: Release) -> Table:
    by_id = {scale["id"]: scale for scale in release.content["scales"]}
    rows = []
    for theme in release.themes:
        scale = by_id[theme.id]
        around = scale["alpha_ci95"] or (None, None)
        rows.append((theme.label, len(scale["items"]), scale["alpha"], *around, scale["omega"]))
    return Table(
        caption=_("Fiabilité de chaque thème"),
        columns=(
            Column(_("Thème")),
            Column(_("Phrases"), numeric=True),
            Column(_("Alpha"), numeric=True, decimals=2),
            Column(_("au moins"), numeric=True, decimals=2),
            Column(_("au plus"), numeric=True, decimals=2),
            Column(_("Oméga"), numeric=True, decimals=2),
        ),
        rows=tuple(rows),
        note=_("Alpha de Cronbach avec l’intervalle de Feldt à 95 % ; oméga de McDonald à un facteur."),
    )
