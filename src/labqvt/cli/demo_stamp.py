"""What tells that the demonstration is loaded and up to date: the next start then only serves."""

import hashlib
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from labqvt.cli import instance

DATABASE: Final = "labqvt.sqlite3"
_NAME: Final = "demonstration.json"
_IGNORED: Final = {".mo", ".pyc"}


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an earlier start left: the card of logins once loaded, and the application it was made with."""

    card: tuple[str, ...] = ()
    made_with: str = ""

    @property
    def is_loaded(self) -> bool:
        return bool(self.card)

    @property
    def is_current(self) -> bool:
        return self.is_loaded and self.made_with == fingerprint()


def read(var: Path) -> Stamp | None:
    """Return the stamp of this folder; None when the demonstration did not make it."""
    try:
        kept = json.loads((var / _NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        return Stamp()
    if not (var / DATABASE).is_file():
        return Stamp()
    return Stamp(card=tuple(kept["card"]), made_with=kept["made_with"])


def write(var: Path, stamp: Stamp) -> None:
    content = {"card": stamp.card, "made_with": stamp.made_with}
    path = var / _NAME
    new = path.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False)
    new.replace(path)


def fingerprint() -> str:
    """Return what changes when the application or Python does: path, size and date of every file."""
    digest = hashlib.sha256(sys.version.encode())
    package = instance.package()
    for folder, folders, names in os.walk(package):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            if Path(name).suffix not in _IGNORED:
                status = (Path(folder) / name).stat()
                digest.update(f"{folder}/{name}|{status.st_size}|{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
