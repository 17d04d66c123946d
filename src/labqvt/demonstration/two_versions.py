"""A questionnaire the network wrote and corrected: two versions, and what changed from one to the other."""

from dataclasses import replace
from typing import Any, Final

from labqvt.instruments import drafts, services
from labqvt.instruments.models import Questionnaire, QuestionnaireVersion
from labqvt.people.models import Scope
from labqvt_forms import Block, Choice, ChoiceList, Group, Opinion, Row, Scale, Text, editing
from labqvt_forms import Questionnaire as Form
from labqvt_forms.spots import Spot

_AGREEMENT: Final = ChoiceList(
    "accord",
    (
        Choice("1", Text.of(fr="Pas d’accord", en="Disagree"), opinion=Opinion.UNFAVOURABLE),
        Choice(
            "2",
            Text.of(fr="Ni d’accord, ni pas d’accord", en="Neither agree nor disagree"),
            opinion=Opinion.NEUTRAL,
        ),
        Choice("3", Text.of(fr="D’accord", en="Agree"), opinion=Opinion.FAVOURABLE),
    ),
)
_STATEMENTS: Final = Block(
    id="REU", label=Text.of(fr="Êtes-vous d’accord ?", en="Do you agree?"), choices=_AGREEMENT,
    rows=(
        Row(id="REU1", label=Text.of(fr="Nos réunions commencent à l’heure.", en="Our meetings start on time.")),
        Row(id="REU2", label=Text.of(fr="Je peux y dire ce que je pense.", en="I can say what I think there.")),
        Row(id="REU3", label=Text.of(fr="On oublie ce qui a été décidé.", en="What was decided is forgotten."), reverse=True),
        Row(id="REU4", label=Text.of(fr="J’en sors en sachant quoi faire.", en="I leave knowing what to do.")),
    ),
)  # fmt: skip
_FORM: Final = Form(
    id="nos-reunions", languages=("fr", "en"), title=Text.of(fr="Nos réunions d’équipe", en="Our team meetings"),
    description=Text.of(fr="Quatre phrases à poser trois mois après avoir changé les réunions.",
                        en="Four sentences to ask three months after meetings were changed."),
    groups=(Group(id="reunions", title=Text.of(fr="Se réunir", en="Meeting"), items=(_STATEMENTS,)),),
    scales=(Scale(id="reunions", label=Text.of(fr="Des réunions utiles", en="Useful meetings"), items=("REU1", "REU2", "REU3", "REU4")),),
)  # fmt: skip


def corrected_by_the_network(*, scope: Scope, by: Any) -> QuestionnaireVersion:
    """Publish it, then publish it again with one word set right and one sentence more."""
    first = services.keep_imported(
        form=_FORM, kind=Questionnaire.Kind.EMPLOYEES, scope=scope, by=by, licence="CC BY 4.0"
    )
    first = services.publish(version=first, note="", by=by)
    draft = services.open_version(questionnaire=first.questionnaire, by=by)
    draft = drafts.change(version=draft, form=_corrected(draft.form), sentence="Phrases corrigées", by=by)
    return services.publish(
        version=draft, note="« Utile » remplace « quoi faire » ; une phrase sur la préparation.", by=by
    )


def _corrected(form: Form) -> Form:
    form = editing.set_text(
        form, Spot.row("REU", "REU4"), "label", "J’en sors avec quelque chose d’utile.", "fr"
    )
    prepared = Row(id="REU5", label=Text.of(fr="On sait à l’avance de quoi l’on va parler.", en="We know beforehand what we will talk about."))  # fmt: skip
    block = form.items[0]
    assert isinstance(block, Block)
    [group] = form.groups
    return replace(form, groups=(replace(group, items=(replace(block, rows=(*block.rows, prepared)),)),))
