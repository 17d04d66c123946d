"""The run-time lock: no way round the door leads to a sheet."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from labqvt.campaigns.models import Campaign
from labqvt.foundation import sealed
from labqvt.foundation.sealed import SealedTableError
from labqvt.responses import services
from tests.labqvt.campaigns.factories import CampaignFactory, codes_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered() -> Campaign:
    campaign = CampaignFactory(open=True)
    for code in codes_of(campaign)[:3]:
        services.submit(code=code, answers={"REL1": "4"})
    return campaign


def _sheets():
    return apps.get_model("responses", "SealedSheet").objects


READS = {
    "get_model": lambda: list(_sheets().all()),
    "count": lambda: _sheets().count(),
    "exists": lambda: _sheets().exists(),
    "queryset delete": lambda: _sheets().all().delete(),
    "queryset update": lambda: _sheets().update(ciphertext=b""),
    "raw SQL": lambda: connection.cursor().execute("SELECT * FROM responses_sealedsheet"),
    "raw SQL, other case": lambda: connection.cursor().execute("SELECT * FROM Responses_SealedSheet"),
    "join": lambda: connection.cursor().execute(
        "SELECT 1 FROM campaigns_campaign c JOIN responses_sealedsheet s ON s.campaign_id = c.id"),
    "copy": lambda: connection.cursor().execute("CREATE TABLE copy AS SELECT * FROM responses_sealedsheet"),
    "temporary copy": lambda: connection.cursor().execute("CREATE TEMP TABLE c AS SELECT * FROM responses_sealedsheet"),
    "view": lambda: connection.cursor().execute("CREATE VIEW v AS SELECT * FROM responses_sealedsheet"),
    "trigger": lambda: connection.cursor().execute(
        "CREATE TRIGGER t AFTER INSERT ON responses_sealedsheet BEGIN DELETE FROM people_scope; END"),
    "insert from": lambda: connection.cursor().execute(
        "INSERT INTO foundation_job (title) SELECT ciphertext FROM responses_sealedsheet"),
    "explain": lambda: connection.cursor().execute("EXPLAIN SELECT * FROM responses_sealedsheet"),
}  # fmt: skip


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_outside_the_door_nothing_reads_or_destroys_a_sheet(answered, read):
    with pytest.raises(SealedTableError, match="par la porte"), transaction.atomic():
        read()


FOR_INTAKE = {
    **READS,
    "insert returning": lambda: connection.cursor().execute(
        "INSERT INTO responses_sealedsheet (id, campaign_id, ciphertext) VALUES (1, 1, 'x') RETURNING ciphertext"),
    "update from itself": lambda: connection.cursor().execute(
        "UPDATE foundation_job SET title = (SELECT ciphertext FROM responses_sealedsheet)"),
    "delete": lambda: connection.cursor().execute("DELETE FROM responses_sealedsheet"),
    "delete returning": lambda: connection.cursor().execute("DELETE FROM responses_sealedsheet RETURNING *"),
    "what was set aside": lambda: connection.cursor().execute("SELECT * FROM temp.responses_sealedsheet_aside"),
}  # fmt: skip


@pytest.mark.parametrize("read", FOR_INTAKE.values(), ids=FOR_INTAKE.keys())
def test_intake_adds_and_deals_again_and_does_nothing_else(answered, read):
    with pytest.raises(SealedTableError, match="par la porte"), transaction.atomic(), sealed.opened("intake"):
        read()


def _delete_and_check(campaign: Campaign) -> None:
    campaign.delete()
    connection.check_constraints()


def test_deleting_a_campaign_never_takes_its_sheets_away(answered):
    number = answered.pk
    with pytest.raises((DatabaseError, ProtectedError, SealedTableError)), transaction.atomic():
        _delete_and_check(answered)

    with sealed.opened("door"):
        assert _sheets().filter(campaign=number).count() == 3


def test_no_road_leads_from_a_campaign_to_its_sheets_or_codes():
    for model in ("responses.SealedSheet", "campaigns.AccessCode"):
        for field in apps.get_model(model)._meta.get_fields():
            if field.is_relation:
                assert field.remote_field.related_name == "+", field
