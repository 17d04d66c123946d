import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from labqvt.foundation import files
from labqvt.foundation.models import StoredFile
from labqvt.foundation.verdict import YES, no, require
from tests.factories import AccountFactory

PDF = b"%PDF-1.7\n..."


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("programme.exe", b"MZ", "pas d’un type accepté"),
        ("programme.pdf", b"MZ\x90\x00", "n’en a pas le contenu"),
        ("vide.pdf", b"", "est vide"),
        ("image.png", PDF, "n’en a pas le contenu"),
        ("sans-extension", PDF, "pas d’un type accepté"),
    ],
)
def test_the_gate_judges_the_content(name, content, reason):
    with pytest.raises(ValidationError, match=reason):
        files.check(SimpleUploadedFile(name, content))


def test_the_gate_refuses_what_is_too_big():
    upload = SimpleUploadedFile("gros.pdf", PDF)
    upload.size = 200 * 1024 * 1024
    with pytest.raises(ValidationError, match="pèse 200 Mo"):
        files.check(upload)


@pytest.mark.django_db
def test_a_kept_file_is_found_again_with_its_fingerprint_and_a_name_that_says_nothing():
    stored = files.accept(SimpleUploadedFile("../../émargement.pdf", PDF), kept_by="tests.file", by=None)
    assert stored.name == "émargement.pdf"
    assert files.path_of(stored).read_bytes() == PDF
    assert "margement" not in str(files.path_of(stored))
    assert len(stored.sha256) == 64


@pytest.mark.django_db
class TestReading:
    def test_a_private_file_follows_the_room_that_keeps_it(self, client, monkeypatch):
        alice, bob = AccountFactory(), AccountFactory()
        monkeypatch.setitem(
            files.readers._entries,
            "tests.file",
            lambda person, stored: YES if person == alice else no("Pas pour vous."),
        )
        stored = files.accept(SimpleUploadedFile("a.pdf", PDF), kept_by="tests.file", by=alice)
        url = f"/espace/fichiers/{stored.public_id}/"
        client.force_login(alice)
        assert b"".join(client.get(url).streaming_content) == PDF
        client.force_login(bob)
        assert "Pas pour vous." in client.get(url).content.decode()
        client.logout()
        assert client.get(url).status_code == 404, "a visitor does not learn that it exists"

    def test_a_private_file_nobody_answers_for_is_closed(self):
        stored = files.accept(SimpleUploadedFile("a.pdf", PDF), kept_by="tests.orphan", by=None)
        with pytest.raises(PermissionDenied):
            require(files.may_read(AccountFactory(), stored))

    def test_a_public_file_is_for_everyone(self, client):
        stored = files.accept(
            SimpleUploadedFile("a.pdf", PDF),
            kept_by="tests.file",
            by=None,
            visibility=StoredFile.Visibility.PUBLIC,
        )
        assert b"".join(client.get(f"/espace/fichiers/{stored.public_id}/").streaming_content) == PDF
