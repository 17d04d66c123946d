"""« Ce que l’équipe a écrit »: extracts that were treated and looked at twice, the same for everybody."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from labqvt.diagnostics.sections import Section, Written
from labqvt.verbatims.told import Told


def written_section(told: Told | None, language: str) -> Section | None:
    """The section of free texts; nothing when the campaign had none to read."""
    if told is None:
        return None
    title = _("Ce que l’équipe a écrit")
    if told.questions:
        intro = _(
            "Des extraits, pas des chiffres. Une personne extérieure a masqué ou redit ce qui ferait reconnaître quelqu’un ; "
            "une deuxième a relu chaque extrait. Ils sont sans ordre et ne disent pas ce que pense la majorité."
        )
        return Section(
            "texts", title, intro, written=tuple(_one(question, language) for question in told.questions)
        )
    if told.awaited_until is not None:
        return Section("texts", title, _(
            "Les textes libres sont lus par une personne extérieure, puis relus. S’il en reste assez qui protègent chacun, "
            "des extraits paraîtront ici pour tout le monde à la même heure, au plus tard le %(day)s."
        ) % {"day": date_format(told.awaited_until, "j F Y")})  # fmt: skip
    return Section("texts", title, _(
        "Aucun extrait ne paraît : trop peu de textes, ou pas assez qui protègent chacun. Tous ont été détruits."
    ))  # fmt: skip


def _one(question: dict, language: str) -> Written:
    labels = question["labels"]
    return Written(
        labels.get(language) or labels.get("fr") or next(iter(labels.values())),
        tuple(question["themes"]),
        tuple(question["quotations"]),
    )
