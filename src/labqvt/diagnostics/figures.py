"""The pictures of a diagnosis, drawn from released values and from nothing else."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from labqvt.diagnostics.released import CLASSES, Question, Release, span_of
from labqvt.documents.charts import (
    Chart,
    DotRow,
    DumbbellRow,
    LikertClass,
    LikertRow,
    Scale,
    Span,
    dots_with_intervals,
    dumbbell,
    likert_bars,
)

KINDS = {
    "favourable": "favourable",
    "neutral": "neutral",
    "unfavourable": "unfavourable",
    "none": "unanswered",
}


def axis(release: Release) -> Scale:
    """The axis of every score: fixed by the instrument, its ends in words."""
    if release.tells_good_from_bad:
        return Scale(low_words=_("réponses défavorables"), high_words=_("réponses favorables"))
    return Scale(low_words=_("peu"), high_words=_("beaucoup"))


def scores_figure(release: Release, source: str, language: str) -> Chart:
    """Where each theme stands, with what surrounds it; the most favourable on top."""
    rows = tuple(
        DotRow(theme.label, theme.value, interval=theme.interval, bounds=theme.bounds, hue=theme.hue)
        for theme in (*release.shown, *(theme for theme in release.themes if theme.value is None))
    )
    return dots_with_intervals(
        title=_("Où en est chaque thème, de 0 à 100"),
        rows=rows,
        scale=axis(release),
        value_label=_("Score"),
        description=_("Un point par thème, et autour de lui ce que l’on ne peut pas exclure."),
        source=source,
        language=language,
        chart_id="scores",
    )


def opinions_figures(release: Release, language: str) -> tuple[Chart, ...]:
    """How each question was answered, in three classes: one figure per theme, one for what belongs to none."""
    words = class_words(good_from_bad=release.tells_good_from_bad)
    drawn = [
        _opinions(theme.questions, theme.label, theme.hue, words=words, language=language)
        for theme in release.themes
    ]
    drawn.append(_opinions(release.others, _("Autres questions"), "", words=words, language=language))
    return tuple(chart for chart in drawn if chart is not None)


def mirror_figure(release: Release, source: str, language: str) -> Chart | None:
    """Direction and employees on one line; nothing at all without a released mirror."""
    mirror = release.content.get("mirror")
    if not mirror or not any(row["direction"] for row in mirror):
        return None
    sides = {row["scale"]: row for row in mirror if "scale" in row}
    rows = tuple(
        DumbbellRow(
            theme.label,
            _side(sides[theme.id], "direction"),
            _side(sides[theme.id], "employees"),
            hue=theme.hue,
        )
        for theme in release.themes
        if theme.id in sides
    )
    return dumbbell(
        title=_("Le regard de la direction et celui de l’équipe"),
        first=_("direction"),
        second=_("équipe"),
        rows=rows,
        scale=axis(release),
        description=_(
            "Pour chaque thème, un rond pour la direction et un losange pour l’équipe, sur la même ligne."
        ),
        source=source,
        language=language,
        chart_id="regards",
    )


def _side(row: dict, side: str) -> Span | None:
    shown = row[side]
    return None if shown is None else span_of(shown["mean"], shown.get("text"))


def _opinions(
    questions: Sequence[Question], title: str, hue: str, *, words: Mapping[str, str], language: str
) -> Chart | None:
    shown = [question for question in questions if question.is_ordered]
    if not shown:
        return None
    return likert_bars(
        title=title,
        classes=tuple(LikertClass(KINDS[name], words[name]) for name in CLASSES),
        rows=tuple(_row(question, hue) for question in shown),
        description=_("Une barre par phrase : combien de réponses dans chaque classe d’opinion."),
        language=language,
    )


def class_words(*, good_from_bad: bool) -> dict[str, str]:
    """The classes of opinion as they are called everywhere; without a known sense, high and low."""
    ends = (
        (_("Favorable"), _("Défavorable")) if good_from_bad else (_("Réponses hautes"), _("Réponses basses"))
    )
    return dict(zip(CLASSES, (ends[0], _("Entre les deux"), ends[1], _("Sans réponse")), strict=True))


def _row(question: Question, hue: str) -> LikertRow:
    assert question.classes is not None
    label = question.label
    if question.reverse:
        label = _("%(sentence)s (phrase inversée)") % {"sentence": label}
    return LikertRow(
        label,
        tuple(Span(*question.classes[name]) for name in CLASSES),
        total=question.total,
        hue=hue,
    )
