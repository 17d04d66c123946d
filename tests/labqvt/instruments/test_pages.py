"""Questionnaires to read: open to every account, closed to visitors, drafts unknown to all."""

import copy

import pytest
from django.urls import reverse

from labqvt.foundation.registries import navigation_of
from labqvt.instruments import shipping
from labqvt.instruments.models import Questionnaire, QuestionnaireVersion
from tests.factories import AccountFactory, StructureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def versions():
    return shipping.publish_six_determinants()


def another(version: QuestionnaireVersion, slug: str, status: str = "published") -> QuestionnaireVersion:
    questionnaire = Questionnaire.objects.create(
        slug=slug, title=slug, licence="CC BY 4.0", origin=Questionnaire.Origin.SHIPPED
    )
    return QuestionnaireVersion.objects.create(
        questionnaire=questionnaire, number=1, status=status, content=copy.deepcopy(version.content)
    )


def test_every_account_reads_the_sentences(client, versions):
    client.force_login(AccountFactory())
    listed = client.get(reverse("instruments:questionnaires")).content.decode()
    assert "Six déterminants – salariés" in listed
    page = client.get(reverse("instruments:questionnaire", args=[versions[0].public_id])).content.decode()
    assert "Je peux demander de l’aide à mes collègues." in page
    assert "(phrase inversée)" in page


def test_a_visitor_signs_in_first(client, versions):
    assert client.get(reverse("instruments:questionnaires")).status_code == 302
    assert client.get(reverse("instruments:questionnaire", args=[versions[0].public_id])).status_code == 302


def test_a_draft_does_not_exist_yet(client, versions):
    draft = another(versions[0], "brouillon", status="draft")
    client.force_login(AccountFactory(administrator=True))
    assert client.get(reverse("instruments:questionnaire", args=[draft.public_id])).status_code == 404
    assert "brouillon" not in client.get(reverse("instruments:questionnaires")).content.decode()


def test_the_list_costs_the_same_whatever_its_length(client, versions, django_assert_num_queries):
    client.force_login(AccountFactory())
    for slug in ("", "deuxieme", "troisieme"):
        if slug:
            another(versions[0], slug)
        with django_assert_num_queries(4):
            client.get(reverse("instruments:questionnaires"))


def test_the_line_of_navigation_is_for_those_who_choose(versions):
    address = reverse("instruments:questionnaires")
    director, partner = AccountFactory(director_of=StructureFactory()), AccountFactory()
    assert address in {entry.url for entry in navigation_of(director)}
    assert address not in {entry.url for entry in navigation_of(partner)}
