from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from labqvt.foundation import messages


class Command(BaseCommand):
    help = "Met à jour le catalogue anglais de chaque salle depuis les messages français du code."

    def handle(self, *args: Any, **options: Any) -> None:
        for room in messages.rooms(Path(messages.__file__).resolve().parent.parent):
            remaining = messages.update(room)
            self.stdout.write(f"{room.name} : {remaining} message(s) à traduire")
