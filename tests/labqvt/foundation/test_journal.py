import pytest
from django.core.exceptions import PermissionDenied

from labqvt.foundation import journal
from labqvt.foundation.registries import acts
from tests.factories import AccountFactory, StructureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reversible(monkeypatch):
    """An act registered for one test; returns the list of what was undone."""
    undone = []
    monkeypatch.setitem(acts._entries, "tests.reverse", lambda *, by, what: undone.append(what) or what)
    return undone


def record(by, **more):
    return journal.record(
        act="tests.do", by=by, on=StructureFactory(), sentence="Fait : %(what)s", what="ceci", **more
    )


def test_an_act_is_undone_once_by_who_did_it_and_the_undoing_is_recorded(reversible):
    alice = AccountFactory()
    entry = record(alice, undo=("tests.reverse", {"what": "ceci"}))
    reversal = journal.undo(entry=entry, by=alice)
    assert reversible == ["ceci"]
    assert (reversal.reverses, str(reversal)) == (entry, "Annulation : Fait : ceci")
    with pytest.raises(PermissionDenied, match="déjà été annulé"):
        journal.undo(entry=entry, by=alice)


def test_somebody_else_does_not_undo(reversible):
    entry = record(AccountFactory(), undo=("tests.reverse", {"what": "ceci"}))
    with pytest.raises(PermissionDenied, match="Seule la personne"):
        journal.undo(entry=entry, by=AccountFactory())
    assert reversible == []


def test_an_act_without_reverse_is_not_undone():
    alice = AccountFactory()
    with pytest.raises(PermissionDenied, match="ne s’annule pas"):
        journal.undo(entry=record(alice), by=alice)


def test_the_screen_undoes_and_comes_back(client, reversible):
    alice = AccountFactory()
    entry = record(alice, undo=("tests.reverse", {"what": "ceci"}))
    client.force_login(alice)
    response = client.post(f"/espace/annuler/{entry.public_id}/", {"next": "https://ailleurs.invalid/"})
    assert response.url == "/espace/", "never redirects away from the site"
    client.force_login(AccountFactory())
    assert client.post(f"/espace/annuler/{entry.public_id}/").status_code == 404


def test_the_screen_says_why_a_gesture_cannot_be_undone_any_more(client, reversible):
    alice = AccountFactory()
    entry = record(alice, undo=("tests.reverse", {"what": "ceci"}))
    client.force_login(alice)
    client.post(f"/espace/annuler/{entry.public_id}/")
    page = client.post(f"/espace/annuler/{entry.public_id}/", follow=True).content.decode()
    assert "Ce geste ne s’annule plus" in page
    assert reversible == ["ceci"]


def test_pages_of_a_signed_in_person_stay_out_of_caches(client):
    client.force_login(AccountFactory())
    assert client.get("/espace/").headers["Cache-Control"] == "private, no-store"
    assert "no-store" not in client.get("/").headers.get("Cache-Control", "")
