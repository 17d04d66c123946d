"""The pictures of a diagnosis, drawn from released values and from nothing else."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from labqvt.diagnostics.released import CLASSES, Question, Release, Theme, span_of
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

_KINDS = {"favourable": "favourable", "neutral": "neutral", "unfavourable": "unfavourable", "none": "unanswered"}


def axis() -> Scale:
    """The axis of every score: fixed by the instrument, its ends in words."""
    return Scale(low_words=_("réponses défavorables"), high_words=_("réponses favorables"))


def scores_figure(release: Release, source: str, language: str) -> Chart:
    """Where each theme stands, with what surrounds it; the most favourable on top."""
    rows = tuple(
        DotRow(theme.label, theme.value, interval=theme.interval, bounds=theme.bounds, hue=theme.hue)
        for theme in (*release.shown, *(theme for theme in release.themes if theme.value is None))
    )
    return dots_with_intervals(
        title=_("Où en est chaque thème, de 0 à 100"),
        rows=rows,
        scale=axis(),
        value_label=_("Score"),
        description=_("Un point par thème, et autour de lui ce que l’on ne peut pas exclure."),
        source=source,
        language=language,
        chart_id="scores",
    )


def opinions_figure(theme: Theme, source: str, language: str) -> Chart | None:
    """How each question of a theme was answered, in three classes."""
    return _opinions(theme.questions, theme.label, theme.hue, f"opinions-{theme.id}", source, language)


def other_opinions_figure(questions: Sequence[Question], source: str, language: str) -> Chart | None:
    """The questions that belong to no theme."""
    return _opinions(questions, _("Autres questions"), "", "opinions-autres", source, language)


def mirror_figure(release: Release, source: str, language: str) -> Chart | None:
    """Direction and employees on one line; nothing at all without a released mirror."""
    mirror = release.content.get("mirror")
    if not mirror or not any(row["direction"] for row in mirror):
        return None
    sides = {row["scale"]: row for row in mirror if "scale" in row}
    rows = tuple(
        DumbbellRow(theme.label, _side(sides[theme.id], "direction"), _side(sides[theme.id], "employees"), hue=theme.hue)
        for theme in release.themes
        if theme.id in sides
    )
    return dumbbell(
        title=_("Le regard de la direction et celui de l’équipe"),
        first=_("direction"),
        second=_("équipe"),
        rows=rows,
        scale=axis(),
        description=_("Pour chaque thème, un rond pour la direction et un losange pour l’équipe, sur la même ligne."),
        source=source,
        language=language,
        chart_id="regards",
    )


def _side(row: dict, side: str) -> Span | None:
    shown = row[side]
    return None if shown is None else span_of(shown["mean"], shown.get("text"))


def _opinions(
    questions: Sequence[Question], title: str, hue: str, chart_id: str, source: str, language: str
) -> Chart | None:
    shown = [question for question in questions if question.classes is not None]
    if not shown:
        return None
    return likert_bars(
        title=title,
        classes=tuple(LikertClass(_KINDS[name], words) for name, words in class_words().items()),
        rows=tuple(_row(question, hue) for question in shown),
        description=_("Une barre par phrase : combien de réponses favorables, entre les deux, défavorables ou absentes."),
        source=source,
        language=language,
        chart_id=chart_id,
    )


def class_words() -> dict[str, str]:
    """The classes of opinion as they are called everywhere."""
    words = (_("Favorable"), _("Entre les deux"), _("Défavorable"), _("Sans réponse"))
    return dict(zip(CLASSES, words, strict=True))


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
