"""What a page of ``/r/`` asks of the database, whatever the number of questions and of codes."""

import pytest
from django.db import connection

from tests.labqvt.campaigns.factories import CampaignFactory, codes_of
from tests.labqvt.responses.walk import enter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("headcount", [8, 40])
def test_a_page_of_questions_costs_one_query(django_assert_num_queries, headcount):
    campaign = CampaignFactory(open=True, headcount=headcount)
    walker = enter(codes_of(campaign)[0]).press("Commencer")
    for _ in range(3):
        with django_assert_num_queries(1):
            walker.press("Page suivante")


@pytest.mark.parametrize("headcount", [8, 40])
def test_sending_costs_the_same_whatever_the_number_of_codes(django_assert_num_queries, headcount):
    campaign = CampaignFactory(open=True, headcount=headcount)
    walker = enter(codes_of(campaign)[0]).press("Commencer")
    while "Avant d’envoyer" not in walker.heading:
        walker.press("Page suivante")
    # Two readings of the code, spending it, the sheet, the savepoint around; dealing two tables again is four
    # statements each on SQLite; on PostgreSQL, waiting in turn, one more reading, and one function.
    with django_assert_num_queries(14 if connection.vendor == "sqlite" else 9):
        walker.press("Envoyer mes réponses")
