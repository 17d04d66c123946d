"""``labqvt manage``: Django's own commands, with this instance's settings."""

import argparse

from labqvt.cli import instance

SUMMARY = "les commandes de Django (labqvt manage help)"
PASSES_ARGUMENTS_ON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="la commande de Django et ses arguments")


def run(args: argparse.Namespace) -> int:
    instance.configure()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["labqvt manage", *args.arguments])
    return 0
