"""Acts on questionnaires from their pages: who may, who may not, what is undone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from labqvt.foundation.models import JournalEntry
from labqvt.instruments import policy, queries, services
from labqvt.instruments.models import Attestation, QuestionnaireVersion
from labqvt.people.models import Scope
from tests.factories import AccountFactory, ScopeFactory, StructureFactory
from tests.labqvt.instruments.factories import completed, shipped, written

pytestmark = pytest.mark.django_db
SENTENCE = "J’atteste que notre structure a reçu de l’auteur le droit de s’en servir."


@pytest.fixture
def network():
    return ScopeFactory(label="Réseau")


@pytest.fixture
def author(network):
    return AccountFactory(national_of=network)


@pytest.fixture
def strangers():
    return (
        AccountFactory(national_of=ScopeFactory()),
        AccountFactory(director_of=StructureFactory()),
        AccountFactory(),
    )


def url(name, version):
    return reverse(f"instruments:{name}", args=[version.public_id])


def test_writing_begins_a_draft_kept_where_one_said(client, author, network):
    client.force_login(author)
    sent = {"title": "Nos réunions", "kind": "structures", "language": "en", "scope": network.public_id}
    response = client.post(reverse("instruments:write"), sent)
    draft = QuestionnaireVersion.objects.get()
    assert response.status_code == 302
    assert (draft.status, draft.questionnaire.scope, draft.form.languages) == ("draft", network, ("en",))
    assert draft.form.anonymous is False
    assert JournalEntry.objects.filter(act="instruments.begin", by=author).exists()


def test_nobody_keeps_a_questionnaire_elsewhere_than_at_home(client, author, strangers):
    elsewhere = ScopeFactory(label="Ailleurs")
    client.force_login(author)
    sent = {"title": "Nos réunions", "kind": "employees", "language": "fr", "scope": elsewhere.public_id}
    assert "Erreur" in client.post(reverse("instruments:write"), sent).content.decode()
    for person in strangers[1:]:
        client.force_login(person)
        assert client.post(reverse("instruments:write"), sent).status_code == 403
    assert not QuestionnaireVersion.objects.exists()


def test_a_copy_keeps_the_licence_and_the_sentence_to_attest(client, author, network):
    source = written(network, by=author, licence="Tous droits réservés", attestation=SENTENCE)
    client.force_login(author)
    client.post(url("copy", source), {"title": "Ma copie", "scope": network.public_id})
    copied = QuestionnaireVersion.objects.get(status="draft")
    assert copied.title == "Ma copie"
    assert (copied.questionnaire.licence, copied.questionnaire.attestation) == (
        "Tous droits réservés",
        SENTENCE,
    )
    assert copied.form.groups == source.form.groups


def test_a_new_version_then_its_going_away_and_back(client, author, network, strangers):
    version = written(network, by=author)
    for person in strangers:
        client.force_login(person)
        assert client.post(url("open_version", version)).status_code == 403
    client.force_login(author)
    client.post(url("open_version", version))
    draft = version.questionnaire.versions.get(status="draft")
    assert draft.number == 2
    client.post(url("discard", draft))
    assert not version.questionnaire.versions.filter(status="draft").exists()
    entry = JournalEntry.objects.get(act="instruments.discard")
    client.post(reverse("foundation:undo", args=[entry.public_id]))
    assert version.questionnaire.versions.get(status="draft").content == draft.content


def test_retiring_is_undone(client, author, network, strangers):
    version = written(network, by=author)
    for person in strangers:
        client.force_login(person)
        assert client.post(url("retire", version)).status_code == 403
    client.force_login(author)
    client.post(url("retire", version))
    version.refresh_from_db()
    assert version.status == "retired"
    assert "Petit questionnaire" in client.get("/espace/questionnaires/?etat=retired").content.decode()
    entry = JournalEntry.objects.get(act="instruments.retire")
    client.post(reverse("foundation:undo", args=[entry.public_id]))
    version.refresh_from_db()
    assert version.status == "published"


def test_a_replaced_version_is_not_among_those_given_up(client, author, network):
    version = written(network, by=author)
    draft = services.open_version(questionnaire=version.questionnaire, by=author)
    services.publish(version=draft, note="Un mot changé", by=author)
    client.force_login(author)
    assert "Aucun questionnaire retiré" in client.get("/espace/questionnaires/?etat=retired").content.decode()
    page = client.get(url("questionnaire", draft)).content.decode()
    assert "Un mot changé" in page
    assert url("questionnaire", version) in page


def test_a_shipped_questionnaire_is_locked_and_says_why(client, author):
    version = shipped()
    client.force_login(author)
    for act in ("retire", "discard", "open_version"):
        assert client.post(url(act, version)).status_code == 403
    assert "il reste le même partout" in client.get(url("questionnaire", version)).content.decode()


def test_a_director_completes_a_shipped_questionnaire_once(client):
    structure = StructureFactory(name="Le Fournil")
    director = AccountFactory(director_of=structure)
    version = shipped()
    client.force_login(director)
    assert "Écrire les questions de Le Fournil" in client.get(url("complete", version)).content.decode()
    for _time in range(2):
        client.post(url("complete", version), {"structure": structure.public_id})
    draft = QuestionnaireVersion.objects.get(status="draft")
    assert (draft.questionnaire.adapts, draft.questionnaire.scope) == (version, structure.scope)
    assert draft.facts["minutes"] == version.minutes + 1


def test_who_completes_again_is_led_to_what_is_published(client):
    structure = StructureFactory()
    director = AccountFactory(director_of=structure)
    own = services.publish(version=completed(structure, by=director), note="", by=director)
    client.force_login(director)
    response = client.post(url("complete", own.questionnaire.adapts), {"structure": structure.public_id})
    assert response["Location"] == url("questionnaire", own)
    assert not QuestionnaireVersion.objects.filter(status="draft").exists()


def test_nobody_completes_for_another_structure(client):
    structure, other = StructureFactory(), StructureFactory()
    version = shipped()
    for person, status in [
        (AccountFactory(director_of=other), 200),
        (AccountFactory(employee_of=structure), 403),
        (AccountFactory(national_of=ScopeFactory()), 403),
        (AccountFactory(), 403),
    ]:
        client.force_login(person)
        assert client.post(url("complete", version), {"structure": structure.public_id}).status_code == status
    assert not QuestionnaireVersion.objects.filter(status="draft").exists()


def test_only_what_the_team_fills_in_is_completed():
    structure = StructureFactory()
    director = AccountFactory(director_of=structure)
    _employees, direction = shipped(), QuestionnaireVersion.objects.get(questionnaire__kind="direction")
    with pytest.raises(PermissionDenied, match="que son équipe remplit"):
        services.adapt_version(version=direction, structure=structure, by=director)


def test_attesting_is_named_dated_and_seen_at_home_only(client, author, network):
    version = written(network, by=author, attestation=SENTENCE)
    structure, other = StructureFactory(name="Le Fournil"), StructureFactory(name="La Cantine")
    director, neighbour = (
        AccountFactory(director_of=structure, name="Ada Morin"),
        AccountFactory(director_of=other),
    )
    client.force_login(director)
    assert SENTENCE in client.get(url("questionnaire", version)).content.decode()
    assert client.post(url("attest", version), {"scope": other.scope.public_id}).status_code == 403
    client.post(url("attest", version), {"scope": structure.scope.public_id})
    assert (Attestation.objects.get().by, Attestation.objects.get().sentence) == (director, SENTENCE)
    assert "attesté par Ada Morin" in client.get(url("questionnaire", version)).content.decode()
    client.force_login(neighbour)
    page = client.get(url("questionnaire", version)).content.decode()
    assert "Ada Morin" not in page
    assert "Le Fournil" not in page
    assert policy.may_use(version.questionnaire, structure.scope)
    assert not policy.may_use(version.questionnaire, other.scope)


def test_an_attestation_holds_below_and_the_operator_s_holds_everywhere(author, network):
    version = written(network, by=author, attestation=SENTENCE)
    region = ScopeFactory(kind=Scope.Kind.EXPERIMENTATION, label="Région", parent=network)
    structure = StructureFactory()
    assert version not in queries.versions_for_employees(structure.scope)
    services.attest(questionnaire=version.questionnaire, scope=network, by=author)
    assert policy.may_use(version.questionnaire, region)
    assert version in queries.versions_for_employees(region)
    assert not policy.may_use(version.questionnaire, structure.scope)
    operator = AccountFactory(administrator=True)
    services.attest(
        questionnaire=version.questionnaire, scope=Scope.objects.get(kind=Scope.Kind.TOOL), by=operator
    )
    assert version in queries.versions_for_employees(structure.scope)


def test_the_page_of_a_structure_leads_to_its_own_questions(client):
    structure = StructureFactory()
    director, employee = AccountFactory(director_of=structure), AccountFactory(employee_of=structure)
    base = shipped()
    page = reverse("cockpit:structure", args=[structure.public_id])
    for person, leads in ((director, True), (employee, False)):
        client.force_login(person)
        assert (url("complete", base) in client.get(page).content.decode()) is leads
    draft = completed(structure, by=director)
    for person in (director, employee):
        client.force_login(person)
        seen = client.get(page).content.decode()
        assert url("questionnaire", draft) in seen
        assert url("complete", base) not in seen
