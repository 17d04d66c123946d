"""``labqvt manage sealed_grants --web ROLE``: the fourth lock, on PostgreSQL."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from labqvt.responses import postgresql


class Command(BaseCommand):
    help = (
        "Donne au rôle PostgreSQL du processus web ce qu’il lui faut, sans la lecture des feuilles scellées."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--web", required=True, metavar="RÔLE", help="rôle avec lequel le processus web se connecte"
        )

    def handle(self, *, web: str, **_: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError(
                "Cette commande ne concerne que PostgreSQL : sur SQLite, trois verrous tiennent."
            )
        postgresql.make_function()
        postgresql.grant_to_web(web)
        self.stdout.write(f"Le rôle « {web} » dépose des feuilles et ne peut pas les lire.")
