"""The synthesis on paper: counts theme by theme, quotations by consent, and who did not answer as a number."""

from django.utils import formats
from django.utils.translation import gettext as _

from labqvt.documents.model import (
    Block,
    Cover,
    Document,
    FigureBlock,
    Heading,
    KeyFigure,
    KeyFigures,
    Note,
    Paragraph,
    Run,
    TableBlock,
)
from labqvt.documents.tables import Column, Table
from labqvt.structure_surveys import queries
from labqvt.structure_surveys.models import Survey
from labqvt.structure_surveys.synthesis import Written, page_of, sheet_of


def report_of(survey: Survey, language: str) -> Document:
    """The whole synthesis. A theme nobody answered is absent."""
    sheet = sheet_of(survey, language)
    blocks: list[Block] = [_cover(survey), *_who_answered(survey)]
    for group in sheet.asked.told.groups:
        page = page_of(sheet, group.id)
        if page is None or not any(entry.charts or entry.tables for entry in page.entries):
            continue
        blocks.append(Heading(page.title))
        for entry in page.entries:
            blocks.append(Heading(entry.label, level=2))
            blocks.append(Note(" ".join(filter(None, [entry.said, entry.note]))))
            blocks += [FigureBlock(chart) for chart in entry.charts]
            blocks += [TableBlock(table) for table in entry.tables]
            if isinstance(entry, Written):
                blocks += _quoted(entry)
    return Document(
        title=_("Synthèse – %(title)s") % {"title": survey.title}, subject=survey.title, blocks=tuple(blocks),
        running_title=survey.title, foot=_("Enquête nominative : les structures ont répondu en leur nom."),
    )  # fmt: skip


def _cover(survey: Survey) -> Cover:
    dates = str(survey.actual or survey.replanned or survey.planned)
    moves = list(survey.moves.all())
    facts = [(_("Qui pose les questions"), survey.asked_by), (_("Collecte"), dates)]
    if moves:
        facts.append((_("Prévue"), str(survey.planned)))
        facts += [(_("Prolongée"), move.cause) for move in moves]
    return Cover(
        title=survey.title, subtitle=survey.purpose, eyebrow=str(survey.scope), facts=tuple(facts),
        notice=_("Réponses et structures inventées pour la démonstration.") if survey.answers_are_simulated else "",
    )  # fmt: skip


def _who_answered(survey: Survey) -> list[Block]:
    whole = queries.total(survey)
    figures = (
        KeyFigure(formats.number_format(whole.answered), _("structures ont répondu")),
        KeyFigure(formats.number_format(whole.listed), _("structures dans la liste")),
        KeyFigure(formats.number_format(whole.waiting), _("n’ont pas répondu")),
    )
    blocks: list[Block] = [Heading(_("Qui a répondu")), KeyFigures(figures)]
    for dimension, title in (("department", _("Par département")), ("band", _("Par taille"))):
        rows = queries.standing_by(survey, dimension)
        table = Table(
            (Column(title), Column(_("Dans la liste"), numeric=True), Column(_("Ont répondu"), numeric=True)),
            tuple((row.label, row.listed, row.answered) for row in rows), caption=title,
        )  # fmt: skip
        if rows:
            blocks.append(TableBlock(table))
    return blocks


def _quoted(entry: Written) -> list[Block]:
    return [
        Paragraph((Run(f"« {one.words} » "), Run(f"– {one.attribution}", emphasis=True)))
        for one in entry.quotations
    ]
