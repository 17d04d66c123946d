"""The key a person holds: nothing opens without it, it is never kept, and its loss destroys everything unread."""

import base64
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from nacl.public import PrivateKey

from labqvt.campaigns import holding_key, keys, services, trusted_key
from labqvt.campaigns.key_words import seed_of, words_of
from labqvt.campaigns.models import Campaign
from labqvt.evidence import door, tasks
from labqvt.evidence.models import Destruction
from labqvt.evidence.queries import destruction_of, release_of
from labqvt.foundation import jobs
from labqvt.foundation.models import JournalEntry
from labqvt.foundation.registries import awaiting_of
from labqvt.foundation.sealed import sealed_tables
from labqvt.instruments.shipping import publish_six_determinants
from tests.factories import AccountFactory, StructureFactory
from tests.labqvt.campaigns.factories import CampaignFactory
from tests.labqvt.evidence.factories import CLOSES, OPENS, answer, close

pytestmark = pytest.mark.django_db


def entrusted(*, tried: bool = True) -> tuple[Campaign, str, object, object]:
    """A draft whose key the employee of the pair made; its words, its director, its employee."""
    structure = StructureFactory(headcount=12)
    director, employee = AccountFactory(director_of=structure), AccountFactory(employee_of=structure)
    version, _mirror = publish_six_determinants()
    campaign = services.prepare_campaign(
        structure=structure, title="Enquête d’automne", version=version, opens_on=OPENS, closes_on=CLOSES,
        headcount=12, by=director,
    )  # fmt: skip
    holding_key.entrust(campaign=campaign, side="employees", held_by="élue au CSE", by=director)
    words, public = trusted_key.made_here()
    holding_key.take_public_key(campaign=campaign, public_key=public, by=employee)
    if tried:
        holding_key.record_trial(campaign=campaign, by=employee)
    return campaign, " ".join(words), director, employee


def closed(employees: str = "23452345") -> tuple[Campaign, str, object, object]:
    campaign, words, director, employee = entrusted()
    campaign = services.open_campaign(campaign=campaign, by=director, today=OPENS)
    answer(campaign, employees=employees)
    return close(campaign), words, director, employee


def test_a_key_that_was_not_tried_does_not_launch():
    campaign, _words, director, _employee = entrusted(tried=False)
    with pytest.raises(PermissionDenied, match="pas encore essayée"):
        services.open_campaign(campaign=campaign, by=director, today=OPENS)


def awaited(person) -> list[tuple[str, str]]:
    return [(task.action, task.url) for task in awaiting_of(person) if "/cle/" in task.url]


def test_what_is_to_be_done_with_the_key_awaits_those_who_can_do_it():
    structure = StructureFactory(headcount=12)
    director, employee = AccountFactory(director_of=structure), AccountFactory(employee_of=structure)
    stranger = AccountFactory(employee_of=StructureFactory())
    campaign = CampaignFactory(structure=structure, headcount=12)
    assert awaited(employee) == []
    holding_key.entrust(campaign=campaign, side="employees", held_by="élue au CSE", by=director)
    address = reverse("campaigns:key", args=[campaign.public_id])
    assert awaited(employee) == [("Faire la clé", address)]
    holding_key.take_public_key(campaign=campaign, public_key=trusted_key.made_here()[1], by=employee)
    assert awaited(employee) == [("Essayer la clé", address)]
    assert awaited(director) == awaited(stranger) == []
    holding_key.record_trial(campaign=campaign, by=employee)
    assert awaited(employee) == []


def test_closed_envelopes_await_the_key_in_both_spaces_until_it_comes():
    campaign, words, director, employee = closed()
    address = reverse("evidence:bring_key", args=[campaign.public_id])
    assert awaited(employee) == awaited(director) == [("Apporter la clé", address)]
    assert awaited(AccountFactory(director_of=StructureFactory())) == []
    private = trusted_key.private_key_of(seed_of(words))
    door.hand_over(campaign=campaign, private_key=private, by=employee)
    assert awaited(employee) == awaited(director) == []


def test_the_direction_never_makes_the_key():
    campaign, _words, director, _employee = entrusted()
    for act in (
        lambda: holding_key.take_public_key(
            campaign=campaign, public_key=trusted_key.made_here()[1], by=director
        ),
        lambda: holding_key.record_trial(campaign=campaign, by=director),
    ):
        with pytest.raises(PermissionDenied, match="jamais par qui lance"):
            act()


def test_a_director_who_is_also_the_employee_of_the_pair_does_not_hold_it():
    campaign, _words, director, _employee = entrusted()
    from labqvt.people.models import Function
    from labqvt.people.services import assign

    assign(account=director, function=Function.EMPLOYEE, scope=campaign.scope, by=None)
    with pytest.raises(PermissionDenied):
        holding_key.record_trial(campaign=campaign, by=director)


