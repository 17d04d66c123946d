"""Walks in a real Chromium, against a demonstration started as a person starts it: one command, its own folder."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
WIDTHS = {"phone": 360, "tablet": 768, "desk": 1440}


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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """Start ``labqvt demo`` and read what it prints; it must end by itself when asked to."""
    var, port = tmp_path_factory.mktemp("demo"), _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LABQVT_", "DJANGO_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "labqvt.cli", "demo", "--port", str(port)],
        cwd=ROOT, env=environment | {"LABQVT_VAR_DIR": str(var), "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    said: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if "répond sur" in line:
            break
    card = "".join(said)
    assert process.poll() is None, f"la démonstration n’a pas démarré :\n{card}"
    password = re.search(r"direction@labqvt\.invalid\s+(\S+)", card)
    code = re.search(r"sur /r/ : (\S+)", card)
    assert password, card
    assert code, card
    yield Demonstration(f"http://127.0.0.1:{port}", password[1], code[1], var)
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=10)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium; the background services it would call are turned off."""
    return browser_type_launch_args | {
        "executable_path": os.environ.get("LABQVT_CHROMIUM", "/usr/bin/chromium"),
        "args": [
            "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
        ],
    }  # fmt: skip


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"locale": "fr-FR", "viewport": {"width": WIDTHS["phone"], "height": 800}}


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is: rule, then the first places."""
    page.evaluate(AXE)
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [
        f"{violation['id']} : {[node['html'][:160] for node in violation['nodes'][:3]]}"
        for violation in found["violations"]
    ]
