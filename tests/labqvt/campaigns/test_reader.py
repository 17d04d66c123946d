"""Who reads the free texts: someone outside the structure, chosen before launch, said to everybody."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from labqvt.campaigns import keys, policy, queries, services
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.preview import preview_of
from labqvt.campaigns.rules_sheet import rules_sheet
from labqvt.foundation import journal
from labqvt.people.models import Function
from labqvt.people.services import assign
from labqvt.responses.promises import promise_to, texts_of
from tests.factories import AccountFactory, ScopeFactory, StructureFactory
from tests.labqvt.campaigns.factories import CampaignFactory
from tests.labqvt.evidence.factories import OPENS
from tests.labqvt.verbatims.factories import account, draft_with_texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return draft_with_texts(with_reader=False)


def director_of(campaign):
    return account(campaign, "director")


def _also(campaign, function):
    """The consultant, who also administers the tool."""
    consultant = account(campaign, "consultant")
    assign(account=consultant, function=function, scope=ScopeFactory(kind="tool", label="Outil"), by=None)
    return consultant


def _ended_director(campaign):
    person = AccountFactory(consultant_of=campaign.organisation)
    held = assign(account=person, function=Function.DIRECTOR, scope=campaign.scope, since=OPENS, by=None)
    held.until = OPENS
    held.save()
    return person


def _closed(campaign):
    person = AccountFactory(consultant_of=campaign.organisation)
    person.is_active = False
    person.save()
    return person


REFUSED = {
    "the director": ("direction, ni la personne salariée", director_of),
    "the employee of the pair": ("ni la direction, ni", lambda c: account(c, "employee")),
    "the administrator": ("tient le serveur", lambda c: _also(c, Function.ADMINISTRATOR)),
    "anybody": ("personne qui accompagne", lambda c: AccountFactory()),
    "the consultant of another structure": (
        "personne qui accompagne",
        lambda c: AccountFactory(consultant_of=StructureFactory()),
    ),
    "a partner": ("personne qui accompagne", lambda c: AccountFactory(partner_of=ScopeFactory())),
    "the director of yesterday": ("même d’hier", _ended_director),
    "a closed account": ("compte est fermé", _closed),
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "person"), REFUSED.values(), ids=REFUSED)
def test_nobody_of_the_structure_nor_of_the_server_reads(draft, sentence, person):
    reader = person(draft)
    offered = [one for one, _function in queries.possible_readers(draft)]
    assert reader not in offered
    with pytest.raises(PermissionDenied, match=sentence):
        services.choose_reader(campaign=draft, reader=reader, by=director_of(draft))


def test_those_outside_are_offered_the_nearest_first(draft):
    regional = AccountFactory(regional_of=ScopeFactory())
    national = AccountFactory(national_of=ScopeFactory())
    offered = queries.possible_readers(draft)
    assert offered[0] == (account(draft, "consultant"), "consultant")
    assert {(regional, "regional"), (national, "national")} <= set(offered)
    for person, function in offered:
        assert policy.may_be_reader(person, draft)
        assert policy.outside_function(person.current_assignments, [draft.scope]) == function


def test_candidates_are_asked_for_in_a_constant_number_of_queries(draft, django_assert_num_queries):
    for _more in range(4):
        AccountFactory(regional_of=ScopeFactory())
    with django_assert_num_queries(2):
        assert len(queries.possible_readers(draft)) >= 5


@pytest.mark.parametrize("who", ["stranger", "consultant"])
def test_the_pair_alone_chooses(draft, who):
    by = account(draft, "consultant") if who == "consultant" else AccountFactory()
    with pytest.raises(PermissionDenied):
        services.choose_reader(campaign=draft, reader=account(draft, "consultant"), by=by)


def test_choosing_changes_the_rules_so_signatures_fall_and_it_is_undone(draft):
    employee, consultant = account(draft, "employee"), account(draft, "consultant")
    services.sign_rules(campaign=draft, by=employee)
    services.choose_reader(campaign=draft, reader=consultant, by=employee)
    assert not draft.signatures.exists()
    journal.undo(entry=journal.history_of(draft).first(), by=employee)
    draft.refresh_from_db()
    assert draft.reader is None


def test_a_questionnaire_without_free_text_has_no_reader():
    campaign = CampaignFactory()
    with pytest.raises(PermissionDenied, match="pas de question libre"):
        services.choose_reader(campaign=campaign, reader=None, by=director_of(campaign))
    assert "Et les textes libres ?" not in dict(rules_sheet(campaign).lines)


def test_what_was_launched_is_frozen_and_said(draft):
    consultant, director = account(draft, "consultant"), director_of(draft)
    campaign = services.choose_reader(campaign=draft, reader=consultant, by=director)
    before = dict(rules_sheet(campaign).lines)["Et les textes libres ?"]
    campaign = services.open_campaign(campaign=campaign, by=director, today=OPENS)
    assert campaign.parameters["texts"] == {
        "reader": "consultant", "questions": ["AIDE", "CHANGE"], "from": 10, "shown_from": 3, "named_from": 6,
        "reading_days": 21, "review_days": 7,
    }  # fmt: skip
    assert dict(rules_sheet(campaign).lines)["Et les textes libres ?"] == before
    assert "28 jours" in before
    assert any("extraits" in line for line in preview_of(campaign, "fr").shown)
    with pytest.raises(PermissionDenied, match="règles sont figées"):
        services.choose_reader(campaign=campaign, reader=None, by=director)
    said = texts_of(campaign, "employees")
    assert "personne extérieure, la personne qui accompagne la structure" in said
    assert said in promise_to(campaign, "employees").cautions
    assert texts_of(campaign, "direction") == ""


def test_without_a_reader_respondents_are_told_nothing_and_the_rules_say_it(draft):
    campaign = services.open_campaign(campaign=draft, by=director_of(draft), today=OPENS)
    assert campaign.parameters["texts"] is None
    assert texts_of(campaign, "employees") == ""
    assert "détruits à l’ouverture" in dict(rules_sheet(campaign).lines)["Et les textes libres ?"]


def test_a_reader_who_came_inside_stops_the_launch(draft):
    consultant, director = account(draft, "consultant"), director_of(draft)
    services.choose_reader(campaign=draft, reader=consultant, by=director)
    assign(account=consultant, function=Function.EMPLOYEE, scope=draft.scope, by=None)
    with pytest.raises(PermissionDenied, match="ni la direction, ni"):
        services.open_campaign(campaign=Campaign.objects.get(pk=draft.pk), by=director, today=OPENS)
    assert not keys.exist(draft)


def test_a_draft_thrown_away_comes_back_with_its_reader(draft):
    director = director_of(draft)
    services.choose_reader(campaign=draft, reader=account(draft, "consultant"), by=director)
    services.discard_draft(campaign=draft, by=director)
    journal.undo(entry=journal.history_of(draft).first() or _latest(director), by=director)
    assert Campaign.objects.get().reader == account(draft, "consultant")


def _latest(person):
    return journal.JournalEntry.objects.filter(by=person, act="campaigns.discard_draft").get()


def test_the_screen_offers_nobody_too(client, draft):
    client.force_login(account(draft, "employee"))
    address = reverse("campaigns:reader", args=[draft.public_id])
    assert (
        "Choisir qui lira"
        in client.get(reverse("campaigns:campaign", args=[draft.public_id])).content.decode()
    )
    page = client.get(address).content.decode()
    assert "détruits sans être lus" in page
    consultant = account(draft, "consultant")
    client.post(address, {"reader": consultant.public_id})
    draft.refresh_from_db()
    assert draft.reader == consultant
    client.post(address, {"reader": ""})
    draft.refresh_from_db()
    assert draft.reader is None
    assert client.post(address, {"reader": AccountFactory().public_id}).status_code == 200
    draft.refresh_from_db()
    assert draft.reader is None