def test_the_server_holds_nothing_that_opens():
    campaign, words, _director, _employee = closed()
    private = trusted_key.private_key_of(seed_of(words))
    assert keys.read(campaign).private_key == b""
    assert keys.await_a_person(campaign)
    kept = keys.path_of(campaign).read_bytes()
    assert base64.b64encode(private) not in kept
    jobs.run_due()
    assert release_of(campaign) is None


def test_codes_are_printed_though_the_key_is_elsewhere():
    campaign, _words, director, _employee = entrusted()
    campaign = services.open_campaign(campaign=campaign, by=director, today=OPENS)
    [(_population, printed)] = services.printed_codes(campaign=campaign, by=director)
    assert len(printed) == 12


def test_the_words_open_once_and_are_kept_nowhere(client):
    campaign, words, _director, employee = closed()
    client.force_login(employee)
    url = reverse("evidence:bring_key", args=[campaign.public_id])
    wrong = " ".join(words_of(bytes(16)))
    assert client.post(url, {"words": wrong}).status_code == 422
    assert client.post(url, {"words": words[:-3]}).status_code == 422
    assert client.post(url, {"words": words.upper()}).status_code == 302
    jobs.run_due()
    release = release_of(campaign)
    assert release.shown
    assert release.content["n_responses"] == 8
    assert release.certificate["unreadable"] == 0
    seed, private = seed_of(words), trusted_key.private_key_of(seed_of(words))
    secrets = [words, words.upper(), seed.hex(), private.hex(), base64.b64encode(private).decode()]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in sealed_tables():
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            told = repr(cursor.fetchall())
            assert not [secret for secret in secrets if secret in told], table
    assert client.get(url).status_code == 403  # opened, released: nobody has anything to bring


def test_a_handing_over_cut_short_is_begun_again(monkeypatch):
    campaign, words, _director, employee = closed()
    private = trusted_key.private_key_of(seed_of(words))
    monkeypatch.setattr(door, "record_use", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        door.hand_over(campaign=campaign, private_key=private, by=employee)
    monkeypatch.undo()
    assert keys.await_a_person(Campaign.objects.get(pk=campaign.pk))
    jobs.run_due()
    assert release_of(campaign) is None
    door.hand_over(campaign=campaign, private_key=private, by=employee)
    jobs.run_due()
    assert release_of(campaign).content["n_responses"] == 8


def test_a_key_of_another_campaign_destroys_nothing(monkeypatch):
    campaign, _words, _director, _employee = closed()
    monkeypatch.setattr(keys, "await_a_person", lambda _campaign: False)
    monkeypatch.setattr(keys, "read", lambda _campaign: keys.CampaignKeys(bytes(PrivateKey.generate()), b""))
    with pytest.raises(keys.KeyLostError, match="aucune de ses enveloppes"):
        door.open_envelopes(campaign.public_id)
    assert release_of(campaign) is None


def test_a_key_never_brought_destroys_unread_on_the_day_announced():
    campaign, _words, _director, _employee = closed()
    with time_machine.travel(campaign.closed_on + timedelta(days=30)):
        assert tasks.destroy_unopened(lambda _n: None) == {"destroyed": 0}
    with time_machine.travel(campaign.closed_on + timedelta(days=32)):
        assert tasks.destroy_unopened(lambda _n: None) == {"destroyed": 1}
        assert tasks.destroy_unopened(lambda _n: None) == {"destroyed": 0}
    release = release_of(campaign)
    assert (release.shown, release.content) == (False, {})
    assert destruction_of(campaign).rule == Destruction.Rule.UNOPENED
    assert not keys.exist(campaign)


@pytest.mark.parametrize(
    ("who", "status"), [("director", 200), ("employee", 200), ("stranger", 404), ("visitor", 302)]
)
def test_who_may_lend_their_screen_for_the_words(client, who, status):
    campaign, _words, director, employee = closed()
    people = {
        "director": director,
        "employee": employee,
        "stranger": AccountFactory(director_of=StructureFactory()),
    }
    if who in people:
        client.force_login(people[who])
    assert client.get(reverse("evidence:bring_key", args=[campaign.public_id])).status_code == status


def test_the_certificate_says_what_when_and_by_which_rule_and_not_how_many(client):
    campaign, words, _director, employee = closed("44444")
    client.force_login(employee)
    assert client.get(reverse("evidence:destruction", args=[campaign.public_id])).status_code == 404
    door.hand_over(campaign=campaign, private_key=trusted_key.private_key_of(seed_of(words)), by=employee)
    jobs.run_due()
    page = client.get(reverse("evidence:destruction", args=[campaign.public_id])).content.decode()
    assert "dans le même geste que la publication" in page
    assert "en cours" not in page
    assert "5 feuilles" not in page
    assert "5 réponses" not in page
    paper = client.get(reverse("evidence:destruction_pdf", args=[campaign.public_id]))
    assert paper.content.startswith(b"%PDF")
    assert JournalEntry.objects.filter(act="campaigns.use_key").count() == 1
