"""The results belong to a room above; here only the asking for them is tested."""

import pytest

from labqvt.foundation import jobs


@pytest.fixture(autouse=True)
def _release_job_exists() -> None:
    if "evidence.release" not in jobs.kinds():
        jobs.job("evidence.release")(lambda progress, **params: None)


@pytest.fixture
def provider(settings):
    """A mail service of recorded replies, in place of the outbox."""
    from tests.labqvt.campaigns.ways import PROVIDER, RecordedProvider

    settings.EMAIL_BACKEND = PROVIDER
    RecordedProvider.replies, RecordedProvider.delivered, RecordedProvider.down = {}, [], False
    return RecordedProvider
