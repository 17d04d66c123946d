"""Trait factories: one class a thing, traits for its states. They call services, so that no rule is bypassed."""

from typing import Any

import factory

from labqvt.people import services as people
from labqvt.people.models import Account, Function, Organisation, Scope


class ScopeFactory(factory.django.DjangoModelFactory[Scope]):
    class Meta:
        model = Scope

    kind = Scope.Kind.PROGRAMME
    label = factory.Sequence(lambda n: f"Programme {n}")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Scope:
        return people.create_scope(**kwargs)


class StructureFactory(factory.django.DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Association {n}")
    headcount = 12

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Organisation:
        return people.create_organisation(**kwargs)


class AccountFactory(factory.django.DjangoModelFactory[Account]):
    """``AccountFactory(director_of=structure)``, ``national_of=scope``, ``administrator=True``…"""

    class Meta:
        model = Account

    email = factory.Sequence(lambda n: f"personne{n}@exemple.invalid")
    name = factory.Sequence(lambda n: f"Personne {n}")
    password = "motdepasse-de-test"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Account:
        held = {
            Function.DIRECTOR: kwargs.pop("director_of", None),
            Function.EMPLOYEE: kwargs.pop("employee_of", None),
            Function.CONSULTANT: kwargs.pop("consultant_of", None),
            Function.PARTNER: kwargs.pop("partner_of", None),
            Function.REGIONAL: kwargs.pop("regional_of", None),
            Function.NATIONAL: kwargs.pop("national_of", None),
        }
        if kwargs.pop("administrator", False):
            held[Function.ADMINISTRATOR] = ScopeFactory(kind=Scope.Kind.TOOL, label="Outil")
        account = people.create_account(**kwargs)
        for function, subject in held.items():
            if subject is not None:
                scope = subject if isinstance(subject, Scope) else subject.scope
                people.assign(account=account, function=function, scope=scope, by=None)
        return account
