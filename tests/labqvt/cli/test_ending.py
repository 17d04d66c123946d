"""Servers and their supervisor end when asked, in time, and say so by their code."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from labqvt.cli import main, outcome

SOURCE = Path(__file__).resolve().parents[3] / "src"


@pytest.fixture
def start():
    """Start Python on some code; whatever happens, nothing outlives the test."""
    started = []

    def start(code, **variables):
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(code)],
            env=os.environ | {"PYTHONPATH": str(SOURCE)} | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def end(process, number=signal.SIGTERM):
    """Ask to end; return the code and the seconds it took."""
    started = time.monotonic()
    process.send_signal(number)
    output = process.communicate(timeout=20)
    return process.returncode, time.monotonic() - started, output


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


SUPERVISOR = """
    import subprocess, sys
    from labqvt.cli import supervision
    real = subprocess.Popen
    supervision.subprocess.Popen = lambda words, **rest: real([sys.executable, "-c", words[3]], **rest)
    family = supervision.Supervision()
    for name, child in {children}:
        family.start(name, child)
    print("ready", flush=True)
    sys.exit(family.watch())
"""
OBEDIENT = (
    "import os, signal, sys, time; signal.signal(15, lambda *_: sys.exit(0));"
    "signal.signal(2, lambda *_: sys.exit(0)); os.write(1, b'up\\n'); time.sleep(60)"
)
DEAF = "import os, signal, time; signal.signal(15, signal.SIG_IGN); os.write(1, b'up\\n'); time.sleep(60)"


def wait_until_up(process, children):
    seen = [process.stdout.readline().strip() for _ in range(children + 1)]
    assert sorted(seen) == ["ready", *["up"] * children]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_children_end_with_their_parent(start, number):
    process = start(SUPERVISOR.format(children=[("a", OBEDIENT), ("b", OBEDIENT)]))
    wait_until_up(process, 2)
    code, seconds, _output = end(process, number)
    assert code == 0
    assert seconds < 5


def test_when_one_child_fails_the_other_ends_and_the_code_is_kept(start):
    process = start(
        SUPERVISOR.format(children=[("travaux", OBEDIENT), ("serveur", "import sys; sys.exit(2)")])
    )
    _out, err = process.communicate(timeout=20)
    assert process.returncode == 2
    assert "serveur : arrêt inattendu (code 2)" in err


@pytest.mark.long
def test_a_child_that_does_not_listen_is_cut_within_ten_seconds(start):
    process = start(SUPERVISOR.format(children=[("sourd", DEAF)]))
    wait_until_up(process, 1)
    code, seconds, _output = end(process)
    assert code == 9
    assert seconds < 10.5


@pytest.mark.long
def test_a_command_busy_with_something_else_is_cut_within_ten_seconds(start):
    process = start(
        """
        import time
        from labqvt.cli import stopping
        stopping.stop_event()
        print("up", flush=True)
        time.sleep(60)
        """
    )
    assert process.stdout.readline() == "up\n"
    _code, seconds, _output = end(process)
    assert seconds < 10


def test_serve_answers_then_ends_when_asked(start, tmp_path):
    port = free_port()
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text('{"version": "1.1", "paths": {}, "hash": ""}')
    process = start(
        f"import sys; from labqvt.cli import main; sys.exit(main(['serve', '--port', '{port}']))",
        LABQVT_VAR_DIR=str(tmp_path),
        LABQVT_SECRET_KEY="x",
        LABQVT_DATABASE_URL=f"sqlite:///{tmp_path}/labqvt.sqlite3",
    )
    assert answer(f"http://127.0.0.1:{port}/healthz", process) == "ok\n"
    status, seconds, output = end(process)
    assert (status, output) == (0, ("", ""))
    assert seconds < 10


def test_serve_refuses_to_start_without_its_files(settings, tmp_path, capsys):
    settings.STATIC_ROOT = tmp_path
    assert main(["serve"]) == outcome.REFUSED
    assert "labqvt manage collectstatic" in capsys.readouterr().err


def test_serve_refuses_a_busy_port_in_one_line(settings, tmp_path, capsys):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").touch()
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == outcome.REFUSED
    said = capsys.readouterr().err
    assert f"--port {port + 1}" in said
    assert said.count("\n") == 1


def answer(url, process):
    for _attempt in range(150):
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return response.read().decode()
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    return f"no answer: {process.stderr.read() if process.poll() is not None else 'timeout'}"
