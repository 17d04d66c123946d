"""Codes by e-mail: an address and a code meet in the message, and nowhere else, whatever breaks."""

import logging
import smtplib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from labqvt.campaigns import codes, inviting, posting, services
from labqvt.campaigns.bounces import Bounce
from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.campaigns.ways_models import InvitedAddress
from labqvt.foundation import jobs, journal
from labqvt.foundation.mail import outbox
from labqvt.foundation.models import Job, JournalEntry
from labqvt.foundation.sealed import sealed_tables
from tests.factories import AccountFactory, StructureFactory
from tests.labqvt.campaigns.factories import CampaignFactory
from tests.labqvt.campaigns.ways import ADDRESS, addresses, by_mail, director_of, employee_of

pytestmark = pytest.mark.django_db
State = InvitedAddress.State


def send(campaign):
    inviting.send_codes(campaign=campaign, by=director_of(campaign), address=ADDRESS)
    jobs.run_due()


def code_in(body: str) -> str:
    return next(filter(None, (codes.normalised(word.strip("(.,;")) for word in body.split() if "-" in word)))


def states(campaign) -> dict[str, int]:
    found = list(InvitedAddress.objects.filter(campaign=campaign).values_list("state", flat=True))
    return {state: found.count(state) for state in set(found)}


def everything_kept() -> str:
    """Every value of every table, as text: what a thief of the database reads."""
    return "\n".join(
        f"{model._meta.label}|{row}"
        for model in apps.get_models()
        if model._meta.db_table not in sealed_tables()
        for row in model._base_manager.values_list()
    )


def test_each_address_receives_one_code_that_opens_the_questionnaire(provider):
    campaign = by_mail()
    send(campaign)
    assert [address for address, *_rest in sorted(provider.delivered)] == sorted(addresses(16))
    drawn = [code_in(body) for _address, _subject, body in provider.delivered]
    assert len(set(drawn)) == 16
    kept = set(AccessCode.objects.filter(campaign=campaign, spent=False).values_list("digest", flat=True))
    assert kept == {codes.digest_of(code) for code in drawn}
    assert states(campaign) == {State.SENT: 16}


def test_neither_the_database_nor_a_log_holds_a_code(provider, caplog):
    caplog.set_level(logging.DEBUG)
    campaign = by_mail()
    provider.replies = {"personne3": (550, b"5.1.1 user unknown personne3@equipe.invalid")}
    send(campaign)
    drawn = [code_in(body) for _address, _subject, body in provider.delivered]
    kept = everything_kept()
    assert "personne0@equipe.invalid" in kept  # the look is sharp enough
    for code in drawn:
        for written in (code, codes.grouped(code), codes.spelled(code)):
            assert written not in kept
            assert written not in caplog.text
    assert "@equipe.invalid" not in caplog.text
    for model in (Job, JournalEntry):
        rows = "\n".join(str(row) for row in model.objects.values_list())
        assert "@equipe.invalid" not in rows
    # No column, key, time or order is common to an address and a code.
    assert {f.name for f in InvitedAddress._meta.fields} & {f.name for f in AccessCode._meta.fields} == {
        "id", "campaign", "audience",
    }  # fmt: skip
    assert not set(InvitedAddress.objects.values_list("pk", flat=True)) & set(
        AccessCode.objects.values_list("pk", flat=True)
    )


def test_the_outbox_keeps_the_message_without_its_code(settings, monkeypatch):
    settings.EMAIL_BACKEND = "labqvt.foundation.mail.OutboxBackend"
    settings.DEMONSTRATION = True
    campaign = by_mail()
    seen = []
    real = codes.drawn_at_random
    monkeypatch.setattr(codes, "drawn_at_random", lambda: seen.append(real()) or seen[-1])
    send(campaign)
    kept = [path.read_bytes().decode() for path in Path(settings.OUTBOX_DIR).glob("*.eml")]
    assert len(kept) == len(seen) == 16
    bodies = "\n".join(message.body for message in outbox())
    assert "••••••••" in bodies
    for code in seen:
        assert code not in bodies
        assert codes.grouped(code) not in bodies
        assert codes.spelled(code) not in bodies


def test_without_a_mail_server_nothing_is_lost(settings):
    settings.DEMONSTRATION = False
    settings.EMAIL_BACKEND = "labqvt.foundation.mail.OutboxBackend"
    campaign = by_mail()
    with pytest.raises(PermissionDenied, match="LABQVT_EMAIL_URL"):
        inviting.send_codes(campaign=campaign, by=director_of(campaign), address=ADDRESS)
    assert not AccessCode.objects.filter(campaign=campaign).exists()


