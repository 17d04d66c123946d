"""``labqvt restore``: an instance as it was when it was backed up. All of it, or nothing changed."""

import argparse
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from labqvt.cli import backup, instance, rows
from labqvt.cli.archive import FILES, ROWS, Archive
from labqvt.cli.outcome import DONE, Refused

SUMMARY = "remet une instance dans l’état d’une sauvegarde"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FICHIER", help="la sauvegarde")
    parser.add_argument("--force", action="store_true", help="remplace une instance qui n’est pas vide")


def run(args: argparse.Namespace) -> int:
    archive = Archive.read(args.file)
    instance.keep_files_private()
    instance.wake_django()
    from django.conf import settings

    instance.var_dir().mkdir(parents=True, exist_ok=True)
    empty = rows.is_empty()
    if not empty and not args.force:
        raise Refused(
            "cette instance n’est pas vide. Arrêtez « serve » et « worker », puis ajoutez --force pour la remplacer : "
            "tout ce qui n’est pas dans la sauvegarde sera perdu, réponses en cours comprises."
        )
    lost = [] if empty else backup.collecting()
    files = settings.FILES_DIR.with_name(f"{settings.FILES_DIR.name}.restoring")
    shutil.rmtree(files, ignore_errors=True)
    try:
        with _fresh_database():
            _check_same_version(archive)
            kept = _fill(archive, files)
            given_up = _give_up_collections()
        _put_in_place(files, settings.FILES_DIR)
    finally:
        shutil.rmtree(files, ignore_errors=True)
    print(f"Instance restaurée : {sum(archive.facts['rows'].values())} lignes, {kept} fichiers.")
    for title in lost:
        print(f"Perdu avec l’instance remplacée : les réponses et les codes de « {title} ».")
    for title in given_up:
        print(
            f"« {title} » était en cours lors de la sauvegarde : ses réponses et ses codes n’y étaient pas. "
            "La campagne est close sans résultat ; lancez-en une autre."
        )
    print("Chacun devra se connecter de nouveau. Vérifiez : labqvt check --deploy")
    return DONE


@contextmanager
def _fresh_database() -> Iterator[None]:
    """An empty, migrated database that takes the place of the current one only when the block ends well."""
    from django.db import connection

    with _fresh_sqlite() if connection.vendor == "sqlite" else _fresh_postgresql():
        yield


@contextmanager
def _fresh_sqlite() -> Iterator[None]:
    from django.db import connection

    place = Path(connection.settings_dict["NAME"])
    building = place.with_name(f"{place.name}.restoring")
    connection.close()
    _remove(building)
    connection.settings_dict["NAME"] = str(building)
    try:
        _migrate()
        yield
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        _remove(place)
        building.replace(place)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(place)
        _remove(building)


def _remove(database: Path) -> None:
    for path in (
        database,
        *(database.with_name(f"{database.name}{end}") for end in ("-wal", "-shm", "-journal")),
    ):
        path.unlink(missing_ok=True)


@contextmanager
def _fresh_postgresql() -> Iterator[None]:
    from django.db import connection, transaction

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        _migrate()
        yield


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def _check_same_version(archive: Archive) -> None:
    if archive.facts["migrations"] != rows.applied_migrations():
        raise Refused(
            f"{archive.path} vient de Lab’QVT {archive.facts['version']} : installez cette version, restaurez, "
            "puis mettez à jour."
        )
    columns = {name: rows.columns_of(model) for name, model in rows.tables().items()}
    if archive.facts["columns"] != columns:
        raise Refused(
            f"{archive.path} n’a pas les mêmes colonnes que cette version : restaurez avec celle d’origine."
        )


def _fill(archive: Archive, files: Path) -> int:
    """Rows first, whatever their order; then the links between them are checked all at once."""
    from django.db import connection

    known = rows.tables()
    kept = 0
    with connection.constraint_checks_disabled(), _deferred():
        for name in known:
            with connection.cursor() as cursor:  # what migrating put there: kinds of things, rights
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")  # noqa: S608 - our own name
        for name, content in archive.contents():
            if name.startswith(ROWS):
                rows.write(known[name.removeprefix(ROWS).removesuffix(".jsonl")], content)
            else:
                target = files / name.removeprefix(FILES)
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                with target.open("wb") as out:
                    shutil.copyfileobj(content, out)
                kept += 1
        rows.restart_sequences()
    connection.check_constraints()
    return kept


@contextmanager
def _deferred() -> Iterator[None]:
    """One transaction, links checked at its end."""
    from django.db import connection, transaction

    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        yield


def _give_up_collections() -> list[str]:
    from labqvt.campaigns.models import Campaign
    from labqvt.evidence.services import give_up_collection

    running = Campaign.objects.filter(status__in=(Campaign.Status.OPEN, Campaign.Status.CLOSED)).order_by(
        "pk"
    )
    return [give_up_collection(campaign=campaign).campaign.title for campaign in running]


def _put_in_place(files: Path, place: Path) -> None:
    files.mkdir(parents=True, exist_ok=True, mode=0o700)
    former = place.with_name(f"{place.name}.former")
    shutil.rmtree(former, ignore_errors=True)
    if place.exists():
        place.replace(former)
    files.replace(place)
    shutil.rmtree(former, ignore_errors=True)
