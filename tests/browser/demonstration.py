"""A demonstration started as a person starts it, and shared by every worker of a test run."""

import fcntl
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
_UNDONE = """
from labqvt.foundation.models import Job
undone = Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])
print(int(undone.exists() or not Job.objects.filter(subject="periodic").exists()))
"""
_PATIENCE = 180.0  # a first start makes the database, on a machine that runs other tests


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A living instance: its address, the password of every role, a code to answer with."""

    url: str
    password: str
    code: str
    var: Path

    def sign_in(self, page: Page, mailbox: str) -> None:
        page.goto(f"{self.url}/connexion/")
        page.get_by_label("Adresse électronique").fill(f"{mailbox}@labqvt.invalid")
        page.get_by_label("Mot de passe").fill(self.password)
        page.get_by_role("button", name="Entrer dans mon espace").click()
        page.wait_for_url("**/espace/")

    def ask(self, code: str) -> Any:
        """What a few lines of Python answer inside this instance, as its administrator would ask them: JSON."""
        command = [sys.executable, "-m", "labqvt.cli", "manage", "shell", "-v", "0", "-c", code]
        done = subprocess.run(
            command, cwd=ROOT, env=_environment(self.var), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout or "null")

    def rest(self) -> None:
        """Wait until its worker has done what loading left to it: the day's readings come after the envelopes."""
        deadline = time.monotonic() + _PATIENCE
        while self.ask(_UNDONE):
            assert time.monotonic() < deadline, "la démonstration travaille encore"
            time.sleep(1)


def _environment(var: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LABQVT_", "DJANGO_"))}
    return kept | {"LABQVT_VAR_DIR": str(var), "LABQVT_DEMONSTRATION": "1", "PYTHONPATH": str(ROOT / "src")}


@contextmanager
def shared_demonstration(folder: Path) -> Iterator[Demonstration]:
    """The run's one demonstration: the first worker starts it, the last one to leave stops it."""
    folder.mkdir(exist_ok=True)
    with _ledger(folder) as users:
        if not users:
            (folder / "pid").write_text(str(_start(folder)))
        users.append(os.getpid())
    try:
        yield _read_card(folder)
    finally:
        with _ledger(folder) as users:
            users.remove(os.getpid())
            if not users:
                _stop(int((folder / "pid").read_text()))


@contextmanager
def _ledger(folder: Path) -> Iterator[list[int]]:
    """The process numbers of those who use the demonstration, one writer at a time."""
    with (folder / "users.json").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        users = json.loads(file.read() or "[]")
        yield users
        file.seek(0)
        file.truncate()
        file.write(json.dumps(users))


def _start(folder: Path) -> int:
    """``labqvt demo`` until it says that it answers. Nobody's child: the worker that starts it may leave first."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    said = folder / "said.txt"
    command = [sys.executable, "-m", "labqvt.cli", "demo", "--port", str(port)]
    shell = ["sh", "-c", 'out="$1"; shift; "$@" >"$out" 2>&1 & echo $!', "sh", str(said), *command]
    pid = int(subprocess.check_output(shell, cwd=ROOT, env=_environment(folder / "var"), text=True))
    deadline = time.monotonic() + _PATIENCE
    while "répond sur" not in (told := said.read_text(encoding="utf-8") if said.exists() else ""):
        assert _is_alive(pid), f"la démonstration n’a pas démarré :\n{told}"
        assert time.monotonic() < deadline, f"la démonstration n’est pas prête :\n{told}"
        time.sleep(0.1)
    return pid


def _read_card(folder: Path) -> Demonstration:
    card = (folder / "said.txt").read_text(encoding="utf-8")
    url = re.search(r"répond sur (http://\S+?)/ ", card)
    password = re.search(r"direction@labqvt\.invalid\s+(\S+)", card)
    code = re.search(r"sur /r/ : (\S+)", card)
    assert url, card
    assert password, card
    assert code, card
    return Demonstration(url[1], password[1], code[1], folder / "var")


def _stop(pid: int) -> None:
    """It must end by itself when asked to."""
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 15
    while _is_alive(pid):
        assert time.monotonic() < deadline, "la démonstration ne s’arrête pas quand on le lui demande"
        time.sleep(0.1)


def _is_alive(pid: int) -> bool:
    """Ended and not yet buried by the system counts as ended."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False
