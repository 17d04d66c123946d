"""Answers as files, with their dictionary: what is kept apart never leaves this way."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_noop

from labqvt.foundation import journal
from labqvt.foundation.verdict import require
from labqvt.instruments.asking import is_declined
from labqvt.people.models import Account
from labqvt.structure_surveys import policy
from labqvt.structure_surveys.asked import Asked
from labqvt.structure_surveys.models import Reply, Survey
from labqvt.structure_surveys.replying import asked_in
from labqvt_forms import FreeText, Group, Nature, Questionnaire, Text
from labqvt_forms.answers import (
    DECLINED,
    DICTIONARY_NAME,
    AnswerTable,
    Cell,
    WrittenAnswers,
    answers_to_bytes,
)

FORMATS: Final = {"csv": ".csv", "csv-fr": ".csv", "xlsx": ".xlsx"}
DICTIONARY: Final = "dictionnaire"
# Columns that say whose answer a line is: beside the questions, before them.
_IDENTITY: Final = (
    ("ENQ_NOM", "Nom de la structure", "Name of the organisation"),
    ("ENQ_SIRET", "SIRET", "SIRET"),
    ("ENQ_DEPARTEMENT", "Département", "Department"),
    ("ENQ_TAILLE", "Taille", "Size"),
    ("ENQ_ACTIVITE", "Activité", "Activity"),
    ("ENQ_RELAIS", "Relais", "Relay"),
    ("ENQ_FONCTION", "Fonction de la personne qui répond", "Function of the person answering"),
    ("ENQ_CITATION", "Accord pour être citée", "Consent to be quoted"),
    ("ENQ_ENVOYEE", "Envoyée le", "Sent on"),
)


def form_to_export(asked: Asked) -> Questionnaire:
    """The questions, without those kept apart, after the columns that say whose answers they are."""
    identity = Group(
        id="ENQUETE",
        title=Text.of(fr="La structure", en="The organisation"),
        items=tuple(FreeText(id=id_, label=Text.of(fr=fr, en=en)) for id_, fr, en in _IDENTITY),
    )
    return replace(asked.told, groups=(identity, *asked.told.groups), nature=Nature.NOMINATIVE)


def table_of(replies: Iterable[Reply], asked: Asked) -> tuple[AnswerTable, Questionnaire]:
    form = form_to_export(asked)
    rows = [_row(reply, asked.form) for reply in replies]
    columns = {variable.id: tuple(row.get(variable.id) for row in rows) for variable in form.answer_variables}
    return AnswerTable(len(rows), columns), form


def _row(reply: Reply, form: Questionnaire) -> dict[str, Cell]:
    structure = reply.structure
    row: dict[str, Cell] = {
        "ENQ_NOM": structure.name, "ENQ_SIRET": structure.siret, "ENQ_DEPARTEMENT": structure.department,
        "ENQ_TAILLE": str(structure.get_band_display()), "ENQ_ACTIVITE": structure.sector,
        "ENQ_RELAIS": structure.relay.name if structure.relay else "", "ENQ_FONCTION": reply.function,
        "ENQ_CITATION": str(reply.get_quoting_display()),
        "ENQ_ENVOYEE": timezone.localdate(reply.sent_at).isoformat() if reply.sent_at else "",
    }  # fmt: skip
    row = {id_: cell or None for id_, cell in row.items()}
    for id_, answer in reply.answers.items():
        if is_declined(form, id_, answer):
            row[id_] = DECLINED
        else:
            row[id_] = (" ".join(answer) if isinstance(answer, list) else answer) or None
    return row


def export(*, survey: Survey, replies: list[Reply], form: str, language: str, by: Account) -> WrittenAnswers:
    """Write the answers one is looking at; who took them away is journalled."""
    require(policy.may_read_answers(by, survey))
    table, questionnaire = table_of(replies, asked_in(survey))
    dialect = "csv" if form == DICTIONARY else form
    written = answers_to_bytes(
        table, questionnaire, dialect, with_texts=True, language=language, stem="reponses"
    )
    journal.record(
        act="structure_surveys.export", by=by, on=survey, count=table.n, form=form,
        sentence=gettext_noop("Réponses exportées (%(count)s, %(form)s)"),
    )  # fmt: skip
    if form == DICTIONARY:
        return WrittenAnswers(written.beside[DICTIONARY_NAME], {})
    return written
