"""``labqvt test`` and ``labqvt lint``: what is asked is run, what is not is said aloud."""

import argparse
import subprocess
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from labqvt.cli import chromium, lint, temporary_postgres
from labqvt.cli import test as test_command
from labqvt.cli.outcome import DONE, FINDINGS, Refused


@pytest.fixture
def pytest_runs(monkeypatch):
    """Record how pytest would be called, with the status it would leave."""
    calls = []

    def run(command, *, env, status=0, **_rest):
        calls.append((command[3:], env))
        return subprocess.CompletedProcess(command, run.status)

    run.status = 0
    monkeypatch.setattr(test_command.subprocess, "run", run)
    return calls, run


def options(*passed_on, **given):
    return argparse.Namespace(
        **({"browser": False, "thorough": False, "pg": False, "long": False} | given),
        passed_on=list(passed_on),
    )


def test_the_plain_run_is_spread_and_says_loudly_what_it_left_out(pytest_runs, capsys, monkeypatch):
    monkeypatch.setenv("LABQVT_DATABASE_URL", "postgresql://prod/labqvt")
    assert test_command.run(options()) == DONE
    ((words, environment),) = pytest_runs[0]
    assert words == ["-n", "auto"]
    assert "LABQVT_DATABASE_URL" not in environment
    assert "*** NON TESTÉ" in capsys.readouterr().out


@pytest.mark.parametrize("words", [("-n0",), ("--pdb",), ("tests/a/test_b.py::test_c",)])
def test_a_chosen_number_or_a_single_file_is_not_spread(pytest_runs, words):
    test_command.run(options(*words))
    assert pytest_runs[0][0][0] == list(words)


def test_each_part_is_asked_for_by_its_name(pytest_runs, monkeypatch, capsys):
    @contextmanager
    def url():
        yield "postgresql://here"

    monkeypatch.setattr(chromium, "find_or_install", lambda: Path("/opt/chromium"))
    monkeypatch.setattr(temporary_postgres, "url", url)
    monkeypatch.setenv("LABQVT_SCREENSHOTS", "images")
    test_command.run(options("-k", "seuil", browser=True, pg=True, long=True))
    ((words, environment),) = pytest_runs[0]
    asked = ["--with-browser", "--with-thorough", "--with-pg", "--with-long"]
    assert words == [*asked, "-n", "auto", "-k", "seuil"]
    assert environment["LABQVT_SCREENSHOTS"] == str(Path("images").absolute())
    assert environment["LABQVT_CHROMIUM"] == "/opt/chromium"
    assert environment["LABQVT_DATABASE_URL"] == "postgresql://here"
    assert "NON TESTÉ" not in capsys.readouterr().out


def test_thorough_tests_come_alone_or_with_what_takes_longer(pytest_runs):
    for asked, given in [
        ({"thorough": True}, ["--with-thorough"]),
        ({"long": True}, ["--with-thorough", "--with-long"]),
    ]:
        test_command.run(options(**asked))
        assert pytest_runs[0][-1][0] == [*given, "-n", "auto"]


@pytest.mark.parametrize("status", [1, 2, 5])
def test_a_run_that_fails_or_tests_nothing_is_a_finding(pytest_runs, status):
    pytest_runs[1].status = status
    assert test_command.run(options()) == FINDINGS


def test_without_a_browser_one_sentence_says_what_to_type(monkeypatch):
    monkeypatch.setenv("PATH", "")
    for name in ("LABQVT_CHROMIUM", "LABQVT_INSTALL", "CI"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(Refused, match="sudo apt-get install chromium"):
        chromium.find_or_install()


def test_a_browser_is_installed_only_when_agreed_to_and_as_root(monkeypatch, tmp_path):
    (tmp_path / "apt-get").write_text(f'#!/bin/sh\necho "$*" >> {tmp_path}/calls\n')
    (tmp_path / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("LABQVT_CHROMIUM", raising=False)
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 0)
    with pytest.raises(Refused):  # this apt-get installs nothing
        chromium.find_or_install()
    assert (tmp_path / "calls").read_text() == "-qq update\n-qq install -y --no-install-recommends chromium\n"
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 1000)
    assert not chromium.may_install()


def test_the_newest_installed_postgresql_is_taken(monkeypatch, tmp_path):
    for version in ("9.6", "15", "16"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    (tmp_path / "17" / "bin").mkdir(parents=True)
    monkeypatch.setattr(temporary_postgres, "_BINARIES", tmp_path)
    assert temporary_postgres._installed() == tmp_path / "16" / "bin"


def test_a_given_postgresql_is_used_as_it_is(monkeypatch):
    monkeypatch.setenv("LABQVT_DATABASE_URL", "postgresql://given/base")
    with temporary_postgres.url() as url:
        assert url == "postgresql://given/base"


def test_as_root_the_embedded_postgresql_waits_for_an_agreement(monkeypatch, tmp_path):
    monkeypatch.setattr(temporary_postgres, "_BINARIES", tmp_path)
    monkeypatch.setattr(temporary_postgres, "find_spec", lambda name: object())
    monkeypatch.setattr(temporary_postgres.os, "geteuid", lambda: 0)
    monkeypatch.delenv("LABQVT_DATABASE_URL", raising=False)
    with pytest.raises(Refused, match="LABQVT_PGSERVER_AS_ROOT=1"), temporary_postgres.url():
        pass


@pytest.mark.postgres
def test_a_temporary_cluster_answers_and_leaves_nothing(monkeypatch):
    monkeypatch.delenv("LABQVT_DATABASE_URL", raising=False)
    if temporary_postgres._installed() is None:
        pytest.skip("PostgreSQL n’est pas installé sur cette machine")
    with temporary_postgres.url() as url:
        folder = Path(url.partition("?host=")[2])
        with psycopg.connect(url) as connection:
            assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
    assert not folder.exists()


def test_a_reading_that_finds_something_fails_the_whole(monkeypatch, capsys):
    readings = (lint.Reading("une", lambda root: ""), lint.Reading("deux", lambda root: "ligne 3 : à revoir"))
    monkeypatch.setattr(lint, "READINGS", readings)
    assert lint.run(argparse.Namespace(names=[])) == FINDINGS
    assert "ligne 3 : à revoir" in capsys.readouterr().out
    assert lint.run(argparse.Namespace(names=["une"])) == DONE
