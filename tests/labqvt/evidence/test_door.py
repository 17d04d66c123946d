"""The door on real envelopes: released once, destroyed in the same act, nothing lost by a crash."""

import threading
import time

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from labqvt.campaigns import keys
from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.evidence import door
from labqvt.evidence.gate import passed
from labqvt.evidence.models import Release
from labqvt.evidence.queries import release_of
from labqvt.evidence.verification import Findings
from labqvt.foundation import jobs
from labqvt.foundation.journal import history_of
from labqvt.foundation.models import Job
from labqvt.foundation.sealed import SealedTableError, opened
from labqvt.responses import services as submitting
from labqvt.responses.models import SealedSheet
from tests.factories import AccountFactory
from tests.labqvt.evidence.factories import (
    answer,
    close,
    closed_campaign,
    closed_pooled_campaign,
    director_of,
    open_campaign,
    opinion,
)

pytestmark = pytest.mark.django_db


def sheets_left(campaign: Campaign) -> int:
    with opened("door"):
        return SealedSheet.objects.filter(campaign=campaign).count()


def test_closing_releases_and_destroys_everything_raw():
    campaign = closed_campaign(employees="23452345")
    assert sheets_left(campaign) == 8
    jobs.run_due()
    release = release_of(campaign)
    assert release.shown
    assert release.content["n_responses"] == 8
    assert release.content["n_population"] == 11  # twelve people, one of the direction
    assert release.certificate["audited"] is True  # by the other program, before it appeared
    assert sheets_left(campaign) == 0
    assert not AccessCode.objects.filter(campaign=campaign).exists()
    assert not keys.exist(campaign)
    campaign.refresh_from_db()
    assert campaign.status == Campaign.Status.RELEASED
    assert "evidence.destroy" in {entry.act for entry in history_of(campaign)}


@pytest.mark.parametrize("employees", ["", "4", "44444"], ids=["nobody", "one", "five"])
def test_under_the_threshold_nothing_is_kept_and_nothing_tells_why(employees):
    campaign = closed_campaign(employees=employees)
    jobs.run_due()
    release = release_of(campaign)
    assert (release.shown, release.content, release.certificate) == (False, {}, {})
    assert sheets_left(campaign) == 0
    assert not keys.exist(campaign)
    campaign.refresh_from_db()
    assert campaign.status == Campaign.Status.UNRELEASED
    said = " ".join(str(entry) for entry in history_of(campaign))
    assert not any(str(n) in said for n in (len(employees) or 99,))


def test_direction_is_shown_with_consent_only():
    alone = closed_campaign(employees="23452345", direction="5")
    agreed = closed_campaign(employees="23452345", direction="5", consent=True)
    jobs.run_due()
    assert release_of(alone).content["mirror"] is None
    assert {row["direction"]["mean"] for row in release_of(agreed).content["mirror"]} == {100.0}
    assert release_of(alone).content["scales"] == release_of(agreed).content["scales"]


def test_a_large_direction_of_which_one_answered_is_not_shown():
    """From six members no consent is asked, and no view of fewer than six of them appears either."""
    few = closed_campaign(employees="23452345", direction="5", headcount=20, direction_members=6)
    all_ = closed_campaign(employees="23452345", direction="555555", headcount=20, direction_members=6)
    jobs.run_due()
    assert release_of(few).content["mirror"] is None
    assert release_of(few).content["n_direction"] is None
    assert {row["direction"]["text"] for row in release_of(all_).content["mirror"]} == {"≥ 90"}


def test_a_pooled_campaign_is_a_network_cell_or_nothing():
    cell = closed_pooled_campaign(dict.fromkeys("ABCDE", "234555"))
    four = closed_pooled_campaign(dict.fromkeys("FGHI", "23455555"))
    jobs.run_due()
    assert release_of(cell).content["network_cell"]
    assert release_of(cell).content["n_responses"] == 30
    assert not release_of(four).shown


class Crash(BaseException):
    """A power cut: nothing catches it."""


STEPS = [
    "labqvt.evidence.door.unseal",
    "labqvt.evidence.preparing.content_of",
    "labqvt.evidence.preparing.certificate_of",
    "labqvt.evidence.door.Release.objects.create",
    "labqvt.evidence.door._destroy",
    "labqvt.evidence.door.AccessCode.objects.filter",
    "labqvt.evidence.door.record_release",
    "labqvt.evidence.door._follow_up",
    "labqvt.evidence.door.keys.destroy",
]


