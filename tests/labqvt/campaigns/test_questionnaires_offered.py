"""A campaign is made of what may be used where it is run, and asked of people who do not give their name."""

import pytest
from django.urls import reverse
from django.utils import timezone

from labqvt.campaigns import policy
from labqvt.instruments import services
from labqvt.instruments.shipping import publish_six_determinants
from tests.factories import AccountFactory, ScopeFactory, StructureFactory
from tests.labqvt.campaigns.factories import CampaignFactory
from tests.labqvt.instruments.factories import completed, written

pytestmark = pytest.mark.django_db


def offered(client, structure):
    page = client.get(reverse("campaigns:prepare", args=[structure.public_id]))
    return page, [
        label
        for value, label in page.context["form"]["version"].field.choices
        for label in ([words for _key, words in label] if isinstance(label, list) else [label])
    ]


def test_the_usual_questionnaire_comes_first_and_is_chosen(client):
    structure = StructureFactory(headcount=20)
    director = AccountFactory(director_of=structure)
    publish_six_determinants()
    network = ScopeFactory()
    written(network, by=AccountFactory(national_of=network), title="Avant tout")
    own = services.publish(version=completed(structure, by=director), note="", by=director)
    client.force_login(director)
    page, labels = offered(client, structure)
    assert labels[0] == "Six déterminants – salariés"
    assert set(labels[1:]) == {"Avant tout", own.title}
    shown = page.content.decode()
    for heading in ("Livrés avec l’outil", "Complétés par votre structure", "Écrits dans votre réseau"):
        assert f'<optgroup label="{heading}">' in shown
    assert "Ajouter jusqu’à trois questions de votre structure" in shown


def test_another_structure_s_questions_are_not_offered(client):
    structure, other = StructureFactory(headcount=20), StructureFactory()
    neighbour = AccountFactory(director_of=other)
    services.publish(version=completed(other, by=neighbour), note="", by=neighbour)
    client.force_login(AccountFactory(director_of=structure))
    _page, labels = offered(client, structure)
    assert labels == ["Six déterminants – salariés"]


def test_a_restricted_questionnaire_is_offered_once_attested(client):
    structure = StructureFactory(headcount=20)
    director = AccountFactory(director_of=structure)
    network = ScopeFactory()
    version = written(
        network, by=AccountFactory(national_of=network), title="Sous licence", attestation="J’atteste…"
    )
    client.force_login(director)
    assert "Sous licence" not in offered(client, structure)[1]
    services.attest(questionnaire=version.questionnaire, scope=structure.scope, by=director)
    assert "Sous licence" in offered(client, structure)[1]


def test_a_questionnaire_answered_by_name_is_not_asked_of_people():
    campaign = CampaignFactory(mirrored=False)
    network = ScopeFactory()
    campaign.version = written(network, by=AccountFactory(national_of=network), kind="structures")
    verdict = policy.can_be_launched(campaign, timezone.localdate())
    assert not verdict
    assert "Choisissez un questionnaire anonyme" in str(verdict.reason)


def test_nothing_is_launched_without_the_right_to_use_it():
    campaign = CampaignFactory(mirrored=False)
    network = ScopeFactory()
    campaign.version = written(network, by=AccountFactory(national_of=network), attestation="J’atteste…")
    verdict = policy.can_be_launched(campaign, timezone.localdate())
    assert "attestez d’abord" in str(verdict.reason)
