"""Live counts and the synthesis: whatever the answers, numbers add up and nobody is counted twice."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labqvt.structure_surveys import calling_back, exporting, gathering, inviting, queries, replying
from labqvt.structure_surveys.models import Quotation, Reply, SizeBand, StructureStatus, Theme
from labqvt.structure_surveys.queries import Sought
from labqvt.structure_surveys.report import report_of
from labqvt.structure_surveys.synthesis import page_of, sheet_of, tally, theme_pages
from labqvt_forms import Choice, ChoiceList, Text
from labqvt_forms.answers import decode_answers
from labqvt_forms.answers.sources import load
from tests.factories import AccountFactory
from tests.labqvt.structure_surveys.factories import SurveyFactory, answered, invited, lead_of

pytestmark = pytest.mark.django_db

_STANDS = st.sampled_from([*StructureStatus.values, "refused_then_answered", "twin"])
_STRUCTURES = st.lists(
    st.tuples(
        _STANDS, st.sampled_from(["", "13", "84"]), st.sampled_from(["", *SizeBand.values]), st.booleans()
    ),
    max_size=8,
)


@given(_STRUCTURES)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_structure_is_counted_once_in_each_table_and_where_it_stands(transactional_savepoint, drawn):
    with transactional_savepoint():
        survey = SurveyFactory(open=True)
        lead = lead_of(survey)
        relay = inviting.add_relay(survey=survey, name="Réseau", by=lead)
        expected = dict.fromkeys(StructureStatus.values, 0)
        for rank, (stands, department, band, through) in enumerate(drawn):
            structure = invited(
                survey, f"S{rank}", department=department, band=band, relay=relay if through else None
            )
            structure.survey = survey
            if stands in {"refused", "unreachable", "refused_then_answered"}:
                inviting.note_outcome(structure=structure, outcome=stands.partition("_")[0], by=lead)
            if stands in {"begun", "twin"}:
                replying.begin_by_link(structure=structure, function="direction")
            if stands in {"answered", "refused_then_answered"}:
                answered(survey, f"S{rank}", told={"BES_REL1": "5"})
            if stands == "twin":
                replying.identify(survey=survey, name=f"S{rank}", department=department, second=True)
            final = {"refused_then_answered": "answered", "twin": "begun"}.get(stands, stands)
            expected[final] += 1
        whole = queries.total(survey)
        assert whole.listed == len(drawn)
        assert {name: getattr(whole, name) for name in expected} == expected
        assert whole.waiting == expected["begun"] + expected["not_yet"]
        for dimension in queries.DIMENSIONS:
            rows = queries.standing_by(survey, dimension)
            assert sum(row.listed for row in rows) == whole.listed
            for row in rows:
                parts = (row.answered, row.begun, row.refused, row.unreachable, row.not_yet)
                assert sum(parts) == row.listed
        for status, count in expected.items():
            assert queries.structures_in(survey, Sought(stands=status)).count() == count
        assert queries.structures_in(survey, Sought(stands="waiting")).count() == whole.waiting


@pytest.fixture
def transactional_savepoint():
    """Each example begins with an empty database."""
    from contextlib import contextmanager

    from django.db import transaction

    class _BackError(Exception):
        pass

    @contextmanager
    def savepoint():
        try:
            with transaction.atomic():
                yield
                raise _BackError
        except _BackError:
            pass

    return savepoint


_LIST = ChoiceList("l", tuple(Choice(code, Text.of(fr=code)) for code in "abcd"))


@given(
    st.lists(st.one_of(st.sampled_from("abcd"), st.lists(st.sampled_from("abcd"), min_size=1, max_size=5)))
)
def test_a_tally_never_counts_a_structure_twice_for_a_choice(answers):
    counts = tally(answers, _LIST)
    assert list(counts) == list("abcd")
    for code, count in counts.items():
        assert count == sum(code == one or (isinstance(one, list) and code in one) for one in answers)
        assert count <= len(answers)


def test_the_synthesis_counts_only_what_was_sent_and_shows_only_words_one_may_quote():
    survey = SurveyFactory(open=True)
    lead = lead_of(survey)
    said = answered(survey, "Un", quoting="named")
    silent = answered(survey, "Deux", quoting="no")
    answered(survey, "Trois", send=False)
    for reply in (said, silent):
        gathering.set_themes(
            survey=survey, question="BES_AUTRE", reply=reply, labels=["Remplacements", " "], by=lead
        )
    gathering.quote(survey=survey, question="BES_AUTRE", reply=said, words="Un vivier", by=lead)
    with pytest.raises(Exception, match="accord"):
        gathering.quote(survey=survey, question="BES_AUTRE", reply=silent, words="Un vivier", by=lead)
    with pytest.raises(Exception, match="tels quels"):
        gathering.quote(survey=survey, question="BES_AUTRE", reply=said, words="Autre chose", by=lead)
    page = page_of(sheet_of(survey, "fr"), "besoins")
    entries = {entry.id: entry for entry in page.entries}
    assert entries["PRIORITES"].said == "2 structures ont répondu, sur 2."
    [chart] = entries["PRIORITES"].charts
    assert dict(chart.table.rows)["La santé au travail"] == 2
    assert entries["BES"].tables[0].rows[0][-1] == 2
    [chart] = entries["BES_AUTRE"].charts
    assert chart.table.rows == (("Remplacements", 2),)
    assert [(one.words, one.attribution) for one in entries["BES_AUTRE"].quotations] == [("Un vivier", "Un")]
    # The structure changes its mind: nothing of it is shown any more.
    said.structure.survey = survey
    replying.send(reply=said, quoting="no")
    assert not {e.id: e for e in page_of(sheet_of(survey, "fr"), "besoins").entries}["BES_AUTRE"].quotations
    assert Quotation.objects.count() == 1
    gathering.set_themes(survey=survey, question="BES_AUTRE", reply=said, labels=[], by=lead)
    gathering.set_themes(survey=survey, question="BES_AUTRE", reply=silent, labels=[], by=lead)
    assert not Theme.objects.exists()


def test_words_are_attributed_as_agreed():
    survey = SurveyFactory(open=True)
    reply = answered(survey, "Un", quoting="unnamed", department="13")
    gathering.quote(survey=survey, question="BES_AUTRE", reply=reply, words="Un vivier", by=lead_of(survey))
    one = Quotation.objects.get()
    assert "Un" not in one.attribution.split(", ")
    assert (
        one.attribution
        == "une structure, Animation et éducation populaire, 10 à 19 personnes, département 13"
    )


@pytest.mark.parametrize("form", ["csv", "csv-fr", "xlsx"])
def test_answers_go_out_whole_with_their_dictionary_and_without_what_is_kept_apart(form, tmp_path):
    survey = SurveyFactory(open=True)
    lead = lead_of(survey)
    reply = answered(survey, "=La Halte", department="13")
    calling_back.add_interview(
        structure=reply.structure, on=reply.begun_at.date(), notes="Note confidentielle", by=lead
    )
    replies = list(queries.replies_in(survey))
    written = exporting.export(survey=survey, replies=replies, form=form, language="fr", by=lead)
    path = tmp_path / f"reponses{exporting.FORMATS[form]}"
    path.write_bytes(written.content)
    asked = replying.asked_in(survey)
    back = decode_answers(load(path), exporting.form_to_export(asked))
    row = back.row(0)
    assert (back.n, row["ENQ_NOM"], row["ENQ_DEPARTEMENT"], row["BES_REL1"]) == (1, "=La Halte", "13", "5")
    assert not [id_ for id_ in row if id_.startswith("REC")]
    for secret in ("accueil@exemple.invalid", "Note confidentielle", "secrétariat"):
        assert secret.encode() not in written.content
    dictionary = exporting.export(
        survey=survey, replies=replies, form="dictionnaire", language="fr", by=lead
    ).content.decode("utf-8-sig")
    assert "ENQ_NOM" in dictionary
    assert "REC_MAIL" not in dictionary
    with pytest.raises(Exception, match="première page"):
        exporting.export(survey=survey, replies=replies, form=form, language="fr", by=AccountFactory())


def test_the_report_holds_every_theme_that_was_answered_and_no_contact():
    survey = SurveyFactory(open=True)
    answered(survey, "Un", quoting="named")
    document = report_of(survey, "fr")
    said = repr(document.blocks)
    assert "Vos besoins" in said
    assert "Pour vous recontacter" not in said
    assert "exemple.invalid" not in said


def test_empty_surveys_have_empty_pages():
    survey = SurveyFactory(open=True)
    sheet = sheet_of(survey, "fr")
    for id_, _title in theme_pages(survey):
        assert not any(entry.charts for entry in page_of(sheet, id_).entries)
    assert page_of(sheet, "inconnue") is None
    assert not Reply.objects.exists()
