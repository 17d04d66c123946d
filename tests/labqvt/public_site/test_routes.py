import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from labqvt.public_site.routes import route_for


@pytest.mark.parametrize("headcount", [1, 5, 6, 11])
def test_under_twelve_people_discussion_comes_first(headcount):
    assert route_for(headcount).title == "Le diagnostic par la discussion"


@pytest.mark.parametrize("headcount", [12, 19, 20, 90])
def test_from_twelve_people_the_survey_comes_first(headcount):
    assert route_for(headcount).title == "L’enquête auprès de toute l’équipe"


def test_under_six_a_questionnaire_is_not_even_an_alternative():
    assert "n’aurait pas de sens" in route_for(5).instead
    assert route_for(5).instead_url == ""
    assert route_for(6).instead_url != ""


def test_breakdowns_are_not_promised_under_twenty():
    assert "sous vingt réponses, aucun détail" in route_for(19).why
    assert "à partir de vingt" in route_for(20).why


@given(st.integers(1, 5000))
def test_every_route_says_its_time_its_cost_and_who_sees_what(headcount):
    route = route_for(headcount)
    assert all([route.time, route.cost, route.who_sees, route.action, route.action_url, route.steps])


class TestPage:
    @pytest.mark.parametrize("given", ["", "neuf", "0", "-3", "999999"])
    def test_what_is_not_a_headcount_is_explained_and_kept(self, client, given):
        page = client.get("/par-quoi-commencer/", {"headcount": given}).content.decode()
        assert "à revoir" in page
        assert f'value="{given}"' in page or not given

    def test_without_an_account_one_route_is_shown(self, client):
        page = client.get("/par-quoi-commencer/", {"headcount": "9"}).content.decode()
        assert "Le diagnostic par la discussion" in page
        assert "Qui verra quoi" in page

    @pytest.mark.parametrize("url", ["/", "/par-quoi-commencer/", "/confidentialite/"])
    def test_public_pages_follow_nobody_and_ask_nothing_to_the_database(self, client, url):
        response = client.get(url)
        assert response.status_code == 200
        assert set(response.cookies) <= {"csrftoken"}, "only what the language form needs"

    def test_the_promise_tells_the_same_limits_as_the_page_of_what_is_kept(self, client):
        limits = [
            [
                item.get_text()
                for item in BeautifulSoup(client.get(url).content, "html.parser").select("ul.limits li")
            ]
            for url in ("/confidentialite/", "/r/ce-que-garde-le-serveur/")
        ]
        assert len(limits[0]) == 11
        assert limits[0] == limits[1]
