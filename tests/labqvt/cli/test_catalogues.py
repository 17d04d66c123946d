"""Translations compiled and read without gettext's own programs."""

import gettext
import os

import polib
import pytest

from labqvt.cli import catalogues


@pytest.fixture
def room(tmp_path):
    folder = tmp_path / "room" / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)

    def write(**entry):
        po = polib.POFile()
        po.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
        po.append(polib.POEntry(**({"msgid": "Bonjour", "msgstr": "Hello"} | entry)))
        po.save(str(folder / "django.po"))
        return folder / "django.po"

    return write


def test_a_catalogue_is_compiled_once_and_again_when_it_changes(room, tmp_path):
    po = room()
    assert catalogues.compile_all(tmp_path) == 1
    assert catalogues.compile_all(tmp_path) == 0
    with po.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Bonjour") == "Hello"
    room(msgstr="Good day")
    os.utime(po.with_suffix(".mo"), (0, 0))
    assert catalogues.compile_all(tmp_path) == 1
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_folder_that_cannot_be_written_to_is_left_as_it_is(room, tmp_path, monkeypatch):
    po = room()

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(catalogues, "_compile", refuse)
    catalogues.keep_compiled(tmp_path)
    assert not po.with_suffix(".mo").exists()


@pytest.mark.parametrize(
    ("entry", "defect"),
    [
        ({"msgstr": ""}, "n’est pas traduit"),
        ({"flags": ["fuzzy"]}, "attend une relecture"),
        ({"obsolete": True}, "n’est plus utilisé"),
        ({"msgid": "Encore %(n)s jours", "msgstr": "More days"}, "n d’un seul côté"),
        ({"msgid": "Encore %(n)s jours", "msgstr": "%(number)s more days"}, "n, number d’un seul côté"),
    ],
)
def test_each_defect_of_a_translation_is_said(room, tmp_path, entry, defect):
    room(**entry)
    (said,) = catalogues.defects(tmp_path)
    assert said.startswith("room/locale/en/LC_MESSAGES/django.po : ")
    assert said.endswith(defect) or defect in said


def test_a_singular_may_leave_its_number_out(room, tmp_path):
    room(
        msgid="%(n)s jour", msgid_plural="%(n)s jours", msgstr="",
        msgstr_plural={0: "one day", 1: "%(n)s days"},
    )  # fmt: skip
    assert catalogues.defects(tmp_path) == []
