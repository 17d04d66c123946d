"""Sheets keyed for others: by whom it was said, once or twice, shown no more once sent."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from labqvt.campaigns import services as campaigns
from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.campaigns.ways_models import KeyedCount
from labqvt.foundation import journal
from labqvt.responses.gate import wrong_codes
from tests.factories import AccountFactory, StructureFactory
from tests.labqvt.campaigns.factories import CampaignFactory, codes_of
from tests.labqvt.responses.test_intake import opened_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counts():
    wrong_codes.forget()
    yield
    wrong_codes.forget()


@pytest.fixture
def campaign():
    return CampaignFactory(open=True, keyed_by=Campaign.KeyedBy.EMPLOYEE)


@pytest.fixture
def keyer(client, campaign):
    person = AccountFactory(employee_of=campaign.organisation)
    client.force_login(person)
    return person


def url(campaign):
    return reverse("keying:sheet", args=[campaign.public_id])


def state_of(response):
    return BeautifulSoup(response.content, "lxml").find("input", {"name": "state"})["value"]


def answers(form, **changes):
    every = {f"a.{v.id}": v.choices.codes[0] for v in form.answer_variables if v.choices}
    return every | {f"a.{id_}": code for id_, code in changes.items()}


def test_a_sheet_is_keyed_once_and_never_shown_again(client, campaign, keyer):
    code = codes_of(campaign)[0]
    page = client.post(url(campaign), {"code": code})
    form = campaign.version.form
    text = page.content.decode()
    assert all(variable.id in text for variable in form.answer_variables)  # the paper shows every question
    assert "checked" not in text
    sent = client.post(url(campaign), {"state": state_of(page), **answers(form)}, follow=True)
    assert "La feuille est dans l’enveloppe" in sent.content.decode()
    [sheet] = opened_sheets(campaign)
    assert sheet["audience"] == "employees"
    assert len(sheet["answers"]) > 20
    assert AccessCode.objects.filter(campaign=campaign, spent=True).count() == 1
    again = client.post(url(campaign), {"state": state_of(page), **answers(form)}, follow=True)
    assert "déjà servi" in again.content.decode()
    assert len(opened_sheets(campaign)) == 1
    assert "déjà servi" in client.post(url(campaign), {"code": code}).content.decode()
    for response in (sent, again):
        assert not re.search(r'name="a\.', response.content.decode())


def test_keying_twice_shows_what_differs_and_nothing_is_kept_between(client, campaign, keyer):
    form = campaign.version.form
    first, second = [v.id for v in form.answer_variables if v.choices][:2]
    page = client.post(url(campaign), {"code": codes_of(campaign)[0], "twice": "on"})
    page = client.post(url(campaign), {"state": state_of(page), **answers(form)})
    assert "Seconde saisie" in page.content.decode()
    assert "checked" not in page.content.decode()
    other = form.variable(first).choices.codes[1]
    page = client.post(url(campaign), {"state": state_of(page), **answers(form, **{first: other})})
    text = page.content.decode()
    assert "Ce qui diffère" in text
    assert f'name="a.{first}"' in text
    assert f'name="a.{second}"' not in text
    assert not opened_sheets(campaign)
    client.post(url(campaign), {"state": state_of(page), "asked": first, f"a.{first}": other})
    [sheet] = opened_sheets(campaign)
    assert sheet["answers"][first] == other
    assert sheet["answers"][second] == form.variable(second).choices.codes[0]


def test_the_count_is_of_a_person_and_of_no_sheet(client, campaign, keyer):
    for code in codes_of(campaign)[:3]:
        page = client.post(url(campaign), {"code": code})
        client.post(url(campaign), {"state": state_of(page), **answers(campaign.version.form)})
    assert KeyedCount.objects.get().sheets == 3
    assert {field.name for field in KeyedCount._meta.fields} == {"id", "campaign", "by", "sheets"}
    # The journal has a time: it says that someone keys, once, not each sheet.
    assert [entry.act for entry in journal.history_of(campaign)].count("campaigns.key_sheets") == 1
    director = AccountFactory(director_of=campaign.organisation)
    client.force_login(director)
    detail = reverse("campaigns:campaign", args=[campaign.public_id])
    assert "a saisi" not in client.get(detail).content.decode()
    campaigns.close_campaign(campaign=campaign, by=director)
    assert "a saisi 3 feuilles" in client.get(detail).content.decode()


@pytest.mark.parametrize(
    ("keyed_by", "who", "status"),
    [
        ("nobody", "employee_of", 403),
        ("employee", "employee_of", 200),
        ("employee", "director_of", 403),
        ("employee", "consultant_of", 403),
        ("outsider", "consultant_of", 200),
        ("outsider", "employee_of", 403),
        ("outsider", "director_of", 403),
    ],
)
def test_sheets_are_keyed_by_whom_it_was_said(client, keyed_by, who, status):
    campaign = CampaignFactory(open=True, keyed_by=keyed_by)
    client.force_login(AccountFactory(**{who: campaign.organisation}))
    assert client.get(url(campaign)).status_code == status
    client.force_login(AccountFactory(employee_of=StructureFactory()))
    assert client.get(url(campaign)).status_code == 404


def test_a_code_of_elsewhere_is_refused(client, campaign, keyer):
    other = CampaignFactory(open=True, keyed_by=Campaign.KeyedBy.EMPLOYEE)
    page = client.post(url(campaign), {"code": codes_of(other)[0]})
    assert "Ce code est d’une autre campagne" in page.content.decode()
    assert not AccessCode.objects.filter(spent=True).exists()


def test_used_and_wrong_codes_are_counted_so_that_no_live_counter_is_read(
    client, campaign, keyer, monkeypatch
):
    monkeypatch.setattr(wrong_codes, "an_hour", 2)
    for _ in range(2):
        client.post(url(campaign), {"code": "2222-2222"})
    page = client.post(url(campaign), {"code": codes_of(campaign)[0]})
    assert "attendez une heure" in page.content.decode()


def test_what_was_tampered_with_sends_nothing(client, campaign, keyer):
    response = client.post(url(campaign), {"state": "invented"}, follow=True)
    assert "Rien n’a été envoyé" in response.content.decode()


def test_it_is_said_to_the_respondent_before_answering(campaign):
    from tests.labqvt.responses.walk import enter

    assert "elle lit vos réponses, une fois" in enter(codes_of(campaign)[0]).text
    silent = CampaignFactory(open=True)
    assert "elle lit vos réponses" not in enter(codes_of(silent)[0]).text
