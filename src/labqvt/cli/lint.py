"""``labqvt lint``: everything that reads the code without running it; one line each."""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from labqvt.cli import catalogues, instance
from labqvt.cli.outcome import DONE, FINDINGS, Refused

SUMMARY = "relit le code : style, types, contrats d’import, migrations, traductions"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of reading the code: its name, and what gives its findings (empty: nothing to say)."""

    name: str
    findings: Callable[[Path], str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "names", nargs="*", metavar="LECTURE", help=f"au choix : {', '.join(r.name for r in READINGS)}"
    )


def run(args: argparse.Namespace) -> int:
    root = instance.checkout()
    if root is None:
        raise Refused("la relecture se fait depuis le dépôt : ./labqvt lint.")
    known = {reading.name: reading for reading in READINGS}
    if unknown := [name for name in args.names if name not in known]:
        raise Refused(f"lecture inconnue : {', '.join(unknown)} ; au choix : {', '.join(known)}.")
    asked = [known[name] for name in args.names] or list(READINGS)
    with ThreadPoolExecutor(max_workers=2) as pool:
        reports = list(pool.map(lambda reading: _report(reading, root), asked))
    return DONE if all(reports) else FINDINGS


def _report(reading: Reading, root: Path) -> bool:
    started = time.monotonic()
    findings = reading.findings(root)
    seconds = time.monotonic() - started
    print(f"{reading.name:<12} {'à corriger' if findings else 'bon'} ({seconds:.1f} s)", flush=True)
    if findings:
        print(findings, flush=True)
    return not findings


def _program(*words: str) -> Callable[[Path], str]:
    """Read with a program of the environment; its output is the findings when it fails."""

    def findings(root: Path) -> str:
        command = [sys.executable, *words]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        return (
            "" if done.returncode == 0 else (done.stdout + done.stderr).strip() or f"code {done.returncode}"
        )

    return findings


def _migrations(root: Path) -> str:
    """Say where models and migrations differ, asked of an empty instance: the code alone decides."""
    with tempfile.TemporaryDirectory(prefix="labqvt-lint-") as var:
        command = [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"]
        environment = instance.bare_environment(Path(var)) | {"DJANGO_SETTINGS_MODULE": instance.SETTINGS}
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else (done.stdout + done.stderr).strip()


def _translations(root: Path) -> str:
    return "\n".join(catalogues.defects(root / "src" / "labqvt"))


_IMPORTS: Final = "import sys; from importlinter.cli import lint_imports_command as read; sys.exit(read())"
READINGS: Final = (
    Reading("types", _program("-m", "mypy")),
    Reading("ruff", _program("-m", "ruff", "check", "--output-format", "concise", ".")),
    Reading("format", _program("-m", "ruff", "format", "--check", "--output-format", "concise", ".")),
    Reading("imports", _program("-c", _IMPORTS)),
    Reading("migrations", _migrations),
    Reading("traductions", _translations),
)
