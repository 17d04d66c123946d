"""What is promised to the person who answers, in sentences made from the rules frozen at launch."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from labqvt.campaigns import third_person
from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.campaigns.profile import told
from labqvt.campaigns.rules import analysis_days_of
from labqvt.campaigns.rules_sheet import after_opening
from labqvt.campaigns.text_rules import plan_of, who_reads
from labqvt.people.helplines import HELPLINES
from labqvt.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Promise:
    """« Qui verra mes réponses ? », answered."""

    who_asks: str
    sentences: tuple[str, ...]
    word: str  # anonyme or confidentiel, and why
    cautions: tuple[str, ...]


def who_asks(campaign: Campaign) -> str:
    return campaign.organisation.name if campaign.organisation else campaign.scope.label


def promise_to(campaign: Campaign, audience: str) -> Promise:
    """The four sentences, the word that fits the way in, and what the person should know to judge."""
    return Promise(
        who_asks=who_asks(campaign),
        sentences=(
            _("Rien n’est ouvert avant la clôture, le %(day)s au soir.")
            % {"day": day_of(campaign.closes_on)},
            _("Un résultat ne paraît que s’il réunit au moins %(least)s réponses.")
            % {"least": least_of(campaign)},
            _("Tout le monde le reçoit à la même heure."),
            _("Puis les feuilles sont détruites."),
        ),
        word=_word(campaign),
        cautions=_cautions(campaign, audience),
    )


def day_of(day: date) -> str:
    return date_format(day, "j F")


def least_of(campaign: Campaign) -> str:
    number = int(campaign.parameters.get("min_group", 6))
    return _("six") if number == 6 else str(number)


def _word(campaign: Campaign) -> str:
    if campaign.is_by_link:
        return _("Cette enquête est anonyme : le lien est le même pour tout le monde. Il ne donne que des résultats mis "
                 "en commun, jamais ceux d’une structure.")  # fmt: skip
    if campaign.is_anonymous:
        return _("Cette enquête est anonyme : personne ne sait qui a tiré quel code.")
    return _("Cette enquête est confidentielle, pas anonyme : un code a été envoyé à votre adresse, et le service de "
             "courriel a vu passer l’un et l’autre. Ici, l’adresse n’est gardée ni avec le code, ni avec la feuille.")  # fmt: skip


def _cautions(campaign: Campaign, audience: str) -> tuple[str, ...]:
    cautions = []
    if held := campaign.parameters.get("key"):
        cautions.append(
            _("La clé qui ouvrira les enveloppes est tenue par une personne de confiance (%(who)s) : sans elle, personne ne peut les ouvrir.")
            % {"who": held["held_by"]}
        )  # fmt: skip
    if texts := texts_of(campaign, audience):
        cautions.append(texts)
    cautions += [
        _("Une feuille de réponses ne se lit ni ne se modifie une fois envoyée : pas même par vous.")
    ]
    if campaign.way_in == Campaign.WayIn.HAT_CODES:
        cautions.append(_("Qui tient plusieurs codes voit plus : gardez le vôtre, ne le donnez à personne."))
    if campaign.is_by_link:
        cautions.append(
            _(
                "Répondez une seule fois : rien ne nous permet de le vérifier, et c’est le résultat de tous qui en dépend."
            )
        )
    if days := analysis_days_of(campaign):
        cautions.append(after_opening(days))
    if third_person.is_planned(campaign):
        cautions.append(third_person.told(campaign))
    if audience == AccessCode.Audience.DIRECTION:
        cautions.append(
            _("Votre code ouvre le questionnaire de la direction. Votre regard ne paraît que si chaque membre de la "
              "direction l’accepte ; il est alors reconnaissable, puisqu’il est signé « la direction ».")
        )  # fmt: skip
    return tuple(cautions)


def texts_of(campaign: Campaign, audience: str) -> str:
    """Who reads what is written in free words; nothing when nobody will, or when nothing is asked so."""
    plan = plan_of(campaign)
    if plan is None or audience == AccessCode.Audience.DIRECTION:
        return ""
    second = (
        _("une deuxième personne du réseau") if campaign.is_pooled else _("la personne salariée du binôme")
    )
    return _(
        "Ce que vous écrirez dans vos mots est lu par une personne extérieure, %(who)s : texte par texte, hors de votre feuille, "
        "séparé et mélangé. Elle masque ce qui vous ferait reconnaître. Puis %(second)s relit ce qui paraîtra. "
        "N’écrivez ni nom, ni date, ni fonction."
    ) % {"who": who_reads(plan), "second": second}  # fmt: skip


def never_seen_by(campaign: Campaign) -> str:
    """Who will never see a sheet: said plainly, by their place."""
    if campaign.is_pooled:
        return _(
            "Ni votre direction, ni vos collègues, ni le réseau, ni Lab’QVT ne liront jamais votre feuille."
        )
    return _("Ni la direction, ni vos collègues, ni Lab’QVT ne liront jamais votre feuille.")


def signed_by(campaign: Campaign) -> str:
    """Whether both sides signed the rules of the game."""
    sides = {signature.side for signature in campaign.signatures.all()}
    if sides == {"direction", "employees"}:
        return _("La direction et le côté salarié ont signé cette règle du jeu.")
    return _("La direction a signé cette règle du jeu.") if "direction" in sides else ""


def about_you(campaign: Campaign, audience: str) -> str:
    """Which questions are about the person, and why they may be asked; empty when there is none."""
    if audience == AccessCode.Audience.DIRECTION or not campaign.profile_plan:
        return ""
    asked = told(campaign.version.form, campaign.profile_plan, (get_language() or "fr")[:2])
    labels = ", ".join(f"« {label} »" for label, _groups in asked)
    return _("Sur vous, on demande seulement : %(labels)s. C’est facultatif, et ne sert qu’à comparer des groupes d’au moins "
             "%(least)s personnes, jamais croisés.") % {"labels": labels, "least": least_of(campaign)}  # fmt: skip


def intro_of(campaign: Campaign, audience: str) -> dict[str, Any]:
    """Everything the first page says before the first question."""
    return {
        "campaign": campaign,
        "promise": promise_to(campaign, audience),
        "minutes": campaign.parameters.get("minutes"),
        "closes_on": day_of(campaign.closes_on),
        "never": never_seen_by(campaign),
        "signed": signed_by(campaign),
        "about_you": about_you(campaign, audience),
        "is_direction": audience == AccessCode.Audience.DIRECTION,
        "texts_are_read": bool(texts_of(campaign, audience)),
    }


def help_for(structure: Organisation | None) -> dict[str, Any]:
    """Whom to call now: in this structure when the person said which, and from anywhere."""
    return {
        "structure": structure,
        "contacts": list(structure.help_contacts.all()) if structure else [],
        "helplines": HELPLINES,
    }
