"""The two scripts of ``/r/``, inline and known to the content policy by their hash.

``start.js`` is on every page; ``sheet.js`` comes with the whole questionnaire, after the code, with the rules it
shares with the server (``rules.js``) and the runtime of conditions. They are served shortened: ``manage
respondent_script`` writes ``script/served`` again after a change, and a test refuses one that is out of date.
"""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Final

from labqvt_forms.logic import runtime

_FOLDER: Final = Path(__file__).parent / "script"
SERVED: Final = _FOLDER / "served"
DIGESTS: Final = SERVED / "digests.json"


def rules() -> str:
    """The part without a page: conditions and recognising, as a module a test can import."""
    return f"{runtime()}\n{_read('rules.js')}"


def sources() -> dict[str, str]:
    """What people write, by name of what is served."""
    sheet = re.sub(r"^export ", "", f"{rules()}\n{_read('sheet.js')}", flags=re.MULTILINE)
    return {"start.js": _read("start.js"), "sheet.js": sheet}


def digests() -> dict[str, str]:
    """Of the sources: what ``digests.json`` said when they were last shortened."""
    return {name: hashlib.sha256(source.encode()).hexdigest() for name, source in sources().items()}


def written_digests() -> dict[str, str]:
    return dict(json.loads(DIGESTS.read_text(encoding="utf-8")))


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def hash_of(script: str) -> str:
    """As the content policy wants it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


START: Final = _read("served/start.js")
SHEET: Final = _read("served/sheet.js")
