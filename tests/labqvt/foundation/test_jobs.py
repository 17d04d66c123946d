from datetime import timedelta

import pytest
from django.utils import timezone

from labqvt.foundation import jobs
from labqvt.foundation.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind(monkeypatch):
    """A way to register a kind of job for one test."""
    monkeypatch.setattr(jobs, "_kinds", dict(jobs._kinds))

    def register(work, name="tests.work"):
        jobs._kinds[name] = jobs.Kind(work)
        return name

    return register


def test_a_job_shows_its_progress_and_keeps_its_result(kind):
    seen = []

    def work(progress, *, n):
        progress(40, "à mi-chemin")
        seen.append(Job.objects.get().percent)
        return {"n": n}

    job = jobs.enqueue(kind(work), title="Essai", n=3)
    assert jobs.run_due() == 1
    job.refresh_from_db()
    assert seen == [40]
    assert (job.state, job.percent, job.result) == (Job.State.DONE, 100, {"n": 3})


def test_a_failing_job_is_tried_again_later_then_given_up_with_its_reason(kind):
    def work(progress):
        raise ValueError("rien ne va")

    job = jobs.enqueue(kind(work), title="Essai", max_attempts=2)
    assert jobs.run_due() == 1
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED
    assert job.not_before > timezone.now()
    Job.objects.update(not_before=timezone.now())
    jobs.run_due()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.FAILED, 2)
    assert "rien ne va" in job.error


def test_a_job_left_by_a_killed_worker_is_taken_up_again(kind):
    ran = []
    job = jobs.enqueue(kind(lambda progress: ran.append(1)), title="Essai")
    assert jobs.claim("killed").pk == job.pk
    assert jobs.requeue_lost() == 0, "a worker that still beats keeps its job"
    Job.objects.update(heartbeat=timezone.now() - jobs.LOST_AFTER - timedelta(seconds=1))
    assert jobs.requeue_lost() == 1
    jobs.run_due()
    job.refresh_from_db()
    assert (job.state, job.attempts, ran) == (Job.State.DONE, 2, [1])


def test_two_workers_never_take_the_same_job(kind):
    jobs.enqueue(kind(lambda progress: None), title="Essai")
    assert jobs.claim("one") is not None
    assert jobs.claim("two") is None


def test_one_unfinished_job_per_subject(kind):
    name = kind(lambda progress: None)
    first = jobs.enqueue(name, title="Essai", subject="a")
    assert jobs.enqueue(name, title="Essai", subject="a") == first
    jobs.run_due()
    assert jobs.enqueue(name, title="Essai", subject="a") != first


def test_an_unknown_kind_is_refused_when_asked_not_when_run():
    with pytest.raises(ValueError, match="n’existe pas"):
        jobs.enqueue("tests.nothing", title="Essai")


def test_a_periodic_job_is_read_in_words_never_by_its_name():
    jobs.schedule_periodic()
    titles = dict(Job.objects.values_list("kind", "title"))
    assert titles, "some jobs are periodic"
    assert not [title for kind, title in titles.items() if kind in title or "." in title]
    with pytest.raises(ValueError, match="a besoin d’un titre"):
        jobs.job("tests.periodic", every=timedelta(days=1))
