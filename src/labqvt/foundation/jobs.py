"""Jobs: one table, claimed by UPDATE, with progress, retry and crash recovery (docs/decisions/0004-travaux.md).

A job is named; its function receives a ``Progress`` and small JSON parameters, and must be safe to run twice.
"""

import logging
import os
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import close_old_connections, connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, override

from labqvt.foundation.models import Job
from labqvt.foundation.public_ids import new_public_id

logger = logging.getLogger("labqvt.jobs")

POLL_SECONDS: Final = 0.5
# A running job beats at each progress report; silent for longer, it is taken up again.
LOST_AFTER: Final = timedelta(seconds=90)
Work = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job and, when it is periodic, how often it is due and what people read of it."""

    work: Work
    every: timedelta | None = None
    title: "str | Promise" = ""


_kinds: dict[str, Kind] = {}


class Progress:
    """How a job says where it is; saying so is also its heartbeat."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def __call__(self, percent: int, step: str = "") -> None:
        Job.objects.filter(pk=self.job.pk).update(
            percent=max(0, min(100, percent)), step=step[:200], heartbeat=timezone.now()
        )


def job(kind: str, *, every: timedelta | None = None, title: "str | Promise" = "") -> Callable[[Work], Work]:
    """Register the function of a kind of job, in a room's ``tasks.py``; a periodic one says its title here."""
    if every and not title:
        raise ValueError(f"Le travail périodique « {kind} » a besoin d’un titre que l’on puisse lire.")

    def register(work: Work) -> Work:
        if kind in _kinds:
            raise ValueError(f"Le travail « {kind} » est déjà inscrit.")
        _kinds[kind] = Kind(work, every, title)
        return work

    return register


def kinds() -> frozenset[str]:
    return frozenset(_kinds)


def enqueue(
    kind: str,
    *,
    title: str,
    by: Any = None,
    subject: str = "",
    at: datetime | None = None,
    max_attempts: int = 3,
    **params: Any,
) -> Job:
    """Ask for a job, in the caller's transaction: it exists only if the act that asked for it does.

    A job of the same kind and ``subject`` that is not finished is returned instead of a second one.
    """
    if kind not in _kinds:
        raise ValueError(f"Le travail « {kind} » n’existe pas.")
    if subject:
        waiting = Job.objects.filter(
            kind=kind, subject=subject, state__in=[Job.State.QUEUED, Job.State.RUNNING]
        ).first()
        if waiting:
            return waiting
    return Job.objects.create(
        kind=kind, title=title, asked_by=by, subject=subject, params=params,
        not_before=at or timezone.now(), max_attempts=max_attempts,
    )  # fmt: skip


def claim(worker: str) -> Job | None:
    """Take the oldest job that is due. Two workers never take the same one: the UPDATE decides."""
    now = timezone.now()
    due = Job.objects.filter(state=Job.State.QUEUED, not_before__lte=now).order_by("not_before", "pk")
    for pk in due.values_list("pk", flat=True)[:5]:
        taken = Job.objects.filter(pk=pk, state=Job.State.QUEUED).update(
            state=Job.State.RUNNING, worker=worker, heartbeat=now, attempts=F("attempts") + 1
        )
        if taken:
            return Job.objects.get(pk=pk)
    return None


def requeue_lost() -> int:
    """Take up again what a killed worker left running; give up after the last attempt."""
    lost = Job.objects.filter(state=Job.State.RUNNING).filter(
        Q(heartbeat__lt=timezone.now() - LOST_AFTER) | Q(heartbeat=None)
    )
    lost.filter(attempts__gte=F("max_attempts")).update(
        state=Job.State.FAILED, error=gettext("Interrompu trop de fois."), finished_at=timezone.now()
    )
    return lost.update(state=Job.State.QUEUED, worker="", not_before=timezone.now())


def run(job: Job) -> Job:
    """Run a claimed job to its end: done, queued again with a growing delay, or failed."""
    try:
        with override("fr"):
            result = _kinds[job.kind].work(Progress(job), **job.params) or {}
    except Exception as error:  # noqa: BLE001 - a job's failure is recorded and shown, never lost
        logger.warning("%s (%s) : %s", job.kind, job.public_id, error)
        job.refresh_from_db()
        again = job.attempts < job.max_attempts
        job.state = Job.State.QUEUED if again else Job.State.FAILED
        job.not_before = timezone.now() + timedelta(seconds=2**job.attempts)
        job.error = "".join(traceback.format_exception_only(error)).strip()
        job.finished_at = None if again else timezone.now()
    else:
        job.refresh_from_db()
        job.state, job.percent, job.step, job.error = Job.State.DONE, 100, "", ""
        job.result, job.finished_at = result, timezone.now()
    job.save()
    return job


def run_due(*, worker: str = "here", limit: int = 1000) -> int:
    """Run everything that is due, now and in this process (tests, ``demo --no-serve``). Returns how many."""
    done = 0
    while done < limit and (job := claim(worker)):
        run(job)
        done += 1
    return done


def schedule_periodic() -> None:
    """Queue each periodic job whose last run is older than its period."""
    now = timezone.now()
    for name, kind in _kinds.items():
        if kind.every is None:
            continue
        recent = Job.objects.filter(kind=name).filter(
            Q(state__in=[Job.State.QUEUED, Job.State.RUNNING]) | Q(asked_at__gt=now - kind.every)
        )
        if not recent.exists():
            with transaction.atomic():
                enqueue(name, title=str(kind.title), subject="periodic")


def run_worker(stop: threading.Event) -> None:
    """Work until asked to stop; the current job is finished first if it ends soon enough."""
    name = f"{os.uname().nodename[:20]}-{new_public_id()[:6]}"
    rounds = 0
    while not stop.is_set():
        close_old_connections()
        if rounds % 40 == 0:  # every twenty seconds or so
            requeue_lost()
            schedule_periodic()
        rounds += 1
        if job := claim(name):
            run(job)
        else:
            stop.wait(POLL_SECONDS)
    connection.close()


def queue_is_moving() -> bool:
    """False when something due has waited for ten minutes: no worker is alive."""
    waiting = Job.objects.filter(
        state=Job.State.QUEUED, not_before__lt=timezone.now() - timedelta(minutes=10)
    )
    return not waiting.exists()
