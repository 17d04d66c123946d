"""``labqvt serve``: the web server of an instance."""

import argparse
import logging
import sys

from labqvt.cli import instance, listening, stopping
from labqvt.cli.outcome import Refused

SUMMARY = "sert le site (waitress : un processus, des fils ; aucun journal des visites)"
# Respondents' answers are a few kilobytes, and uploads go through one gate with its own ceilings.
_MAX_BODY = 32 * 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port d’écoute (8000)")
    parser.add_argument("--threads", type=int, default=4, help="requêtes servies à la fois (4)")
    parser.add_argument(
        "--trusted-proxy",
        metavar="ADRESSE",
        help="adresse du serveur frontal dont on croit X-Forwarded-Proto, -Host et -For ; l’adresse des "
        "visiteurs n’est jamais écrite : elle sert, en mémoire, à compter les codes faux de l’heure",
    )


def run(args: argparse.Namespace) -> int:
    instance.keep_files_private()
    instance.configure()
    _refuse_without_static_files()
    from waitress.server import create_server

    from labqvt.config.wsgi import application

    # « Task queue depth » at each burst is not news; errors are.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    proxy = {
        "trusted_proxy": args.trusted_proxy,
        # Without the visitor's address, thirty wrong codes anywhere would close the door to everyone for an hour.
        "trusted_proxy_headers": {"x-forwarded-proto", "x-forwarded-host", "x-forwarded-for"},
    }
    server = create_server(
        application,
        sockets=[listening.bound(args.host, args.port)],
        threads=args.threads,
        ident="",
        max_request_body_size=_MAX_BODY,
        clear_untrusted_proxy_headers=True,
        **(proxy if args.trusted_proxy else {}),
    )
    stopping.on_stop(sys.exit)
    server.run()
    return 0


def _refuse_without_static_files() -> None:
    """Every page would fail on its first style sheet: say it once, before the first visitor does."""
    from django.conf import settings

    if not settings.DEBUG and not (settings.STATIC_ROOT / "staticfiles.json").is_file():
        raise Refused("les fichiers du site ne sont pas en place : labqvt manage collectstatic --noinput")
