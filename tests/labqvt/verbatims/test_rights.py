"""Who opens an unread text: one person. Everybody else, the administrator first, is told why not, or nothing."""

import pytest
from django.urls import reverse

from labqvt.evidence import kept_texts
from labqvt.people.models import Function
from labqvt.people.services import assign
from labqvt.verbatims import services
from tests.factories import AccountFactory
from tests.labqvt.verbatims.factories import account, reading_of
from tests.labqvt.verbatims.test_services import propose

pytestmark = pytest.mark.django_db
SECRET = "Rhododendron"


@pytest.fixture
def reading():
    return reading_of(texts={"AIDE": [f"{SECRET} {rank}" for rank in range(8)]})


def actors(reading):
    campaign = reading.campaign
    return {
        "director": account(campaign, "director"),
        "employee": account(campaign, "employee"),
        "another consultant": AccountFactory(consultant_of=campaign.organisation),
        "regional lead": AccountFactory(regional_of=campaign.version.questionnaire.scope),
        "stranger": AccountFactory(),
        "administrator": AccountFactory(administrator=True),
    }


ADDRESSES = ["reading", "text", "finish", "theme"]


def address(reading, name):
    more = {"text": [1], "theme": ["x"]}.get(name, [])
    return reverse(f"verbatims:{name}", args=[reading.campaign.public_id, *more])


@pytest.mark.parametrize("name", ADDRESSES)
def test_only_the_reader_opens_the_texts(client, reading, name):
    for who, person in actors(reading).items():
        client.force_login(person)
        for ask in (client.get,) if name == "reading" else (client.get, client.post):
            answer = ask(address(reading, name))
            inside = who in {"director", "employee", "another consultant"}
            assert answer.status_code == (403 if inside else 404), (who, name)
            assert SECRET not in answer.content.decode()
            if inside:
                assert "personne extérieure choisie" in answer.content.decode()


def test_the_reader_reads(client, reading):
    client.force_login(reading.campaign.reader)
    assert SECRET in client.get(address(reading, "text")).content.decode()


def test_a_reader_who_joined_the_structure_reads_no_more(client, reading):
    assign(account=reading.campaign.reader, function=Function.DIRECTOR, scope=reading.campaign.scope, by=None)
    client.force_login(reading.campaign.reader)
    answer = client.get(address(reading, "text"))
    assert answer.status_code == 403
    assert SECRET not in answer.content.decode()


def test_a_reader_who_administers_the_tool_reads_no_more(client, reading):
    scope = AccountFactory(administrator=True).assignments.get().scope
    assign(account=reading.campaign.reader, function=Function.ADMINISTRATOR, scope=scope, by=None)
    client.force_login(reading.campaign.reader)
    assert client.get(address(reading, "text")).status_code == 403


def test_refusals_do_not_say_whether_texts_were_kept(client, reading):
    none = reading_of(texts={"AIDE": [SECRET] * 3}).campaign
    kept_texts.destroy(none)
    none.text_reading.delete()
    for campaign in (reading.campaign, none):
        client.force_login(account(campaign, "director"))
        answer = client.get(reverse("verbatims:reading", args=[campaign.public_id]))
        assert answer.status_code == 403


def test_the_director_sees_no_extract_before_everyone(client, reading):
    propose(reading)
    services.finish(reading=reading, by=reading.campaign.reader)
    review = reverse("verbatims:review", args=[reading.campaign.public_id])
    diagnosis = reverse("diagnostics:diagnosis", args=[reading.campaign.public_id])
    for who, person in actors(reading).items():
        client.force_login(person)
        answer = client.get(review)
        if who == "employee":
            assert answer.status_code == 200
            assert SECRET in answer.content.decode()
        else:
            assert answer.status_code in {403, 404}, who
            assert SECRET not in answer.content.decode(), who
        assert SECRET not in client.get(diagnosis).content.decode(), who


def test_the_reader_does_not_look_a_second_time(client, reading):
    propose(reading)
    services.finish(reading=reading, by=reading.campaign.reader)
    client.force_login(reading.campaign.reader)
    assert client.get(reverse("verbatims:review", args=[reading.campaign.public_id])).status_code == 403
    assert client.get(address(reading, "text")).status_code == 403  # and reads no more


def test_someone_who_is_both_sides_of_a_pair_does_not_look_a_second_time(client, reading):
    propose(reading)
    services.finish(reading=reading, by=reading.campaign.reader)
    both = account(reading.campaign, "employee")
    assign(account=both, function=Function.DIRECTOR, scope=reading.campaign.scope, by=None)
    client.force_login(both)
    assert client.get(reverse("verbatims:review", args=[reading.campaign.public_id])).status_code == 403


def test_tasks_await_the_reader_then_the_second_pair_of_eyes(client, reading):
    def home(person):
        client.force_login(person)
        return client.get(reverse("cockpit:home")).content.decode()

    reader, employee, director = (
        reading.campaign.reader, account(reading.campaign, "employee"), account(reading.campaign, "director"),
    )  # fmt: skip
    assert "attendent votre lecture" in home(reader)
    assert "attendent votre lecture" not in home(employee) + home(director)
    propose(reading)
    services.finish(reading=reading, by=reader)
    assert "attendent votre relecture" in home(employee)
    assert "attendent votre" not in home(reader) + home(director)
