"""A network read cut by cut: the groups of one variable on one theme, from the counts its release holds.

Everything here comes from released content. The cuts were fixed and closed together when the envelopes were opened:
choosing one on the screen computes nothing that was not already told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from labqvt.diagnostics.comparisons import said
from labqvt.diagnostics.released import Release, Theme, is_counted, released, span_of
from labqvt.documents.charts import Span
from labqvt.documents.tables import Column, Table
from labqvt_stats.groups import GroupMean, against_the_rest
from labqvt_stats.waves import Verdict

Json = Mapping[str, Any]
REGION: Final = "structure.region"


@dataclass(frozen=True, slots=True)
class Group:
    """One group on one theme. ``code`` is the value of the variable; ``counts``, of each question by its codes."""

    code: str
    label: str
    n: int
    structures: int
    value: Span | None
    interval: tuple[float, float] | None
    verdict: Verdict
    counts: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Crossing:
    """One cut on one theme, and what else may be chosen."""

    breakdown: Json
    theme: Theme
    cuts: tuple[tuple[str, str], ...]
    themes: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    verdicts: Mapping[str, Sequence[Verdict]]
    withheld: tuple[str, ...]
    release: Release
    language: str

    @property
    def cut(self) -> str:
        return str(self.breakdown["by"])

    @property
    def cut_label(self) -> str:
        return dict(self.cuts)[self.cut]


def crossing_of(
    content: Json, language: str, *, cut: str = "", theme: str = "", added: Sequence[Json] = ()
) -> Crossing | None:
    """The cut and the theme asked for, or the first ones; None when the release has no cut to tell.

    ``added`` are the breakdowns told since the release.
    """
    release = released(content, language)
    breakdowns = {one["by"]: one for one in (*content["breakdowns"], *added) if is_counted(one)}
    if not breakdowns or not release.shown:
        return None
    chosen = breakdowns.get(cut) or next(iter(breakdowns.values()))
    shown = {one.id: one for one in release.themes if one.value}
    about = shown.get(theme) or next(iter(shown.values()))
    verdicts = _verdicts(chosen, list(shown.values()))
    return Crossing(
        breakdown=chosen,
        theme=about,
        cuts=tuple((by, said(one, "by", language)) for by, one in breakdowns.items()),
        themes=tuple((one.id, one.label) for one in shown.values()),
        groups=_groups(chosen, about, verdicts[about.id], language),
        verdicts=verdicts,
        withheld=tuple(said(one, "by", language) for one in content.get("withheld", [])),
        release=release,
        language=language,
    )


def _groups(breakdown: Json, theme: Theme, verdicts: Sequence[Verdict], language: str) -> tuple[Group, ...]:
    return tuple(
        Group(
            code=category["value"],
            label=said(category, "value", language),
            n=category["n"],
            structures=category["structures"],
            value=span_of(score["mean"]) if (score := category["scales"].get(theme.id)) else None,
            interval=(score["ci95"][0], score["ci95"][1]) if score and score["ci95"] else None,
            verdict=verdict,
            counts=category["counts"],
        )
        for category, verdict in zip(breakdown["categories"], verdicts, strict=True)
    )


def _verdicts(breakdown: Json, themes: Sequence[Theme]) -> dict[str, list[Verdict]]:
    """Which groups of a cut differ from the others, theme by theme: everything the page compares, at once."""
    categories = breakdown["categories"]
    compared = {theme.id: _means(categories, theme) for theme in themes}
    told = {theme_id: means for theme_id, means in compared.items() if means is not None}
    found = dict(zip(told, against_the_rest(list(told.values())), strict=True))
    return {theme.id: found.get(theme.id) or ["not-demonstrable"] * len(categories) for theme in themes}


def _means(categories: Sequence[Json], theme: Theme) -> list[GroupMean] | None:
    """What is known of each group; None when the interval of one is withheld (under half of it answered)."""
    scores = [category["scales"].get(theme.id) for category in categories]
    if not all(score and score["ci95"] for score in scores):
        return None
    return [
        GroupMean(
            score["mean"], (score["ci95"][1] - score["ci95"][0]) / 2, score["n"], category["structures"]
        )
        for score, category in zip(scores, categories, strict=True)
    ]


def sentence_of(crossing: Crossing) -> str:
    """What this cut says, in one sentence: who differs, or that nobody can be said to."""
    up = [group.label for group in crossing.groups if group.verdict == "up"]
    down = [group.label for group in crossing.groups if group.verdict == "down"]
    theme = crossing.theme.label
    if not up and not down:
        return _(
            "Sur « %(theme)s », on ne peut pas dire qu’un groupe diffère des autres : les écarts peuvent venir du hasard des réponses."
        ) % {"theme": theme}  # fmt: skip
    parts = [_("plus haut pour %(names)s") % {"names": _listed(up)}] if up else []
    parts += [_("plus bas pour %(names)s") % {"names": _listed(down)}] if down else []
    return _("Sur « %(theme)s », le score est %(parts)s que pour les autres, au-delà du hasard des réponses.") % {
        "theme": theme, "parts": ", ".join(parts),
    }  # fmt: skip


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"« {name} »" for name in names)


def themes_table(crossing: Crossing) -> Table:
    """Every theme by every group of the cut."""
    breakdown = crossing.breakdown
    rows = [
        (
            theme.label,
            *(
                _score(category, theme, verdict, crossing.language)
                for category, verdict in zip(
                    breakdown["categories"], crossing.verdicts[theme.id], strict=True
                )
            ),
        )
        for theme in crossing.release.themes
        if theme.value
    ]
    rows.append((_("Réponses"), *(group.n for group in crossing.groups)))
    rows.append((_("Structures"), *(group.structures for group in crossing.groups)))
    return Table(
        caption=_("Tous les thèmes selon « %(by)s »") % {"by": crossing.cut_label},
        columns=(Column(_("Thème")), *(Column(group.label, numeric=True) for group in crossing.groups)),
        rows=tuple(rows),
        note=_("Les groupes ne sont pas dans l’ordre de leurs scores : ce n’est pas un classement."),
    )


def _score(category: Json, theme: Theme, verdict: Verdict, language: str) -> str:
    score = category["scales"].get(theme.id)
    if score is None or (span := span_of(score["mean"])) is None:
        return "–"
    words = {"up": _("plus haut"), "down": _("plus bas"), "not-demonstrable": ""}[verdict]
    written = span.written(language)
    return f"{written} – {words}" if words else written
