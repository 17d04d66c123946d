"""What a clone needs to start anywhere, and the picture of the rooms that the import contracts hold."""

import configparser
import os
import re
import shutil
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

import labqvt

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "labqvt"
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-pg.txt")
READ_CONTRACTS = "import sys; from importlinter.cli import lint_imports_command as read; sys.exit(read())"


def pins(name):
    """Package → set of (version, condition) of a lock file, and its number of hashes per pin."""
    text = (ROOT / name).read_text().replace("\\\n", " ")
    found = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        package, version, rest = re.fullmatch(r"([a-z0-9-]+)==(\S+)(.*)", line).groups()
        found[package, version] = len(re.findall(r"--hash=sha256:[0-9a-f]{64}", rest))
    return found


def asked(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    names = (re.match(r"[A-Za-z0-9-]+", line) for line in lines if not line.startswith(("#", "-")))
    return {match[0].lower() for match in names if match}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_no_address_and_a_hash_for_every_pin(name):
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text
    assert {package for package, hashes in pins(name).items() if hashes == 0} == set()


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_follows_what_is_asked_for(name):
    assert asked(name.replace(".txt", ".in")) <= {package for package, _version in pins(name)}


@pytest.mark.parametrize(("small", "large"), list(pairwise(LOCKS)))
def test_each_lock_comes_on_top_of_the_very_same_versions(small, large):
    assert set(pins(small)) <= set(pins(large))


def test_compiled_packages_can_be_installed_on_other_machines():
    few = {
        package: n
        for (package, _version), n in pins("requirements.txt").items()
        if package == "numpy" and n < 20
    }
    assert few == {}


def test_the_version_is_said_once():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == labqvt.__version__
    assert f"## {labqvt.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_licence_is_the_one_announced():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert project["license"] == "EUPL-1.2"
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert all(f"\n{number}." in licence for number in range(1, 16))


@pytest.mark.parametrize("name", ["labqvt", ".ci/run"])
def test_the_entry_points_can_be_executed(name):
    assert os.access(ROOT / name, os.X_OK)


def contract(name):
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    return parser[f"importlinter:contract:{name}"]


def rooms_of_the_contract():
    return re.findall(r"(\(?)(\w+)\)?", contract("rooms")["layers"])


def test_the_rooms_between_parentheses_are_really_not_built():
    built = {
        room
        for optional, room in rooms_of_the_contract()
        if optional and (PACKAGE / room / "__init__.py").exists()
    }
    assert built == set(), "retirez leurs parenthèses dans .importlinter"


def read_contracts(source):
    """Read the contracts against a source folder; return the status and what was said."""
    done = subprocess.run(
        [sys.executable, "-c", READ_CONTRACTS, "--config", str(ROOT / ".importlinter"), "--no-cache"],
        cwd=source,
        env=os.environ | {"PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path):
    """A copy of the source, to break."""
    shutil.copytree(
        ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "static", "data")
    )
    return tmp_path / "src"


def test_the_contracts_hold():
    status, said = read_contracts(ROOT / "src")
    assert status == 0, said


def test_a_folder_outside_the_picture_breaks_the_contract(copy):
    (copy / "labqvt" / "fourre_tout").mkdir()
    (copy / "labqvt" / "fourre_tout" / "__init__.py").touch()
    status, said = read_contracts(copy)
    assert status == 1
    assert "fourre_tout" in said


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("labqvt/foundation/verdict.py", "import labqvt.people.models"),
        ("labqvt/evidence/__init__.py", "import labqvt.responses.models"),
        ("labqvt_forms/errors.py", "import django"),
        ("labqvt_stats/errors.py", "import labqvt.foundation"),
        ("labqvt_stats/errors.py", "import labqvt_forms"),
    ],
    ids=[
        "upwards",
        "raw answers beside the door",
        "django in a library",
        "the application in a library",
        "one library in the other",
    ],
)
def test_an_import_against_the_picture_breaks_a_contract(copy, place, line):
    with (copy / place).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    status, said = read_contracts(copy)
    assert status == 1, said
    assert "BROKEN" in said
