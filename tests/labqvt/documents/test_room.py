"""This room draws and writes; it knows nothing of what is drawn."""

import re
from pathlib import Path

import polib

import labqvt.documents

ROOM = Path(labqvt.documents.__file__).parent
TRADE = re.compile(
    r"\b(survey|campaign|respondent|employee|employer|questionnaire|cohort|programme|diagnos\w+|evidence"
    r"|sondage|enquête|campagne|salarié\w*|réponses?|direction|binôme)\b",
    re.IGNORECASE,
)


def test_no_trade_word():
    files = [path for suffix in ("py", "html", "typ", "css", "po") for path in ROOM.rglob(f"*.{suffix}")]
    assert len(files) > 20
    found = {path.name: TRADE.findall(path.read_text(encoding="utf-8")) for path in files}
    assert {name: words for name, words in found.items() if words} == {}


def test_every_word_of_the_room_is_translated():
    catalogue = polib.pofile(str(ROOM / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    known = {entry.msgid for entry in catalogue if entry.translated()}
    said = set(re.findall(r'"documents",\s*"([^"]+)"', (ROOM / "words.py").read_text(encoding="utf-8")))
    for template in ROOM.rglob("*.html"):
        said |= set(re.findall(r'{% translate "([^"]+)" %}', template.read_text(encoding="utf-8")))
    assert said
    assert said <= known
