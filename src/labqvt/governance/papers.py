"""Paper of a meeting: its letter, the sheet to sign, the minutes of one version."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from labqvt.documents.model import Block, Bullets, Document, Heading, Note, Paragraph, TableBlock
from labqvt.documents.tables import Column, Table
from labqvt.governance.frozen import holder_on, when_of, where_of
from labqvt.governance.models import Meeting, Minutes
from labqvt.governance.policy import name_of_side, sides_of
from labqvt.governance.seat_models import Seat


def letter(meeting: Meeting, items: list[Any]) -> Document:
    """Convening letter, with the agenda: what is asked, how long, who presents."""
    invited = _("Vous êtes invité ou invitée à la réunion de l’instance « %(body)s ».") % {
        "body": meeting.body
    }
    blocks: list[Block] = [Heading(meeting.title), Paragraph(invited, lead=True)]
    facts = [(_("Quand"), when_of(meeting)), (_("Où"), where_of(meeting))]
    if meeting.link:
        facts.append((_("Visioconférence"), meeting.link))
    if meeting.fallback:
        facts.append((_("Repli"), meeting.fallback))
    blocks.append(
        TableBlock(
            Table((Column(_("Quoi")), Column(_("Précision"))), tuple(facts), caption=_("La réunion")),
            widths=(1, 3),
        )
    )
    rows = tuple((item.title, str(item.get_intent_display()), item.minutes, item.presenter) for item in items)
    columns = (
        Column(_("Point")),
        Column(_("Attendu")),
        Column(_("Durée"), numeric=True, unit="min"),
        Column(_("Présenté par")),
    )
    blocks += [
        Heading(_("Ordre du jour"), 2),
        TableBlock(Table(columns, rows, caption=_("Les points, décisions d’abord")), widths=(4, 2, 1, 2)),
    ]
    blocks.append(
        Note(
            _(
                "Si vous ne pouvez pas venir, prévenez qui anime l’instance : votre suppléant ou un autre siège peut vous représenter."
            )
        )
    )
    return Document(
        title=meeting.title, layout="sheet", blocks=tuple(blocks), running_title=str(meeting.body)
    )


def sheet(meeting: Meeting, seats: list[Seat]) -> Document:
    """The sheet to sign: one line per seat, room to write."""
    rows = tuple((str(seat.get_college_display()), str(seat), holder_on(seat, meeting), "") for seat in seats)
    columns = (Column(_("Collège")), Column(_("Siège")), Column(_("Qui")), Column(_("Signature")))
    return Document(
        title=_("Feuille d’émargement"), layout="sheet", running_title=str(meeting.body),
        blocks=(
            Heading(_("Feuille d’émargement")),
            Paragraph(f"{meeting.title} – {when_of(meeting)} – {where_of(meeting)}", lead=True),
            TableBlock(Table(columns, rows, caption=_("Les sièges de l’instance")), widths=(3, 3, 3, 4), row_height=14),
        ),
    )  # fmt: skip


def minutes(found: Minutes) -> Document:
    """One version, from its frozen text and nothing else; its visas as they are today."""
    text, meeting = found.content, found.meeting
    blocks: list[Block] = [
        Heading(_("Compte rendu : %(title)s") % {"title": text["title"]}),
        Paragraph(f"{text['body']} – {text['when']} – {text['where']}", lead=True),
    ]
    if found.reason:
        blocks.append(
            Paragraph(
                _("Version %(number)s. Corrigé : %(reason)s")
                % {"number": found.number, "reason": found.reason}
            )
        )
    if text["agenda"]:
        blocks += [Heading(_("Ordre du jour"), 2), Bullets(tuple(text["agenda"]), ordered=True)]
    blocks += [Heading(_("Qui était là"), 2), TableBlock(_presence(text["attendance"]), widths=(2, 3, 3, 3))]
    blocks.append(Heading(_("Ce qui en est sorti"), 2))
    for one in text["outcomes"]:
        blocks += _outcome(one)
    blocks += [Heading(_("Visas"), 2), TableBlock(_visas(found, meeting), widths=(2, 3))]
    return Document(title=text["title"], layout="sheet", blocks=tuple(blocks), running_title=text["body"])


def _presence(lines: list[dict[str, str]]) -> Table:
    rows = []
    for one in lines:
        state = _("%(state)s par %(by)s") % one if one["by"] else one["state"]
        rows.append((one["college"], one["seat"], one["holder"], state))
    return Table(
        (Column(_("Collège")), Column(_("Siège")), Column(_("Qui")), Column(_("Présence"))),
        tuple(rows),
        caption=_("Présences"),
    )


def _outcome(one: dict[str, Any]) -> list[Block]:
    said = [one["text"]]
    if one["responsible"]:
        said.append(_("S’en charge : %(who)s.") % {"who": one["responsible"]})
    if one["due"]:
        said.append(_("Pour : %(when)s.") % {"when": one["due"]})
    blocks: list[Block] = [
        Heading(f"{one['intent'].capitalize()}{' – ' + one['item'] if one['item'] else ''}", 3),
        Paragraph(" ".join(said)),
    ]
    if one["done"]:
        blocks.append(Paragraph(_("Fait aussitôt : %(what)s") % {"what": one["done"]}))
    if one["positions"]:
        blocks.append(Bullets(tuple(one["positions"])))
    return blocks


def _visas(found: Minutes, meeting: Meeting) -> Table:
    given = {visa.side: visa for visa in found.visas.all()}
    rows = []
    for side in sides_of(meeting.body):
        visa = given.get(side)
        words = (
            _("visé le %(day)s par %(who)s")
            % {"day": timezone.localtime(visa.given_at).strftime("%d/%m/%Y"), "who": visa.account}
            if visa
            else _("en attente")
        )
        rows.append((name_of_side(side), words))
    return Table((Column(_("Côté")), Column(_("Visa"))), tuple(rows), caption=_("Qui a approuvé ce texte"))