def test_a_server_that_does_not_answer_draws_nothing_and_is_asked_again(provider):
    campaign = by_mail()
    provider.down = True
    send(campaign)
    job = Job.objects.get(kind="campaigns.send_codes")
    assert "ne répond pas" in job.error
    assert "@" not in job.error
    assert not AccessCode.objects.filter(campaign=campaign).exists()
    provider.down = False
    Job.objects.update(not_before=timezone.now())
    jobs.run_due()
    assert states(campaign) == {State.SENT: 16}


def test_a_killed_run_sends_no_second_message_and_draws_fresh_codes(provider, monkeypatch):
    campaign = by_mail()
    real, calls = posting.hand_over, []

    def killed_at_the_sixth(*args, **kwargs):
        calls.append(1)
        if len(calls) == 6:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(posting, "hand_over", killed_at_the_sixth)
    with pytest.raises(KeyboardInterrupt):
        inviting.deliver_codes(campaign, ADDRESS)
    assert states(campaign) == {State.SENT: 5, State.LEAVING: 1, State.WAITING: 10}
    monkeypatch.setattr(posting, "hand_over", real)
    inviting.deliver_codes(campaign, ADDRESS)
    assert states(campaign) == {State.SENT: 15, State.LEAVING: 1}
    received = [address for address, *_rest in provider.delivered]
    assert len(received) == len(set(received)) == 15
    assert len({code_in(body) for *_rest, body in provider.delivered}) == 15


@pytest.mark.parametrize(
    ("reply", "state", "why"),
    [
        ((550, b"5.1.1 <personne3@equipe.invalid>: user unknown"), State.BOUNCED, "unknown"),
        ((552, b"5.2.2 mailbox full"), State.BOUNCED, "full"),
        ((554, b"5.7.1 rejected by policy"), State.BOUNCED, "refused"),
        ((550, b"Unknown user"), State.BOUNCED, "unknown"),
        (smtplib.SMTPDataError(554, b"5.6.0 no"), State.BOUNCED, "other"),
        (smtplib.SMTPServerDisconnected("cut"), State.LEAVING, ""),
        (TimeoutError(), State.LEAVING, ""),
    ],
)
def test_each_recorded_reply_has_its_state(provider, reply, state, why):
    campaign = by_mail()
    provider.replies = {"personne3@": reply}
    send(campaign)
    line = InvitedAddress.objects.get(address="personne3@equipe.invalid")
    assert (line.state, line.why) == (state, why)
    live = AccessCode.objects.filter(campaign=campaign).count()
    # A code refused at once was seen by nobody: it opens nothing. One that may have left stays.
    assert live == (15 if state == State.BOUNCED else 16)


def test_come_back_later_is_tried_again_without_the_codes_nobody_saw(provider):
    campaign = by_mail()
    provider.replies = {"personne3@": (451, b"4.7.1 greylisted")}
    send(campaign)
    assert states(campaign) == {State.SENT: 15, State.WAITING: 1}
    assert AccessCode.objects.filter(campaign=campaign).count() == 15
    provider.replies = {}
    Job.objects.update(not_before=timezone.now())
    jobs.run_due()
    assert states(campaign) == {State.SENT: 16}
    assert AccessCode.objects.filter(campaign=campaign).count() == 16


def test_a_returned_code_is_cancelled_and_another_is_given_without_a_link(provider):
    campaign = by_mail()
    send(campaign)
    code = next(code_in(body) for address, _s, body in provider.delivered if address.startswith("personne5@"))
    by = employee_of(campaign)
    inviting.take_reports(
        campaign=campaign, by=by, bounces=[Bounce("personne5@equipe.invalid", "unknown", code)]
    )
    assert not AccessCode.objects.filter(digest=codes.digest_of(code)).exists()
    line = InvitedAddress.objects.get(address="personne5@equipe.invalid")
    assert line.state == State.BOUNCED
    before = set(AccessCode.objects.values_list("pk", flat=True))
    inviting.send_again(campaign=campaign, line=line, address="bonne@equipe.invalid", by=by)
    send(campaign)
    assert provider.delivered[-1][0] == "bonne@equipe.invalid"
    assert AccessCode.objects.filter(campaign=campaign).count() == 16
    # Every code was laid again: the new one is not the only new row.
    assert not before & set(AccessCode.objects.values_list("pk", flat=True))
    assert inviting.codes_sent_again(campaign) == 1


