"""An open link: one public word, a token a page, nothing of a relay or of an address kept, order erased."""

import threading

import pytest
from django.db import connection

from labqvt.campaigns import links, relaying
from labqvt.campaigns import services as campaigns
from labqvt.campaigns.models import AccessCode
from labqvt.campaigns.ways_models import RelayOpenings, SpentEntry
from labqvt.responses import entrance, services
from labqvt.responses.kept import has_a_time
from labqvt.responses.refusals import CodeRefused, Refusal
from tests.factories import AccountFactory
from tests.labqvt.campaigns.factories import CampaignFactory
from tests.labqvt.campaigns.ways import by_link
from tests.labqvt.responses.test_intake import opened_sheets
from tests.labqvt.responses.walk import Walker, enter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counts():
    entrance.sends.forget()
    yield
    entrance.sends.forget()


@pytest.fixture
def campaign():
    return by_link()


def to_the_end(walker: Walker) -> Walker:
    walker.press("Commencer")
    while "Avant d’envoyer" not in walker.heading:
        walker.press("Page suivante")
    return walker


def choose(walker: Walker, structure: str) -> Walker:
    return walker.press("Continuer", structure=structure)


def test_from_the_link_to_the_receipt(campaign):
    structure = campaign.populations.first().organisation
    walker = enter(campaign.link.word.lower())
    assert walker.heading == "Où travaillez-vous ?"
    assert structure.name in walker.text
    choose(walker, structure.public_id)
    assert "jamais ceux d’une structure" in walker.text
    assert "Répondez une seule fois" in walker.text
    to_the_end(walker).press("Envoyer mes réponses")
    assert walker.heading == "C’est envoyé. Merci."
    assert "jeter le papier" not in walker.text
    [sheet] = opened_sheets(campaign)
    assert (sheet["structure"], sheet["audience"]) == (structure.public_id, "employees")
    assert SpentEntry.objects.filter(campaign=campaign).count() == 1
    assert not AccessCode.objects.filter(campaign=campaign).exists()


def test_the_structure_may_stay_unsaid_but_is_asked(campaign):
    walker = choose(enter(campaign.link.word), "")
    assert walker.status == 422
    assert "Choisissez une structure" in walker.text
    choose(walker, "structure-inventée")
    assert walker.status == 422
    choose(walker, "aucune")
    to_the_end(walker).press("Envoyer mes réponses")
    assert [sheet["structure"] for sheet in opened_sheets(campaign)] == [""]


def test_the_language_changes_before_choosing(campaign):
    walker = enter(campaign.link.word).press("English")
    assert walker.status == 200
    assert walker.response.headers["Content-Language"] == "en"


def test_the_same_page_sent_twice_is_kept_once(campaign):
    walker = to_the_end(choose(enter(campaign.link.word), "aucune"))
    before = walker.response
    assert walker.press("Envoyer mes réponses").status == 200
    walker.response = before
    walker.press("Envoyer mes réponses")
    assert walker.status == 409
    assert walker.heading == "Cette feuille est déjà envoyée"
    assert len(opened_sheets(campaign)) == 1


def test_many_sends_from_one_place_must_wait_and_keep_their_answers(campaign, monkeypatch):
    monkeypatch.setattr(entrance.sends, "an_hour", 2)
    for _ in range(2):
        to_the_end(choose(enter(campaign.link.word), "aucune")).press("Envoyer mes réponses")
    walker = to_the_end(choose(enter(campaign.link.word), "aucune")).press("Envoyer mes réponses")
    assert walker.status == 429
    assert "Rien n’a été envoyé" in walker.text
    assert len(opened_sheets(campaign)) == 2


def test_a_relay_is_counted_and_forgotten_before_the_first_question(campaign, monkeypatch):
    relay = relaying.add_relay(campaign=campaign, name="Union", by=AccountFactory(regional_of=campaign.scope))
    monkeypatch.setattr(links.secrets, "randbelow", lambda _step: 0)
    walker = choose(enter(relay.word), "aucune")
    assert RelayOpenings.objects.get(relay=relay).about == links.STEP
    assert relay.word not in walker.response.content.decode()
    to_the_end(walker)
    from labqvt.responses.state import State

    state = State.read(walker.page.find("input", {"name": "state"})["value"])
    assert state.code == campaign.link.word
    assert relay.word not in str(state)
    walker.press("Envoyer mes réponses")
    [sheet] = opened_sheets(campaign)
    assert set(sheet) == {"audience", "structure", "answers"}
    assert {field.name for field in SpentEntry._meta.fields} == {"id", "campaign", "digest"}


def test_a_relay_of_a_campaign_with_codes_leads_to_the_code():
    campaign = CampaignFactory(open=True)
    relay = relaying.add_relay(
        campaign=campaign, name="Union", by=AccountFactory(director_of=campaign.organisation)
    )
    walker = enter(relay.word)
    assert walker.heading == "Écrivez votre code"
    assert campaign.title in walker.text


def test_an_unknown_word_is_a_wrong_code_and_is_counted(campaign):
    walker = enter("222222")
    assert walker.status == 422
    assert "pas reconnu" in walker.text


def test_a_closed_link_takes_nothing_more(campaign):
    walker = to_the_end(choose(enter(campaign.link.word), "aucune"))
    campaigns.close_campaign(campaign=campaign, by=AccountFactory(regional_of=campaign.scope))
    walker.press("Envoyer mes réponses")
    assert walker.status == 410
    assert enter(campaign.link.word).status == 410
    assert not opened_sheets(campaign)


def test_an_entry_has_no_column_of_time_and_leads_nowhere():
    assert not has_a_time(SpentEntry)


def test_a_failed_sheet_leaves_the_entry_unspent(campaign):
    from labqvt.responses.envelope import EnvelopeError

    with pytest.raises(EnvelopeError):
        services.submit_by_link(
            word=campaign.link.word, once="a", structure="", answers={"REL1": "x" * 100_000}
        )
    assert not SpentEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_tabs_of_one_page_keep_one_sheet_and_rows_are_dealt_again(campaign):
    outcomes = []
    together = threading.Barrier(4)

    def send(mark: str) -> None:
        together.wait()
        try:
            services.submit_by_link(
                word=campaign.link.word, once="the same page", structure="", answers={"REL1": mark}
            )
            outcomes.append("kept")
        except CodeRefused as refused:
            outcomes.append(refused.reason.value)
        finally:
            connection.close()

    tabs = [threading.Thread(target=send, args=(str(rank),)) for rank in range(4)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert sorted(outcomes) == ["kept", "used", "used", "used"]
    first = set(SpentEntry.objects.values_list("pk", flat=True))
    services.submit_by_link(word=campaign.link.word, once="another", structure="", answers={"REL1": "1"})
    assert not first & set(SpentEntry.objects.values_list("pk", flat=True))
    assert len(opened_sheets(campaign)) == 2


def test_the_word_of_a_link_is_no_code(campaign):
    with pytest.raises(CodeRefused) as refused:
        services.admit(code=campaign.link.word)
    assert refused.value.reason == Refusal.UNKNOWN


def test_participation_by_link_is_of_the_whole_by_fives_once_a_day(campaign):
    for rank in range(7):
        services.submit_by_link(word=campaign.link.word, once=str(rank), structure="", answers={})
    assert campaigns.refresh_participation(campaign=campaign) == 1
    campaign.link.refresh_from_db()
    assert campaign.link.at_least == 5
    assert campaigns.refresh_participation(campaign=campaign) == 0
