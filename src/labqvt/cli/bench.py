"""``labqvt bench``: measures taken on throw-away instances, with their reference in the same run."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from labqvt.cli import instance, temporary_postgres
from labqvt.cli.json_file import write_json
from labqvt.cli.outcome import DONE, Refused, one_line

SUMMARY = "mesure une réponse à une enquête, les pages, le comptage, ce que la protection laisse voir (et bientôt les documents)"
STEADY_MINUTES: Final = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NOM", help=f"au choix : {', '.join(MEASURES)}")
    parser.add_argument("--json", type=Path, required=True, metavar="FICHIER", help="où écrire les mesures")
    parser.add_argument("--long", action="store_true", help="aussi ce qui dure plus de dix minutes")


def run(args: argparse.Namespace) -> int:
    if unknown := [name for name in args.names if name not in MEASURES]:
        raise Refused(f"mesure inconnue : {', '.join(unknown)} ; au choix : {', '.join(MEASURES)}.")
    report: dict[str, Any] = {"schema": "labqvt/bench/1"}
    for name in args.names or MEASURES:
        report[name] = MEASURES[name](args.long)
        write_json(args.json, report)
    return DONE


def _step(step: str) -> None:
    print(f"… {step}", flush=True)


def _intake(long: bool) -> dict[str, Any]:
    """In processes of its own: the server is measured, not the people who answer."""
    from labqvt.bench.intake.measuring import measure_intake, postgresql_of_its_own

    with tempfile.TemporaryDirectory(prefix="labqvt-bench-") as folder, ExitStack() as open_:
        environments = {}
        for engine in ("sqlite", "postgresql"):
            environments[engine] = instance.bare_environment(Path(folder) / f"var-{engine}")
            environments[engine]["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        try:
            server = open_.enter_context(temporary_postgres.url(durable=True))
            environments["postgresql"]["LABQVT_DATABASE_URL"] = open_.enter_context(
                postgresql_of_its_own(server, "labqvt_bench")
            )
        except Refused as refused:
            _step(f"PostgreSQL n’est pas mesuré : {one_line(refused)}")
            del environments["postgresql"]
        report = measure_intake(Path(folder), environments, _step, minutes=STEADY_MINUTES if long else 0)
    for engine in environments:
        _say_intake(engine, report[engine])
    return report


def _say_intake(engine: str, found: dict[str, Any]) -> None:
    for name in ("pages_8", "pages_1", "shuffled_200"):
        one = found[name]
        print(f"{engine} {name}: {one['cpu_seconds']:.4f} s de CPU (cible {one['target_cpu_seconds']:.3f}), "
              f"{one['seconds']:.3f} s, {one['ratio']} pages vides")  # fmt: skip
    for name in ("crowd", "half_sent"):
        many = found[name]
        print(f"{engine} {name}: {many['at_once']} personnes, p50 {1000 * many['p50']:.0f} ms, "
              f"p95 {1000 * many['p95']:.0f} ms, p99 {1000 * many['p99']:.0f} ms, "
              f"{len(many['failed'])} échecs, {many['peak_memory_mb']} Mo")  # fmt: skip
    if "memory" in found:
        print(f"{engine} mémoire : {found['memory']['mb_each_minute']} Mo")


def _pages(_long: bool) -> dict[str, Any]:
    """Load the demonstration into a throw-away instance, then measure every page."""
    with tempfile.TemporaryDirectory(prefix="labqvt-bench-") as var:
        os.environ |= {"LABQVT_VAR_DIR": var, "LABQVT_SECRET_KEY": "bench-only", "LABQVT_DEMONSTRATION": "1"}
        os.environ.pop("LABQVT_DATABASE_URL", None)
        instance.wake_django()
        from django.core.management import call_command

        from labqvt import demonstration
        from labqvt.bench.pages import measure_pages
        from labqvt.foundation import jobs

        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        demonstration.load(_step)
        jobs.run_due()
        report = measure_pages()
    _say_pages(report)
    return report


def _say_pages(report: dict[str, Any]) -> None:
    print(f"{report['size']['pages']} pages, médiane {1000 * report['median_seconds']:.1f} ms, "
          f"la plus lente {1000 * report['worst_median_seconds']:.1f} ms "
          f"(page vide : {1000 * report['reference']['seconds']:.1f} ms)")  # fmt: skip
    for page in report["pages"][:10]:
        print(
            f"  {1000 * page['seconds']:6.1f} ms  {page['queries']:3d} requêtes  {page['bytes'] // 1024:4d} ko  {page['url']} ({page['role']})"
        )


def _utility(_long: bool) -> dict[str, Any]:
    from labqvt.bench.utility import measure_utility

    report = measure_utility(_step)
    for size, found in report["classes"].items():
        at_six = found["threshold_6"]
        gated = f" ; après la porte {found['after_the_gate']:.2f}" if "after_the_gate" in found else ""
        print(f"{size:>7} personnes : {at_six['shown']:.2f} des structures{gated}, {at_six['variables']:.2f} des variables, "
              f"{at_six['categories']:.2f} des groupes")  # fmt: skip
    return report


def _tables(_long: bool) -> dict[str, Any]:
    from labqvt.bench.tables import measure_tables

    report = measure_tables(_step)
    for n, found in report["sizes"].items():
        beside = f", {found['ratio_to_duckdb']} fois DuckDB" if "duckdb" in found else ""
        print(f"{n:>8} réponses : 480 tableaux {1000 * found['tables']:.0f} ms, filtré {1000 * found['filtered']:.0f} ms, "
              f"produits {1000 * found['products']:.0f} ms ; {found['ratio_to_reading']} fois la lecture{beside}")  # fmt: skip
    return report


def _closing(long: bool) -> dict[str, Any]:
    from labqvt.bench.closing import measure_closing

    report = measure_closing(_step, long=long)
    for name in ("outsider", "insiders", "verifier"):
        print(f"{name}: {report[name]['seconds']:.1f} s, {report[name]['cpu_seconds']:.1f} s de CPU")
    network = report["network"]
    print(f"réseau de {network['structures']} structures, du dehors : {network['seconds']:.0f} s "
          f"({network['for_500']:.0f} s pour 500)")  # fmt: skip
    return report


MEASURES: Final[dict[str, Callable[[bool], dict[str, Any]]]] = {
    "intake": _intake, "pages": _pages, "tables": _tables, "utility": _utility, "closing": _closing,
}  # fmt: skip
