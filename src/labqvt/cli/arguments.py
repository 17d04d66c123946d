"""Argument parsing that speaks like the rest of the command: one French sentence, exit code 2."""

import argparse
import re
from typing import Any, Final, NoReturn

from labqvt.cli.outcome import Refused

# What argparse says, and how we say it.
_SENTENCES: Final = (
    (r"the following arguments are required: (.+)", r"il manque : \1"),
    (r"argument (.+): expected one argument", r"\1 attend une valeur"),
    (r"argument (.+): expected at least one argument", r"\1 attend au moins une valeur"),
    (r"argument (.+): invalid int value: '(.*)'", r"\1 attend un nombre entier, pas « \2 »"),
    (r"argument (.+): invalid float value: '(.*)'", r"\1 attend un nombre, pas « \2 »"),
    (r"argument commande: invalid choice: '(.*?)' .*", r"la commande « \1 » n’existe pas"),
    (
        r"argument (.+): invalid choice: '(.*?)' \(choose from (.+)\)",
        r"\1 n’accepte pas « \2 » ; au choix : \3",
    ),
    (r"argument (.+): not allowed with argument (.+)", r"\1 et \2 ne vont pas ensemble"),
)


def in_french(message: str) -> str:
    """Say in French what argparse refused."""
    for pattern, sentence in _SENTENCES:
        if re.fullmatch(pattern, message, re.DOTALL):
            return re.sub(pattern, sentence, message, flags=re.DOTALL)
    return message


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "usage : " if prefix is None else prefix)


class CommandParser(argparse.ArgumentParser):
    """An argument parser whose help and refusals are in French."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        ours = {"formatter_class": _Formatter, "add_help": False, "allow_abbrev": False}
        super().__init__(*args, **(kwargs | ours))
        self._positionals.title = "arguments"
        self._optionals.title = "options"
        self.add_argument("-h", "--help", action="help", help="affiche cette aide")

    def error(self, message: str) -> NoReturn:
        raise Refused(f"{in_french(message)}. Voir « {self.prog} --help ».")