def test_codes_sent_again_are_few_and_told_at_closing(provider):
    campaign = by_mail()
    send(campaign)
    by = director_of(campaign)
    for rank in range(3):
        line = InvitedAddress.objects.get(address=f"personne{rank}@equipe.invalid")
        inviting.mark_bounced(campaign=campaign, line=line, why="unknown", by=by)
        line.refresh_from_db()
        inviting.send_again(campaign=campaign, line=line, address=f"autre{rank}@equipe.invalid", by=by)
    fourth = InvitedAddress.objects.get(address="personne3@equipe.invalid")
    inviting.mark_bounced(campaign=campaign, line=fourth, why="unknown", by=by)
    fourth.refresh_from_db()
    with pytest.raises(PermissionDenied, match="déjà été renvoyés"):
        inviting.send_again(campaign=campaign, line=fourth, address="encore@equipe.invalid", by=by)
    closed = services.close_campaign(campaign=campaign, by=by)
    assert closed.parameters["sent_again"] == 3
    assert not InvitedAddress.objects.filter(campaign=campaign).exists()
    assert "@equipe.invalid" not in everything_kept()


def test_marking_by_hand_is_undone():
    campaign = by_mail()
    line = InvitedAddress.objects.filter(campaign=campaign).first()
    InvitedAddress.objects.filter(pk=line.pk).update(state=State.SENT)
    line.refresh_from_db()
    by = employee_of(campaign)
    inviting.mark_bounced(campaign=campaign, line=line, why="full", by=by)
    journal.undo(entry=journal.history_of(campaign).first(), by=by)
    line.refresh_from_db()
    assert (line.state, line.why) == (State.SENT, "")


def test_adding_is_undone_and_the_journal_knows_no_address():
    campaign = CampaignFactory(way_in=Campaign.WayIn.PERSONAL_CODES, headcount=20)
    by = director_of(campaign)
    assert inviting.add_addresses(campaign=campaign, by=by, addresses=["a@b.fr", "A@b.fr", "c@b.fr"]) == 2
    entry = journal.history_of(campaign).first()
    assert "@" not in f"{entry.params}{entry.undo_params}"
    journal.undo(entry=entry, by=by)
    assert not InvitedAddress.objects.exists()


def test_no_more_addresses_than_people_invited():
    campaign = CampaignFactory(way_in=Campaign.WayIn.PERSONAL_CODES, headcount=16)
    by = director_of(campaign)
    with pytest.raises(ValidationError, match="un code par personne"):
        inviting.add_addresses(campaign=campaign, by=by, addresses=addresses(16))
    inviting.add_addresses(campaign=campaign, by=by, addresses=addresses(15))
    inviting.add_addresses(campaign=campaign, by=by, addresses=["direction@b.fr"], audience="direction")
    with pytest.raises(ValidationError):
        inviting.add_addresses(campaign=campaign, by=by, addresses=["d2@b.fr"], audience="direction")


def test_under_fifteen_addresses_no_code_leaves(provider):
    campaign = CampaignFactory(way_in=Campaign.WayIn.PERSONAL_CODES, headcount=20, open=True)
    by = director_of(campaign)
    inviting.add_addresses(campaign=campaign, by=by, addresses=addresses(14))
    with pytest.raises(PermissionDenied, match="au moins quinze"):
        inviting.send_codes(campaign=campaign, by=by, address=ADDRESS)
    assert not provider.delivered


def test_addresses_are_for_the_pair_alone():
    campaign = by_mail()
    line = InvitedAddress.objects.filter(campaign=campaign).first()
    strangers = [
        AccountFactory(consultant_of=campaign.organisation),
        AccountFactory(director_of=StructureFactory()),
    ]
    for person in strangers:
        for act in (
            lambda p=person: inviting.add_addresses(campaign=campaign, by=p, addresses=["x@y.fr"]),
            lambda p=person: inviting.remove_addresses(campaign=campaign, by=p),
            lambda p=person: inviting.send_codes(campaign=campaign, by=p, address=ADDRESS),
            lambda p=person: inviting.take_reports(campaign=campaign, by=p, bounces=[]),
            lambda p=person: inviting.mark_bounced(campaign=campaign, line=line, why="full", by=p),
            lambda p=person: inviting.send_again(campaign=campaign, line=line, address="x@y.fr", by=p),
        ):
            with pytest.raises(PermissionDenied, match="binôme"):
                act()
    assert inviting.remove_addresses(campaign=campaign, by=employee_of(campaign)) == 16


def test_changing_the_way_in_forgets_the_addresses():
    campaign = CampaignFactory(way_in=Campaign.WayIn.PERSONAL_CODES, headcount=20)
    by = director_of(campaign)
    inviting.add_addresses(campaign=campaign, by=by, addresses=addresses(3))
    draft = services.as_draft(campaign)
    services.edit_draft(
        campaign=campaign, by=by, title=campaign.title, version=campaign.version, mirror=campaign.mirror,
        opens_on=campaign.opens_on, closes_on=campaign.closes_on, headcount=draft["headcount"],
        direction_members=1, way_in=Campaign.WayIn.HAT_CODES,
    )  # fmt: skip
    assert not InvitedAddress.objects.exists()
