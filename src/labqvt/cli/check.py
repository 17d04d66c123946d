"""``labqvt check``: one line per subject, so that whoever installs knows what is fine and what is not."""

import argparse
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from labqvt.cli import instance
from labqvt.cli.outcome import DONE, FINDINGS

SUMMARY = "vérifie la configuration, la base, le courriel, les fichiers, les tables scellées, les sauvegardes"


@dataclass(frozen=True, slots=True)
class Subject:
    """A line of the check: its name, what gives its findings, and what to say when there is none."""

    name: str
    findings: Callable[[bool], Sequence[str]]
    otherwise: str = "bon"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--deploy", action="store_true", help="aussi ce qu’exige une mise en service")


def run(args: argparse.Namespace) -> int:
    instance.wake_django()
    reports = [(subject, list(subject.findings(args.deploy))) for subject in SUBJECTS]
    for subject, findings in reports:
        print(f"{subject.name:<18} {' ; '.join(findings) or subject.otherwise}")
    return FINDINGS if any(findings for _, findings in reports) else DONE


def _configuration(deploy: bool) -> list[str]:
    """What Django and the rooms' own system checks say."""
    from django.core import checks

    return [
        " ".join(f"{message.msg} {message.hint or ''}".split())
        for message in checks.run_checks(include_deployment_checks=deploy)
        if message.level >= checks.WARNING and not message.is_silenced()
    ]


def _database(deploy: bool) -> list[str]:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return [f"ne répond pas ({error}) : vérifiez LABQVT_DATABASE_URL"]
    if waiting:
        return [f"{len(waiting)} migrations à appliquer : labqvt manage migrate"]
    return []


def _mail(deploy: bool) -> list[str]:
    from django.conf import settings
    from django.core.mail import get_connection

    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        kept = "aucun courriel ne part (gardés dans var/outbox) : réglez LABQVT_EMAIL_URL"
        return [kept] if deploy else []
    connection = get_connection(timeout=5)
    try:
        connection.open()
    except OSError as error:
        return [f"le serveur de courriel ne répond pas ({error}) : vérifiez LABQVT_EMAIL_URL"]
    connection.close()
    return []


def _storage(deploy: bool) -> list[str]:
    from django.conf import settings

    findings = []
    for folder in (settings.FILES_DIR, settings.KEYS_DIR):
        probe = folder / ".check"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            probe.touch()
            probe.unlink()
        except OSError as error:
            findings.append(f"impossible d’écrire dans {folder} ({error.strerror})")
    if settings.KEYS_DIR.is_dir() and settings.KEYS_DIR.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        findings.append(
            f"les clés des enquêtes sont lisibles par d’autres comptes : chmod 700 {settings.KEYS_DIR}"
        )
    return findings


def _sealed_tables(deploy: bool) -> list[str]:
    """Every table of raw answers is declared sealed, and really refuses a reading from here."""
    from django.apps import apps
    from django.db import DatabaseError, connection

    from labqvt.foundation import sealed

    if not apps.is_installed("labqvt.responses"):
        return ["aucune : les réponses ne sont pas installées"]
    tables = {model._meta.db_table for model in apps.get_app_config("responses").get_models()}
    findings = [f"« {table} » n’est pas scellée" for table in sorted(tables - sealed.sealed_tables())]
    for table in sorted(tables & sealed.sealed_tables()):
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own name
            findings.append(f"« {table} » se laisse lire hors de la porte")
        except (sealed.SealedTableError, DatabaseError):
            continue
    return findings


def _backups(deploy: bool) -> list[str]:
    """There is no backup command yet; saying « bon » would be a lie."""
    return ["aucune sauvegarde par Lab’QVT : copiez la base et var/files vous-même"] if deploy else []


SUBJECTS: Final = (
    Subject("configuration", _configuration),
    Subject("base de données", _database),
    Subject("courriel", _mail),
    Subject("fichiers et clés", _storage),
    Subject("tables scellées", _sealed_tables),
    Subject("sauvegardes", _backups, otherwise="non vérifiées"),
)
