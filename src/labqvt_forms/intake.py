"""Bytes from outside: bounded in size, decoded, never trusted."""

from __future__ import annotations

import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree.ElementTree import ParseError

from labqvt_forms.errors import FileError, Place

LARGEST_FILE = 200 * 1024 * 1024
LARGEST_UNZIPPED = 400 * 1024 * 1024
LARGEST_RATIO = 200
"""A spreadsheet compresses 5 to 40 times; beyond this the archive was made to fill the memory."""


def bounded_bytes(path: Path) -> bytes:
    """Return the content of a file of reasonable size, or say why not."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise FileError("c’est un dossier : indiquez un fichier.")
        if size > LARGEST_FILE:
            raise FileError(
                f"ce fichier pèse {size // 2**20} Mo ; la limite est de {LARGEST_FILE // 2**20} Mo."
            )
        content = path.read_bytes()
    except FileNotFoundError:
        raise FileError("ce fichier n’existe pas : vérifiez son nom et son dossier.") from None
    except OSError as error:
        raise FileError(f"ce fichier ne peut pas être ouvert ({error.strerror}).") from error
    return bounded(content)


def bounded(content: bytes) -> bytes:
    """Return content already in memory, if it is of reasonable size and not empty."""
    if len(content) > LARGEST_FILE:
        raise FileError(
            f"ce contenu pèse {len(content) // 2**20} Mo : la limite est {LARGEST_FILE // 2**20} Mo."
        )
    if not content.strip():
        raise FileError("ce fichier est vide.")
    if content.startswith(b"PK\x03\x04"):
        refuse_zip_bomb(content)
    return content


@contextmanager
def opened_zip(content: bytes) -> Iterator[zipfile.ZipFile]:
    """Open a zip; whatever is damaged in it, found now or while reading, is one refusal."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive
    except _ZIP_DAMAGE as error:
        raise FileError(
            "ce fichier compressé est abîmé : enregistrez-le ou exportez-le de nouveau."
        ) from error


_ZIP_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    ValueError,
    OSError,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
)


def refuse_zip_bomb(content: bytes) -> None:
    """Refuse an archive whose announced content is out of proportion."""
    with opened_zip(content) as archive:
        unzipped = sum(entry.file_size for entry in archive.infolist())
    if unzipped > LARGEST_UNZIPPED or unzipped > max(len(content) * LARGEST_RATIO, 2**24):
        raise FileError(f"ce fichier compressé se déplie en {unzipped // 2**20} Mo : il est refusé.")


def decode_text(content: bytes) -> str:
    """Decode text as it really comes: UTF-8 or UTF-16 with or without mark, else Windows-1252.

    Null signs are left out: no other file could carry them.
    """
    return _decoded(content).replace("\0", "")


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # The five codes Windows-1252 leaves undefined read as Latin-1 controls, so that nothing is lost.
        return "".join(_CP1252[byte] for byte in content)


def json_content(text: str) -> object:
    """Return what a JSON text holds, without what no file can carry: null signs, half of a cut emoji (« � »)."""
    try:
        content: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise FileError(
            f"ce n’est pas du JSON lisible au signe {error.colno} : corrigez ou exportez de nouveau.",
            Place(row=error.lineno),
        ) from None
    except RecursionError:
        raise FileError("ce JSON est trop imbriqué : il est refusé.") from None
    except ValueError:
        raise FileError("ce JSON contient un nombre démesuré : il est refusé.") from None
    if _NO_SIGN.search(text):
        told = _NULL.sub(r"\1", json.dumps(content, ensure_ascii=False))
        content = json.loads(told.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    return content


_NO_SIGN = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")
_NULL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def tidied_xml(content: bytes) -> bytes:
    """Take off what some tools leave in an XML and no parser accepts: blanks before it, control characters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content
    return _CONTROLS.sub(b"", _BLANK_START.sub(rb"\1", content))


_BLANK_START = re.compile(rb"\A(\xef\xbb\xbf)?[ \t\r\n]+")
_CONTROLS = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f]+")


def damaged_xml(error: Exception) -> FileError:
    """Say where an XML cannot be read any further."""
    line = error.position[0] if isinstance(error, ParseError) else None
    return FileError("ce XML est abîmé : exportez-le de nouveau.", Place(row=line))


_CP1252 = tuple(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(256))
