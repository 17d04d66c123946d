"""What the director will see, described beforehand from the questionnaire and the number of people."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from labqvt.campaigns import rules, third_person
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.text_rules import plan_of


@dataclass(frozen=True, slots=True)
class PreviewScale:
    """One dimension: its score, then its sentences in three classes."""

    label: str
    determinant: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    shown: tuple[str, ...]
    never: tuple[str, ...]
    scales: tuple[PreviewScale, ...]


def preview_of(campaign: Campaign, language: str) -> Preview:
    form = campaign.version.form
    employees = sum(population.employees for population in campaign.populations.all())
    scales = tuple(
        PreviewScale(
            label=scale.label.pick(language),
            determinant=scale.determinant.value if scale.determinant else "",
            sentences=tuple(form.variable(id_).label.pick(language) for id_ in scale.items),
        )
        for scale in form.scales
    )
    return Preview(shown=_shown(campaign, employees), never=_never(campaign, employees), scales=scales)


def _shown(campaign: Campaign, employees: int) -> tuple[str, ...]:
    shown = [
        _("Avant la clôture : la participation arrondie, relevée une fois par jour. Aucune réponse."),
        *_shown_by_the_way_in(campaign),
        _("Après la clôture : combien de personnes ont répondu, sans connaître le nombre de personnes invitées.")
        if campaign.is_by_link
        else _("Après la clôture : combien de personnes ont répondu, sur combien d’invitées."),
        _("Pour chaque thème, un score sur 100, arrondi à 5 points près.")
        if employees < rules.PLAIN_SCORES_FROM
        else _("Pour chaque thème, un score sur 100, arrondi au point ; à 5 points près sous dix réponses."),
        _("Pour chaque phrase, combien de réponses favorables, neutres, défavorables. Les petits nombres sont fondus dans une fourchette (« 0 à 2 »)."),
    ]  # fmt: skip
    if campaign.mirror_id is not None:
        shown.append(
            _(
                "Le regard de la direction à côté de celui de l’équipe, si chaque membre de la direction l’accepte."
            )
        )
    if plan_of(campaign) is not None:
        shown.append(
            _("Plus tard, des extraits de ce que l’équipe a écrit : masqués par une personne extérieure, relus avant de paraître, sans nombre, sans date, sans groupe.")
        )  # fmt: skip
    return tuple(shown)


def _shown_by_the_way_in(campaign: Campaign) -> list[str]:
    """What the ways in add to the director’s screen."""
    shown = [_("Les rappels faits, leur jour et par qui ; ils vont toujours à tout le monde.")]
    if campaign.way_in == Campaign.WayIn.HAT_CODES:
        shown.append(_("Le nombre de codes que la personne qui tient le chapeau dit y rester, et à la clôture, les réponses qu’aucun code tiré n’explique."))  # fmt: skip
    if campaign.way_in == Campaign.WayIn.PERSONAL_CODES:
        shown.append(
            _(
                "Les adresses invitées, et si leur message est parti ou revenu. Elles sont détruites à la clôture."
            )
        )
    if campaign.relays.exists() or campaign.is_by_link:
        shown.append(
            _(
                "Les organismes relais, et environ combien de fois leur lien a été ouvert, jour par jour, à partir de vingt."
            )
        )
    if third_person.is_planned(campaign):
        shown.append(
            _(
                "Après la clôture : combien de feuilles ont été saisies pour d’autres, et par qui. Jamais lesquelles."
            )
        )
    return shown


def _never(campaign: Campaign, employees: int) -> tuple[str, ...]:
    never = [
        _("Une feuille de réponses, ni la liste des réponses à une question dans l’ordre."),
        _("Qui a répondu, qui n’a pas répondu, quel jour, avec quel code."),
        _("Le détail en cinq niveaux, l’écart-type, la meilleure ou la pire réponse."),
    ]
    if campaign.way_in == Campaign.WayIn.PERSONAL_CODES:
        never.append(_("Quel code est parti à quelle adresse : personne ne le sait, le serveur non plus."))
    if employees < rules.BREAKDOWNS_FROM:
        never.append(_("Un résultat par métier, par site, par ancienneté ou par sexe."))
    return tuple(never)
