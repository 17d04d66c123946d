"""Translations: compiled in Python (a bare Debian has no msgfmt), and read for what is missing."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polib

_PLACEHOLDER: Final = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def compile_all(package: Path) -> int:
    """Write each ``.mo`` that is missing or older than its ``.po``; return how many were written."""
    written = 0
    for po in _catalogues(package):
        mo = po.with_suffix(".mo")
        if not mo.is_file() or mo.stat().st_mtime < po.stat().st_mtime:
            _compile(po, mo)
            written += 1
    return written


def keep_compiled(package: Path) -> None:
    """Before any command: a fresh clone, or one just updated, also speaks English. A read-only one stays as it is."""
    with suppress(OSError):
        compile_all(package)


def _compile(po: Path, mo: Path) -> None:
    """Put the whole file in place at once: a server and its worker may both start on a fresh clone."""
    import polib  # only when there is something to compile: a command that starts should not pay for it

    draft = mo.with_suffix(f".{os.getpid()}.tmp")
    polib.pofile(str(po)).save_as_mofile(str(draft))
    draft.replace(mo)


def defects(package: Path) -> list[str]:
    """Return one sentence per entry that is untranslated, doubtful, or loses a placeholder."""
    return [f"{po.relative_to(package)} : {defect}" for po in _catalogues(package) for defect in _defects(po)]


def _catalogues(package: Path) -> list[Path]:
    return sorted(package.glob("**/locale/*/LC_MESSAGES/*.po"))


def _defects(po: Path) -> Iterator[str]:
    import polib

    for entry in polib.pofile(str(po)):
        if entry.obsolete:
            yield f"« {entry.msgid[:60]} » n’est plus utilisé"
        elif entry.fuzzy:
            yield f"« {entry.msgid[:60]} » attend une relecture (fuzzy)"
        elif not entry.translated():
            yield f"« {entry.msgid[:60]} » n’est pas traduit"
        elif lost := _lost_placeholders(entry):
            yield f"« {entry.msgid[:60]} » : {', '.join(sorted(lost))} d’un seul côté"


def _lost_placeholders(entry: "polib.POEntry") -> set[str]:
    """Return the placeholders that one side has alone; a singular may spell its number out."""
    if not entry.msgid_plural:
        return _placeholders(entry.msgid) ^ _placeholders(entry.msgstr)
    wanted = _placeholders(entry.msgid_plural)
    forms = [_placeholders(entry.msgstr_plural[index]) for index in sorted(entry.msgstr_plural)]
    return (forms[0] - wanted).union(*(form ^ wanted for form in forms[1:]))


def _placeholders(text: str) -> set[str]:
    return {named or braced for named, braced in _PLACEHOLDER.findall(text)}
