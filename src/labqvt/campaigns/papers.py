"""Papers of a campaign: codes to cut and draw from a hat, poster for the break room. Black and white first."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from labqvt.campaigns import rules
from labqvt.campaigns.codes import PrintedCode
from labqvt.campaigns.models import AccessCode, Campaign, Population
from labqvt.campaigns.ways import told_to_respondents
from labqvt.documents.model import (
    Bullets,
    Callout,
    CutCell,
    CutGrid,
    Document,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    QrBlock,
    Run,
    Space,
)


def shown_address(address: str) -> str:
    """An address as one copies it by hand: without its scheme."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}"


def codes_sheet(
    campaign: Campaign, sheets: Sequence[tuple[Population, list[PrintedCode]]], address: str
) -> Document:
    """Slips to cut and fold. The code travels in the part of the address that browsers never send (#)."""
    hats: list[tuple[CutCell, ...]] = []
    for population, codes in sheets:
        for audience in (AccessCode.Audience.EMPLOYEES, AccessCode.Audience.DIRECTION):
            slips = tuple(_slip(campaign, population, c, address) for c in codes if c.audience == audience)
            hats += [slips] if slips else []
    # One hat, one sheet: the codes of the direction never lie among those of the team.
    blocks = [block for slips in hats for block in (PageBreak(), CutGrid(cells=slips, columns=2, rows=5))][1:]
    return Document(
        title=_("Codes – %(title)s") % {"title": campaign.title},
        blocks=tuple(blocks),
        layout="sheet",
        foot=_(
            "À découper, plier et tirer dans un chapeau tenu par le côté salarié. Comptez les codes non tirés à la clôture."
        ),
    )


def _slip(campaign: Campaign, population: Population, printed: PrintedCode, address: str) -> CutCell:
    for_direction = printed.audience == AccessCode.Audience.DIRECTION
    heading = _("Direction") if for_direction else population.organisation.name
    return CutCell(
        code=printed.shown,
        heading=heading,
        lines=(
            _("à dire : %(spelled)s") % {"spelled": printed.spelled},
            shown_address(address),
            _("jusqu’au %(day)s au soir · ce code sert une fois")
            % {"day": date_format(campaign.closes_on, "j F")},
        ),
        qr=f"{address}#{printed.code}",
        qr_alt=_("Ouvre la page de réponse avec ce code"),
    )


def _steps(campaign: Campaign) -> tuple[str, ...]:
    """How one gets in, step by step: first the sentence of the way in, the same everywhere."""
    then = {
        Campaign.WayIn.HAT_CODES: (_("Scannez ce carré ou tapez l’adresse, puis écrivez le code."),),
        Campaign.WayIn.OPEN_LINK: (
            _("Scannez ce carré ou tapez l’adresse, puis écrivez le mot « %(word)s ».") % {"word": _word(campaign)},
            _("Dites dans quelle structure vous travaillez, ou ne le dites pas."),
        ),
        Campaign.WayIn.PERSONAL_CODES: (_("Scannez ce carré ou tapez l’adresse, puis écrivez le code."),),
    }[Campaign.WayIn(campaign.way_in)]  # fmt: skip
    last = _("Répondez à l’abri des regards, où vous voulez. Aucune question n’est obligatoire.")
    return (told_to_respondents(campaign), *then, last)


def _word(campaign: Campaign) -> str:
    return campaign.link.word if campaign.is_by_link and hasattr(campaign, "link") else ""


def link_to(campaign: Campaign, address: str) -> str:
    """The address that leads to this campaign: the word of the link travels after the #, which is never sent."""
    return f"{address}#{_word(campaign)}" if campaign.is_by_link else address


def reminder_notice(campaign: Campaign, address: str) -> Document:
    """A small notice for the wall: to everyone, since nobody knows who answered."""
    return Document(
        title=_("Encore quelques jours"),
        layout="poster",
        blocks=(
            Paragraph(
                (Run(_("Jusqu’au %(day)s au soir") % {"day": date_format(campaign.closes_on, "l j F")}, strong=True),
                 " · ", _("%(minutes)s minutes") % {"minutes": rules.minutes(campaign)}),
                lead=True,
            ),
            QrBlock(
                data=link_to(campaign, address), alt=_("Adresse de la page de réponse"),
                caption=shown_address(address), size=44,
            ),
            Callout(
                _("Déjà répondu ? Merci."),
                (
                    _("Cette affichette s’adresse à tout le monde : personne ne sait qui a répondu."),
                    _("Aucune question n’est obligatoire, et répondre est libre."),
                ),
                tone="promise",
            ),
            Heading(_("Comment faire")),
            Bullets(_steps(campaign), ordered=True),
        ),
    )  # fmt: skip


def poster(campaign: Campaign, address: str) -> Document:
    """One sheet for the wall: why, how long, until when, who will never read."""
    least = int(campaign.parameters.get("min_group", rules.LEAST))
    asks = campaign.organisation.name if campaign.organisation else campaign.scope.label
    return Document(
        title=_("Notre travail, parlons-en"),
        layout="poster",
        blocks=(
            Paragraph(
                (Run(_("%(minutes)s minutes sur votre téléphone") % {"minutes": rules.minutes(campaign)}, strong=True),
                 " · ", _("jusqu’au %(day)s au soir") % {"day": date_format(campaign.closes_on, "l j F")}),
                lead=True,
            ),
            QrBlock(data=link_to(campaign, address), alt=_("Adresse de la page de réponse"), caption=shown_address(address), size=44),
            Heading(_("Comment faire")),
            Bullets(_steps(campaign), ordered=True),
            Callout(
                _("Personne ne lira votre feuille"),
                (
                    _("Rien n’est ouvert avant la clôture."),
                    _("Un résultat ne paraît que s’il réunit au moins %(least)s réponses.") % {"least": _("six") if least == rules.LEAST else least},
                    _("Tout le monde le reçoit à la même heure. Puis les feuilles sont détruites."),
                ),
                tone="promise",
            ),
            Space(None),
            Note(_("%(asks)s – %(title)s") % {"asks": asks, "title": campaign.title}),
        ),
    )  # fmt: skip
