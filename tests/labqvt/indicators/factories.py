"""Indicators and facts, made by services."""

from typing import Any

import factory

from labqvt.foundation.periods import Period
from labqvt.indicators import services
from labqvt.indicators.models import Fact, FactKind, Indicator


class IndicatorFactory(factory.django.DjangoModelFactory[Indicator]):
    class Meta:
        model = Indicator

    code = factory.Sequence(lambda n: f"chiffre_{n}")
    label = factory.Sequence(lambda n: f"Chiffre {n}")
    definition = "Ce que l’on compte."
    kind = Indicator.Kind.COUNT
    fact_kind = FactKind.MEETING

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Indicator:
        return services.define_indicator(by=None, **kwargs)


class FactFactory(factory.django.DjangoModelFactory[Fact]):
    class Meta:
        model = Fact

    kind = FactKind.MEETING
    label = factory.Sequence(lambda n: f"Réunion {n}")
    when = Period.read("2026-03-17")
    source = "compte-rendu.txt"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Fact:
        fact, _entry = services.add_fact(by=None, **kwargs)
        return fact
