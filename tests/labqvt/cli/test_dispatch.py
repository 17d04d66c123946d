"""One door for every command: what it prints, where, and the code it leaves."""

import stat
import subprocess
import sys
from types import ModuleType, SimpleNamespace

import pytest

from labqvt import cli
from labqvt.cli import outcome


@pytest.fixture
def var(tmp_path, monkeypatch):
    monkeypatch.setenv("LABQVT_VAR_DIR", str(tmp_path / "var"))
    return tmp_path / "var"


def a_command(run):
    """A stand-in for the module of a command, in place of ``worker``."""
    module = ModuleType("labqvt.cli.stand_in")
    module.SUMMARY, module.add_arguments, module.run = "pour les tests", lambda parser: None, run
    return module


@pytest.fixture
def worker_runs(monkeypatch):
    real = cli._command

    def replace(run):
        monkeypatch.setattr(cli, "_command", lambda name: a_command(run) if name == "worker" else real(name))

    return replace


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_says_what_it_does_and_explains_its_arguments(name, capsys):
    with pytest.raises(SystemExit) as exit_:
        cli.main([name, "--help"])
    assert exit_.value.code == 0
    printed = capsys.readouterr().out
    assert printed.startswith(f"usage : labqvt {name}")
    assert "affiche cette aide" in printed


def test_the_help_lists_every_command(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    listed = {
        line.split()[0]
        for line in capsys.readouterr().out.splitlines()
        if line.startswith("    ") and line.split()
    }
    assert set(cli.COMMANDS) <= listed


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["dmo"], "labqvt dmo : la commande « dmo » n’existe pas. Voir « labqvt --help ».\n"),
        (
            ["demo", "--port", "x"],
            "labqvt demo : --port attend un nombre entier, pas « x ». Voir « labqvt demo --help ».\n",
        ),
        (["demo", "--port"], "labqvt demo : --port attend une valeur. Voir « labqvt demo --help ».\n"),
        (["worker", "--loud"], "labqvt worker : argument inconnu : --loud. Voir « labqvt worker --help ».\n"),
        (["lint", "horoscope"], None),
    ],
    ids=["unknown command", "not a number", "no value", "unknown argument", "the command's own refusal"],
)
def test_what_is_refused_is_said_in_one_line_with_code_2(argv, sentence, capsys):
    assert cli.main(argv) == outcome.REFUSED
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    if sentence:
        assert printed.err == sentence


def test_without_a_command_the_help_is_shown_and_the_code_says_nothing_was_done(capsys):
    assert cli.main([]) == outcome.REFUSED
    assert "commandes" in capsys.readouterr().out


def test_a_refusal_of_a_library_keeps_its_sentence(worker_runs, monkeypatch, capsys):
    class FormError(Exception):
        pass

    monkeypatch.setitem(sys.modules, "labqvt_forms", SimpleNamespace(FormError=FormError))

    def run(args):
        raise FormError("enquete.xlsx, ligne 4 :\n  « typo » n’est pas un type.")

    worker_runs(run)
    assert cli.main(["worker"]) == outcome.REFUSED
    assert capsys.readouterr().err == "labqvt worker : enquete.xlsx, ligne 4 : « typo » n’est pas un type.\n"


def test_findings_leave_code_1(worker_runs):
    worker_runs(lambda args: outcome.FINDINGS)
    assert cli.main(["worker"]) == outcome.FINDINGS


def test_an_internal_error_is_one_sentence_and_a_trace_only_its_owner_reads(worker_runs, var, capsys):
    def run(args):
        raise ZeroDivisionError("secret détail")

    worker_runs(run)
    assert cli.main(["worker"]) == outcome.INTERNAL
    said = capsys.readouterr().err
    (log,) = (var / "errors").iterdir()
    assert said.count("\n") == 1
    assert str(log) in said
    assert "secret détail" not in said
    assert "secret détail" in log.read_text(encoding="utf-8")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_the_trace_is_printed_when_asked_for(worker_runs, var, capsys):
    def run(args):
        raise ZeroDivisionError("voici")

    worker_runs(run)
    assert cli.main(["worker", "--traceback"]) == outcome.INTERNAL
    assert "ZeroDivisionError: voici" in capsys.readouterr().err


def test_a_disk_that_refuses_the_trace_does_not_hide_the_error(worker_runs, monkeypatch, tmp_path, capsys):
    (tmp_path / "var").write_text("a file where a folder should be")
    monkeypatch.setenv("LABQVT_VAR_DIR", str(tmp_path / "var"))

    def run(args):
        raise ZeroDivisionError

    worker_runs(run)
    assert cli.main(["worker"]) == outcome.INTERNAL
    assert "Relancez avec --traceback" in capsys.readouterr().err


def test_a_command_that_needs_no_database_does_not_wake_django():
    script = (
        "import sys; from labqvt.cli import main; assert main(['lint', 'x']) == 2;"
        "print(sorted({'django', 'numpy', 'polars'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_closed_pipe_is_not_an_error():
    script = (
        "import sys; from labqvt import cli; from types import SimpleNamespace as N;"
        "said = lambda args: [print('x' * 99) for _ in range(9999)] and 0;"
        "worker = N(SUMMARY='', add_arguments=lambda parser: None, run=said);"
        "cli._command = lambda name: worker; sys.exit(cli.main(['worker']))"
    )
    shell = f'"{sys.executable}" -c "{script}" | head -n 1'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", shell], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
