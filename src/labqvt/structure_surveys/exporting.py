"""Answers as files, with their dictionary: what is kept apart never leaves this way."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_noop

from labqvt.foundation import journal
from labqvt.foundation.verdict import require
from labqvt.instruments.asking import is_declined
from labqvt.instruments.free_texts import text_in, words_asked
from labqvt.instruments.sheet_parts import OTHER, keys_of, other_of
from labqvt.people.models import Account
from labqvt.structure_surveys import policy
from labqvt.structure_surveys.asked import Asked
from labqvt.structure_surveys.models import Reply, Survey
from labqvt.structure_surveys.replying import asked_in
from labqvt_forms import FreeText, Group, Item, MultipleChoice, Nature, Questionnaire, SingleChoice, Text
from labqvt_forms.answers import (
    DECLINED,
    DICTIONARY_NAME,
    AnswerTable,
    Cell,
    WrittenAnswers,
    answers_to_bytes,
)
from labqvt_forms.questionnaire import variables_of

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
    groups = tuple(replace(group, items=tuple(_with_words(group, asked.told))) for group in asked.told.groups)
    return replace(asked.told, groups=(identity, *groups), nature=Nature.NOMINATIVE)


def _with_words(group: Group, form: Questionnaire) -> Iterator[Item]:
    """The questions of a page, the words written beside a choice in columns of their own."""
    for item in group.items:
        if not isinstance(item, SingleChoice | MultipleChoice):
            yield item
            continue
        yield replace(item, other=isinstance(item, SingleChoice) and item.other, comment=False)
        for key in _kept_beside(item):
            words = {language: words_asked(form, key, language) for language in form.languages}
            yield FreeText(id=_column_of(key), label=Text.of(words))


def _kept_beside(item: SingleChoice | MultipleChoice) -> list[str]:
    """Words with a column of their own: a single « Autre » has one already, its words being the answer."""
    keys = [key for key in keys_of(variables_of(item)[0]) if key != item.id]
    return [key for key in keys if isinstance(item, MultipleChoice) or key != other_of(item.id)]


def _column_of(key: str) -> str:
    """``JOB[other]`` in a file where brackets mean something else: ``JOB_OTHER``."""
    return key.replace("[", "_").replace("]", "").upper()


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
    for key, answer in reply.answers.items():
        if "[" in key:
            row[_column_of(key)] = text_in(form, key, reply.answers) or None
        elif is_declined(form, key, answer):
            row[key] = DECLINED
        elif isinstance(answer, list):
            # That « Autre » was ticked is told by its words, in their own column.
            row[key] = " ".join(code for code in answer if code != OTHER) or None
        else:
            words = text_in(form, other_of(key), reply.answers) if answer == OTHER else ""
            row[key] = words or answer or None
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
