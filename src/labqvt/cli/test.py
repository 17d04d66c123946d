"""``labqvt test``: the tests of the repository, each extra part asked for by its name."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

from labqvt.cli import chromium, instance, temporary_postgres
from labqvt.cli.outcome import DONE, FINDINGS, Refused

SUMMARY = "lance les tests (sans navigateur ni PostgreSQL, sauf si on les demande)"
PASSES_ARGUMENTS_ON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--browser", action="store_true", help="aussi les parcours dans un vrai Chromium")
    parser.add_argument("--pg", action="store_true", help="sur un vrai PostgreSQL au lieu de SQLite")
    parser.add_argument("--long", action="store_true", help="aussi les tests de plus de quelques secondes")
    parser.epilog = "Tout autre argument est passé à pytest (par exemple : -k seuil, tests/stats, -x)."


def run(args: argparse.Namespace) -> int:
    root = instance.checkout()
    if root is None or find_spec("pytest") is None:
        raise Refused("les tests se lancent depuis le dépôt : ./labqvt test (il installe pytest au besoin).")
    with ExitStack() as stack:
        # Nothing that a test writes lands in the instance of this checkout.
        var = stack.enter_context(tempfile.TemporaryDirectory(prefix="labqvt-test-"))
        environment = instance.bare_environment(Path(var))
        if args.browser:
            environment["LABQVT_CHROMIUM"] = str(chromium.find_or_install())
            # Playwright keeps an event loop in the thread of the tests: Django would refuse its own database.
            environment["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        if args.pg:
            environment["LABQVT_DATABASE_URL"] = stack.enter_context(temporary_postgres.url())
        status = subprocess.run(_pytest(args), cwd=root, env=environment, check=False).returncode
    if not args.browser:
        _say_what_was_not_tested()
    return DONE if status == 0 else FINDINGS


def _pytest(args: argparse.Namespace) -> list[str]:
    unasked = [
        m for m, asked in (("browser", args.browser), ("postgres", args.pg), ("long", args.long)) if not asked
    ]
    selection = ["-m", " and ".join(f"not {marker}" for marker in unasked)] if unasked else []
    if any(word == "-m" for word in args.passed_on):
        selection = []
    return [sys.executable, "-m", "pytest", *_spread(args.passed_on), *selection, *args.passed_on]


def _spread(passed_on: Sequence[str]) -> list[str]:
    """Spread the tests over the cores, unless the person chose or aims at a single file."""
    chosen = any(word.startswith(("-n", "--pdb", "--numprocesses")) for word in passed_on)
    narrow = any(Path(word.partition("::")[0]).suffix == ".py" for word in passed_on)
    return [] if chosen or narrow else ["-n", "auto"]


def _say_what_was_not_tested() -> None:
    print(
        "\n*** NON TESTÉ : les parcours dans un navigateur et leur accessibilité (axe). "
        "Pour les lancer : ./labqvt test --browser ***",
        flush=True,
    )
