"""``labqvt backup``: the whole instance in one file, except what nobody may keep."""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Final

from labqvt.cli import archive, instance, rows
from labqvt.cli.outcome import DONE, Refused

SUMMARY = "sauvegarde l’instance entière, sauf les clés, les feuilles scellées et les codes"
LATEST: Final = "last-backup.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FICHIER", help="où écrire la sauvegarde (par exemple lab.tar.gz)"
    )


def run(args: argparse.Namespace) -> int:
    instance.keep_files_private()
    instance.wake_django()
    from django.conf import settings
    from django.db import DatabaseError

    from labqvt import __version__

    try:
        with archive.writing(args.file) as out, rows.one_instant():
            counts = {name: out.rows(name, rows.read(model)) for name, model in rows.tables().items()}
            files = _keep_files(out, settings.FILES_DIR)
            columns = {name: rows.columns_of(model) for name, model in rows.tables().items()}
            out.manifest(
                {
                    "version": __version__,
                    "migrations": rows.applied_migrations(),
                    "rows": counts,
                    "columns": columns,
                }
            )
    except DatabaseError as error:
        raise Refused(f"la base ne se lit pas ({error}). Est-elle à jour ? labqvt manage migrate") from error
    _remember(args.file)
    print(f"{args.file} : {sum(counts.values())} lignes de {len(counts)} tables, {files} fichiers.")
    print(
        "Hors de la sauvegarde, exprès : les clés des campagnes, les feuilles scellées, les codes, les sessions "
        "et LABQVT_SECRET_KEY."
    )
    for title in collecting():
        print(f"« {title} » est en cours : restaurer cette sauvegarde perdrait ses réponses et ses codes.")
    return DONE


def _keep_files(out: archive.Writer, folder: Path) -> int:
    kept = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".")]
    for path in kept:
        out.file(path.relative_to(folder).as_posix(), path)
    return len(kept)


def collecting() -> list[str]:
    """Titles of the campaigns whose answers exist in the two tables that are never backed up."""
    from labqvt.campaigns.models import Campaign

    running = (Campaign.Status.OPEN, Campaign.Status.CLOSED)
    return list(Campaign.objects.filter(status__in=running).order_by("pk").values_list("title", flat=True))


def _remember(path: Path) -> None:
    """What « labqvt check --deploy » reads: where the latest backup went, and the day."""
    kept = {"file": str(path.absolute()), "on": date.today().isoformat()}  # noqa: DTZ011 - the day here, for a person
    (instance.var_dir() / LATEST).write_text(json.dumps(kept), encoding="utf-8")
