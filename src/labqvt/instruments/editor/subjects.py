"""The six determinants a score may speak of, by their names in the list our questionnaires are written from."""

from django.utils.translation import get_language

from labqvt.instruments.frameworks import OURS, frameworks


def determinants() -> list[tuple[str, str]]:
    """Their ids and names, in the order of the list."""
    spoken = (get_language() or "fr")[:2]
    return [(subject.id, subject.label.pick(spoken)) for subject in frameworks()[OURS].subjects]
