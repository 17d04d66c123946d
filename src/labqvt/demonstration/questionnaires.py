"""A questionnaire being written by the region: half translated, with two conditions and a score."""

from dataclasses import replace
from typing import Any, Final

from labqvt.instruments import drafts, services
from labqvt.instruments.models import Questionnaire, QuestionnaireVersion
from labqvt.people.models import Scope
from labqvt_forms import Choice, ChoiceList, Formula, Item, Kind, Row, Text, editing
from labqvt_forms import Questionnaire as Form
from labqvt_forms.items import YES_NO
from labqvt_forms.spots import WHOLE, Spot

TITLE: Final = "Un an après : ce qui a changé"
_PLACES: Final = ChoiceList(
    "lieux",
    (
        Choice("1", Text.of(fr="Dans nos locaux", en="On our premises")),
        Choice("2", Text.of(fr="Chez les personnes accompagnées", en="At people’s homes")),
        Choice("3", Text.of(fr="À distance, au moins un jour par semaine")),
    ),
)


def draft_of_the_region(*, scope: Scope, by: Any) -> QuestionnaireVersion:
    """Write it as its author does: act after act, each of them kept."""
    version = services.write_questionnaire(
        title=TITLE, kind=Questionnaire.Kind.EMPLOYEES, language="fr", scope=scope, by=by
    )
    for sentence, act in _ACTS:
        version = drafts.change(version=version, form=act(version.form), sentence=sentence, by=by)
    return version


def _named(form: Form) -> Form:
    form = editing.set_text(form, WHOLE, "welcome", "Il y a un an, votre équipe essayait une nouvelle organisation. Quelques questions pour dire ce que vous en retenez : trois minutes, sans nom.", "fr")  # fmt: skip
    form = editing.set_text(
        form, WHOLE, "end", "Merci. Les résultats seront présentés à toute l’équipe.", "fr"
    )
    form = editing.set_text(form, Spot.group("G1"), "title", "Votre travail depuis un an", "fr")
    return editing.set_text(form, Spot.group("G1"), "description", "Ce que l’essai a changé, ou pas, dans vos journées.", "fr")  # fmt: skip


def _statements(form: Form) -> Form:
    rows = (
        Row(id="a", label=Text.of(fr="Je sais mieux ce que l’on attend de moi.", en="I know better what is expected of me.")),
        Row(id="b", label=Text.of(fr="Je suis plus souvent interrompu ou interrompue.", en="I am interrupted more often."), reverse=True),
        Row(id="c", label=Text.of(fr="Je peux dire quand quelque chose ne va pas.")),
    )  # fmt: skip
    form = _added(form, "G1", replace(editing.example_item(Kind.BLOCK), rows=rows))  # type: ignore[call-arg]  # a block has rows
    form = editing.add_scale(form, Text.of(fr="Ce qui a changé", en="What has changed"))
    for variable in form.answer_variables:
        form = editing.put_in_scale(form, form.scales[0].id, variable.id)
    return form


def _places(form: Form) -> Form:
    asked = replace(editing.example_item(Kind.SINGLE), label=Text.of(fr="Où travaillez-vous le plus souvent ?", en="Where do you work most often?"), choices=_PLACES, profile=True)  # type: ignore[call-arg]  # fmt: skip  # a single choice has choices
    form = _added(form, "G1", asked)
    where = form.items[-1].id
    form = _added(form, "G1", _worded(Kind.RATING, "De 0 à 10, comment se passe le travail à distance ?"))
    return editing.set_condition(form, Spot.item(form.items[-1].id), Formula(f"${{{where}}} = '3'"))


def _ideas(form: Form) -> Form:
    form = editing.add_group(form, Text.of(fr="Et maintenant ?", en="What now?"))
    page = form.groups[-1].id
    form = _added(form, page, _worded(Kind.YES_NO, "Faut-il continuer cet essai ?"))
    goes_on = form.items[-1].id
    form = _added(form, page, _worded(Kind.TEXT, "Que faudrait-il changer en premier ?"))
    return editing.set_condition(
        form, Spot.item(form.items[-1].id), Formula(f"${{{goes_on}}} = '{YES_NO.codes[0]}'")
    )


def _worded(kind: Kind, words: str) -> Item:
    return replace(editing.example_item(kind), label=Text.of(fr=words))


def _added(form: Form, group_id: str, item: Item) -> Form:
    return editing.add_item(form, group_id, editing.fresh(form, item, group_id))


_ACTS: Final = (
    ("Réglages modifiés", _named),
    ("Question ajoutée : Êtes-vous d’accord avec ces phrases ?", _statements),
    ("Question ajoutée : Où travaillez-vous le plus souvent ?", _places),
    ("Page ajoutée : Et maintenant ?", _ideas),
    ("Langue ajoutée : English", lambda form: editing.add_language(form, "en")),
)
