"""A draft of a region, its author, and those who are not."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from labqvt.instruments import drafts, services
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.people.models import Scope
from labqvt_forms import Kind, Text, editing
from labqvt_forms import Questionnaire as Form
from labqvt_forms.logic import Formula
from labqvt_forms.spots import Spot
from tests.factories import AccountFactory, ScopeFactory, StructureFactory
from tests.labqvt.instruments.factories import shipped


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


@pytest.fixture
def filled(draft, author):
    """Two pages; « Lequel ? » is asked when « Avez-vous un entretien ? » is answered yes."""
    form = editing.set_text(draft.form, Spot.group("G1"), "title", "Votre équipe", "fr")
    form = add(form, "G1", Kind.YES_NO, "Avez-vous un entretien ?")
    form = add(form, "G1", Kind.TEXT, "Lequel ?")
    asked, following = form.items
    form = editing.set_condition(form, Spot.item(following.id), Formula(f"${{{asked.id}}} = 'yes'"))
    form = editing.add_group(form, Text.of(fr="Vos idées"))
    form = add(form, form.groups[1].id, Kind.RATING, "Quelle note ?")
    return drafts.change(version=draft, form=form, sentence="Rempli", by=author)


@pytest.fixture
def structure(db):
    return StructureFactory(name="Les Tilleuls")


@pytest.fixture
def own(structure):
    """A shipped questionnaire being completed by a structure."""
    director = AccountFactory(director_of=structure)
    return services.adapt_version(version=shipped(), structure=structure, by=director), director


def add(form: Form, group: str, kind: Kind, words: str) -> Form:
    item = replace(editing.example_item(kind), label=Text.of(fr=words))
    return editing.add_item(form, group, editing.fresh(form, item, group))


@dataclass
class Desk:
    """Someone at work on a draft: addresses by name, forms sent as the page has them."""

    client: Client
    version: QuestionnaireVersion

    def url(self, name: str, *args: str) -> str:
        return reverse(f"instruments:{name}", args=[self.version.public_id, *args])

    def see(self, name: str, *args: str, **query: str) -> str:
        answer = self.client.get(self.url(name, *args), query)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    def do(self, name: str, *args: str, **sent: Any) -> Any:
        return self.client.post(self.url(name, *args), sent)

    @property
    def form(self) -> Form:
        return QuestionnaireVersion.objects.get(pk=self.version.pk).form

    def words(self) -> list[str]:
        return [item.label.pick("fr") for item in self.form.items]


@pytest.fixture
def desk(client, author, filled):
    client.force_login(author)
    return Desk(client, filled)
