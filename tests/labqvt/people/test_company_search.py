"""« Recherche d’entreprises »: replies in its documented form, its silences, its refusals, its nonsense."""

import json
from email.message import Message
from urllib.error import HTTPError, URLError

import pytest

from labqvt.people import company_search
from labqvt.people.company_search import Company, SearchUnavailableError, search

# In the form the service documents; the company is invented, its SIRET has a right key.
REPLY = {
    "results": [
        {
            "siren": "732829320", "nom_complet": "LES ATELIERS INVENTES", "nom_raison_sociale": "LES ATELIERS INVENTES",
            "activite_principale": "88.10A",
            "siege": {
                "siret": "73282932000074", "activite_principale": "88.10A", "tranche_effectif_salarie": "11", "region": "93",
                "libelle_commune": "MARSEILLE", "liste_idcc": ["2941"],
            },
            "matching_etablissements": [], "complements": {"est_ess": True, "liste_idcc": ["2941"]},
        },
        {"siren": "000000000", "nom_complet": "SANS ETABLISSEMENT", "siege": None},
    ],
    "total_results": 2, "page": 1, "per_page": 10, "total_pages": 1,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _open(settings):
    settings.COMPANY_SEARCH_URL = "https://recherche.exemple.invalid/search"


def replying(reply):
    return lambda address: json.dumps(reply).encode()


def failing(error):
    def fetch(address):
        raise error

    return fetch


def test_what_the_service_says_is_read_and_what_it_lacks_left_out():
    assert search("ateliers", fetch=replying(REPLY)) == [
        Company(
            siret="73282932000074", name="LES ATELIERS INVENTES", naf="88.10A", idcc="2941", region="93", city="Marseille",
            headcount_band="de 10 à 19 personnes", is_social_economy=True,
        )
    ]  # fmt: skip


def test_only_what_was_typed_is_sent():
    asked = []

    def fetch(address):
        asked.append(address)
        return b'{"results": []}'

    assert search("l’atelier & co", fetch=fetch) == []
    assert asked == ["https://recherche.exemple.invalid/search?q=l%E2%80%99atelier+%26+co&page=1&per_page=10"]


@pytest.mark.parametrize(
    ("fetch", "said"),
    [
        (failing(TimeoutError()), "ne répond pas"),
        (failing(URLError("no route")), "ne répond pas"),
        (failing(HTTPError("x", 429, "Too Many Requests", Message(), None)), "attendez une minute"),
        (failing(HTTPError("x", 500, "Oops", Message(), None)), r"refusé la demande \(500\)"),
        (lambda address: b"<html>maintenance</html>", "autre chose"),
        (lambda address: b"\xff\xfe", "autre chose"),
        (replying([]), "autre chose"),
        (replying({"results": None}), "autre chose"),
        (replying({"results": ["x"]}), "autre chose"),
        (
            replying(
                {
                    "results": [
                        {"nom_complet": "X", "siege": {"siret": "73282932000074"}, "complements": "oui"}
                    ]
                }
            ),
            "autre chose",
        ),
    ],
)
def test_silence_refusal_and_nonsense_send_back_to_the_hand(fetch, said):
    with pytest.raises(SearchUnavailableError, match=said) as error:
        search("x", fetch=fetch)
    assert "main" in str(error.value)


def test_a_closed_installation_asks_nobody(settings):
    settings.COMPANY_SEARCH_URL = ""
    with pytest.raises(SearchUnavailableError, match="pas ouverte"):
        search("x", fetch=failing(AssertionError("asked")))
    assert not company_search.is_available()
