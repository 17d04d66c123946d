"""Reminders: to everyone, twice a week at most, without a code."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from labqvt.campaigns import inviting, reminding
from labqvt.campaigns.models import AccessCode
from labqvt.campaigns.ways_models import InvitedAddress, Reminder
from labqvt.foundation import jobs, journal
from labqvt.foundation.models import Job
from tests.factories import AccountFactory, StructureFactory
from tests.labqvt.campaigns.factories import CampaignFactory
from tests.labqvt.campaigns.ways import ADDRESS, by_mail, director_of, employee_of

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(opens=DAYS, length=st.integers(0, 200))
def test_proposed_days_are_inside_and_never_three_in_a_week(opens, length):
    closes = opens + timedelta(days=length)
    days = reminding.suggested_days(opens, closes)
    assert days == sorted(set(days))
    assert all(day.isoweekday() <= 5 for day in days)
    assert all(opens < day <= closes for day in days)
    for first in days:
        assert sum(first <= day < first + timedelta(days=7) for day in days) <= 2
    assert bool(days) == (length >= 3) or length < 8  # a short campaign may hold no working day that is left


def test_a_usual_campaign_is_reminded_on_working_days():
    assert reminding.suggested_days(date(2026, 3, 2), date(2026, 3, 20)) == [
        date(2026, 3, 5), date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 18),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_reminder_by_mail_goes_to_everyone_and_holds_no_code(provider):
    campaign = by_mail()
    inviting.send_codes(campaign=campaign, by=director_of(campaign), address=ADDRESS)
    jobs.run_due()
    provider.delivered.clear()
    answered = AccessCode.objects.filter(campaign=campaign)[:9]
    AccessCode.objects.filter(pk__in=[code.pk for code in answered]).update(spent=True)
    reminding.remind(campaign=campaign, way=Reminder.By.MAIL, by=employee_of(campaign), address=ADDRESS)
    jobs.run_due()
    assert len(provider.delivered) == 16
    [body] = {body for _address, _subject, body in provider.delivered}
    assert "Si vous avez déjà répondu" in body
    assert "Votre code :" not in body
    assert "@" not in str(Job.objects.filter(kind="campaigns.send_reminder").values_list())
    [reminder] = Reminder.objects.all()
    reminding.deliver_reminder(reminder, ADDRESS)
    assert len(provider.delivered) == 16  # run again, nobody receives it twice


@pytest.mark.django_db
def test_an_address_that_refuses_the_reminder_is_shown_as_returned(provider):
    campaign = by_mail()
    inviting.send_codes(campaign=campaign, by=director_of(campaign), address=ADDRESS)
    jobs.run_due()
    provider.replies = {"personne2@": (550, b"5.1.1 unknown")}
    reminding.remind(campaign=campaign, way=Reminder.By.MAIL, by=director_of(campaign), address=ADDRESS)
    jobs.run_due()
    line = InvitedAddress.objects.get(address="personne2@equipe.invalid")
    assert (line.state, line.why) == (InvitedAddress.State.BOUNCED, "unknown")


@pytest.mark.django_db
def test_a_third_reminder_in_a_week_is_refused_with_the_day_of_the_next():
    campaign = CampaignFactory(open=True)
    by, today = director_of(campaign), timezone.localdate()
    for ago in (6, 2):
        Reminder.objects.create(campaign=campaign, way="spoken", on=today - timedelta(days=ago), by=by)
    with pytest.raises(PermissionDenied, match=f"{today + timedelta(days=1):%d/%m}"):
        reminding.remind(campaign=campaign, way="poster", by=by)
    assert reminding.remind(campaign=campaign, way="poster", by=by, today=today + timedelta(days=1))


@pytest.mark.django_db
def test_a_reminder_noted_by_mistake_is_undone():
    campaign = CampaignFactory(open=True)
    by = employee_of(campaign)
    reminding.remind(campaign=campaign, way="spoken", by=by)
    journal.undo(entry=journal.history_of(campaign).first(), by=by)
    assert not Reminder.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["consultant_of", "stranger"])
def test_who_does_not_prepare_does_not_remind(who):
    campaign = CampaignFactory(open=True)
    person = (
        AccountFactory(director_of=StructureFactory())
        if who == "stranger"
        else AccountFactory(consultant_of=campaign.organisation)
    )
    with pytest.raises(PermissionDenied, match="binôme"):
        reminding.remind(campaign=campaign, way="spoken", by=person)


@pytest.mark.django_db
def test_a_campaign_without_addresses_is_not_reminded_by_mail():
    campaign = CampaignFactory(open=True)
    with pytest.raises(PermissionDenied, match="aucune adresse"):
        reminding.remind(campaign=campaign, way=Reminder.By.MAIL, by=director_of(campaign))
