"""The demonstration does what people do: no row is written but by a service."""

import ast
from pathlib import Path

import labqvt

DEMONSTRATION = Path(labqvt.__file__).resolve().parent / "demonstration"
WRITES = {
    "save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create",
    "executemany", "execute", "add", "set",
}  # fmt: skip


def test_the_demonstration_calls_no_method_that_writes():
    paths = sorted(DEMONSTRATION.rglob("*.py"))
    assert paths, "la démonstration existe"
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in WRITES, (
                    f"{path.name}:{node.lineno} écrit sans service ({node.func.attr})"
                )
