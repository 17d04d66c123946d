"""A long work cut short starts again where it stopped: one line a part done, beside the file to write."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from labqvt.cli.outcome import Refused

Json = dict[str, Any]


def mark_of(files: Iterable[str], asked: Json) -> str:
    """A fingerprint of what is worked on and of what is asked: another file, another question, another work."""
    found = hashlib.sha256(json.dumps(asked, sort_keys=True).encode())
    for name in files:
        found.update(Path(name).read_bytes())
    return found.hexdigest()


class Unfinished:
    """The parts of one work that are done, kept in ``<file>.part`` until the file itself is written."""

    def __init__(self, target: str, mark: str) -> None:
        self.path = Path(f"{target}.part")
        self.mark = mark
        self.done = self._read()
        if not self.done:
            try:
                self.path.write_text(json.dumps({"mark": mark}) + "\n", encoding="utf-8")
            except OSError as error:
                raise Refused(f"impossible d’écrire {self.path} ({error.strerror}).") from error

    def keep(self, part: Json) -> None:
        """Write a part down at once: what is on the disk is never lost again."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(part, ensure_ascii=False) + "\n")

    def finished(self) -> None:
        self.path.unlink(missing_ok=True)

    def _read(self) -> dict[str, Json]:
        """The parts of the same work by id; nothing of another one, and a last line cut in the middle is done again."""
        if not self.path.is_file():
            return {}
        head, *lines = self.path.read_text(encoding="utf-8").splitlines() or [""]
        if _parsed(head).get("mark") != self.mark:
            return {}
        parts = [_parsed(line) for line in lines]
        return {part["id"]: part for part in parts if "id" in part}


def _parsed(line: str) -> Json:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
