"""``labqvt serve``: the web server of an instance."""

import argparse
import gc
import logging
import socket
import sys

from labqvt.cli import instance, listening, stopping, workers
from labqvt.cli.outcome import Refused

SUMMARY = "sert le site (waitress ; aucun journal des visites)"
# Respondents' answers are a few kilobytes, and uploads go through one gate with its own ceilings.
_MAX_BODY = 32 * 1024 * 1024
# Phones keep their connection open between two pages; one that stops in the middle of a request holds a
# connection, never a thread, and is let go after this many seconds.
_CONNECTIONS = 900
_SILENCE = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port d’écoute (8000)")
    parser.add_argument("--threads", type=int, default=4, help="requêtes servies à la fois par processus (4)")
    parser.add_argument("--workers", type=int, default=1, help="processus, un par cœur au plus (1)")
    parser.add_argument(
        "--trusted-proxy",
        metavar="ADRESSE",
        help="adresse du serveur frontal dont on croit X-Forwarded-Proto, -Host et -For ; l’adresse des "
        "visiteurs n’est jamais écrite : elle sert, en mémoire, à compter les codes faux de l’heure",
    )


def run(args: argparse.Namespace) -> int:
    if args.workers < 1:
        raise Refused(f"--workers {args.workers} : il faut au moins un processus.")
    instance.keep_files_private()
    instance.configure()
    _refuse_without_static_files()
    address = listening.bound(args.host, args.port)
    if args.workers == 1:
        return _answer(address, args)
    return workers.run_together(args.workers, lambda: _answer(address, args))


def _answer(address: socket.socket, args: argparse.Namespace) -> int:
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
        sockets=[address],
        threads=args.threads,
        ident="",
        max_request_body_size=_MAX_BODY,
        connection_limit=_CONNECTIONS,
        channel_timeout=_SILENCE,
        # select() stops at 1024 descriptors, database and static files included.
        asyncore_use_poll=True,
        clear_untrusted_proxy_headers=True,
        **(proxy if args.trusted_proxy else {}),
    )
    stopping.on_stop(sys.exit)
    # What is loaded now stays loaded: looking through it for rubbish cost a tenth of an answer.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    server.run()
    return 0


def _refuse_without_static_files() -> None:
    """Every page would fail on its first style sheet: say it once, before the first visitor does."""
    from django.conf import settings

    if not settings.DEBUG and not (settings.STATIC_ROOT / "staticfiles.json").is_file():
        raise Refused("les fichiers du site ne sont pas en place : labqvt manage collectstatic --noinput")
