"""The demonstration: its own instance, never somebody else's; prepared once, then only served."""

import argparse
import json
import socket
import stat
from types import SimpleNamespace

import pytest

from labqvt.cli import demo, demo_stamp, instance
from labqvt.cli.outcome import Refused


@pytest.fixture
def var(tmp_path, monkeypatch):
    """An empty instance folder, and an environment put back as it was."""
    for name in ("DATABASE_URL", "ALLOWED_HOSTS", "DEMONSTRATION", "SECRET_KEY"):
        monkeypatch.setenv(f"LABQVT_{name}", "")
        monkeypatch.delenv(f"LABQVT_{name}")
    monkeypatch.setenv("LABQVT_VAR_DIR", str(tmp_path / "var"))
    return tmp_path / "var"


@pytest.fixture
def application(tmp_path, monkeypatch):
    """An application of one file, whose changes are ours."""
    package = tmp_path / "labqvt"
    (package / "room").mkdir(parents=True)
    (package / "room" / "models.py").write_text("a = 1\n")
    monkeypatch.setattr(instance, "package", lambda: package)
    return package


def options(**given):
    return argparse.Namespace(
        **({"host": "127.0.0.1", "port": 8000, "no_serve": True, "reset": False} | given)
    )


def prepared(var, card=("Compte de démonstration",)):
    var.mkdir(parents=True, exist_ok=True)
    (var / "labqvt.sqlite3").touch()
    demo_stamp.write(var, demo_stamp.Stamp(tuple(card), demo_stamp.fingerprint()))


def test_when_nothing_changed_only_the_card_is_shown(var, application, monkeypatch, capsys):
    prepared(var)
    monkeypatch.setattr(demo, "_prepare", lambda var, stamp: pytest.fail("prepared again"))
    assert demo.run(options()) == 0
    assert capsys.readouterr().out == "Compte de démonstration\n"


@pytest.mark.parametrize("change", ["edited", "added"])
def test_a_changed_application_is_brought_up_to_date_and_not_loaded_again(var, application, change):
    prepared(var)
    assert demo_stamp.read(var).is_current
    if change == "edited":
        (application / "room" / "models.py").write_text("a = 22\n")
    else:
        (application / "room" / "page.html").touch()
    stamp = demo_stamp.read(var)
    assert (stamp.is_loaded, stamp.is_current) == (True, False)


@pytest.mark.parametrize("loss", ["database lost", "stamp damaged", "cut short"])
def test_what_was_lost_is_loaded_again(var, application, loss):
    prepared(var)
    if loss == "database lost":
        (var / "labqvt.sqlite3").unlink()
    elif loss == "stamp damaged":
        (var / "demonstration.json").write_text("{")
    else:
        demo_stamp.write(var, demo_stamp.Stamp())
    assert demo_stamp.read(var) == demo_stamp.Stamp()


def test_what_python_writes_beside_the_source_is_not_a_change(var, application):
    prepared(var)
    (application / "room" / "__pycache__").mkdir()
    (application / "room" / "__pycache__" / "models.pyc").touch()
    (application / "room" / "django.mo").touch()
    assert demo_stamp.read(var).is_current


@pytest.mark.parametrize("given", [{}, {"reset": True}], ids=["plain", "with --reset"])
def test_a_database_that_is_not_a_demonstration_is_left_alone(var, given):
    var.mkdir()
    (var / "labqvt.sqlite3").write_bytes(b"an association's answers")
    with pytest.raises(Refused, match="n’est pas une démonstration"):
        demo.run(options(**given))
    assert (var / "labqvt.sqlite3").read_bytes() == b"an association's answers"


def test_another_database_given_by_the_environment_is_left_alone(var, monkeypatch):
    monkeypatch.setenv("LABQVT_DATABASE_URL", "postgresql://prod/labqvt")
    with pytest.raises(Refused, match="LABQVT_DATABASE_URL"):
        demo.run(options())


def test_reset_erases_the_demonstration_and_keeps_the_key(var, application, monkeypatch):
    prepared(var)
    (var / "files").mkdir()
    (var / "secret-key").write_text("ours\n")
    monkeypatch.setattr(demo, "_prepare", lambda var, stamp: ())
    demo.run(options(reset=True))
    assert [path.name for path in var.iterdir()] == ["secret-key"]


def test_it_makes_its_own_key_once_readable_by_its_owner_only(var, monkeypatch):
    monkeypatch.setattr(demo, "_prepare", lambda var, stamp: ())
    demo.run(options())
    first = (var / "secret-key").read_text()
    demo.run(options())
    assert len(first) > 50
    assert (var / "secret-key").read_text() == first
    assert stat.S_IMODE((var / "secret-key").stat().st_mode) == 0o600


def test_a_busy_port_is_refused_before_anything_is_prepared(var, monkeypatch):
    monkeypatch.setattr(demo, "_prepare", lambda var, stamp: pytest.fail("prepared"))
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Refused, match=f"{port}.*--port {port + 1}"):
            demo.run(options(no_serve=False, port=port))


@pytest.mark.parametrize(
    ("host", "port", "sentence"),
    [
        ("127.0.0.1", 70000, "un port va de 1 à 65535"),
        ("127.0.0.1", -1, "un port va de 1 à 65535"),
        ("pas une adresse", 8000, "« pas une adresse » est inconnue"),
    ],
)
def test_an_address_that_does_not_exist_is_refused(var, host, port, sentence):
    with pytest.raises(Refused, match=sentence):
        demo.run(options(no_serve=False, host=host, port=port))


def test_a_folder_that_cannot_be_written_is_refused(var):
    var.write_text("a file")
    with pytest.raises(Refused, match="LABQVT_VAR_DIR"):
        demo.run(options())


def test_the_card_gives_one_login_per_role_and_the_code_of_a_respondent():
    logins = [
        SimpleNamespace(role="administration", email="admin@exemple.invalid", password="un mot"),
        SimpleNamespace(role="direction", email="dir@exemple.invalid", password="un autre"),
    ]
    card = "\n".join(demo._card(SimpleNamespace(logins=logins, respondent_code="ABCD-1234")))
    assert "  administration  admin@exemple.invalid  un mot" in card
    assert "  direction       dir@exemple.invalid  un autre" in card
    assert "ABCD-1234" in card


def test_the_stamp_is_readable_by_its_owner_only(var, application):
    prepared(var)
    path = var / "demonstration.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text(encoding="utf-8"))["card"] == ["Compte de démonstration"]
