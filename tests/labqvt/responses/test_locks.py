"""Who may stand in the openings: read from the source, so that a new call site is seen at once."""

import ast
from pathlib import Path

import labqvt

SOURCE = Path(labqvt.__file__).resolve().parent


def _calls(name: str) -> set[str]:
    """Modules whose code calls something of this name."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if called == name:
                    found.add(path.relative_to(SOURCE).as_posix())
    return found


def _imports(module: str) -> set[str]:
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += (
                [f"{node.module}.{alias.name}" for alias in node.names]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if any(name == module or name.startswith(f"{module}.") for name in names):
                found.add(path.relative_to(SOURCE).as_posix())
    return found


def test_envelopes_are_opened_at_the_door_only():
    assert _calls("unseal") <= {"evidence/door.py"}


def test_sheets_are_named_by_intake_and_the_door_only():
    outside = {path for path in _imports("labqvt.responses.models") if not path.startswith("responses/")}
    assert outside <= {"evidence/door.py"}


def test_the_openings_are_entered_where_they_are_described():
    assert _calls("opened") <= {
        "evidence/door.py",
        "evidence/kept_texts.py",
        "evidence/snapshots.py",
        "responses/services.py",
        "responses/postgresql.py",
        "foundation/sealed.py",
    }


def test_texts_are_named_by_their_store_only():
    """Others know the states of a text; the rows themselves are asked for in one module."""
    asking = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "SealedText.objects" in path.read_text(encoding="utf-8")
    }
    assert asking == {"evidence/kept_texts.py"}


def test_no_admin_shows_raw_answers():
    assert not [
        path for path in SOURCE.rglob("admin.py") if "responses" in path.parts or "campaigns" in path.parts
    ]
