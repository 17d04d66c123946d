"""The pictures of a network cut by cut, drawn from released values and from nothing else."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from labqvt.diagnostics.crossing import REGION, Crossing, Group
from labqvt.diagnostics.figures import KINDS, axis, class_words
from labqvt.diagnostics.released import CLASSES, Question
from labqvt.documents.charts import (
    Chart,
    DotRow,
    LikertClass,
    LikertRow,
    Reference,
    RegionValue,
    Span,
    dots_with_intervals,
    likert_bars,
    region_map,
)
from labqvt.people.regions import REGIONS


def charts_of(crossing: Crossing) -> list[Chart]:
    """The theme group by group, on a map too for regions, then each of its questions."""
    found = [groups_figure(crossing)]
    if crossing.cut == REGION:
        found.append(regions_figure(crossing))
    return found + [
        question_by_group(crossing, question) for question in crossing.theme.questions if question.is_ordered
    ]


def groups_figure(crossing: Crossing) -> Chart:
    """One theme group by group, against the whole."""
    theme = crossing.theme
    assert theme.value is not None
    return dots_with_intervals(
        title=_("%(theme)s selon « %(by)s »") % {"theme": theme.label, "by": crossing.cut_label},
        rows=tuple(
            DotRow(group.label, group.value, interval=group.interval, hue=theme.hue, note=_people(group))
            for group in crossing.groups
        ),
        scale=axis(crossing.release),
        reference=Reference(theme.value.middle, _("l’ensemble")),
        value_label=_("Score"),
        description=_("Un point par groupe, autour de lui l’intervalle à 95 %, et un trait pour l’ensemble."),
        language=crossing.language,
        chart_id="groupes",
    )


def _people(group: Group) -> str:
    return _("%(n)s réponses, %(structures)s structures") % {"n": group.n, "structures": group.structures}


_LEVELS: Final = {"down": 0, "not-demonstrable": 1, "up": 2}


def regions_figure(crossing: Crossing) -> Chart:
    """Where the theme stands higher or lower than elsewhere; a region told with others is left blank."""
    return region_map(
        title=_("%(theme)s, région par région") % {"theme": crossing.theme.label},
        classes=(_("plus bas que les autres"), _("on ne peut pas conclure"), _("plus haut que les autres")),
        values=tuple(
            RegionValue(group.code, axis(crossing.release).write(group.value, crossing.language), _LEVELS[group.verdict])
            for group in crossing.groups
            if group.value is not None and group.code in REGIONS
        ),
        value_label=_("Score"),
        description=_("La teinte dit si la région diffère des autres au-delà du hasard des réponses."),
        language=crossing.language,
        chart_id="carte",
    )  # fmt: skip


def question_by_group(crossing: Crossing, question: Question) -> Chart:
    """One question: the classes of opinion in each group."""
    words = class_words(good_from_bad=crossing.release.tells_good_from_bad)
    item = next(one for one in crossing.release.content["items"] if one["id"] == question.id)
    label = (
        _("%(sentence)s (phrase inversée)") % {"sentence": question.label}
        if question.reverse
        else question.label
    )
    return likert_bars(
        title=label,
        classes=tuple(LikertClass(KINDS[name], words[name]) for name in CLASSES),
        rows=tuple(
            LikertRow(
                group.label,
                _shares(class_counts(group.counts[question.id], item), group.n),
                hue=crossing.theme.hue,
                note=str(group.n),
            )
            for group in crossing.groups
        ),
        unit="%",
        note_label=_("Réponses"),
        description=_("Une barre par groupe : la part de chaque classe d’opinion."),
        language=crossing.language,
    )


def _shares(counted: Mapping[str, int], n: int) -> tuple[Span, ...]:
    """Percentages that make a hundred: the last class takes what is left."""
    shares = [100 * counted[name] / n for name in CLASSES[:-1]]
    return tuple(map(Span.exact, (*shares, max(0.0, 100 - sum(shares)))))


def class_counts(counts: Sequence[int], item: Mapping[str, Any]) -> dict[str, int]:
    """How many people of a group are in each class of opinion, people without an answer in theirs."""
    found = dict.fromkeys(CLASSES, 0)
    for code, number in zip(item["counts"], counts, strict=False):
        found[item["class_of"][code]] += number
    found["none"] += counts[len(item["counts"])]
    return found
