"""JSON as every command writes it: in full, readable, one clear refusal when the disk says no."""

import json
from pathlib import Path
from typing import Any

from labqvt.cli.outcome import Refused


def json_bytes(content: dict[str, Any]) -> bytes:
    """Strict JSON, letters as they are, an end of line at its end."""
    return (json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write it where ``--json`` says."""
    try:
        path.write_bytes(json_bytes(content))
    except OSError as error:
        raise Refused(f"--json {path} : impossible d’écrire ({error.strerror}).") from error
