"""Signing in: guessing a password is stopped, and only the guesser is."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from labqvt.people.forms import wrong_passwords
from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
PASSWORD = "motdepasse-de-test"


@pytest.fixture(autouse=True)
def _no_tries_before() -> None:
    wrong_passwords.forget()


def sign_in(account: Any, password: str, address: str = "192.0.2.1", email: str = "") -> Any:
    form = {"username": email or account.email, "password": password}
    return Client().post(reverse("people:login"), form, REMOTE_ADDR=address)


def test_guessing_a_password_is_stopped():
    account, other = AccountFactory(), AccountFactory()
    for _ in range(wrong_passwords.an_hour):
        assert sign_in(account, "faux-mot-de-passe", email=account.email.upper()).status_code == 200

    refused = sign_in(account, PASSWORD)
    assert refused.status_code == 200
    assert "Trop d’essais" in refused.content.decode()
    assert sign_in(account, PASSWORD, address="192.0.2.2").status_code == 302
    assert sign_in(other, PASSWORD).status_code == 302


def test_a_few_mistakes_let_in():
    account = AccountFactory()
    for _ in range(5):
        sign_in(account, "faux-mot-de-passe")
    assert sign_in(account, PASSWORD).status_code == 302
