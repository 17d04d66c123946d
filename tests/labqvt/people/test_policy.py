from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from labqvt.people import services
from labqvt.people.models import Function, Scope
from labqvt.people.policy import holds
from tests.factories import AccountFactory, ScopeFactory, StructureFactory

pytestmark = pytest.mark.django_db


def test_an_assignment_on_a_programme_holds_in_its_experimentations_and_not_above():
    programme = ScopeFactory()
    region = ScopeFactory(kind=Scope.Kind.EXPERIMENTATION, label="Région", parent=programme)
    elsewhere = ScopeFactory(label="Autre programme")
    national, lead = AccountFactory(national_of=programme), AccountFactory(regional_of=region)
    assert holds(national, {Function.NATIONAL}, region)
    assert holds(lead, {Function.REGIONAL}, region)
    assert not holds(lead, {Function.REGIONAL}, programme)
    assert not holds(national, {Function.NATIONAL}, elsewhere)


def test_paths_do_not_confuse_one_scope_with_another_that_begins_alike():
    scopes = [ScopeFactory(label=f"P{n}") for n in range(12)]
    person = AccountFactory(national_of=scopes[0])
    assert [holds(person, {Function.NATIONAL}, scope) for scope in scopes] == [True] + [False] * 11


def test_a_function_is_held_between_its_dates_only():
    structure, today = StructureFactory(), timezone.localdate()
    person = AccountFactory()
    services.assign(
        account=person, function=Function.DIRECTOR, scope=structure.scope, by=None,
        since=today - timedelta(days=30), until=today - timedelta(days=1),
    )  # fmt: skip
    assert not holds(person, {Function.DIRECTOR}, structure.scope), "who left yesterday reads nothing today"
    services.assign(
        account=person,
        function=Function.DIRECTOR,
        scope=structure.scope,
        by=None,
        since=today + timedelta(days=1),
    )
    assert not holds(person, {Function.DIRECTOR}, structure.scope), "who comes tomorrow reads nothing yet"


def test_assigning_is_for_the_coordination_and_the_administration():
    programme = ScopeFactory()
    someone = AccountFactory()
    services.assign(
        account=someone, function=Function.PARTNER, scope=programme, by=AccountFactory(national_of=programme)
    )
    services.assign(
        account=someone, function=Function.PARTNER, scope=programme, by=AccountFactory(administrator=True)
    )
    for refused in (AccountFactory(partner_of=programme), AccountFactory(director_of=StructureFactory())):
        with pytest.raises(PermissionDenied, match="coordination nationale"):
            services.assign(account=someone, function=Function.NATIONAL, scope=programme, by=refused)


def test_a_siret_is_checked_la_poste_included():
    StructureFactory(siret="35600000049837")  # La Poste follows its own rule
    with pytest.raises(ValidationError, match="quatorze chiffres"):
        StructureFactory(siret="12345678901234")


def test_one_account_per_address_whatever_the_case():
    AccountFactory(email="a@exemple.invalid")
    with pytest.raises(ValidationError):
        AccountFactory(email="A@exemple.invalid")
