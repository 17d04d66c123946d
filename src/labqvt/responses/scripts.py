"""The scripts of ``/r/``, inline and known to the content policy by their hash.

``start.js`` is on every page but the whole questionnaire, which comes after the code with ``sheet.js``: both begin
with ``common.js``, so that no page carries two of them. ``formulas.js``, the runtime of conditions, comes with the
questionnaires that have some. They are served shortened: ``manage respondent_script`` writes ``script/served`` again
after a change, and a test refuses one that is out of date.
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
    common = _read("common.js")
    return {
        "start.js": f"(function () {{\n{common}\n{_read('start.js')}\n}})();",
        "sheet.js": f"{common}\n{_alone(_read('rules.js'))}\n{_read('sheet.js')}",
        "formulas.js": _alone(runtime()),
    }


def _alone(module: str) -> str:
    return re.sub(r"^export ", "", module, flags=re.MULTILINE)


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
FORMULAS: Final = _read("served/formulas.js")
