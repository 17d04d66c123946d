"""What a questionnaire must be for people to answer it on ``/r/``."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from labqvt.instruments.sheet_parts import keys_of
from labqvt_forms import FileUpload, Item, Questionnaire, Rows


@dataclass(frozen=True, slots=True)
class Unanswerable:
    """An item ``/r/`` cannot ask, and why, in a sentence."""

    item: Item
    reason: str
    is_condition: bool = False


def unanswerable(form: Questionnaire) -> list[Unanswerable]:
    """Items no page can ask: a file, which says who sent it; a condition our logic cannot say."""
    return [found for item in form.items if (found := _obstacle(item, form)) is not None]


def _obstacle(item: Item, form: Questionnaire) -> Unanswerable | None:
    if isinstance(item, FileUpload):
        return Unanswerable(
            item, _("Elle demande un fichier : son nom et son contenu diraient qui l’envoie, et une feuille scellée ne le tient pas.")
        )  # fmt: skip
    rows = item.rows if isinstance(item, Rows) else ()
    conditions = [item.relevant, form.group_of(item).relevant, *(row.relevant for row in rows)]
    if any(condition is not None and condition.tree is None for condition in conditions):
        return Unanswerable(
            item, _("Sa condition vient d’un autre outil et ne se lit pas ici : récrivez-la, ou enlevez-la."), is_condition=True
        )  # fmt: skip
    return None


def asks_the_same(form: Questionnaire, other: Questionnaire) -> bool:
    """Whether the answers to one are answers to the other: same variables, same kinds, same codes, same conditions."""
    return _shape(form) == _shape(other)


def _shape(form: Questionnaire) -> list[tuple[object, ...]]:
    return [
        (
            variable.id,
            variable.kind,
            tuple(keys_of(variable)),
            tuple((c.code, c.role, c.exclusive) for c in variable.choices.choices)
            if variable.choices
            else (),
            str(variable.relevant or ""),
            variable.required,
            form.groups.index(form.group_of(variable.item)),
        )
        for variable in form.variables
    ]
