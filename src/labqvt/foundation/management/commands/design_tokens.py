from typing import Any

from django.core.management.base import BaseCommand

from labqvt.foundation.design.stylesheets import STATIC_DIR, write_stylesheets


class Command(BaseCommand):
    help = "Écrit les feuilles de style depuis les jetons et les sources de foundation/design."
    requires_system_checks = ()

    def handle(self, **_options: Any) -> None:
        changed = write_stylesheets()
        for path in changed:
            self.stdout.write(f"écrit : {path.relative_to(STATIC_DIR.parent.parent)}")
        if not changed:
            self.stdout.write("Rien à écrire : les feuilles sont à jour.")
