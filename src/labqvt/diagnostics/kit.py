"""The diagnosis by discussion, on paper: six cards, a two-hour guide for a pair, one experiment sheet.

For teams too small for figures, and for anyone who would rather talk. Black and white first; nothing of it is
sent anywhere.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from labqvt.diagnostics.determinants import CARDS, Card
from labqvt.documents.model import (
    Block,
    Bullets,
    Callout,
    CheckBoxes,
    Columns,
    Document,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Run,
    Space,
    TableBlock,
    WritingLines,
)
from labqvt.documents.tables import Column, Table

WRITTEN_LINES = 13


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of the two hours."""

    minutes: int
    title: str
    what: str


def moments() -> tuple[Moment, ...]:
    """The two hours, minute by minute; they add up to 120."""
    return (
        Moment(10, _("Se mettre d’accord"), _(
            "La direction et la personne salariée du binôme ouvrent ensemble. Elles lisent la règle à voix haute : "
            "on parle du travail, on n’écrit aucun nom, ce qui est dit ici sert à agir ici.")),
        Moment(10, _("Choisir trois cartes"), _(
            "Étalez les six cartes. Chaque personne pose un point sur les trois sujets qui comptent le plus pour elle. "
            "Gardez les trois cartes qui ont le plus de points ; à égalité, gardez-les toutes.")),
        Moment(50, _("Parler"), _(
            "Par groupes de deux à quatre, une carte après l’autre, un quart d’heure chacune. Un groupe sans direction, "
            "si vous le pouvez. Une personne écrit sur la carte ce qui se dit, avec des situations et sans nom.")),
        Moment(15, _("Mettre en commun"), _(
            "Affichez les cartes. La personne qui lit n’est pas celle qui a écrit. On demande des précisions, "
            "on ne cherche pas qui a parlé, on ne se justifie pas.")),
        Moment(15, _("Choisir ce qui dépend de vous"), _(
            "Soulignez ce que vous pouvez changer vous-mêmes. Chaque personne a deux points à poser, en même temps que les "
            "autres. La phrase qui en réunit le plus devient l’essai.")),
        Moment(15, _("Écrire l’essai"), _(
            "Remplissez la feuille d’essai : ce que l’on tente, pendant combien de temps, à quoi l’on verra que cela marche.")),
        Moment(5, _("Se donner rendez-vous"), _(
            "Fixez la date du bilan avant de vous lever. Décidez ensemble qui garde les cartes et qui peut les lire.")),
    )  # fmt: skip


def document() -> Document:
    """The whole kit, in the language of the page."""
    blocks: list[Block] = [*_guide()]
    for card in CARDS:
        blocks += [PageBreak(), *_card(card)]
    blocks += [PageBreak(), *_experiment_sheet()]
    return Document(
        title=_("Le diagnostic par la discussion"),
        subject=_("Six cartes, un guide de deux heures, une feuille d’essai"),
        blocks=tuple(blocks),
        layout="sheet",
        foot=_("À imprimer et à photocopier librement (CC BY 4.0)"),
    )


def _guide() -> list[Block]:
    table = Table(
        (Column(_("Durée")), Column(_("Moment")), Column(_("Ce que l’on fait"))),
        tuple((_("%(n)s min") % {"n": moment.minutes}, moment.title, moment.what) for moment in moments()),
        caption=_("Les deux heures, moment par moment"),
    )
    return [
        Heading(
            _("Le diagnostic par la discussion"),
            lead=_("Deux heures, toute l’équipe, deux personnes pour animer : la direction et une personne salariée."),
        ),
        Columns(
            (
                (
                    Heading(_("Avant"), level=2),
                    CheckBoxes((
                        _("Le binôme a lu les six cartes."),
                        _("La date est connue de tous depuis une semaine."),
                        _("La réunion est sur le temps de travail."),
                        _("Les cartes sont imprimées, une par page."),
                        _("Il y a des feutres et des gommettes."),
                    )),
                ),
                (
                    Callout(
                        _("La règle, à lire à voix haute"),
                        (
                            _("On parle du travail, pas des personnes."),
                            _("On écrit ce qui se dit, jamais qui l’a dit."),
                            _("Personne n’est obligé de parler."),
                            _("Rien ne sort d’ici sans l’accord de tous."),
                        ),
                        tone="promise",
                    ),
                ),
            ),
            shares=(1, 1),
        ),
        Heading(_("Pendant"), level=2),
        TableBlock(table, widths=(0.1, 0.22, 0.68)),
        Heading(_("Après"), level=2),
        Bullets((
            _("Le binôme recopie au propre les phrases choisies, sans nom, et les remet à toute l’équipe en même temps."),
            _("Un sujet grave (violence, harcèlement, danger) ne se règle pas avec des cartes : parlez-en sans attendre "
              "au médecin du travail, à l’inspection du travail ou aux représentants du personnel."),
        )),
    ]  # fmt: skip


def _card(card: Card) -> list[Block]:
    return [
        Heading(str(card.name), hue=card.id, lead=str(card.about)),
        Heading(_("Pour ouvrir la discussion"), level=2),
        Bullets(tuple(str(question) for question in card.questions), ordered=True),
        Space(4),
        Columns(
            (
                (Heading(_("Ce qui nous aide"), level=2), WritingLines(WRITTEN_LINES)),
                (Heading(_("Ce qui nous gêne"), level=2), WritingLines(WRITTEN_LINES)),
            )
        ),
        Note(
            _(
                "Écrivez des situations : quand, où, avec quel effet sur le travail. Aucun nom, aucune initiale."
            )
        ),
        Heading(_("Ce que nous pourrions essayer"), level=2),
        WritingLines(4),
    ]


def _experiment_sheet() -> list[Block]:
    return [
        Heading(
            _("Notre essai"),
            lead=_("Un seul, petit, décidé ensemble. Un essai qui s’arrête a appris quelque chose."),
        ),
        WritingLines(2, _("Ce que nous allons essayer")),
        WritingLines(2, _("Nous pensons que cela changera, dans le travail de tous les jours…")),
        WritingLines(1, _("Qui est concerné")),
        Columns(
            ((WritingLines(1, _("Du")),), (WritingLines(1, _("Au")),), (WritingLines(1, _("Bilan le")),))
        ),
        WritingLines(3, _("À quoi nous verrons que cela marche (choisi par les personnes concernées)")),
        WritingLines(1, _("De quoi nous avons besoin, et qui s’en occupe")),
        Heading(_("Au bilan"), level=2),
        CheckBoxes((_("Nous gardons"), _("Nous ajustons"), _("Nous arrêtons")), inline=True, round=True),
        WritingLines(3, _("Ce que nous avons appris")),
        Paragraph((Run(_("Ce qui est écrit ici appartient à l’équipe."), strong=True),)),
    ]
