"""Life of a survey: prepared, launched, extended, closed; who may, and what is refused with its reason."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from labqvt.foundation import journal
from labqvt.instruments import drafts
from labqvt.instruments import services as instruments
from labqvt.instruments.models import Questionnaire
from labqvt.people.models import Account, Scope
from labqvt.structure_surveys import policy, services
from labqvt.structure_surveys.models import Grant, Survey
from labqvt_forms import Text, YesNo, editing
from tests.factories import AccountFactory, ScopeFactory, StructureFactory
from tests.labqvt.structure_surveys.factories import SurveyFactory, lead_of

pytestmark = pytest.mark.django_db


def test_the_lead_prepares_launches_extends_with_a_cause_and_closes():
    survey = SurveyFactory()
    lead = lead_of(survey)
    survey = services.open_survey(survey=survey, by=lead)
    first = survey.closes_on
    with pytest.raises(ValidationError):
        services.extend_survey(survey=survey, closes_on=first + timedelta(days=9), cause=" ", by=lead)
    survey = services.extend_survey(
        survey=survey, closes_on=first + timedelta(days=9), cause="Structures débordées", by=lead
    )
    assert survey.planned.last == first
    assert survey.replanned.last == first + timedelta(days=9)
    assert [move.cause for move in survey.moves.all()] == ["Structures débordées"]
    survey = services.close_survey(survey=survey, by=lead)
    assert survey.actual.last == timezone.localdate()
    assert not survey.takes_answers()
    journal.undo(entry=journal.history_of(survey).first(), by=lead)
    survey.refresh_from_db()
    assert survey.takes_answers()


def test_an_extension_never_outlives_the_promise_about_contact_details():
    survey = SurveyFactory(open=True)
    with pytest.raises(ValidationError) as refused:
        services.extend_survey(
            survey=survey,
            closes_on=survey.contacts_until + timedelta(days=1),
            cause="Encore",
            by=lead_of(survey),
        )
    assert "closes_on" in refused.value.message_dict


def test_what_was_promised_does_not_change_after_launch():
    survey = SurveyFactory(open=True)
    with pytest.raises(PermissionDenied):
        services.edit_survey(survey=survey, by=lead_of(survey), readers="Tout le monde")


@pytest.mark.parametrize("who", ["other region", "partner", "director", "administrator"])
def test_nobody_else_leads(who):
    survey = SurveyFactory(open=True)
    person = {
        "other region": lambda: AccountFactory(regional_of=ScopeFactory(kind=Scope.Kind.EXPERIMENTATION)),
        "partner": lambda: AccountFactory(partner_of=survey.scope),
        "director": lambda: AccountFactory(director_of=StructureFactory()),
        "administrator": lambda: AccountFactory(administrator=True),
    }[who]()  # fmt: skip
    later = survey.closes_on + timedelta(days=3)
    for act in (
        lambda: services.close_survey(survey=survey, by=person),
        lambda: services.extend_survey(survey=survey, closes_on=later, cause="Pourquoi pas", by=person),
        lambda: services.prepare_survey(scope=survey.scope, by=person),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert not policy.may_follow(person, survey)
    assert not policy.may_read_answers(person, survey)


def test_the_national_coordinator_leads_in_every_region():
    programme = ScopeFactory()
    region = ScopeFactory(kind=Scope.Kind.EXPERIMENTATION, parent=programme)
    survey = SurveyFactory(scope=region, open=True)
    assert policy.may_lead(AccountFactory(national_of=programme), survey)


@pytest.mark.parametrize(
    ("right", "reads", "calls"), [("follow", False, False), ("read", True, False), ("interview", True, True)]
)
def test_a_partner_has_what_was_given_and_no_more_and_no_longer(right, reads, calls):
    survey = SurveyFactory(open=True)
    lead, partner = lead_of(survey), AccountFactory(partner_of=survey.scope)
    _given, entry = services.grant(survey=survey, account=partner, right=right, by=lead)
    assert policy.may_follow(partner, survey)
    assert bool(policy.may_read_answers(partner, survey)) is reads
    assert bool(policy.may_interview(partner, survey)) is calls
    assert not policy.may_lead(partner, survey)
    Grant.objects.update(
        until=timezone.localdate() - timedelta(days=1), since=timezone.localdate() - timedelta(days=9)
    )
    assert not policy.may_follow(partner, survey)
    journal.undo(entry=entry, by=lead)
    assert not Grant.objects.exists()


def test_a_grant_needs_an_assignment_around_the_survey_and_falls_with_it():
    survey = SurveyFactory(open=True)
    lead, stranger = lead_of(survey), AccountFactory(partner_of=ScopeFactory())
    with pytest.raises(PermissionDenied):
        services.grant(survey=survey, account=stranger, right="read", by=lead)
    partner = AccountFactory(partner_of=survey.scope)
    services.grant(survey=survey, account=partner, right="read", by=lead)
    yesterday = timezone.localdate() - timedelta(days=1)
    partner.assignments.update(since=yesterday, until=yesterday)
    assert not policy.may_follow(Account.objects.get(pk=partner.pk), survey)


def test_a_survey_closes_by_itself_when_its_day_has_passed():
    survey = SurveyFactory(open=True)
    with pytest.raises(PermissionDenied):
        services.close_survey(survey=survey)
    today = survey.closes_on + timedelta(days=2)
    assert services.close_survey(survey=survey, today=today).closed_on == survey.closes_on


# What a nominative survey may not ask


def _written(scope, by, label):
    version = instruments.write_questionnaire(
        title="À nous", kind=Questionnaire.Kind.STRUCTURES, language="fr", scope=scope, by=by
    )
    form = version.form
    item = YesNo(id="q1", label=Text.of(fr=label))
    group = form.groups[0].id
    form = editing.add_item(form, group, editing.fresh(form, item, group))
    return drafts.change(version=version, form=form, sentence="Question ajoutée", by=by)


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("Êtes-vous fatigué en fin de journée ?", "santé"),
        ("Votre responsable vous écoute-t-il ?", "responsable"),
        ("Êtes-vous satisfait de votre travail ?", "satisfaite"),
    ],
)
def test_a_questionnaire_that_asks_about_a_person_is_refused_at_publication_and_at_launch(label, reason):
    scope = ScopeFactory(kind=Scope.Kind.EXPERIMENTATION)
    lead = AccountFactory(regional_of=scope)
    version = _written(scope, lead, label)
    with pytest.raises(PermissionDenied, match=reason):
        instruments.publish(version=version, note="", by=lead)
    # Even one that came in published by another way does not get through.
    version.status = version.Status.PUBLISHED
    version.save()
    with pytest.raises(PermissionDenied, match=reason):
        SurveyFactory(scope=scope, by=lead, version=version)
    survey = SurveyFactory(scope=scope, by=lead)
    Survey.objects.filter(pk=survey.pk).update(version=version)
    with pytest.raises(PermissionDenied, match=reason):
        services.open_survey(survey=survey, by=lead)


def test_an_innocent_questionnaire_passes_and_gets_the_page_to_be_contacted_again():
    from labqvt.structure_surveys.replying import asked_in

    scope = ScopeFactory(kind=Scope.Kind.EXPERIMENTATION)
    lead = AccountFactory(regional_of=scope)
    version = instruments.publish(
        version=_written(scope, lead, "Avez-vous un document des risques ?"), note="", by=lead
    )
    survey = SurveyFactory(scope=scope, by=lead, version=version, open=True)
    asked = asked_in(survey)
    assert asked.consent == "RECONTACT"
    assert asked.apart == {"RECONTACT", "REC_POUR", "REC_NOM", "REC_MAIL", "REC_TEL"}
    assert not asked.apart & {variable.id for variable in asked.told.variables}


def test_a_questionnaire_for_people_never_becomes_a_survey_by_name():
    from labqvt.instruments.shipping import publish_six_determinants

    employees, _direction = publish_six_determinants()
    with pytest.raises(PermissionDenied, match="sous enveloppe"):
        SurveyFactory(version=employees)


def test_the_room_meets_no_sealed_answer():
    """By import, and by table: nothing of this room points to the rooms of sealed answers."""
    from pathlib import Path

    from django.apps import apps

    import labqvt.structure_surveys as room

    for path in Path(room.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "labqvt.responses" not in text, path.name
        assert "labqvt.evidence" not in text, path.name
        assert "labqvt.campaigns" not in text, path.name
    models = list(apps.get_app_config("structure_surveys").get_models(include_auto_created=True))
    pointed = {
        field.related_model._meta.app_label
        for model in models
        for field in model._meta.fields
        if field.related_model
    }
    assert pointed <= {"structure_surveys", "people", "instruments", "programmes"}
