"""What changed from one wave to the next, from what each one told: never from answers, which are gone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from labqvt.diagnostics.figures import axis
from labqvt.diagnostics.released import Release, Theme, released
from labqvt.diagnostics.sections import Section
from labqvt.documents.charts import Chart, TrendPoint, TrendSeries, Wave, trend
from labqvt.documents.tables import Column, Table
from labqvt_stats.diagnosis import changes_between

Json = Mapping[str, Any]
# Lines that a figure holds and an eye still tells apart.
MOST_LINES: Final = 6


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier wave told. ``comparable`` are the themes asked in the same words since.

    ``same_structures``: whether it asked the structures that the wave being read asks.
    """

    name: str
    content: Json
    comparable: frozenset[str]
    same_structures: bool = True


def trend_section(release: Release, name: str, earlier: Sequence[Earlier], language: str) -> Section | None:
    """Each theme wave after wave, then what may be concluded of the last two; nothing without an earlier wave.

    ``name`` is that of the wave being read.
    """
    if not earlier or not release.shown:
        return None
    last = earlier[-1]
    changes = changes_between(last.content, release.content, last.name, name, last.comparable)
    if not changes:
        return None
    return Section(
        "waves",
        _("D’une enquête à l’autre"),
        _("Les personnes ne sont pas suivies : deux photographies se comparent, prises à deux moments."),
        charts=_charts(release, name, earlier, {change["scale"] for change in changes}, language),
        tables=(changes_table(release, changes),),
        points=_cautions(changes, last),
    )


def _charts(
    release: Release, name: str, earlier: Sequence[Earlier], scales: Collection[str], language: str
) -> tuple[Chart, ...]:
    pictures = [(wave.name, released(wave.content, language), wave.comparable) for wave in earlier]
    pictures.append((name, release, frozenset(scales)))
    lines = [theme for theme in release.themes if theme.id in scales and theme.value is not None]
    groups = [lines[start : start + MOST_LINES] for start in range(0, len(lines), MOST_LINES)]
    return tuple(
        trend(
            title=_("Chaque thème, enquête après enquête")
            if len(groups) == 1
            else _("Thèmes, enquête après enquête (%(rank)s sur %(total)s)") % {"rank": rank, "total": len(groups)},
            waves=tuple(Wave(wave, _("%(n)s réponses") % {"n": one.n}) for wave, one, _scales in pictures),
            series=tuple(
                TrendSeries(theme.label, tuple(_point(one, theme, kept) for _name, one, kept in pictures), hue=theme.hue)
                for theme in group
            ),
            scale=axis(release),
            description=_("Une ligne par thème, un point par enquête, et ce que l’on ne peut pas exclure autour."),
            language=language,
            chart_id=f"vagues-{rank}",
        )
        for rank, group in enumerate(groups, start=1)
    )  # fmt: skip


def _point(wave: Release, theme: Theme, comparable: Collection[str]) -> TrendPoint | None:
    """Where a theme stood at one wave; nothing when it was asked otherwise, or not told."""
    then = next((one for one in wave.themes if one.id == theme.id and one.id in comparable), None)
    return None if then is None or then.value is None else TrendPoint(then.value, then.interval)


def changes_table(release: Release, changes: Sequence[Json]) -> Table:
    """What changed between two waves, and what may be concluded of it."""
    labels = {theme.id: theme.label for theme in release.themes}
    good = release.tells_good_from_bad
    verdicts = {
        "up": _("plus favorable") if good else _("plus haut"),
        "down": _("moins favorable") if good else _("plus bas"),
        "not-demonstrable": _("on ne peut pas conclure"),
    }
    spans = {(change["from"], change["to"]) for change in changes}
    when = () if len(spans) == 1 else (Column(_("De")), Column(_("À")))
    return Table(
        caption=_("Ce qui a changé, de %(first)s à %(last)s") % dict(zip(("first", "last"), *spans, strict=True))
        if len(spans) == 1
        else _("Ce qui a changé"),
        columns=(
            Column(_("Thème")),
            *when,
            Column(_("Lecture")),
            Column(_("Écart"), numeric=True, decimals=0),
            Column(_("au moins"), numeric=True, decimals=0),
            Column(_("au plus"), numeric=True, decimals=0),
            Column(_("Plus petit écart démontrable"), numeric=True, decimals=0),
        ),
        rows=tuple(
            (
                labels.get(change["scale"], change["scale"]), *((change["from"], change["to"]) if when else ()),
                verdicts[change["verdict"]], change["difference"], *(change["ci95"] or (None, None)), change["detectable"],
            )
            for change in changes
        ),
        note=_(
            "Écart en points, avec ce que l’on ne peut pas exclure à 95 %. La dernière colonne est l’écart qu’un tel "
            "nombre de réponses démontrerait quatre fois sur cinq."
        ),
    )  # fmt: skip


def _cautions(changes: Sequence[Json], last: Earlier) -> tuple[str, ...]:
    cautions = []
    if not last.same_structures:
        cautions.append(
            _("Les deux enquêtes n’ont pas interrogé tout à fait les mêmes structures : une partie de l’écart peut venir de là.")
        )  # fmt: skip
    if all(change["verdict"] == "not-demonstrable" for change in changes):
        cautions.append(
            _("Ne pas pouvoir conclure ne veut pas dire que rien n’a changé : l’écart est trop petit pour ce nombre de réponses.")
        )  # fmt: skip
    return tuple(cautions)
