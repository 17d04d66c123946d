from typing import Any

import factory

from labqvt.action_plans import services
from labqvt.action_plans.models import Experiment
from labqvt.foundation.periods import Period
from tests.factories import AccountFactory, StructureFactory


class ExperimentFactory(factory.django.DjangoModelFactory[Experiment]):
    class Meta:
        model = Experiment

    class Params:
        over = factory.Trait(planned=Period.read("2026-01-05/2026-03-31"))

    structure = factory.SubFactory(StructureFactory)
    title = factory.Sequence(lambda n: f"Essai {n}")
    determinant = "relations"
    hypothesis = "Si nous parlons un quart d’heure, alors les tensions se règlent plus tôt."
    perimeter = "L’équipe du lundi"
    criteria = "Deux sujets réglés"
    lead = "la cheffe de service"
    planned = Period.read("2030-01-07/2030-03-29")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Experiment:
        by = kwargs.pop("by", None) or AccountFactory(director_of=kwargs["structure"])
        experiment, _entry = services.add_experiment(by=by, **kwargs)
        return experiment
