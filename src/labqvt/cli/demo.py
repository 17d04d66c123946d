"""``labqvt demo``: a living instance with the demonstration programme, in one command."""

import argparse
import os
import secrets
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from labqvt.cli import demo_stamp, instance, listening
from labqvt.cli.demo_stamp import Stamp
from labqvt.cli.outcome import DONE, Refused, one_line
from labqvt.cli.supervision import Supervision

SUMMARY = "prépare et sert une démonstration (base embarquée, comptes, données)"
_READY_SECONDS = 120.0


class Login(Protocol):
    """An account to try, in the words of the person who tries it."""

    role: str
    email: str
    password: str


class Loaded(Protocol):
    """What ``labqvt.demonstration.load`` gives back."""

    logins: Sequence[Login]
    respondent_code: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="port d’écoute (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
    parser.add_argument("--no-serve", action="store_true", help="s’arrête une fois la démonstration chargée")
    parser.add_argument("--reset", action="store_true", help="efface la démonstration et la refait")


def run(args: argparse.Namespace) -> int:
    instance.keep_files_private()
    var = instance.var_dir()
    _set_defaults(var, host=args.host)
    if not args.no_serve:
        listening.bound(args.host, args.port).close()  # said before anything is loaded
    if args.reset:
        _reset(var)
    stamp = demo_stamp.read(var)
    card = stamp.card if stamp and stamp.is_current else _prepare(var, stamp)
    if args.no_serve:
        print("\n".join(card), flush=True)
        return DONE
    return _serve(card, host=args.host, port=args.port)


def _set_defaults(var: Path, *, host: str) -> None:
    """The demonstration is its own instance: its database under ``var/``, its own key, its own hosts."""
    if os.environ.get("LABQVT_DATABASE_URL"):
        raise Refused(
            "LABQVT_DATABASE_URL désigne une autre base : on n’y touche pas. "
            "Retirez cette variable ; la démonstration crée sa propre base SQLite."
        )
    instance.configure()
    os.environ["LABQVT_DEMONSTRATION"] = "1"
    if host not in {"127.0.0.1", "localhost", "::1"}:
        # Shown to others on purpose: under which name they will reach this machine cannot be known.
        os.environ.setdefault("LABQVT_ALLOWED_HOSTS", "*")
    try:
        var.mkdir(parents=True, exist_ok=True)
        _make_secret_key(var / "secret-key")
    except OSError as error:
        raise Refused(
            f"impossible d’écrire dans {var} ({error.strerror}). Donnez un autre dossier à LABQVT_VAR_DIR."
        ) from error


def _make_secret_key(path: Path) -> None:
    if path.is_file() or os.environ.get("LABQVT_SECRET_KEY"):
        return
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50) + "\n")


def _reset(var: Path) -> None:
    """Erase a demonstration, and only a demonstration."""
    if demo_stamp.read(var) is None:
        _refuse_foreign_instance(var)
    for path in var.iterdir():
        if path.name == "secret-key":
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _refuse_foreign_instance(var: Path) -> None:
    if (var / demo_stamp.DATABASE).exists():
        raise Refused(
            f"{var} contient une base qui n’est pas une démonstration : on n’y touche pas. "
            "Choisissez un autre dossier : LABQVT_VAR_DIR=var-demo ./labqvt demo"
        )


def _prepare(var: Path, stamp: Stamp | None) -> tuple[str, ...]:
    """Bring the instance up to date, load the demonstration once; return the card of its logins."""
    if stamp is None:
        _refuse_foreign_instance(var)
    loaded = stamp is not None and stamp.is_loaded
    if not loaded:
        # From the first second this folder is a demonstration; one that was cut short is made again.
        demo_stamp.write(var, Stamp())
        for left in var.glob(f"{demo_stamp.DATABASE}*"):
            left.unlink()
    instance.wake_django()
    from django.core.management import call_command

    from labqvt import demonstration
    from labqvt.cli import catalogues

    say = _progress()
    say("Traductions")
    catalogues.compile_all(instance.package())
    say("Base de données")
    _migrate()
    say("Fichiers du site")
    call_command("collectstatic", interactive=False, verbosity=0)
    card = stamp.card if stamp and loaded else _card(demonstration.load(say))
    demo_stamp.write(var, Stamp(card, demo_stamp.fingerprint()))
    say("Prêt")
    return card


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import DatabaseError
    from django.db.migrations.exceptions import InconsistentMigrationHistory

    try:
        call_command("migrate", interactive=False, verbosity=0)
    except (DatabaseError, InconsistentMigrationHistory) as error:
        raise Refused(
            f"la base de cette démonstration vient d’une autre version ({one_line(error)}). "
            "Refaites-la : ./labqvt demo --reset"
        ) from error


def _progress() -> Callable[[str], None]:
    started = time.monotonic()

    def say(step: str) -> None:
        print(f"[{time.monotonic() - started:5.1f} s] {step}", flush=True)

    return say


def _card(loaded: Loaded) -> tuple[str, ...]:
    """Lay out one login per role and the respondent's code."""
    logins = loaded.logins
    width = max(len(login.role) for login in logins)
    lines = ["", "Comptes de la démonstration (courriel, mot de passe) :"]
    lines += [f"  {login.role:<{width}}  {login.email}  {login.password}" for login in logins]
    return (*lines, f"Code pour répondre à l’enquête ouverte, sur /r/ : {loaded.respondent_code}")


def _serve(card: Sequence[str], *, host: str, port: int) -> int:
    family = Supervision()
    family.start("serveur", "serve", "--host", host, "--port", str(port))
    if family.wait_for_port(host, port, seconds=_READY_SECONDS):
        family.start("travaux", "worker")  # after the first page: nobody waits for a job at that moment
        shown = f"[{host}]" if ":" in host else host
        lines = [*card, "", f"Lab’QVT répond sur http://{shown}:{port}/ (Ctrl-C pour arrêter)"]
        print("\n".join(lines), flush=True)
    return family.watch()
