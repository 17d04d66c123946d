"""A draft of a region, its author, and two others."""

import pytest

from labqvt.instruments import drafts, services
from labqvt.people.models import Scope
from labqvt_forms import Kind, Text, editing
from labqvt_forms.logic import Formula
from labqvt_forms.spots import Spot
from tests.factories import AccountFactory, ScopeFactory


@pytest.fixture
def region(db):
    return ScopeFactory(kind=Scope.Kind.EXPERIMENTATION, label="Provence")


@pytest.fixture
def author(region):
    return AccountFactory(regional_of=region)


@pytest.fixture
def draft(author, region):
    return services.write_questionnaire(
        title="Notre travail", kind="employees", language="fr", scope=region, by=author
    )


def question(form, kind, words, group="G1", **more):
    item = editing.example_item(kind)
    from dataclasses import replace

    item = replace(item, label=Text.of(fr=words), **more)
    return editing.fresh(form, item, group)


@pytest.fixture
def filled(draft, author):
    """Two pages; « Lequel ? » is asked when a question before is answered yes."""
    form = draft.form
    form = editing.set_text(form, Spot.group("G1"), "title", "Votre équipe", "fr")
    form = editing.add_item(form, "G1", question(form, Kind.YES_NO, "Avez-vous un entretien ?"))
    asked = form.items[0].id
    form = editing.add_item(form, "G1", question(form, Kind.TEXT, "Lequel ?"))
    form = editing.set_condition(form, Spot.item(form.items[1].id), Formula(f"${{{asked}}} = '1'"))
    form = editing.add_group(form, Text.of(fr="Vos idées"))
    form = editing.add_item(form, form.groups[1].id, question(form, Kind.RATING, "Quelle note ?", form.groups[1].id))
    return drafts.change(version=draft, form=form, sentence="Rempli", by=author)
