"""Copies of the database taken while people answer, compared by a thief who printed the codes."""

import base64
import json
import random
import secrets
from itertools import pairwise

import pytest
from django.db import connection
from django.urls import reverse

from labqvt.campaigns import keys
from labqvt.campaigns.codes import digest_of
from labqvt.foundation import jobs, sealed
from labqvt.responses import envelope, services
from tests.labqvt.campaigns.factories import CampaignFactory, codes_of
from tests.labqvt.evidence.factories import answer, close, open_campaign

pytestmark = pytest.mark.django_db(transaction=True)

Copy = tuple[frozenset[str], frozenset[bytes]]


def copy() -> Copy:
    """The digests of the codes that served, and the sheets: all there is."""
    with sealed.opened("door"), connection.cursor() as thief:
        thief.execute("SELECT digest FROM campaigns_accesscode WHERE spent")
        served = frozenset(digest for (digest,) in thief.fetchall())
        thief.execute("SELECT ciphertext FROM responses_sealedsheet")
        return served, frozenset(bytes(sheet) for (sheet,) in thief.fetchall())


def between(before: Copy, after: Copy) -> tuple[frozenset[str], frozenset[bytes]]:
    return after[0] - before[0], after[1] - before[1]


def in_clear(_key: str, content: dict, size: int) -> bytes:
    return json.dumps(content).encode().ljust(size)


def around_one_answer(campaign, answers: dict[str, str]) -> tuple[str, bytes]:
    """What two copies tell: which code served, and which sheet came."""
    code = codes_of(campaign)[0]
    before = copy()
    services.submit(code=code, answers=answers)
    served, sheets = between(before, copy())
    assert served == {digest_of(code)}
    [sheet] = sheets
    return code, sheet


def test_two_copies_around_an_answer_read_it_when_sheets_are_not_sealed(monkeypatch):
    monkeypatch.setattr(services, "seal", in_clear)
    _code, sheet = around_one_answer(CampaignFactory(open=True), {"REL1": "1"})
    assert json.loads(sheet)["answers"] == {"REL1": "1"}


def test_two_copies_around_an_answer_read_nothing():
    """They tell that this code served, and show an envelope: neither its words nor its length say more."""
    campaign = CampaignFactory(open=True)
    _code, sheet = around_one_answer(campaign, {"REL1": "1"})
    assert b"REL1" not in sheet
    services.submit(code=codes_of(campaign)[1], answers={"REL1": "1"})
    assert len({len(one) for one in copy()[1]}) == 1
    assert len(copy()[1]) == 2  # the same answers never give the same envelope
    with pytest.raises(envelope.EnvelopeError):
        envelope.unseal(secrets.token_bytes(32), sheet)


def test_the_length_of_a_sheet_tells_who_wrote_when_it_is_not_padded(monkeypatch):
    monkeypatch.setattr(
        services, "seal", lambda key, content, _size: envelope.seal(key, content, len(json.dumps(content)))
    )
    assert len(_lengths()) == 2


def test_every_sheet_has_the_same_length():
    assert len(_lengths()) == 1


def _lengths() -> set[int]:
    campaign = CampaignFactory(open=True)
    first, second = codes_of(campaign)[:2]
    services.submit(code=first, answers={})
    services.submit(code=second, answers={f"REL{rank}": "4" for rank in range(1, 5)})
    return {len(sheet) for sheet in copy()[1]}


# The limit that is printed, measured


def linked_with_the_key(campaign, hours: list[int]) -> list[int]:
    """A copy at each hour, and the key at last: how many sheets each code that served may be, one entry a code."""
    codes = iter(codes_of(campaign))
    copies = [copy()]
    for answered in hours:
        for _ in range(answered):
            services.submit(code=next(codes), answers={"REL1": "3"})
        copies.append(copy())
    key = base64.b64decode(json.loads(keys.path_of(campaign).read_text())["private_key"])
    candidates = []
    for before, after in pairwise(copies):
        served, sheets = between(before, after)
        opened = [envelope.unseal(key, sheet)["answers"] for sheet in sheets]
        assert len(served) == len(opened)
        candidates += [len(opened)] * len(served)
    return candidates


def test_whoever_copies_each_hour_and_gets_the_key_links_those_who_answered_alone(client):
    """It succeeds, and we say so: on the page of what the server keeps, in the same words."""
    chance = random.Random(44)
    hours = [0] * 24  # three days of eight hours
    for _person in range(24):
        hours[chance.randrange(24)] += 1
    candidates = linked_with_the_key(CampaignFactory(open=True, headcount=30), hours)
    alone = candidates.count(1)
    print(f"24 réponses en 24 heures, une copie par heure et la clé : {alone} reliées à leur code, "
          f"{len(candidates) - alone} parmi 2 à {max(candidates)}.")  # fmt: skip
    assert alone == hours.count(1) > 0
    assert "obtiendrait la clé pourrait relier un code à une feuille" in client.get(
        reverse("responses:kept")
    ).content.decode().replace("\u202f", " ")


def test_once_the_envelopes_are_opened_no_key_is_left_to_get():
    campaign = open_campaign(headcount=12)
    answer(campaign, employees="2345234")
    taken = copy()
    place = keys.path_of(campaign)
    assert place.exists()
    close(campaign)
    jobs.run_due()
    assert not [path for path in place.parent.rglob("*") if campaign.public_id in path.name]
    assert copy() == (frozenset(), frozenset())
    for sheet in taken[1]:  # what the thief kept stays closed
        with pytest.raises(envelope.EnvelopeError):
            envelope.unseal(secrets.token_bytes(32), sheet)
