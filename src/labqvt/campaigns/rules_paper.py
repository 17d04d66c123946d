"""The rules of the game on one sheet, to pin beside the hat."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from labqvt.campaigns.models import Campaign, RulesSignature
from labqvt.campaigns.rules_sheet import rules_sheet
from labqvt.documents.model import Block, Document, Heading, Note, Paragraph, TableBlock, WritingLines
from labqvt.documents.tables import Column, Table


def document(campaign: Campaign, signatures: Sequence[RulesSignature]) -> Document:
    sheet = rules_sheet(campaign)
    signed = {signature.side: signature for signature in signatures}
    blocks: list[Block] = [
        Heading(_("La règle du jeu")),
        Paragraph(campaign.title, lead=True),
        TableBlock(Table((Column(_("Question")), Column(_("Réponse"))), sheet.lines, caption=_("Ce qui est promis à chaque personne"))),
        Heading(_("Signatures"), level=2),
    ]  # fmt: skip
    for side in RulesSignature.Side:
        signature = signed.get(side)
        if signature is None:
            blocks += [Paragraph(side.label), WritingLines(1)]
        else:
            day = date_format(signature.on, "j F Y")
            blocks.append(Paragraph(_("%(by)s, %(side)s, le %(day)s") % {"by": signature.by, "side": side.label, "day": day}))  # fmt: skip
    if not sheet.frozen:
        blocks.append(Note(_("Brouillon : ces règles seront figées au lancement.")))
    return Document(title=_("Règle du jeu – %(title)s") % {"title": campaign.title}, layout="sheet", blocks=tuple(blocks))  # fmt: skip
