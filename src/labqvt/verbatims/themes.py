"""Themes given by hand. How many texts carry one is a number about people: it is never shown, only compared.

A theme is named when enough texts to one question carry it: each is then of another person.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from labqvt.evidence.kept_texts import KeptText, Place
from labqvt.evidence.models import TextReading

MOST: Final = 20
LONGEST: Final = 60


def offered(reading: TextReading) -> list[dict[str, Any]]:
    """The themes in use, in the order they were added."""
    return [theme for theme in reading.themes if not theme["removed"]]


def known(reading: TextReading, chosen: Iterable[str]) -> list[str]:
    """Of what was ticked, what is a theme of this reading."""
    wanted = set(chosen)
    return [theme["id"] for theme in offered(reading) if theme["id"] in wanted]


def checked(reading: TextReading, label: str, *, but: str = "") -> str:
    """A label one may use, tidied; refused with the sentence otherwise."""
    label = " ".join(label.split())
    if not label:
        raise ValidationError({"label": _("Donnez un nom au thème.")})
    if len(label) > LONGEST:
        raise ValidationError({"label": _("Le nom d’un thème compte %(most)s signes au plus.") % {"most": LONGEST}})  # fmt: skip
    others = [theme for theme in offered(reading) if theme["id"] != but]
    if any(theme["label"].casefold() == label.casefold() for theme in others):
        raise ValidationError({"label": _("Ce thème est déjà dans la liste.")})
    if not but and len(others) >= MOST:
        raise ValidationError({"label": _("Vingt thèmes suffisent : réunissez-en avant d’en ajouter.")})
    return label


def named(
    reading: TextReading, settled: Iterable[tuple[Place, KeptText]], *, least: int
) -> dict[str, list[str]]:
    """The themes that enough texts to a question carry, by question, by name. No number leaves this function."""
    labels = {theme["id"]: theme["label"] for theme in offered(reading)}
    carried = Counter(
        (place.question, theme) for place, text in settled for theme in set(text.themes) if theme in labels
    )
    found: dict[str, list[str]] = {}
    for (question, theme), texts in carried.items():
        if texts >= least:
            found.setdefault(question, []).append(labels[theme])
    return {question: sorted(names, key=str.casefold) for question, names in found.items()}
