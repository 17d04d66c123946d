"""Codes dealt again while people answer: none is lost, none serves twice, none is said to have served."""

import threading

import pytest
from django.db import connection, transaction

from labqvt.campaigns.dealing import deal_again
from labqvt.campaigns.models import AccessCode
from labqvt.responses import services
from tests.labqvt.campaigns.factories import CampaignFactory, codes_of


@pytest.mark.django_db
def test_spent_codes_stay_spent_and_codes_nobody_saw_go():
    campaign = CampaignFactory(open=True)
    served, unseen, *others = AccessCode.objects.filter(campaign=campaign)
    AccessCode.objects.filter(pk=served.pk).update(spent=True)
    with transaction.atomic():
        deal_again(campaign, without=frozenset({served.digest, unseen.digest}))
    left = AccessCode.objects.filter(campaign=campaign)
    assert {code.digest: code.spent for code in left} == {
        served.digest: True, **{code.digest: False for code in others}
    }  # fmt: skip
    assert not {served.pk, *(code.pk for code in others)} & {code.pk for code in left}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite n’écrit qu’une transaction à la fois")
@pytest.mark.parametrize("headcount", [40, 260])
def test_codes_dealt_while_an_answer_is_sent_are_all_there(monkeypatch, headcount):
    """The answer holds its code while a message that came back makes the codes be dealt: they wait for each other."""
    campaign = CampaignFactory(open=True, headcount=headcount)
    *others, first = codes_of(campaign)[-9:]
    holding, go_on = threading.Event(), threading.Event()
    keep = services._keep

    def slow(*args):
        holding.set()
        go_on.wait(5)
        keep(*args)

    monkeypatch.setattr(services, "_keep", slow)
    faults = []

    def run(act):
        try:
            act()
        except Exception as error:  # noqa: BLE001 - told to the test
            faults.append(error)
        finally:
            connection.close()

    def deal():
        with transaction.atomic():
            deal_again(campaign)

    acts = [lambda code=code: services.submit(code=code, answers={}) for code in (first, *others)]
    people = [threading.Thread(target=run, args=[act]) for act in (acts[0], deal, *acts[1:])]
    people[0].start()
    assert holding.wait(5)
    for person in people[1:]:
        person.start()
        person.join(0.1)
    go_on.set()
    for person in people:
        person.join()
    assert faults == []
    assert AccessCode.objects.filter(campaign=campaign).count() == headcount
    assert AccessCode.objects.filter(campaign=campaign, spent=True).count() == 9
