"""Released content as values to read: themes, questions, who answered. Everything downstream starts here.

Only what a release holds is read, in either of its forms: plain numbers of a network cell, or displayed
intervals ``[lo, hi]`` of anything else. Nothing finer is ever rebuilt from them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from labqvt.documents.charts import Span
from labqvt.foundation.design.tokens import DETERMINANTS

Json = Mapping[str, Any]
Ends = tuple[float, float]
CLASSES = ("favourable", "neutral", "unfavourable", "none")
_HUES = frozenset(hue.id for hue in DETERMINANTS)


@dataclass(frozen=True, slots=True)
class Question:
    """One question and how many people are in each class of opinion (ranges, exact when both ends meet)."""

    id: str
    label: str
    reverse: bool
    total: int
    classes: Mapping[str, Ends] | None

    @property
    def is_ordered(self) -> bool:
        """Shown, and with opinions to draw: a list of professions has none."""
        if self.classes is None:
            return False
        return any(self.classes[name][1] > 0 for name in CLASSES if name != "none")


@dataclass(frozen=True, slots=True)
class Theme:
    """A scale: where it stands and what surrounds it. ``hue`` is a determinant when the scale speaks of one."""

    id: str
    label: str
    hue: str
    value: Span | None
    interval: Ends | None
    bounds: Ends | None
    questions: tuple[Question, ...]

    @property
    def middle(self) -> float:
        """Where the theme stands among the others; meaningful only when it is shown."""
        return self.value.middle if self.value else -1.0

    @property
    def told(self) -> Ends:
        """What the score itself says: its display, or the interval around a number told plainly."""
        assert self.value is not None
        plain = self.value.is_exact and self.interval is not None
        return self.interval if plain and self.interval else (self.value.low, self.value.high)

    @property
    def surely(self) -> Ends:
        """The widest statement made about it: the interval, else the bounds, else the display itself."""
        assert self.value is not None
        return self.interval or self.bounds or (self.value.low, self.value.high)


@dataclass(frozen=True, slots=True)
class Release:
    """The content of ``labqvt/diagnosis/1`` in one language."""

    title: str
    n: int
    population: int | None
    is_network: bool
    themes: tuple[Theme, ...]
    others: tuple[Question, ...]
    content: Json

    @property
    def tells_good_from_bad(self) -> bool:
        """Whether a high score is good news: true of the six determinants, unknown of any other scale.

        « Hostilité » is a scale too: unless the questionnaire says what a theme is about, its score is read as
        « much » or « little » of what it names, never as favourable.
        """
        return bool(self.themes) and all(theme.hue for theme in self.themes)

    @property
    def shown(self) -> tuple[Theme, ...]:
        """Themes with a released score, the most favourable first (ties in the order of the questionnaire)."""
        return tuple(sorted((t for t in self.themes if t.value), key=lambda theme: -theme.middle))


def released(content: Json, language: str) -> Release:
    """Read a release. Labels fall back on the one the diagnosis was computed with."""
    questions = {item["id"]: _question(item, language) for item in content["items"]}
    themes = tuple(_theme(scale, questions, language) for scale in content["scales"])
    grouped = {question.id for theme in themes for question in theme.questions}
    return Release(
        title=_picked(content.get("title", {}), language),
        n=content["n_responses"],
        population=content["n_population"],
        is_network=bool(content.get("network_cell")),
        themes=themes,
        others=tuple(question for key, question in questions.items() if key not in grouped),
        content=content,
    )


def is_counted(breakdown: Json) -> bool:
    """Told plainly, with the count of each answer in each group: a cut of a network."""
    return all(group.get("counts") is not None for group in breakdown["categories"])


def span_of(mean: float | list[float] | None, text: str | None = None) -> Span | None:
    """A released mean, plain or displayed."""
    if mean is None:
        return None
    if isinstance(mean, list):
        return Span(mean[0], mean[1], text or "")
    return Span.exact(mean, text or "")


def _question(item: Json, language: str) -> Question:
    classes = item.get("classes")
    return Question(
        id=item["id"],
        label=_picked(item.get("labels", {}), language) or item["label"],
        reverse=bool(item.get("reverse")),
        total=sum(high for _low, high in classes.values()) if _is_exact(classes) else item["n"],
        classes=None if classes is None else {name: tuple(classes[name]) for name in CLASSES},
    )


def _is_exact(classes: Mapping[str, list[float]] | None) -> bool:
    return classes is not None and all(low == high for low, high in classes.values())


def _theme(scale: Json, questions: Mapping[str, Question], language: str) -> Theme:
    determinant = scale.get("determinant") or ""
    return Theme(
        id=scale["id"],
        label=_picked(scale.get("labels", {}), language) or scale["label"],
        hue=determinant if determinant in _HUES else "",
        value=span_of(scale["mean"], scale.get("text")),
        interval=_ends(scale["ci95"]),
        bounds=_ends(scale.get("bounds")),
        questions=tuple(questions[item] for item in scale["items"] if item in questions),
    )


def _ends(pair: list[float] | None) -> Ends | None:
    return None if pair is None else (pair[0], pair[1])


def _picked(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get("fr") or next(iter(texts.values()), "")
