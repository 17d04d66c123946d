"""One transaction spends the code and keeps the sheet, or does neither."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from labqvt.campaigns import keys
from labqvt.campaigns import services as campaigns
from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.foundation import sealed
from labqvt.responses import envelope, services
from labqvt.responses.models import SealedSheet
from labqvt.responses.services import CodeRefused, Refusal
from tests.factories import AccountFactory
from tests.labqvt.campaigns.factories import CampaignFactory, codes_of


def opened_sheets(campaign):
    """What the door would read."""
    private = keys.read(campaign).private_key
    with sealed.opened("door"):
        blobs = list(SealedSheet.objects.filter(campaign=campaign).values_list("ciphertext", flat=True))
    return [envelope.unseal(private, blob) for blob in blobs]


@pytest.mark.django_db
def test_an_answer_is_kept_with_its_structure_and_its_audience_only():
    campaign = CampaignFactory(open=True)
    [direction] = codes_of(campaign, "direction")

    services.submit(code=codes_of(campaign)[0], answers={"REL1": "4"})
    services.submit(code=direction.lower(), answers={"REL1": "2"})

    sheets = sorted(opened_sheets(campaign), key=lambda sheet: sheet["audience"])
    structure = campaign.organisation.public_id
    assert sheets == [
        {"audience": "direction", "structure": structure, "answers": {"REL1": "2"}},
        {"audience": "employees", "structure": structure, "answers": {"REL1": "4"}},
    ]


@pytest.mark.django_db
def test_a_code_serves_once():
    campaign = CampaignFactory(open=True)
    code = codes_of(campaign)[0]
    services.submit(code=code, answers={"REL1": "4"})

    with pytest.raises(CodeRefused) as refused:
        services.submit(code=code, answers={"REL1": "5"})

    assert refused.value.reason == Refusal.USED
    assert [sheet["answers"] for sheet in opened_sheets(campaign)] == [{"REL1": "4"}]


@pytest.mark.django_db
def test_a_sheet_that_cannot_be_kept_leaves_the_code_unspent():
    campaign = CampaignFactory(open=True)
    code = codes_of(campaign)[0]

    with pytest.raises(envelope.EnvelopeError):
        services.submit(code=code, answers={"REL1": "x" * 100_000})

    assert not AccessCode.objects.filter(campaign=campaign, spent=True).exists()
    assert opened_sheets(campaign) == []


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "AAAA-AAAA", "2345 678", "'; DROP TABLE", "É" * 8])
def test_what_is_not_a_code_opens_nothing(typed):
    CampaignFactory(open=True)
    with pytest.raises(CodeRefused) as refused:
        services.submit(code=typed, answers={})
    assert refused.value.reason == Refusal.UNKNOWN


@pytest.mark.django_db
def test_a_campaign_answers_from_its_first_to_its_last_day():
    today = timezone.localdate()
    campaign = CampaignFactory(
        open=True, opens_on=today + timedelta(days=2), closes_on=today + timedelta(days=5)
    )
    code = codes_of(campaign)[0]

    for day, reason in [(1, Refusal.NOT_YET), (6, Refusal.CLOSED)]:
        with pytest.raises(CodeRefused) as refused:
            services.admit(code=code, today=today + timedelta(days=day))
        assert refused.value.reason == reason
    assert services.admit(code=code, today=today + timedelta(days=5))

    campaigns.close_campaign(campaign=campaign, by=AccountFactory(director_of=campaign.organisation))
    with pytest.raises(CodeRefused) as refused:
        services.admit(code=code, today=today + timedelta(days=3))
    assert refused.value.reason == Refusal.CLOSED


@pytest.mark.django_db
def test_every_sheet_has_the_same_length():
    campaign = CampaignFactory(open=True)
    first, second, third = codes_of(campaign)[:3]
    form = campaign.version.form
    full = {
        variable.id: max(variable.choices.codes, key=len)
        for variable in form.answer_variables
        if variable.choices
    }
    for code, answers in ((first, {}), (second, full), (third, {"REL1": "1"})):
        services.submit(code=code, answers=answers)

    with sealed.opened("door"):
        lengths = {len(bytes(b)) for b in SealedSheet.objects.values_list("ciphertext", flat=True)}
    assert len(lengths) == 1


@pytest.mark.django_db(transaction=True)
def test_two_tabs_sending_at_once_keep_one_sheet():
    campaign = CampaignFactory(open=True)
    code = codes_of(campaign)[0]
    outcomes = []
    together = threading.Barrier(4)

    def send(mark: str) -> None:
        together.wait()
        try:
            services.submit(code=code, answers={"REL1": mark})
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
    assert len(opened_sheets(Campaign.objects.get(pk=campaign.pk))) == 1
