"""French message ids read from the source, without xgettext: what each room's English catalogue must hold.

A room is a package with a ``locale`` folder. Python is read with ``ast``; templates are first turned into
gettext calls by Django's own ``templatize``, so that both kinds of source go through one reader.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polib
from django.utils.translation.template import templatize

_CALLS: Final = {
    "_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1,
    "ngettext": 2, "ngettext_lazy": 2,
    "pgettext": -1, "pgettext_lazy": -1,
}  # fmt: skip
_TEMPLATE_CALL: Final = re.compile(r"\b(gettext|ngettext|pgettext|npgettext|_)\(")


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """One message id and where it is said."""

    msgid: str
    plural: str
    context: str
    place: str


def messages_of(room: Path) -> dict[tuple[str, str], Message]:
    """Every message of a room, keyed by context and id; the first place wins."""
    found: dict[tuple[str, str], Message] = {}
    for path in sorted(room.rglob("*")):
        place = path.relative_to(room.parent).as_posix()
        if path.suffix == ".py" and "migrations" not in path.parts:
            said = _in_python(path.read_text(encoding="utf-8"), place)
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            said = _in_template(path.read_text(encoding="utf-8"), place)
        else:
            continue
        for message in said:
            found.setdefault((message.context, message.msgid), message)
    return found


def _in_python(source: str, place: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in _CALLS and (message := _read(name, node, place)):
                yield message


def _read(name: str, call: ast.Call, place: str) -> Message | None:
    texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    kind = _CALLS[name]
    if len(texts) < abs(kind) or not texts:
        return None
    where = f"{place}:{call.lineno}"
    if kind == -1:
        return Message(texts[1], "", texts[0], where) if len(texts) > 1 else None
    return Message(texts[0], texts[1] if kind == 2 else "", "", where)


def _in_template(source: str, place: str) -> Iterator[Message]:
    calls = templatize(source)
    for match in _TEMPLATE_CALL.finditer(calls):
        if call := _call_at(calls, match.start()):
            name = match[1] if match[1] in _CALLS else "gettext"
            line = calls.count("\n", 0, match.start()) + 1
            if message := _read(name, call, place):
                yield Message(message.msgid, message.plural, message.context, f"{place}:{line}")


def _call_at(text: str, start: int) -> ast.Call | None:
    """The call that begins at ``start``: the shortest text up to a parenthesis that parses."""
    end = text.find(")", start)
    while end != -1 and end - start < 4_000:
        try:
            parsed = ast.parse(text[start : end + 1], mode="eval")
        except SyntaxError:
            end = text.find(")", end + 1)
        else:
            return parsed.body if isinstance(parsed.body, ast.Call) else None
    return None


def rooms(package: Path) -> list[Path]:
    return sorted(path.parent for path in package.glob("*/locale"))


def catalogue_of(room: Path) -> Path:
    return room / "locale" / "en" / "LC_MESSAGES" / "django.po"


def differences(room: Path) -> tuple[list[Message], list[str]]:
    """What the room says and its catalogue lacks; what the catalogue holds and nobody says."""
    said = messages_of(room)
    path = catalogue_of(room)
    kept = (
        {(e.msgctxt or "", e.msgid) for e in polib.pofile(str(path)) if not e.obsolete}
        if path.is_file()
        else set()
    )
    missing = [message for key, message in said.items() if key not in kept]
    return missing, sorted(msgid for context, msgid in kept - said.keys())


def update(room: Path) -> int:
    """Add what is missing with an empty translation, drop what nobody says; return how many remain to translate."""
    path = catalogue_of(room)
    path.parent.mkdir(parents=True, exist_ok=True)
    former = {(e.msgctxt or "", e.msgid): e for e in polib.pofile(str(path))} if path.is_file() else {}
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=utf-8", "Content-Transfer-Encoding": "8bit", "Language": "en",
        "MIME-Version": "1.0", "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }  # fmt: skip
    for key, message in sorted(messages_of(room).items(), key=lambda pair: pair[1].place):
        kept = former.get(key)
        entry = polib.POEntry(msgid=message.msgid, msgctxt=message.context or None)
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = (kept.msgstr_plural if kept else None) or {0: "", 1: ""}
        else:
            entry.msgstr = kept.msgstr if kept else ""
        if "%(" in message.msgid or "%(" in message.plural:
            entry.flags = ["python-format"]
        catalogue.append(entry)
    catalogue.save(str(path))
    return len(catalogue.untranslated_entries())
