"""The parts of a draft an address names, or the sentence that says they are gone."""

from django.utils.translation import gettext as _

from labqvt.instruments.editor.desk import Gone
from labqvt_forms import FormError, Group, Item, Questionnaire, Rows
from labqvt_forms.editing import place_of
from labqvt_forms.items import Row
from labqvt_forms.spots import group_at, item_at, row_at


def group_or_gone(form: Questionnaire, group_id: str) -> Group:
    try:
        return group_at(form, group_id)
    except FormError as error:
        raise Gone(
            _("Cette page du questionnaire n’existe plus : elle a été supprimée entre-temps.")
        ) from error


def item_or_gone(form: Questionnaire, item_id: str) -> Item:
    try:
        return item_at(form, item_id)
    except FormError as error:
        raise Gone(_("Cette question n’existe plus : elle a été supprimée entre-temps.")) from error


def row_or_gone(form: Questionnaire, item_id: str, row_id: str) -> Row:
    item_or_gone(form, item_id)
    try:
        return row_at(form, item_id, row_id)
    except FormError as error:
        raise Gone(_("Cette phrase n’existe plus : elle a été supprimée entre-temps.")) from error


def group_of(form: Questionnaire, item_id: str) -> Group:
    return place_of(form, item_id)[0]


def named(item: Item, form: Questionnaire) -> str:
    """What a person calls a question in a sentence: its first words."""
    words = item.label.pick(form.language)
    if not words and isinstance(item, Rows):
        words = item.rows[0].label.pick(form.language)
    return shortened(words) or item.id


def shortened(words: str, longest: int = 60) -> str:
    words = " ".join(words.split())
    return words if len(words) <= longest else words[: longest - 1].rsplit(" ", 1)[0] + "…"
