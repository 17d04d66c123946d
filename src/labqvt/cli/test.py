"""``labqvt test``: the tests of the repository, each extra part asked for by its name."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path

from labqvt.cli import chromium, instance, temporary_postgres
from labqvt.cli.outcome import DONE, FINDINGS, Refused

SUMMARY = "lance les tests (sans navigateur ni PostgreSQL, sauf si on les demande)"
PASSES_ARGUMENTS_ON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--browser",
        action="store_true",
        help="aussi les tests approfondis et les parcours dans un vrai Chromium",
    )
    parser.add_argument(
        "--thorough",
        action="store_true",
        help="aussi les tests approfondis (fichiers abîmés, table des droits…)",
    )
    parser.add_argument("--pg", action="store_true", help="sur un vrai PostgreSQL au lieu de SQLite")
    parser.add_argument("--long", action="store_true", help="aussi les tests de plus de quelques secondes")
    parser.epilog = "Tout autre argument est passé à pytest (par exemple : -k seuil, tests/stats, -x)."


def run(args: argparse.Namespace) -> int:
    root = instance.checkout()
    if root is None or find_spec("pytest") is None:
        raise Refused("les tests se lancent depuis le dépôt : ./labqvt test (il installe pytest au besoin).")
    # Nothing of this checkout's own instance is read or written: tests/environment.py gives the settings.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LABQVT_")}
    if args.browser:
        environment["LABQVT_CHROMIUM"] = str(chromium.find_or_install())
        if pictures := os.environ.get("LABQVT_SCREENSHOTS"):
            environment["LABQVT_SCREENSHOTS"] = str(Path(pictures).absolute())
    with temporary_postgres.url() if args.pg else nullcontext() as url:
        if url:
            environment["LABQVT_DATABASE_URL"] = url
        status = subprocess.run(_pytest(args), cwd=root, env=environment, check=False).returncode
    if not args.browser:
        _say_what_was_not_tested()
    return DONE if status == 0 else FINDINGS


def _pytest(args: argparse.Namespace) -> list[str]:
    thorough = args.thorough or args.browser or args.long
    parts = {"browser": args.browser, "thorough": thorough, "pg": args.pg, "long": args.long}
    asked = [f"--with-{part}" for part, wanted in parts.items() if wanted]
    return [sys.executable, "-m", "pytest", *asked, *_spread(args.passed_on), *args.passed_on]


def _spread(passed_on: Sequence[str]) -> list[str]:
    """Spread the tests over the cores, unless the person chose or aims at a single file."""
    chosen = any(word.startswith(("-n", "--pdb", "--numprocesses")) for word in passed_on)
    narrow = any(Path(word.partition("::")[0]).suffix == ".py" for word in passed_on)
    return [] if chosen or narrow else ["-n", "auto"]


def _say_what_was_not_tested() -> None:
    print(
        "\n*** NON TESTÉ : les parcours dans un navigateur, leur accessibilité (axe) et les tests approfondis. "
        "Pour les lancer : ./labqvt test --browser ***",
        flush=True,
    )
