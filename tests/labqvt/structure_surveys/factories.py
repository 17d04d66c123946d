"""Surveys of structures in their states, made through services."""

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone

from labqvt.instruments.route import route_of
from labqvt.instruments.shipping import _publish_all
from labqvt.people.models import Scope
from labqvt.structure_surveys import inviting, replying, services
from labqvt.structure_surveys.models import Reply, Survey, SurveyedStructure
from tests.factories import AccountFactory, ScopeFactory

TOLD = {
    "EFF_TOTAL": "12", "SECTEUR": "animation", "BES_REL1": "5", "BES_COM1": "2", "PRIORITES": ["sante", "egalite"],
    "BES_AUTRE": "Un vivier de remplacements.", "RECONTACT": "yes", "REC_NOM": "Le secrétariat",
    "REC_MAIL": "accueil@exemple.invalid", "REC_POUR": ["entretien"],
}  # fmt: skip


def version() -> Any:
    return _publish_all(["structures-besoins"])["structures-besoins"]


class SurveyFactory(factory.django.DjangoModelFactory[Survey]):
    """A draft prepared by a regional lead (``by``); ``open=True`` launches it."""

    class Meta:
        model = Survey

    title = factory.Sequence(lambda n: f"Enquête {n}")

    @classmethod
    def _create(cls, _model: Any, *_args: Any, **kwargs: Any) -> Survey:
        opened = kwargs.pop("open", False)
        scope = kwargs.pop("scope", None) or ScopeFactory(kind=Scope.Kind.EXPERIMENTATION)
        by = kwargs.pop("by", None) or AccountFactory(regional_of=scope)
        today = timezone.localdate()
        values = {
            "version": version(), "asked_by": "La fédération", "purpose": "Préparer un accompagnement.",
            "readers": "La référence régionale.", "help_line": "aide@exemple.invalid", "opens_on": today,
            "closes_on": today + timedelta(days=20), "contacts_until": today + timedelta(days=200),
            "answers_until": today + timedelta(days=900), **kwargs,
        }  # fmt: skip
        survey = services.prepare_survey(scope=scope, by=by, **values)
        return services.open_survey(survey=survey, by=by) if opened else survey


def lead_of(survey: Survey) -> Any:
    return AccountFactory(regional_of=survey.scope)


def invited(survey: Survey, name: str = "La Halte", **values: Any) -> SurveyedStructure:
    return inviting.invite(survey=survey, by=lead_of(survey), name=name, **values)


def answered(
    survey: Survey, name: str = "La Halte", *, told: dict[str, Any] | None = None, quoting: str = "unnamed",
    send: bool = True, **values: Any,
) -> Reply:  # fmt: skip
    """A structure that answered every page, and sent it."""
    structure = survey.structures.filter(name=name).first() or invited(survey, name, **values)
    structure.survey = survey
    reply = replying.begin_by_link(structure=structure, function="direction")
    reply.structure = structure
    asked = replying.asked_in(survey)
    given = route_of(asked.form, TOLD if told is None else told).answers
    here = {variable.id for variable in asked.form.variables}
    replying.keep_page(reply=reply, page=len(asked.form.groups), given=given, here=here)
    return replying.send(reply=reply, quoting=quoting) if send else reply


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)
