"""Shorten the scripts of ``/r/`` for phones, with terser (``npm install terser``): only after changing them."""

import json
import shutil
import subprocess
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from labqvt.responses.scripts import DIGESTS, SERVED, digests, sources

# Old browsers must be able to read start.js; a module is only read by those that know the words of the others.
_OPTIONS = {
    "start.js": ["--ecma", "5"],
    "sheet.js": ["--module", "--ecma", "2020"],
    "formulas.js": ["--ecma", "2020"],
}


class Command(BaseCommand):
    help = "Raccourcit les scripts de la page de réponse (demande terser)."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        for name, source in sources().items():
            (SERVED / name).write_text(shortened(source, _OPTIONS[name]), encoding="utf-8")
        DIGESTS.write_text(json.dumps(digests(), indent=1) + "\n", encoding="utf-8")
        self.stdout.write("Scripts raccourcis.")


def shortened(source: str, options: list[str]) -> str:
    """The same script with short names, no comment and no indentation."""
    terser = shutil.which("terser")
    if terser is None:
        raise CommandError(
            "Le programme terser manque : installez-le (npm install terser) et mettez-le dans le PATH."
        )
    command = [terser, "--compress", "passes=3", "--mangle", *options]
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=False)  # noqa: S603 - our own files
    if done.returncode:
        raise CommandError(f"terser a refusé le script : {done.stderr.strip()}")
    return done.stdout.strip() + "\n"
