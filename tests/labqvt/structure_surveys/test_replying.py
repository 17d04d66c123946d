"""A structure answers by name: one answer, kept as it goes, corrected until closing; its contact apart."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.forms.models import model_to_dict
from django.utils import timezone

from labqvt.instruments.route import route_of
from labqvt.structure_surveys import calling_back, queries, replying, services
from labqvt.structure_surveys.models import ContactConsent, Reply, SurveyedStructure
from labqvt.structure_surveys.replying import Met, Settling
from labqvt.structure_surveys.tasks import forget
from tests.factories import AccountFactory
from tests.labqvt.structure_surveys.factories import SurveyFactory, answered, invited, lead_of

pytestmark = pytest.mark.django_db


def test_an_invited_structure_is_found_by_its_siret_or_its_name_and_another_is_new():
    survey = SurveyFactory(open=True)
    halte = invited(survey, "La Halte", siret="73282932000074")
    ruche = invited(survey, "L’Épi d’Or", department="13")
    assert replying.identify(survey=survey, name="Autre nom", siret="73282932000074").structure == halte
    found = replying.identify(survey=survey, name="  l'epi  D'OR ", department="13", function="bureau")
    assert (found.met, found.structure, found.structure.reply.function) == (Met.BEGUN, ruche, "bureau")
    new = replying.identify(survey=survey, name="L’Épi d’Or", department="84").structure
    assert new not in {halte, ruche}
    assert not new.invited


def test_a_name_opens_nothing_of_an_answer_already_begun():
    survey = SurveyFactory(open=True)
    reply = answered(survey, "La Halte", department="13")
    told = replying.identify(survey=survey, name="La Halte", department="13")
    assert (told.met, told.structure) == (Met.ALREADY, reply.structure)
    second = replying.identify(survey=survey, name="La Halte", department="13", second=True)
    assert second.met is Met.BEGUN
    assert second.structure.twin_of == reply.structure
    assert second.structure.key != reply.structure.key
    assert second.structure.reply.answers == {}
    assert queries.total(survey).listed == 1


def _twins(survey):
    first = answered(survey, "La Halte", told={"BES_REL1": "5", "RECONTACT": "no"})
    twin = replying.identify(survey=survey, name="La Halte", second=True).structure
    twin.survey = survey
    reply = twin.reply
    reply.structure = twin
    asked = replying.asked_in(survey)
    here = {variable.id for variable in asked.form.variables}
    told = {"BES_REL1": "1", "BES_REL2": "4", "RECONTACT": "yes", "REC_MAIL": "a@exemple.invalid"}
    replying.keep_page(reply=reply, page=2, given=route_of(asked.form, told).answers, here=here)
    replying.send(reply=reply, quoting="named")
    return first, twin


@pytest.mark.parametrize(
    ("how", "kept", "contact"),
    [
        (Settling.KEEP_FIRST, {"BES_REL1": "5"}, False),
        (Settling.KEEP_SECOND, {"BES_REL1": "1", "BES_REL2": "4"}, True),
        (Settling.COMPLETE, {"BES_REL1": "5", "BES_REL2": "4"}, True),
    ],
)
def test_two_answers_become_one_as_the_lead_chooses(how, kept, contact):
    survey = SurveyFactory(open=True)
    first, twin = _twins(survey)
    assert queries.total(survey).answered == 1
    with pytest.raises(PermissionDenied):
        replying.settle(twin=twin, how=how, by=AccountFactory(partner_of=survey.scope))
    replying.settle(twin=twin, how=how, by=lead_of(survey))
    [structure] = SurveyedStructure.objects.all()
    assert structure == first.structure
    assert structure.reply.answers == kept
    assert ContactConsent.objects.filter(structure=structure, agreed=True).exists() is contact


def test_a_second_answer_not_sent_yet_stays_to_whoever_writes_it():
    survey = SurveyFactory(open=True)
    answered(survey, "La Halte", told={"BES_REL1": "5"})
    twin = replying.identify(survey=survey, name="La Halte", second=True).structure
    twin.survey = survey
    for how in (Settling.KEEP_SECOND, Settling.COMPLETE):
        with pytest.raises(PermissionDenied):
            replying.settle(twin=twin, how=how, by=lead_of(survey))
    replying.settle(twin=twin, how=Settling.KEEP_FIRST, by=lead_of(survey))
    assert [one.reply.answers for one in SurveyedStructure.objects.all()] == [{"BES_REL1": "5"}]


def test_or_they_are_two_establishments():
    survey = SurveyFactory(open=True)
    _first, twin = _twins(survey)
    replying.settle(twin=twin, how=Settling.APART, by=lead_of(survey))
    assert queries.total(survey).answered == 2


def test_what_is_given_is_kept_page_by_page_and_unticked_is_forgotten():
    survey = SurveyFactory(open=True)
    reply = answered(survey, told={"BES_REL1": "5"}, send=False)
    replying.keep_page(reply=reply, page=2, given={"BES_REL2": "2"}, here={"BES_REL1", "BES_REL2"})
    reply.refresh_from_db()
    assert reply.answers == {"BES_REL2": "2"}
    assert reply.sent_at is None


def test_contact_details_are_never_with_the_answers():
    survey = SurveyFactory(open=True)
    reply = answered(survey)
    stored = json.dumps(
        [model_to_dict(one) for one in Reply.objects.all()]
        + [model_to_dict(one) for one in SurveyedStructure.objects.all()],
        default=str,
    )
    for said in ("accueil@exemple.invalid", "Le secrétariat", "RECONTACT", "REC_"):
        assert said not in stored
    contact = ContactConsent.objects.get()
    assert (contact.agreed, contact.details["REC_MAIL"]) == (True, "accueil@exemple.invalid")
    assert contact.delete_on == survey.contacts_until
    assert replying.answers_of(reply)["REC_MAIL"] == "accueil@exemple.invalid"


def test_without_consent_no_detail_is_kept():
    survey = SurveyFactory(open=True)
    answered(survey, told={"RECONTACT": "no", "REC_MAIL": "a@exemple.invalid"})
    contact = ContactConsent.objects.get()
    assert (contact.agreed, contact.details) == (False, {"RECONTACT": "no"})


def test_a_consent_is_withdrawn_by_the_structure_at_any_moment_even_after_closing():
    survey = SurveyFactory(open=True)
    reply = answered(survey)
    services.close_survey(survey=survey, by=lead_of(survey))
    replying.withdraw_contact(structure=reply.structure)
    contact = ContactConsent.objects.get()
    assert (contact.agreed, contact.details) == (False, {"RECONTACT": "no"})
    assert not queries.contacts_in(survey).exists()
    reply.refresh_from_db()
    assert reply.answers["BES_REL1"] == "5"


def test_a_question_no_longer_asked_leaves_no_answer_once_sent():
    survey = SurveyFactory(open=True)
    reply = answered(survey, told={"CRISE": "yes", "CRISE_NATURE": ["panne"]})
    assert "CRISE_NATURE" in reply.answers
    reply.structure.survey = survey
    replying.keep_page(reply=reply, page=5, given={"CRISE": "no"}, here={"CRISE"})
    reply.refresh_from_db()
    assert reply.answers == {"CRISE": "no"}


def test_nothing_is_taken_before_nor_after():
    survey = SurveyFactory(open=True)
    reply = answered(survey)
    services.close_survey(survey=survey, by=lead_of(survey))
    survey.refresh_from_db()
    reply.structure.survey = survey
    for act in (
        lambda: replying.identify(survey=survey, name="Nouvelle"),
        lambda: replying.keep_page(reply=reply, page=1, given={}, here=set()),
        lambda: replying.send(reply=reply, quoting="no"),
        lambda: replying.begin_by_phone(
            structure=invited_before(reply), function="direction", by=lead_of(survey)
        ),
    ):
        with pytest.raises(PermissionDenied):
            act()


def invited_before(reply):
    return reply.structure


def test_size_and_activity_are_learnt_from_the_answers():
    survey = SurveyFactory(open=True)
    structure = answered(survey).structure
    structure.refresh_from_db()
    assert (structure.band, structure.sector) == ("10_19", "Animation et éducation populaire")


def test_a_third_person_enters_by_telephone_and_is_named_in_the_journal():
    survey = SurveyFactory(open=True)
    structure, interviewer = invited(survey), AccountFactory(partner_of=survey.scope)
    with pytest.raises(PermissionDenied):
        replying.begin_by_phone(structure=structure, function="direction", by=interviewer)
    services.grant(survey=survey, account=interviewer, right="interview", by=lead_of(survey))
    assert (
        replying.begin_by_phone(structure=structure, function="direction", by=interviewer).entered_by
        == interviewer
    )


# Calling back, notes, forgetting


def test_only_who_is_in_charge_calls_back_and_a_refusal_erases_the_details():
    survey = SurveyFactory(open=True)
    answered(survey)
    contact, lead = queries.contacts_in(survey).get(), lead_of(survey)
    partner = AccountFactory(partner_of=survey.scope)
    services.grant(survey=survey, account=partner, right="read", by=lead)
    for person in (partner, AccountFactory()):
        with pytest.raises(PermissionDenied):
            calling_back.note_call(contact=contact, call="done", note="", by=person)
        with pytest.raises(PermissionDenied):
            calling_back.add_interview(
                structure=contact.structure, on=timezone.localdate(), notes="…", by=person
            )
    assert queries.calls_waiting([survey]) == {survey.pk: 1}
    calling_back.note_call(contact=contact, call="done", note="Veut les résultats", by=lead)
    assert queries.calls_waiting([survey]) == {}
    calling_back.note_call(contact=contact, call="declined", note="", by=lead)
    contact.refresh_from_db()
    assert (contact.agreed, contact.details) == (False, {})


def test_everything_is_erased_on_the_promised_days():
    survey = SurveyFactory(open=True)
    answered(survey)
    calling_back.forget_what_is_due(today=survey.contacts_until)
    assert ContactConsent.objects.exists()
    calling_back.forget_what_is_due(today=survey.contacts_until + timedelta(days=1))
    assert not ContactConsent.objects.exists()
    assert Reply.objects.exists()
    calling_back.forget_what_is_due(today=survey.answers_until + timedelta(days=1))
    assert not SurveyedStructure.objects.exists()
    survey.refresh_from_db()
    assert survey.answers_counted == 1
    assert forget(lambda percent: None) == {"contacts": 0, "surveys": 0}