@pytest.mark.parametrize("step", STEPS, ids=[step.removeprefix("labqvt.evidence.") for step in STEPS])
def test_a_crash_at_any_step_loses_nothing(monkeypatch, step):
    campaign = closed_campaign(employees="23452345")

    def crash(*_args, **_kwargs):
        raise Crash

    with monkeypatch.context() as broken:
        broken.setattr(step, crash)
        with pytest.raises(Crash):
            door.open_envelopes(campaign.public_id)
    committed = release_of(campaign) is not None
    assert sheets_left(campaign) == (0 if committed else 8)
    assert keys.exist(campaign)
    release = door.open_envelopes(campaign.public_id)
    assert release.shown
    assert release.content["n_responses"] == 8
    assert sheets_left(campaign) == 0
    assert not keys.exist(campaign)
    assert Release.objects.filter(campaign=campaign).count() == 1


@pytest.mark.django_db(transaction=True)
def test_others_go_on_writing_while_results_are_prepared(monkeypatch):
    """The gate may take minutes: meanwhile no transaction is open, or SQLite would keep everybody else waiting."""
    campaign = closed_campaign(employees="23452345")
    during = []

    def slow(*args, **kwargs):
        during.append(connection.in_atomic_block)
        return passed(*args, **kwargs)

    monkeypatch.setattr("labqvt.evidence.preparing.passed", slow)
    assert door.open_envelopes(campaign.public_id).shown
    assert during == [False]


def test_an_answer_kept_while_results_are_prepared_is_counted(monkeypatch):
    """Sheets are no longer those the results were made of: they are made again, with the last one."""
    campaign = closed_campaign(employees="23452345")
    late = []

    def meanwhile(*args, **kwargs):
        if not late:
            late.append(True)
            structure = campaign.populations.get().organisation.public_id
            submitting._keep(campaign, "employees", structure, opinion(campaign.version.form, "4"))
        return passed(*args, **kwargs)

    monkeypatch.setattr("labqvt.evidence.preparing.passed", meanwhile)
    release = door.open_envelopes(campaign.public_id)
    assert release.content["n_responses"] == 9
    assert sheets_left(campaign) == 0


def test_what_the_verifier_exposes_does_not_appear(monkeypatch):
    """The gate let it through and the independent verifier did not: no report, and no word why."""
    campaign = closed_campaign(employees="23452345")
    monkeypatch.setattr(
        "labqvt.evidence.gate.attacked", lambda *_: Findings(exposed={"contenu": ["on peut déduire"]})
    )
    release = door.open_envelopes(campaign.public_id)
    assert not release.shown
    assert release.certificate == {}
    assert sheets_left(campaign) == 0


def test_opening_twice_is_opening_once():
    campaign = closed_campaign(employees="23452345")
    first = door.open_envelopes(campaign.public_id)
    assert door.open_envelopes(campaign.public_id) == first
    assert Job.objects.filter(kind="evidence.announce").count() == 1


def test_a_lost_key_is_said_and_destroys_nothing():
    campaign = closed_campaign(employees="23452345")
    keys.path_of(campaign).rename(keys.path_of(campaign).with_suffix(".aside"))
    with pytest.raises(keys.KeyLostError, match="Enquête d’automne"):
        door.open_envelopes(campaign.public_id)
    assert sheets_left(campaign) == 8
    keys.path_of(campaign).with_suffix(".aside").rename(keys.path_of(campaign))
    assert door.open_envelopes(campaign.public_id).shown


def test_what_is_owed_is_asked_for_again():
    campaign = closed_campaign(employees="23452345")
    aside = keys.path_of(campaign).with_suffix(".aside")
    keys.path_of(campaign).rename(aside)
    Job.objects.filter(kind="evidence.release").update(max_attempts=1)
    jobs.run_due()
    assert Job.objects.get(kind="evidence.release").state == Job.State.FAILED
    aside.rename(keys.path_of(campaign))
    jobs.enqueue("evidence.release_late", title="reprise")
    jobs.run_due()
    assert release_of(campaign).shown


