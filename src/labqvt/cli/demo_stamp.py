"""What tells that the demonstration is up to date, so that the next start goes straight to serving."""

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Final

from labqvt.cli import instance

_NAME: Final = "demonstration.json"
_IGNORED: Final = {".mo", ".pyc"}


def read(var: Path) -> list[str] | None:
    """Return the card of logins when nothing changed since it was written."""
    try:
        kept = json.loads((var / _NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    up_to_date = kept.get("fingerprint") == fingerprint() and (var / "labqvt.sqlite3").is_file()
    return list(kept["card"]) if up_to_date else None


def marks(var: Path) -> bool:
    """Tell whether this folder was made by the demonstration."""
    return (var / _NAME).is_file()


def mark(var: Path) -> None:
    """Say from the first second that this folder is a demonstration, finished or not."""
    _write(var, {"fingerprint": "", "card": []})


def write(var: Path, card: list[str]) -> None:
    _write(var, {"fingerprint": fingerprint(), "card": card})


def _write(var: Path, content: dict[str, object]) -> None:
    path = var / _NAME
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        json.dump(content, file, ensure_ascii=False)


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
