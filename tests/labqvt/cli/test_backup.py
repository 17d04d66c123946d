"""A backup holds the whole instance and nothing of a collection; restored, the instance works."""

import gzip
import json
import os
import secrets
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from labqvt import cli
from labqvt.campaigns import keys
from labqvt.cli import instance
from labqvt.cli.archive import LEFT_OUT
from labqvt.foundation import files, sealed
from labqvt.responses import services
from tests.factories import AccountFactory, StructureFactory
from tests.labqvt.campaigns.factories import CampaignFactory, codes_of

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "motdepasse-de-test"


@pytest.fixture
def var(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("LABQVT_VAR_DIR", str(tmp_path / "var"))
    (tmp_path / "var").mkdir()
    return tmp_path / "var"


@pytest.fixture
def collecting(var, settings):
    """An instance in the middle of a collection, with a stored file."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.ScryptPasswordHasher"
    ]  # the restored one knows no other
    structure = StructureFactory(name="Les Jardins d’Érables", headcount=12)
    director = AccountFactory(director_of=structure, email="direction@exemple.invalid", password=PASSWORD)
    campaign = CampaignFactory(open=True, structure=structure, by=director)
    services.submit(code=codes_of(campaign)[0], answers={"REL1": "4"})
    files.accept(SimpleUploadedFile("note.pdf", b"%PDF-1.7 une note"), kept_by="essai.note", by=director)
    return campaign


def back_up(path: Path) -> Path:
    assert cli.main(["backup", str(path)]) == 0
    return path


def members(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}


def elsewhere(var: Path, url: str = "") -> dict[str, str]:
    """The environment of another installation, on a machine of its own."""
    environment = instance.bare_environment(var) | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return environment | ({"LABQVT_DATABASE_URL": url} if url else {})


def labqvt(environment: dict[str, str], *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "labqvt.cli", *words],
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def test_two_backups_around_an_answer_are_the_same_file(collecting, tmp_path):
    before = back_up(tmp_path / "before.tar.gz").read_bytes()
    services.submit(code=codes_of(collecting)[1], answers={"REL1": "1"})

    assert back_up(tmp_path / "after.tar.gz").read_bytes() == before


def test_with_the_two_tables_in_it_a_backup_would_tell_who_answered_between_two(
    collecting, tmp_path, monkeypatch
):
    """The protection switched off: the thief reads which code was spent between two backups."""
    monkeypatch.setattr("labqvt.cli.rows.LEFT_OUT", LEFT_OUT - {"campaigns_accesscode"})
    spent = []
    for rank in (1, 2):
        kept = members(back_up(tmp_path / f"{rank}.tar.gz"))["rows/campaigns_accesscode.jsonl"]
        spent.append({row[4] for row in map(json.loads, kept.splitlines()) if row[5]})
        services.submit(code=codes_of(collecting)[rank], answers={"REL1": "1"})

    assert len(spent[1] - spent[0]) == 1


def test_nothing_of_a_collection_is_in_the_file(collecting, tmp_path, capsys):
    path = back_up(tmp_path / "lab.tar.gz")
    kept = b"".join(members(path).values()) + gzip.decompress(path.read_bytes())

    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM campaigns_accesscode")
        digests = [digest for (digest,) in cursor.fetchall()]
    assert digests
    with sealed.opened("door"), connection.cursor() as cursor:
        cursor.execute("SELECT ciphertext FROM responses_sealedsheet")
        sheets = [bytes(sheet) for (sheet,) in cursor.fetchall()]
    assert sheets
    private = json.loads(keys.path_of(collecting).read_text())
    for secret in [*digests, *codes_of(collecting), *private.values()]:
        assert secret.encode() not in kept
    assert not any(sheet[:16] in kept for sheet in sheets)
    assert "Baromètre" in capsys.readouterr().out  # it says whose answers restoring would lose
    assert path.stat().st_mode & 0o077 == 0


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def target(request, tmp_path):
    """Another installation, empty, on either engine."""
    if request.param == "sqlite":
        yield elsewhere(tmp_path / "elsewhere")
        return
    name, settings = f"restored_{secrets.token_hex(4)}", connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    host = settings["OPTIONS"].get("host") or settings["HOST"]
    yield elsewhere(tmp_path / "elsewhere", f"postgresql://{settings['USER']}@/{name}?host={host}")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


WALK = f"""
from django.test import Client
from labqvt.campaigns.models import Campaign
from labqvt.people.models import Account
phone = Client(SERVER_NAME="localhost")
print("login", phone.post("/connexion/", {{"username": "direction@exemple.invalid", "password": "{PASSWORD}"}}).status_code)
page = phone.get("/espace/")
print("cockpit", page.status_code, "Jardins" in page.content.decode())
[campaign] = Campaign.objects.all()
page = phone.get(f"/espace/campagnes/{{campaign.public_id}}/")
print("campaign", page.status_code, campaign.status)
from tests.factories import AccountFactory
print("new row", AccountFactory(email="nouveau@exemple.invalid").pk > Account.objects.exclude(name="").earliest("pk").pk)
"""


def test_a_restored_instance_works_and_says_what_was_lost(collecting, tmp_path, target):
    path = back_up(tmp_path / "lab.tar.gz")
    restored = labqvt(target, "restore", str(path))

    assert restored.returncode == 0, restored.stderr
    assert "Baromètre" in restored.stdout
    assert "close sans résultat" in restored.stdout
    labqvt(target, "manage", "collectstatic", "--noinput", "-v0")
    walked = labqvt(target, "manage", "shell", "-v0", typed=WALK)
    assert walked.stdout.splitlines() == [
        "login 302", "cockpit 200 True", "campaign 200 unreleased", "new row True"
    ], walked.stderr  # fmt: skip
    stored = [p for p in Path(target["LABQVT_VAR_DIR"]).rglob("files/**/*") if p.is_file()]
    assert [p.read_bytes() for p in stored] == [b"%PDF-1.7 une note"]


def test_restored_and_backed_up_again_the_rows_are_the_same(collecting, tmp_path, target):
    path = back_up(tmp_path / "lab.tar.gz")
    assert labqvt(target, "restore", str(path)).returncode == 0
    again = tmp_path / "again.tar.gz"
    assert labqvt(target, "backup", str(again)).returncode == 0

    first, second = members(path), members(again)
    # The campaign that was collecting is closed without result: four tables say so, and no other changes.
    changed = {
        f"rows/{table}.jsonl"
        for table in (
            "campaigns_campaign",
            "evidence_release",
            "foundation_journalentry",
            "campaigns_participationreading",
        )
    }
    assert {name for name in first if first[name] != second[name]} <= changed | {"manifest.json"}


def test_an_instance_in_use_is_replaced_only_when_asked(collecting, tmp_path, target):
    path = back_up(tmp_path / "lab.tar.gz")
    assert labqvt(target, "restore", str(path)).returncode == 0

    refused = labqvt(target, "restore", str(path))
    assert refused.returncode == 2
    assert "n’est pas vide" in refused.stderr
    assert "--force" in refused.stderr
    forced = labqvt(target, "restore", str(path), "--force")
    assert forced.returncode == 0, forced.stderr


def test_a_damaged_file_changes_nothing(collecting, tmp_path):
    path = back_up(tmp_path / "lab.tar.gz")
    whole = path.read_bytes()
    target = elsewhere(tmp_path / "elsewhere")
    damaged = bytearray(gzip.decompress(whole))
    damaged[damaged.index(b"exemple.invalid")] ^= 1
    for name, content in {
        "cut": whole[: len(whole) // 2], "changed": gzip.compress(bytes(damaged)), "other": b"not ours", "empty": b"",
    }.items():  # fmt: skip
        broken = tmp_path / name
        broken.write_bytes(content)
        refused = labqvt(target, "restore", str(broken))
        assert refused.returncode == 2, (name, refused.stderr)
        assert len(refused.stderr.splitlines()) == 1
        assert str(broken) in refused.stderr
    assert not (tmp_path / "elsewhere").exists()


def test_a_backup_never_writes_over_something_else(var, tmp_path, capsys):
    precious = tmp_path / "thèse.odt"
    precious.write_text("vingt ans de travail")
    assert cli.main(["backup", str(precious)]) == 2
    assert "n’est pas une sauvegarde" in capsys.readouterr().err
    assert precious.read_text() == "vingt ans de travail"
    assert cli.main(["backup", str(tmp_path / "absent" / "x.tar.gz")]) == 2
    path = back_up(tmp_path / "lab.tar.gz")
    assert back_up(path) == path  # ours: replaced
