"""The diagnosis on paper: four to six pages, the same for everyone, from the same reading as the page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from labqvt.diagnostics.reading import MOST_CONVERSATIONS, Reading
from labqvt.diagnostics.sections import Section
from labqvt.documents.model import (
    Block,
    Bullets,
    Callout,
    Cover,
    Document,
    FigureBlock,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Run,
    Statement,
    TableBlock,
    WritingLines,
)
from labqvt.documents.tables import Column, Table

MOST_ROWS_WITH_A_COVER: Final = 30
SMALLER: Final = 0.8


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a reading on paper: whose it is, of when, and whether it is invented."""

    whose: str
    title: str
    on: datetime
    period: str = ""
    fictitious: bool = False
    texts_on: date | None = None  # when extracts of what the team wrote came after the results


def document_of(reading: Reading, frame: Frame) -> Document:
    """The whole document. Sections with nothing to show are absent, not empty."""
    with override(reading.language):
        blocks: list[Block] = [_cover(reading, frame), *_first_page(reading)]
        long = _is_long(reading)
        for section in reading.sections:
            if long and section.id == "reliability":
                continue  # for analysts: on the page and in the workbook
            if long and section.id == "opinions":
                blocks += _method(reading)  # where the figures leave room for it
            blocks += _section(section, SMALLER if long else 1)
            if section.id == "scores" and not long:
                blocks.append(PageBreak())  # the first page is read alone
        if not long or reading.section("opinions") is None:
            blocks += _method(reading)
        blocks += _to_discuss(reading) + _meeting(reading) + _experiment(reading)
        return Document(
            title=_("Diagnostic partagé – %(whose)s") % {"whose": frame.whose},
            subject=frame.title,
            blocks=tuple(blocks),
            running_title=f"{frame.whose} – {frame.title}",
            foot=_("Une seule édition, la même pour tout le monde."),
        )


def _cover(reading: Reading, frame: Frame) -> Cover:
    facts = [
        (_("Questionnaire"), reading.title),
        (_("Réponses"), reading.answered),
        (_("Résultats du"), formats.date_format(frame.on, "j F Y")),
    ]
    if frame.period:
        facts.insert(1, (_("Collecte"), frame.period))
    if frame.texts_on:
        facts.append((_("Extraits du"), formats.date_format(frame.texts_on, "j F Y")))
    return Cover(
        title=_("Diagnostic partagé"),
        subtitle=frame.title,
        eyebrow=frame.whose,
        facts=tuple(facts),
        notice=_("Structure et réponses inventées pour la démonstration.") if frame.fictitious else "",
        alone=not _is_long(reading),
    )


def _first_page(reading: Reading) -> list[Block]:
    return [
        Heading(_("En trois phrases")),
        *(Statement(said.heading, said.text) for said in reading.sentences),
        Note(reading.answered),
    ]


def _is_long(reading: Reading) -> bool:
    """A long questionnaire, or one told with words and groups: drawn smaller, under its title, within six pages."""
    drawn = max(
        (sum(len(chart.table.rows) for chart in section.charts) for section in reading.sections), default=0
    )
    tables = sum(len(table.rows) for section in reading.sections for table in section.tables)
    quoted = sum(len(written.quotations) for section in reading.sections for written in section.written)
    return drawn + tables + quoted > MOST_ROWS_WITH_A_COVER


def _section(section: Section, width: float) -> list[Block]:
    blocks: list[Block] = [Heading(section.title, lead=section.intro)]
    blocks += [FigureBlock(chart, width=width) for chart in section.charts]
    blocks += [TableBlock(table) for table in section.tables]
    if section.points:
        blocks.append(Bullets(section.points))
    for written in section.written:
        blocks.append(Heading(written.question, level=2))
        if written.themes:
            blocks.append(
                Paragraph(_("Ce qui revient : %(themes)s.") % {"themes": ", ".join(written.themes)})
            )
        if written.quotations:
            blocks.append(Bullets(tuple(f"« {words} »" for words in written.quotations)))
    return blocks


def _to_discuss(reading: Reading) -> list[Block]:
    if not reading.conversations:
        return []
    blocks: list[Block] = [
        Heading(
            _("Pour ouvrir la discussion"),
            lead=_("On parle du travail, pas des personnes. On écrit ce qui se dit, jamais qui l’a dit."),
        ),
    ]
    for conversation in reading.conversations:
        blocks += [
            Heading(conversation.label, level=2, hue=conversation.hue),
            Bullets(conversation.questions),
        ]
    return blocks


def _meeting(reading: Reading) -> list[Block]:
    steps = tuple((_("%(n)s min") % {"n": step.minutes}, step.what) for step in reading.meeting)
    table = Table(
        (Column(_("Durée")), Column(_("Ce que l’on fait"))), steps, caption=_("Déroulé de la réunion")
    )
    return [
        Heading(
            _("La prochaine réunion"), lead=_("Une heure et demie, toute l’équipe, animée par le binôme.")
        ),
        TableBlock(table, widths=(0.14, 0.86)),
    ]


def _experiment(reading: Reading) -> list[Block]:
    trial = reading.experiment
    return [
        Heading(_("Une chose à essayer")),
        Callout(
            trial.title,
            (
                trial.hypothesis,
                (Run(_("Durée :"), strong=True), " ", trial.duration),
                (Run(_("À quoi l’on verra :"), strong=True), " ", trial.criterion),
            ),
        ),
        *_own_trial(reading),
    ]


def _own_trial(reading: Reading) -> list[Block]:
    """Room to write the team's own, when the page has it: otherwise the kit's sheet serves."""
    if len(reading.conversations) >= MOST_CONVERSATIONS or _is_long(reading):
        return [
            Paragraph(_("C’est un exemple. La feuille d’essai du kit de discussion sert à écrire le vôtre."))
        ]
    return [Paragraph(_("C’est un exemple. Si l’équipe préfère le sien, écrivez-le ici.")), WritingLines(2)]


def _method(reading: Reading) -> list[Block]:
    return [Heading(_("Comment ces chiffres sont faits")), Bullets(reading.method)]
