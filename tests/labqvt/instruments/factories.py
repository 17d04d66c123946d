"""Questionnaires brought to a given point by the services themselves: no rule is bypassed."""

from dataclasses import replace
from typing import Any

from labqvt.instruments import drafts, services
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.instruments.shipping import publish_six_determinants
from labqvt.people.models import Organisation, Scope
from labqvt_forms import Block, Choice, ChoiceList, Group, Opinion, Questionnaire, Rating, Row, Text, YesNo

AGREEMENT = ChoiceList(
    "accord_propre",
    (
        Choice("1", Text.of(fr="Pas d’accord", en="Disagree"), opinion=Opinion.UNFAVOURABLE),
        Choice("2", Text.of(fr="Ni l’un ni l’autre", en="Neither"), opinion=Opinion.NEUTRAL),
        Choice("3", Text.of(fr="D’accord", en="Agree"), opinion=Opinion.FAVOURABLE),
    ),
)
# The three kinds a structure may add: a sentence, a yes or no, a mark.
OWN = (
    Block(id="PROPRE", label=Text.of(fr="Chez nous"), choices=AGREEMENT,
          rows=(Row(id="PROPRE1", label=Text.of(fr="Le nouveau local me convient.")),)),
    YesNo(id="PROPRE2", label=Text.of(fr="Avez-vous pu poser vos congés ?")),
    Rating(id="PROPRE3", label=Text.of(fr="Quelle note donnez-vous à la réunion du lundi ?")),
)  # fmt: skip


def shipped() -> QuestionnaireVersion:
    """The questionnaire of the tool that employees answer."""
    return publish_six_determinants()[0]


def completed(structure: Organisation, *, by: Any, items: tuple[Any, ...] = OWN) -> QuestionnaireVersion:
    """The draft of a structure, with its own questions written."""
    draft = services.adapt_version(version=shipped(), structure=structure, by=by)
    form = draft.form
    own = replace(form.groups[-1], items=items)
    return drafts.change(
        version=draft, form=replace(form, groups=(*form.groups[:-1], own)), sentence="", by=by
    )


def small_form(**facts: Any) -> Questionnaire:
    """Two questions on one page."""
    facts = {"id": "petit", "title": Text.of(fr="Petit questionnaire"), "languages": ("fr",)} | facts
    page = Group(
        id="page", title=Text.of(fr="Le travail"),
        items=(YesNo(id="Q1", label=Text.of(fr="Ça va ?")), Rating(id="Q2", label=Text.of(fr="Combien ?"))),
    )  # fmt: skip
    return Questionnaire(**{"groups": (page,)} | facts)


def written(
    scope: Scope, *, by: Any, title: str = "Petit questionnaire", published: bool = True, **facts: Any
) -> Any:
    """A questionnaire of two questions kept in a scope; ``licence``, ``attestation``… as ``keep_imported`` takes them."""
    kind = facts.pop("kind", "employees")
    draft = services.keep_imported(
        form=small_form(title=Text.of(fr=title)), kind=kind, scope=scope, by=by, **facts
    )
    return services.publish(version=draft, note="", by=by) if published else draft
