"""What was destroyed of a campaign, when, by which rule: the same lines on a page and on paper."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from labqvt.campaigns.models import Campaign
from labqvt.documents.model import Document, Heading, Note, Paragraph, TableBlock
from labqvt.documents.tables import Column, Table
from labqvt.evidence.models import Destruction
from labqvt.evidence.queries import analysis_of

Line = tuple[str, str, str]


def lines(campaign: Campaign, destruction: Destruction) -> list[Line]:
    """What, when, by which rule."""
    rule = {
        Destruction.Rule.RELEASED: _("Détruit dans le même geste que la publication des résultats"),
        Destruction.Rule.UNOPENED: _(
            "Détruit sans avoir été ouvert : la clé n’est pas venue avant le terme annoncé"
        ),
    }[Destruction.Rule(destruction.rule)]
    after = _("Détruit dès que les feuilles l’ont été")
    return [
        (_("Les feuilles de réponses scellées"), _moment(destruction.sheets_at), rule),
        (_("Les empreintes des codes d’accès"), _moment(destruction.sheets_at), rule),
        (_("La clé et le secret des codes, dans leur fichier"), _moment(destruction.key_at), after),
        (_("Les traces laissées dans le fichier de la base"), _moment(destruction.file_at), _("Base réécrite après la suppression")),
        (_("Les relevés de participation"), _day(campaign), _("Effacés à la clôture")),
        (_("Les effectifs par catégorie"), date_format(campaign.launched_on, "j F Y") if campaign.launched_on else "", _("Oubliés au lancement")),
        *_snapshot(campaign),
    ]  # fmt: skip


def _snapshot(campaign: Campaign) -> list[Line]:
    """What a network was announced to keep for a while, once it is gone."""
    analysis = analysis_of(campaign)
    if analysis is None or analysis.ended_at is None:
        return []
    return [(_("La copie chiffrée des réponses du réseau"), _moment(analysis.ended_at), _("Détruite au terme annoncé avant de répondre, ou plus tôt"))]  # fmt: skip


def document(campaign: Campaign, destruction: Destruction) -> Document:
    """One sheet to keep with the rules of the game."""
    columns = (Column(_("Quoi")), Column(_("Quand")), Column(_("Quelle règle")))
    return Document(
        title=_("Certificat de destruction"),
        layout="sheet",
        blocks=(
            Heading(_("Certificat de destruction")),
            Paragraph(f"{campaign.title} – {campaign.organisation or campaign.scope}", lead=True),
            TableBlock(Table(columns, tuple(lines(campaign, destruction)), caption=_("Ce qui n’existe plus"))),
            Paragraph(kept(campaign)),
            Note(_("Le nombre de feuilles n’est pas dit : sous le minimum, il dirait ce que les résultats taisent.")),
        ),
    )  # fmt: skip


def kept(campaign: Campaign) -> str:
    """What remains, said beside what does not."""
    remains = _(
        "Reste : la règle du jeu et ses signatures, les dates et leurs causes, et les résultats publiés, "
        "où personne ne se lit."
    )
    analysis = analysis_of(campaign)
    if analysis is None or analysis.ended_at is not None:
        return remains
    copy = _(
        "Reste aussi, jusqu’au %(day)s au plus tard, la copie mélangée et chiffrée des réponses du réseau, annoncée avant de répondre."
    ) % {"day": date_format(analysis.keep_until, "j F Y")}
    return f"{remains} {copy}"


def _moment(at: "timezone.datetime | None") -> str:
    return date_format(timezone.localtime(at), "j F Y, H:i") if at else _("en cours")


def _day(campaign: Campaign) -> str:
    return date_format(campaign.closed_on, "j F Y") if campaign.closed_on else ""
