"""The command ``labqvt``: finds the command asked for, runs it, turns whatever happens into an exit code.

A command is a module of this package with ``SUMMARY: str``, ``add_arguments(parser)`` and
``run(args) -> int``. It imports what it needs when it runs: ``labqvt diagnose`` starts without Django.
"""

import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Final

from labqvt import __version__
from labqvt.cli import catalogues, instance, outcome
from labqvt.cli.arguments import CommandParser

# In the order of the help page: what a newcomer types first comes first.
COMMANDS: Final = (
    "demo",
    "diagnose",
    "protect",
    "verify",
    "serve",
    "worker",
    "check",
    "backup",
    "restore",
    "questionnaire",
    "answers",
    "manage",
    "test",
    "bench",
    "lint",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (0 done, 1 findings, 2 refused, 3 internal error)."""
    given = list(sys.argv[1:] if argv is None else argv)
    asked = next((word for word in given if not word.startswith("-")), "")
    parser = _parser(asked)
    with outcome.reported(command=f"labqvt {asked}".strip(), traceback="--traceback" in given) as result:
        args, passed_on = parser.parse_known_args(given)
        if not args.command:
            parser.print_help()
            result.code = outcome.REFUSED
        else:
            result.code = _run(args, passed_on)
    return result.code


def _run(args: Namespace, passed_on: list[str]) -> int:
    """Run the command; what it does not know is refused, unless it stands in front of another program."""
    command = _command(args.command)
    if passed_on and not _passes_on(command):
        raise outcome.Refused(
            f"argument inconnu : {' '.join(passed_on)}. Voir « labqvt {args.command} --help »."
        )
    args.passed_on = passed_on
    catalogues.keep_compiled(instance.package())
    return int(command.run(args))


def _passes_on(command: ModuleType) -> bool:
    return getattr(command, "PASSES_ARGUMENTS_ON", False)


def _parser(asked: str) -> CommandParser:
    """Build the parser of the command asked for, or the one of the help page with all of them."""
    parser = CommandParser(prog="labqvt", description="Lab’QVT : de l’enquête au résultat publié.")
    parser.add_argument(
        "--version", action="version", version=f"labqvt {__version__}", help="affiche la version"
    )
    commands = parser.add_subparsers(
        dest="command", metavar="commande", title="commandes", parser_class=CommandParser
    )
    for name in (asked,) if asked in COMMANDS else COMMANDS:
        command = _command(name)
        subparser = commands.add_parser(name, help=command.SUMMARY, description=command.SUMMARY)
        command.add_arguments(subparser)
        if not _passes_on(command):
            subparser.add_argument(
                "--traceback", action="store_true", help="affiche le détail d’une erreur interne"
            )
    return parser


def _command(name: str) -> ModuleType:
    return import_module(f"labqvt.cli.{name}")