def test_a_key_left_by_crashes_is_destroyed_later(monkeypatch):
    """Sheets gone, key still there, retries used up: what was promised is done within the hour."""
    campaign = closed_campaign(employees="23452345")
    with monkeypatch.context() as broken:
        broken.setattr("labqvt.evidence.door.keys.destroy", lambda _campaign: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            door.open_envelopes(campaign.public_id)
    Job.objects.filter(kind="evidence.release").update(state=Job.State.FAILED)
    assert keys.exist(campaign)
    jobs.enqueue("evidence.release_late", title="reprise")
    jobs.run_due()
    assert not keys.exist(campaign)


def test_a_structure_borrows_the_spread_its_network_measured():
    before = closed_campaign(employees="23452345", headcount=14)
    jobs.run_due()
    closed_pooled_campaign(dict.fromkeys("ABCDE", "333444"))
    jobs.run_due()
    after = closed_campaign(employees="23452345", headcount=14)
    jobs.run_due()
    wide, narrow = (release_of(campaign).content for campaign in (before, after))
    assert (wide["spread_source"], narrow["spread_source"]) == ("reference", "network")
    assert "spreads" not in wide | narrow
    for one, other in zip(wide["scales"], narrow["scales"], strict=True):
        assert one["mean"] == other["mean"]
        assert one["ci95"][1] - one["ci95"][0] > other["ci95"][1] - other["ci95"][0]


def test_a_damaged_sheet_does_not_lose_the_others():
    campaign = closed_campaign(employees="23452345")
    with opened("door"):
        sheet = SealedSheet.objects.filter(campaign=campaign).first()
        SealedSheet.objects.filter(pk=sheet.pk).update(ciphertext=b"?" * len(bytes(sheet.ciphertext)))
    release = door.open_envelopes(campaign.public_id)
    assert release.content["n_responses"] == 7
    assert release.certificate["unreadable"] == 1


def test_outside_the_door_sheets_cannot_be_read():
    with pytest.raises(SealedTableError):
        SealedSheet.objects.count()


def test_both_sides_of_the_pair_are_told_in_the_same_message():
    campaign = closed_campaign(employees="23452345")
    employee = AccountFactory(employee_of=campaign.organisation)
    AccountFactory(employee_of=closed_campaign(employees="").organisation)
    jobs.run_due()
    told = [message for message in mail.outbox if employee.email in message.to]
    assert len(told) == 1
    assert sorted(told[0].to) == sorted([director_of(campaign).email, employee.email])
    assert f"/espace/campagnes/{campaign.public_id}/diagnostic/" in told[0].body


def test_an_announcement_is_sent_once_even_if_the_job_runs_again():
    campaign = closed_campaign(employees="23452345")
    jobs.run_due()
    sent = len(mail.outbox)
    jobs.enqueue("evidence.announce", title="encore", campaign=campaign.public_id)
    jobs.run_due()
    assert len(mail.outbox) == sent


def test_structures_of_a_network_do_not_read_each_other_s_addresses():
    campaign = closed_pooled_campaign(dict.fromkeys("ABCDE", "234555"))
    for population in campaign.populations.all():
        AccountFactory(director_of=population.organisation)
    jobs.run_due()
    assert sorted(len(message.to) for message in mail.outbox) == [1] * 6


def test_the_database_refuses_a_shown_release_without_certificate():
    campaign = closed_campaign(employees="")
    for traits in (
        {"shown": True, "content": {"n": 1}},
        {"shown": True, "certificate": {"audited": False}},
        {"shown": False, "content": {"n": 1}},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.create(campaign=campaign, **traits)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="pages d’un fichier SQLite")
def test_after_the_release_the_file_holds_no_sheet():
    campaign = closed_campaign(employees="23452345")
    with opened("door"):
        blob = bytes(SealedSheet.objects.filter(campaign=campaign).first().ciphertext)
    jobs.run_due()
    connection.close()
    from pathlib import Path

    name = connection.settings_dict["NAME"]
    for path in Path(name).parent.glob(f"{Path(name).name}*"):
        assert blob[:64] not in path.read_bytes()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite n’écrit qu’une transaction à la fois")
def test_an_answer_being_sent_at_closing_is_waited_for():
    """The submission holds its code while the campaign closes and the door opens: the door waits, and counts it."""
    campaign = open_campaign(headcount=12)
    answer(campaign, employees="234523")
    spent = set(AccessCode.objects.filter(campaign=campaign, spent=True).values_list("pk", flat=True))
    holding, released = threading.Event(), threading.Event()

    def late_answer():
        try:
            with transaction.atomic():
                access = (
                    AccessCode.objects.filter(campaign=campaign, audience="employees")
                    .exclude(pk__in=spent)
                    .first()
                )
                assert submitting._spent_now(access)
                holding.set()
                time.sleep(1)
                structure = access.population.organisation.public_id
                submitting._keep(
                    access.campaign, access.audience, structure, opinion(campaign.version.form, "5")
                )
        finally:
            connection.close()

    def release():
        try:
            door.open_envelopes(campaign.public_id)
            released.set()
        finally:
            connection.close()

    late = threading.Thread(target=late_answer)
    late.start()
    assert holding.wait(5)
    close(campaign)
    opening = threading.Thread(target=release)
    opening.start()
    assert not released.wait(0.3)
    late.join()
    opening.join()
    assert release_of(campaign).content["n_responses"] == 7
    assert sheets_left(campaign) == 0
