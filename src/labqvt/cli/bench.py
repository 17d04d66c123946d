"""``labqvt bench``: measures taken on a throw-away instance, with their reference in the same run."""

import argparse
import json
import os
import tempfile
from pathlib import Path
from typing import Any, Final

from labqvt.cli import instance
from labqvt.cli.outcome import DONE, Refused

SUMMARY = "mesure les pages (et bientôt les réponses, le diagnostic, la protection, les documents)"
NAMES: Final = ("pages",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NOM", help=f"au choix : {', '.join(NAMES)}")
    parser.add_argument("--json", type=Path, required=True, metavar="FICHIER", help="où écrire les mesures")


def run(args: argparse.Namespace) -> int:
    if unknown := [name for name in args.names if name not in NAMES]:
        raise Refused(f"mesure inconnue : {', '.join(unknown)} ; au choix : {', '.join(NAMES)}.")
    with tempfile.TemporaryDirectory(prefix="labqvt-bench-") as var:
        os.environ |= {"LABQVT_VAR_DIR": var, "LABQVT_SECRET_KEY": "bench-only", "LABQVT_DEMONSTRATION": "1"}
        os.environ.pop("LABQVT_DATABASE_URL", None)
        report = _measure()
    try:
        args.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise Refused(f"impossible d’écrire {args.json} ({error.strerror}).") from error
    _say(report["pages"])
    return DONE


def _measure() -> dict[str, Any]:
    """Load the demonstration into the throw-away instance, then measure."""
    instance.wake_django()
    from django.core.management import call_command

    from labqvt import demonstration
    from labqvt.bench.pages import measure_pages
    from labqvt.foundation import jobs

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    demonstration.load(lambda step: print(f"… {step}", flush=True))
    jobs.run_due()
    return {"schema": "labqvt/bench/1", "pages": measure_pages()}


def _say(report: dict[str, Any]) -> None:
    print(f"{report['size']['pages']} pages, médiane {1000 * report['median_seconds']:.1f} ms, "
          f"la plus lente {1000 * report['worst_median_seconds']:.1f} ms "
          f"(page vide : {1000 * report['reference']['seconds']:.1f} ms)")  # fmt: skip
    for page in report["pages"][:10]:
        print(
            f"  {1000 * page['seconds']:6.1f} ms  {page['queries']:3d} requêtes  {page['bytes'] // 1024:4d} ko  {page['url']} ({page['role']})"
        )
