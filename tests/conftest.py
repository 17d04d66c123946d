"""Shared ground of the tests: a template database copied per worker, hostile defaults, the factories."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from labqvt.cli import catalogues, instance

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# The first example of a test pays for what is imported or cached on first use, and the machine runs other tests:
# a limit on the time of each one fails by chance. Tests about time measure it themselves.
settings.register_profile("labqvt", deadline=None)
settings.load_profile("labqvt")

ASKED_FOR = {
    "browser": "--with-browser",
    "thorough": "--with-thorough",
    "postgres": "--with-pg",
    "long": "--with-long",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    for option in ASKED_FOR.values():
        parser.addoption(option, action="store_true", default=False)


def pytest_configure() -> None:
    """A fresh clone holds no compiled translation."""
    catalogues.keep_compiled(instance.package())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser, thorough, PostgreSQL and long tests run only when asked for; the runner says aloud what it left out."""
    for marker, option in ASKED_FOR.items():
        if config.getoption(option):
            continue
        spoken = option.replace("with-", "")
        for item in items:
            if marker in item.keywords:
                item.add_marker(pytest.mark.skip(reason=f"non demandé : ./labqvt test {spoken}"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared material; tests that read it skip loudly when it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared absent : ce test lit un fichier qui n’est pas dans le projet")
    return SHARED


def _migrations_digest() -> str:
    digest = hashlib.sha256()
    for path in sorted((ROOT / "src").glob("labqvt/*/migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None, worker_id: str
) -> Iterator[None]:
    """SQLite: migrate once into a template file, copy it for each worker. PostgreSQL: Django's own way."""
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    if connection.vendor != "sqlite":
        with django_db_blocker.unblock():
            # Not serialized: nobody, Django included, reads the sealed tables.
            old = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
        yield
        with django_db_blocker.unblock():
            teardown_databases(old, verbosity=0)
        return

    folder = ROOT / "var" / "test"
    folder.mkdir(parents=True, exist_ok=True)
    template = folder / f"template-{_migrations_digest()}.sqlite3"
    mine = folder / f"worker-{worker_id}-{os.getpid()}.sqlite3"
    with django_db_blocker.unblock():
        with (folder / "template.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not template.exists():
                for stale in folder.glob("template-*.sqlite3*"):
                    stale.unlink()
                building = template.with_suffix(".building")
                building.unlink(missing_ok=True)
                _use(connection, building)
                call_command("migrate", verbosity=0)
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.close()
                building.rename(template)
        shutil.copy(template, mine)
        _use(connection, mine)
    yield
    with django_db_blocker.unblock():
        connection.close()
    for path in folder.glob(f"{mine.name}*"):
        path.unlink()


def _use(connection: Any, path: Path) -> None:
    connection.close()
    connection.settings_dict["NAME"] = str(path)


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    """Files, keys and mail of a test go to its own folder."""
    settings.FILES_DIR = tmp_path / "files"
    settings.KEYS_DIR = tmp_path / "keys"
    settings.OUTBOX_DIR = tmp_path / "outbox"
    settings.WHITENOISE_USE_FINDERS = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True, scope="session")
def _emptying_test_tables_is_no_reading() -> Iterator[None]:
    """Transactional tests empty every table between two tests, the sealed ones included."""
    from django.test import TransactionTestCase

    from labqvt.foundation import sealed

    emptying = TransactionTestCase._fixture_teardown

    def emptying_through_the_door(case: Any) -> None:
        with sealed.opened("door"):
            emptying(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptying_through_the_door)
        yield


@pytest.fixture(autouse=True)
def _in_french() -> Iterator[None]:
    """Every test begins in French; a request made in English leaves its language to nobody."""
    from django.utils import translation

    with translation.override("fr"):
        yield
