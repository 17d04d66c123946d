"""The browser that walks the site in tests: Debian's Chromium, found or installed by apt."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from labqvt.cli.outcome import Refused

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_or_install() -> Path:
    """Return the browser's path; install it where that was agreed to, else refuse and say what to type."""
    if given := os.environ.get("LABQVT_CHROMIUM"):
        if not Path(given).is_file():
            raise Refused(f"LABQVT_CHROMIUM vaut « {given} » : ce fichier n’existe pas.")
        return Path(given)
    found = _find()
    if found is None and may_install():
        install("chromium")
        found = _find()
    if found is None:
        raise Refused(
            "aucun navigateur pour les parcours : Chromium manque. Tapez « sudo apt-get install chromium », "
            "ou donnez son chemin à LABQVT_CHROMIUM, puis relancez."
        )
    return found


def _find() -> Path | None:
    return next((Path(path) for name in _NAMES if (path := shutil.which(name))), None)


def may_install() -> bool:
    """Tell whether we may add a Debian package: as root, when asked to or on a machine of checks."""
    agreed = os.environ.get("CI") == "true" or os.environ.get("LABQVT_INSTALL") == "1"
    return agreed and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages: str) -> None:
    """Install Debian packages, saying so."""
    print(f"labqvt : installation de {', '.join(packages)} par apt-get…", file=sys.stderr, flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (("update",), ("install", "-y", "--no-install-recommends", *packages)):
        done = subprocess.run(
            ["apt-get", "-qq", *words], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(done.stderr, file=sys.stderr)
