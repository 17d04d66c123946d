"""The two scripts of ``/r/``, inline and known to the content policy by their hash.

``start.js`` is on every page; ``sheet.js`` comes with the whole questionnaire, after the code, with the rules it
shares with the server (``rules.js``) and the runtime of conditions. Served without their comments and indentation.
"""

import base64
import hashlib
import re
from pathlib import Path
from typing import Final

from labqvt_forms.logic import runtime

_FOLDER: Final = Path(__file__).parent / "script"


def bare(source: str) -> str:
    """The same script without its comment lines, indentation and blank lines."""
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def rules() -> str:
    """The part without a page: conditions and recognising, as a module a test can import."""
    return f"{runtime()}\n{_read('rules.js')}"


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def hash_of(script: str) -> str:
    """As the content policy wants it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


START: Final = bare(_read("start.js"))
SHEET: Final = re.sub(r"^export ", "", bare(f"{rules()}\n{_read('sheet.js')}"), flags=re.MULTILINE)
