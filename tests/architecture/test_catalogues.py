"""French ids well written, English complete."""

import re
from collections import defaultdict
from pathlib import Path

import polib
import pytest

import labqvt
from labqvt.cli import catalogues
from labqvt.foundation import messages

PACKAGE = Path(labqvt.__file__).resolve().parent
ROOMS = messages.rooms(PACKAGE)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_the_english_catalogue_says_all_that_the_room_says(room):
    missing, unused = messages.differences(room)
    assert (missing, unused) == ([], [])


def test_every_translation_is_complete_and_keeps_its_placeholders():
    assert catalogues.defects(PACKAGE) == []


def test_one_french_message_has_one_translation_whatever_the_room():
    """Django merges the catalogues of all rooms: of two translations, one would be lost without a word."""
    said = defaultdict(set)
    for room in ROOMS:
        for entry in polib.pofile(str(messages.catalogue_of(room))):
            said[entry.msgctxt, entry.msgid, entry.msgid_plural].add(
                entry.msgstr or tuple(entry.msgstr_plural.values())
            )
    assert {msgid: ways for (_context, msgid, _plural), ways in said.items() if len(ways) > 1} == {}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_french_ids_follow_french_typography(room):
    for (_context, msgid), message in messages.messages_of(room).items():
        bare = re.sub(r"%\(\w+\)[sd]|<[^>]*>", "", msgid)
        assert "'" not in bare, f"{message.place} : apostrophe droite dans « {msgid} »"
        assert not re.search(r'"\w|\w"', bare), f"{message.place} : guillemets droits dans « {msgid} »"
        assert "..." not in bare, f"{message.place} : trois points au lieu de « … » dans « {msgid} »"
        assert not re.search(r"%[sd]", msgid), f"{message.place} : trou sans nom dans « {msgid} »"


def test_the_reader_of_messages_sees_python_and_templates(tmp_path):
    room = tmp_path / "room"
    (room / "templates" / "room").mkdir(parents=True)
    (room / "a.py").write_text(
        "x = _('Une phrase')\ny = ngettext('%(n)s jour', '%(n)s jours', 2)\nz = f(t)\n", encoding="utf-8"
    )
    (room / "templates" / "room" / "a.html").write_text(
        "{% load i18n %}{% translate 'L’entrée' %}\n{% blocktranslate trimmed with a=b %}\n Bonjour\n {{ a }} (vous)\n"
        "{% endblocktranslate %}",
        encoding="utf-8",
    )
    said = {(m.msgid, m.plural) for m in messages.messages_of(room).values()}
    assert said == {
        ("Une phrase", ""), ("%(n)s jour", "%(n)s jours"), ("L’entrée", ""), ("Bonjour %(a)s (vous)", ""),
    }  # fmt: skip
