from types import SimpleNamespace

import pytest
import time_machine

from tests.factories import AccountFactory
from tests.labqvt.programmes.factories import ExperimentationFactory, ProgrammeFactory


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-09-15T10:00:00+02:00", tick=False):
        yield


@pytest.fixture
def cast(db):
    """A programme with two regions, and everyone around it."""
    programme = ProgrammeFactory(slug="essai", acronym="Essai")
    region = ExperimentationFactory(programme=programme, region="53")
    neighbour = ExperimentationFactory(programme=programme, region="28")
    return SimpleNamespace(
        programme=programme,
        region=region,
        neighbour=neighbour,
        national=AccountFactory(national_of=programme.scope),
        lead=AccountFactory(regional_of=region.scope),
        other_lead=AccountFactory(regional_of=neighbour.scope),
        partner=AccountFactory(partner_of=region.scope),
        director=AccountFactory(director_of=region.scope),
        stranger=AccountFactory(national_of=ProgrammeFactory().scope),
        administrator=AccountFactory(administrator=True),
    )
