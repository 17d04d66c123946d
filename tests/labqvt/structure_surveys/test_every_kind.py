"""A survey that asks in every way: what is said beside a choice is read, counted, quoted and exported like the rest."""

import csv
import io
from dataclasses import replace

import pytest
from django.urls import reverse

from labqvt.instruments.models import Questionnaire, QuestionnaireVersion
from labqvt.structure_surveys import exporting, gathering, queries
from labqvt.structure_surveys.replying import asked_in
from labqvt.structure_surveys.synthesis import Counted, Written, page_of, read_reply, sheet_of
from labqvt_forms import Nature
from labqvt_forms.formats import json_form
from tests.factories import ScopeFactory
from tests.labqvt.instruments.every_kind import every_kind
from tests.labqvt.structure_surveys.factories import SurveyFactory, answered, lead_of

pytestmark = pytest.mark.django_db
SAID = {
    "help": "4", "wish": "-oth-", "wish[other]": "Un vrai bureau", "wish[comment]": "Depuis dix ans.",
    "moves": "yes", "tools": ["bike", "-oth-"], "tools[other]": "La barque", "order": ["team", "pay"],
}  # fmt: skip


@pytest.fixture
def survey():
    whole = every_kind()
    kept = tuple(group for group in whole.groups if group.id in {"choices", "words"})
    form = replace(whole, groups=kept, scales=(), nature=Nature.NOMINATIVE)
    keeper = Questionnaire.objects.create(
        slug="toutes",
        title="Toutes",
        kind=Questionnaire.Kind.STRUCTURES,
        licence="CC BY 4.0",
        scope=ScopeFactory(),
    )
    one = QuestionnaireVersion.objects.create(
        questionnaire=keeper, number=1, content=json_form.to_json(form), status="published"
    )
    return SurveyFactory(open=True, version=one)


def page(survey, group):
    return {entry.id: entry for entry in page_of(sheet_of(survey, "fr"), group).entries}


def test_words_beside_a_choice_are_read_with_it(survey):
    reply = answered(survey, told=SAID)
    told = [
        line
        for theme in read_reply(reply, asked_in(survey), "fr")
        for part in theme.parts
        for line in part.lines
    ]
    words = dict(told)
    assert "Un vrai bureau" in words.values()
    assert "Depuis dix ans." in words.values()
    assert any(asked.endswith("– autre réponse") and said == "La barque" for asked, said in told)
    assert "L’équipe, Le salaire" in words.values()
    assert "Le vélo, Autre" in words.values()


def test_other_answers_are_counted_rankings_too_and_words_can_be_quoted(survey):
    reply = answered(survey, told=SAID)
    answered(survey, "L’Étape", told=SAID | {"wish": "pay", "order": ["team"]})
    entries = page(survey, "choices")
    assert isinstance(entries["wish"], Counted)
    order = entries["order"].tables[0]
    assert ("L’équipe", 2, 2) in order.rows
    assert ("Le salaire", 0, 1) in order.rows
    assert isinstance(entries["wish[other]"], Written)
    assert entries["wish[other]"].answered == 2
    gathering.quote(
        survey=survey, question="wish[other]", reply=reply, words="Un vrai bureau", by=lead_of(survey)
    )
    assert [one.words for one in page(survey, "choices")["wish[other]"].quotations] == ["Un vrai bureau"]


def test_the_page_that_gathers_words_opens_on_those_beside_a_choice(survey, client):
    answered(survey, told=SAID)
    client.force_login(lead_of(survey))
    for key, words in {
        "wish[other]": "Un vrai bureau",
        "wish[comment]": "Depuis dix ans.",
        "say": "",
    }.items():
        response = client.get(reverse("structure_surveys:written", args=[survey.public_id, key]))
        assert response.status_code == 200
        assert words in response.content.decode()
    assert (
        client.get(reverse("structure_surveys:written", args=[survey.public_id, "wish"])).status_code == 404
    )


@pytest.mark.parametrize("form", ["csv", "csv-fr", "xlsx"])
def test_exports_hold_every_word(survey, form):
    answered(survey, told=SAID)
    replies = list(queries.replies_in(survey))
    written = exporting.export(survey=survey, replies=replies, form=form, language="fr", by=lead_of(survey))
    assert written.content
    if form == "csv":
        [row] = csv.DictReader(io.StringIO(written.content.decode("utf-8-sig")))
        assert {"Un vrai bureau", "Depuis dix ans.", "La barque"} <= set(row.values())
        assert row["TOOLS_OTHER"] == "La barque"
