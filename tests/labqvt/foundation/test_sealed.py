import pytest
from django.db import connection

from labqvt.foundation import sealed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sealed_table(monkeypatch):
    monkeypatch.setattr(sealed, "_tables", {"people_scope"})


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM people_scope",
        "DELETE FROM people_scope",
        "WITH x AS (SELECT id FROM people_scope) SELECT * FROM x",
        'SELECT a.id FROM people_account a JOIN "people_scope" s ON s.id = a.id',
        "UPDATE people_scope SET label = ''",
        "INSERT INTO people_account (name) SELECT label FROM people_scope",
    ],
)
def test_outside_its_openings_a_sealed_table_answers_nothing(sql):
    with connection.cursor() as cursor, pytest.raises(sealed.SealedTableError):
        cursor.execute(sql)


def test_the_door_reads():
    with sealed.opened("door"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_scope")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("sql", ["SELECT * FROM people_scope", "DELETE FROM people_scope"])
def test_the_intake_never_reads_nor_deletes(sql):
    with sealed.opened("intake"), connection.cursor() as cursor, pytest.raises(sealed.SealedTableError):
        cursor.execute(sql)


def test_an_opening_closes_behind_an_error():
    with pytest.raises(ZeroDivisionError), sealed.opened("door"):
        raise ZeroDivisionError
    with connection.cursor() as cursor, pytest.raises(sealed.SealedTableError):
        cursor.execute("SELECT * FROM people_scope")
