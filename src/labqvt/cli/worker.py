"""``labqvt worker``: the background jobs of an instance."""

import argparse

from labqvt.cli import instance, stopping

SUMMARY = "exécute les travaux de fond (diagnostics, courriels, rappels)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose: as many workers as wanted may run side by side."""


def run(args: argparse.Namespace) -> int:
    instance.keep_files_private()
    instance.wake_django()
    from labqvt.foundation.jobs import run_worker

    run_worker(stopping.stop_event())
    return 0
