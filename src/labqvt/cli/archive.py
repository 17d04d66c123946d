"""The file of a backup: rows as JSON lines, files, and a manifest that says what must be there.

Never in it: campaign keys, sealed sheets, access codes, sessions, the installation's secret. The file holds no hour
and is written in a fixed order: two backups around one answer are the same file, byte for byte.
"""

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, Self

from labqvt.cli.outcome import Refused

SCHEMA: Final = "labqvt/backup/1"
MANIFEST: Final = "manifest.json"
ROWS: Final = "rows/"
FILES: Final = "files/"
_MEMBER: Final = re.compile(r"(rows|files)(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+")
_SPOOLED: Final = 8 * 1024 * 1024
# Never read for a backup: collection and what is promised to be destroyed (confidentiality); sessions, which open doors.
LEFT_OUT: Final = frozenset(
    {
        "responses_sealedsheet", "campaigns_accesscode", "campaigns_spententry", "campaigns_invitedaddress",
        "evidence_sealedtext", "evidence_sealedsnapshot", "django_session",
    }
)  # fmt: skip
Write = Callable[[str, IO[bytes], int], None]


@contextmanager
def writing(path: Path) -> Iterator["Writer"]:
    """Write beside, then put in place: a backup that was cut is no backup. Readable by its owner only."""
    if path.exists() and not is_backup(path):
        raise Refused(f"{path} existe déjà et n’est pas une sauvegarde : choisissez un autre nom.")
    part = path.with_name(f"{path.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
            with (
                gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as packed,
                tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
            ):
                yield Writer(tar)
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(path)
    except OSError as error:
        raise Refused(f"impossible d’écrire {path} ({error.strerror}).") from error
    finally:
        part.unlink(missing_ok=True)


class Writer:
    """An archive being written; it remembers what it holds for the manifest."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._members: dict[str, str] = {}

    def rows(self, table: str, lines: Iterator[list[Any]]) -> int:
        """Keep the rows of a table, one JSON line each; return how many."""
        count = 0
        with tempfile.SpooledTemporaryFile(max_size=_SPOOLED) as spool:
            for line in lines:
                spool.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
                count += 1
            self._add(f"{ROWS}{table}.jsonl", spool)
        return count

    def file(self, name: str, path: Path) -> None:
        with path.open("rb") as content:
            self._add(f"{FILES}{name}", content)

    def manifest(self, facts: dict[str, Any]) -> None:
        """Say what the archive holds; last, so that an archive that was cut has none."""
        text = json.dumps({"schema": SCHEMA, **facts, "members": self._members}, indent=1).encode()
        self._add(MANIFEST, io.BytesIO(text))

    def _add(self, name: str, content: Any) -> None:
        size = content.seek(0, io.SEEK_END)
        content.seek(0)
        digest = hashlib.sha256()
        while chunk := content.read(1 << 20):
            digest.update(chunk)
        self._members[name] = digest.hexdigest()
        content.seek(0)
        member = tarfile.TarInfo(name)  # no owner, no hour
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, content)


def is_backup(path: Path) -> bool:
    try:
        return Archive.read(path).facts.get("schema") == SCHEMA
    except Refused:
        return False


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive on the disk, whole: every member was read once and is what the manifest says."""

    path: Path
    facts: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the manifest and check every member; refuse what is not one of our backups, or is damaged."""
        found: dict[str, str] = {}
        manifest = b""
        try:
            with tarfile.open(path, mode="r:gz") as tar:
                for member in tar:
                    content = tar.extractfile(member) if member.isreg() else None
                    if content is None:
                        raise Refused(f"{path} n’est pas une sauvegarde de Lab’QVT (« {member.name} »).")
                    if member.name == MANIFEST:
                        manifest = content.read()
                    else:
                        found[member.name] = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
        except (OSError, EOFError, tarfile.TarError, ValueError) as error:
            why = getattr(error, "strerror", None) or "le fichier est abîmé ou n’en est pas une"
            raise Refused(f"{path} ne se lit pas comme une sauvegarde : {why}.") from error
        facts = cls._facts(path, manifest)
        members = facts["members"]
        if members != found or not all(_MEMBER.fullmatch(name) and ".." not in name for name in found):
            odd = sorted(set(members.items()) ^ set(found.items()))
            raise Refused(
                f"{path} est abîmée : « {odd[0][0] if odd else path.name} » n’est pas ce qui a été sauvegardé."
            )
        return cls(path, facts)

    @staticmethod
    def _facts(path: Path, manifest: bytes) -> dict[str, Any]:
        try:
            facts = json.loads(manifest)
        except ValueError:
            facts = None
        if not isinstance(facts, dict) or not isinstance(facts.get("members"), dict):
            raise Refused(f"{path} n’est pas une sauvegarde entière de Lab’QVT : son sommaire manque.")
        if facts.get("schema") != SCHEMA:
            raise Refused(
                f"{path} est une sauvegarde d’une autre sorte ({facts.get('schema')}) ; attendu : {SCHEMA}."
            )
        return facts

    def contents(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Every row file and stored file, in the order they were written."""
        with tarfile.open(self.path, mode="r:gz") as tar:
            for member in tar:
                content = tar.extractfile(member)
                if member.name != MANIFEST and content is not None:
                    yield member.name, content
