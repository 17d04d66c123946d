"""Programmes, regions and dated things, made by services as the installation makes them."""

from typing import Any

import factory

from labqvt.foundation.periods import Period
from labqvt.programmes import services
from labqvt.programmes.models import Experimentation, Milestone, Programme


class ProgrammeFactory(factory.django.DjangoModelFactory[Programme]):
    class Meta:
        model = Programme

    slug = factory.Sequence(lambda n: f"programme-{n}")
    title = factory.Sequence(lambda n: f"Programme {n}")
    period = Period.read("2019-10/2030-10")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Programme:
        return services.create_programme(by=None, **kwargs)


class ExperimentationFactory(factory.django.DjangoModelFactory[Experimentation]):
    class Meta:
        model = Experimentation

    programme = factory.SubFactory(ProgrammeFactory)
    region = "53"
    title = factory.Sequence(lambda n: f"Expérimentation {n}")
    purpose = "Essayer, puis dire ce que l’on a appris."
    theme = "Dialogue social"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Experimentation:
        return services.add_experimentation(by=None, **kwargs)


class MilestoneFactory(factory.django.DjangoModelFactory[Milestone]):
    class Meta:
        model = Milestone

    kind = Milestone.Kind.COMMITTEE
    title = factory.Sequence(lambda n: f"Comité {n}")
    planned = Period.read("2026-10-05")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Milestone:
        milestone, _entry = services.add_milestone(by=None, **kwargs)
        return milestone
