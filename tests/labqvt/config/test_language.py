"""The language switch of every page works for those who have no account."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_visitor_without_account_changes_language(client):
    response = client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert response.url == "/"
    assert client.get("/").headers["Content-Language"] == "en"


def test_the_switch_leads_nowhere_else(client):
    response = client.post(reverse("set_language"), {"language": "en", "next": "https://ailleurs.example/"})
    assert response.url == "/"
