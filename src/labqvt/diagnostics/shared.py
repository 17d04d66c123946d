"""The scores of structures that agreed to show them, side by side and never ranked."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from labqvt.diagnostics.released import Release, released
from labqvt.documents.tables import Column, Table
from labqvt.evidence.models import StructureRelease


def shared_table(found: Iterable[StructureRelease], language: str) -> Table:
    """One row per structure, in the order of names; scores as their own page displays them, rounded and bounded."""
    rows = [(str(one.organisation), released(one.content, language)) for one in found]
    themes = [(theme.id, theme.label) for theme in rows[0][1].themes] if rows else []
    return Table(
        caption=_("Structures qui montrent leurs résultats"),
        columns=(
            Column(_("Structure")),
            Column(_("Réponses"), numeric=True),
            *(Column(label, numeric=True) for _id, label in themes),
        ),
        rows=tuple(
            (name, release.n, *(_shown(release, theme_id, language) for theme_id, _label in themes))
            for name, release in rows
        ),
        note=_("Scores arrondis, comme sur la page de chaque structure. L’ordre est celui des noms : ce n’est pas un classement."),
    )  # fmt: skip


def _shown(release: Release, theme_id: str, language: str) -> str:
    theme = next((one for one in release.themes if one.id == theme_id), None)
    return theme.value.written(language) if theme and theme.value else "–"
