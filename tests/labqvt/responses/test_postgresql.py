"""The fourth lock: on PostgreSQL the web role adds sheets and cannot read one."""

import secrets
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from labqvt.foundation import sealed
from labqvt.responses import services
from labqvt.responses.models import SealedSheet
from tests.labqvt.campaigns.factories import CampaignFactory, codes_of

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs PostgreSQL: ./labqvt test --pg"),
]


@pytest.fixture
def web_role():
    """Everything in the block is done with the rights of the web process."""
    role = f"web_{secrets.token_hex(4)}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role}")
    call_command("sealed_grants", web=role, verbosity=0)
    yield role
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(f"DROP OWNED BY {role}")
        cursor.execute(f"DROP ROLE {role}")


def become(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")


def test_the_web_role_keeps_an_answer_and_reads_none(web_role):
    campaign = CampaignFactory(open=True)
    become(web_role)

    services.submit(code=codes_of(campaign)[0], answers={"REL1": "4"})
    services.submit(code=codes_of(campaign)[1], answers={"REL1": "2"})

    for statement in (
        "SELECT * FROM responses_sealedsheet",
        "DELETE FROM responses_sealedsheet",
        "TABLE responses_sealedsheet",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            sealed.opened("door"),
        ):
            connection.cursor().execute(statement)
    connection.cursor().execute("RESET ROLE")
    with sealed.opened("door"):
        assert SealedSheet.objects.filter(campaign=campaign).count() == 2


def test_people_who_send_at_once_are_all_kept():
    """Each answer deals the codes again: without waiting in turn, some deadlock and some codes « have served »."""
    campaign = CampaignFactory(open=True, headcount=40)
    codes = codes_of(campaign)[:32]
    ready = threading.Barrier(8)

    def send(mine: list[str]) -> list[str]:
        try:
            ready.wait()
            for code in mine:
                services.submit(code=code, answers={"REL1": "4"})
        except Exception as error:  # noqa: BLE001 - told to the test
            return [f"{type(error).__name__} : {error}"]
        finally:
            connection.close()
        return []

    with ThreadPoolExecutor(8) as people:
        faults = [fault for told in people.map(send, [codes[rank::8] for rank in range(8)]) for fault in told]
    assert faults == []
    with sealed.opened("door"):
        assert SealedSheet.objects.filter(campaign=campaign).count() == len(codes)


def test_every_row_of_a_small_campaign_has_the_same_age_after_each_answer(web_role):
    """xmin would tell who came last; all rows are laid again by the last transaction."""
    campaign = CampaignFactory(open=True)
    become(web_role)
    for code in codes_of(campaign)[:4]:
        services.submit(code=code, answers={"REL1": "4"})
    connection.cursor().execute("RESET ROLE")

    for table in ("responses_sealedsheet", "campaigns_accesscode"):
        with sealed.opened("door"), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(DISTINCT xmin::text) FROM {table} WHERE campaign_id = %s", [campaign.pk]
            )
            assert cursor.fetchone() == (1,)


def test_places_of_rows_do_not_tell_the_last_to_arrive():
    """Rank by ctid of the last of four, over many experiments: uniform (chi-square, 3 degrees of freedom)."""
    campaign = CampaignFactory(open=True)
    counts = [0] * 4
    for _ in range(120):
        for rank in range(4):
            with transaction.atomic(), sealed.opened("intake"):
                SealedSheet(campaign=campaign, ciphertext=bytes([rank]) * 300).save(force_insert=True)
                with connection.cursor() as cursor:
                    cursor.execute("SELECT labqvt_rewrite_order(%s)", [campaign.pk])
        with sealed.opened("door"), connection.cursor() as cursor:
            cursor.execute("SELECT ciphertext FROM responses_sealedsheet ORDER BY ctid")
            last = [bytes(row[0])[0] for row in cursor.fetchall()].index(3)
            counts[last] += 1
            cursor.execute("DELETE FROM responses_sealedsheet")
    expected = sum(counts) / 4
    assert sum((count - expected) ** 2 / expected for count in counts) < 21.1, counts
