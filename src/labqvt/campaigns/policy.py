"""Who may do what with a campaign, and the sentence that says why not."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from labqvt.campaigns import profile_checks
from labqvt.campaigns.models import Campaign, Population
from labqvt.campaigns.rules import LEAST, PERSONAL_CODES_FROM, asks_for_texts, trusted_key_of
from labqvt.foundation.verdict import YES, Verdict, no
from labqvt.instruments.answerable import unanswerable
from labqvt.instruments.policy import may_use
from labqvt.people.models import Assignment, Function, Organisation, Scope
from labqvt.people.policy import held_in, holds

PAIR: Final = frozenset({Function.DIRECTOR, Function.EMPLOYEE})
NETWORK: Final = frozenset({Function.REGIONAL, Function.NATIONAL})
# Who may read free texts: people outside the structure, the nearest to it first.
OUTSIDE: Final = (Function.CONSULTANT, Function.REGIONAL, Function.NATIONAL)


def campaign_for(person: Any, public_id: str) -> Campaign:
    """The campaign, for those it concerns; otherwise it does not exist."""
    campaigns = Campaign.objects.select_related(
        "organisation__scope", "scope", "version__questionnaire", "mirror__questionnaire", "follows__version"
    )
    campaign = get_object_or_404(campaigns.prefetch_related("moves"), public_id=public_id)
    if not may_read(person, campaign):
        return get_object_or_404(campaigns.none())
    return campaign


def structure_for(person: Any, public_id: str) -> Organisation:
    """A structure where the person is one of the pair or accompanies it; otherwise it does not exist."""
    structure = get_object_or_404(Organisation.objects.select_related("scope"), public_id=public_id)
    if not holds(person, PAIR | {Function.CONSULTANT}, structure.scope):
        return get_object_or_404(Organisation.objects.none())
    return structure


def network_for(person: Any, public_id: str) -> Scope:
    """A scope the person leads; otherwise it does not exist."""
    scope = get_object_or_404(Scope, public_id=public_id)
    if not holds(person, NETWORK, scope):
        return get_object_or_404(Scope.objects.none())
    return scope


def _leads(person: Any, campaign: Campaign) -> bool:
    """The director of the structure, or who leads the network of a pooled campaign."""
    return holds(person, NETWORK if campaign.is_pooled else {Function.DIRECTOR}, campaign.scope)


def _prepares(person: Any, campaign: Campaign) -> bool:
    return holds(person, NETWORK if campaign.is_pooled else PAIR, campaign.scope)


def may_read(person: Any, campaign: Campaign) -> Verdict:
    """The pair and the person who accompanies it; in a pooled campaign, the network, its regions, each structure's pair."""
    if _prepares(person, campaign):
        return YES
    if not campaign.is_pooled and holds(person, {Function.CONSULTANT}, campaign.scope):
        return YES
    if campaign.is_pooled and (
        _leads_a_part(person, campaign) or structures_seen_by(person, campaign).exists()
    ):
        return YES
    return no(_("Cette campagne est lue par le binôme de la structure et par la personne qui l’accompagne."))


def _leads_a_part(person: Any, campaign: Campaign) -> bool:
    """Whether the person leads a region of the network that puts its answers in common."""
    return any(scope.lies_in(campaign.scope) for scope in held_in(person, {Function.REGIONAL}))


def structures_seen_by(person: Any, campaign: Campaign) -> Any:
    """Populations whose participation this person reads: all for who prepares, their own for a structure's pair."""
    populations = Population.objects.filter(campaign=campaign).select_related("organisation")
    if _prepares(person, campaign) or not campaign.is_pooled:
        return populations
    mine = [scope.pk for scope in held_in(person, PAIR | {Function.CONSULTANT})]
    return populations.filter(organisation__scope__in=mine)


def structures_of_pair(person: Any, campaign: Campaign) -> Any:
    """In a pooled campaign, the structures whose pair this person belongs to: they print their own codes."""
    mine = [scope.pk for scope in held_in(person, PAIR)] if campaign.is_pooled else []
    return Population.objects.filter(campaign=campaign, organisation__scope__in=mine).select_related(
        "organisation"
    )


def printed_by(person: Any, campaign: Campaign) -> Any:
    """The structures whose codes this person may print: all for who prepares, their own for a structure's pair."""
    if _prepares(person, campaign):
        return Population.objects.filter(campaign=campaign).select_related("organisation")
    return structures_of_pair(person, campaign)


def may_prepare(person: Any, structure: Organisation) -> Verdict:
    if holds(person, PAIR, structure.scope):
        return YES
    return no(
        _(
            "Une campagne est préparée par le binôme de la structure : la direction ou la personne salariée du binôme."
        )
    )


def may_pool(person: Any, scope: Scope) -> Verdict:
    if holds(person, NETWORK, scope):
        return YES
    return no(
        _("Une campagne mise en commun est préparée par la référence régionale ou la coordination nationale.")
    )


def may_edit(person: Any, campaign: Campaign) -> Verdict:
    if not _prepares(person, campaign):
        return no(
            _(
                "Une campagne est préparée par le binôme de la structure : la direction ou la personne salariée du binôme."
            )
        )
    if not campaign.is_draft:
        return no(
            _(
                "Cette campagne est lancée : ses règles sont figées. Seule sa date de clôture peut encore être repoussée."
            )
        )
    return YES


def may_follow(person: Any, before: Campaign) -> Verdict:
    """Declare a campaign the next wave of another one, once that one is over."""
    if not (verdict := may_read(person, before)):
        return verdict
    if not before.is_closed:
        return no(
            _("Une vague suit une campagne close : attendez la clôture de « %(title)s ».")
            % {"title": before.title}
        )
    return YES


def may_ask_profile(campaign: Campaign) -> Verdict:
    """Whether anything asked about people could ever be shown."""
    return profile_checks.profile_is_askable(campaign)


def may_entrust(person: Any, campaign: Campaign) -> Verdict:
    """Who prepares decides that a person holds the key."""
    return may_edit(person, campaign)


def may_make_key(person: Any, campaign: Campaign) -> Verdict:
    """Never the direction: two sides are needed to open, one that leads and one that holds the key."""
    holders = {Function.CONSULTANT} | ({Function.PARTNER} if campaign.is_pooled else {Function.EMPLOYEE})
    if _leads(person, campaign) or not holds(person, holders, campaign.scope):
        return no(
            _("La clé se fait du côté salarié ou par la personne qui accompagne la structure, jamais par qui lance la campagne : "
              "à eux deux ils ouvrent, aucun ne le peut seul.")
        )  # fmt: skip
    if not campaign.is_draft:
        return no(_("Cette campagne est lancée : sa clé ne change plus."))
    if trusted_key_of(campaign) is None:
        return no(
            _(
                "La clé de cette campagne est gardée par le serveur : décidez d’abord de la confier à quelqu’un."
            )
        )
    return YES


def may_bring_key(person: Any, campaign: Campaign) -> Verdict:
    """Whoever reads the campaign may lend the screen on which the trusted person types their words."""
    if not (verdict := may_read(person, campaign)):
        return verdict
    if trusted_key_of(campaign) is None:
        return no(_("La clé de cette campagne est gardée par le serveur : personne n’a à l’apporter."))
    if campaign.status != Campaign.Status.CLOSED:
        return no(_("Les enveloppes s’ouvrent une fois la campagne close."))
    return YES


def key_is_ready(campaign: Campaign) -> Verdict:
    key = trusted_key_of(campaign)
    if key is None or key.is_ready:
        return YES
    return no(
        _("La clé est confiée (%(held_by)s) mais pas encore essayée : une clé perdue perd toutes les réponses, "
          "et l’on ne s’en apercevrait qu’à la clôture. Essayez-la d’abord.") % {"held_by": key.held_by}
    )  # fmt: skip


def may_sign(person: Any, campaign: Campaign) -> Verdict:
    if campaign.is_pooled or not holds(person, PAIR, campaign.scope):
        return no(_("La règle du jeu est signée par les deux personnes du binôme."))
    if campaign.is_closed:
        return no(_("Cette campagne est close : sa règle du jeu ne se signe plus."))
    return YES


def may_withdraw_signature(person: Any, campaign: Campaign) -> Verdict:
    if not (verdict := may_sign(person, campaign)):
        return verdict
    if not campaign.is_draft:
        return no(_("La campagne est lancée : les personnes qui répondent lisent une règle du jeu signée."))
    return YES


def may_open(person: Any, campaign: Campaign, today: date | None = None) -> Verdict:
    if not _leads(person, campaign):
        return no(_("Cette campagne est ouverte par la référence régionale ou la coordination nationale.")
                  if campaign.is_pooled else _("C’est la direction qui ouvre la campagne ; vous pouvez la préparer jusqu’au bout."))  # fmt: skip
    if not campaign.is_draft:
        return no(_("Cette campagne a déjà été lancée."))
    return can_be_launched(campaign, today or timezone.localdate())


def can_be_launched(campaign: Campaign, today: date) -> Verdict:
    """What the campaign itself lacks, whoever asks."""
    if campaign.closes_on < today:
        return no(_("Le dernier jour pour répondre est passé : choisissez d’autres dates."))
    if _another_is_open(campaign):
        return no(
            _(
                "Une autre campagne est ouverte dans cette structure : attendez sa clôture. Deux enquêtes à la fois, "
                "auprès de presque les mêmes personnes, permettraient de comparer leurs résultats et de désigner quelqu’un."
            )
        )
    populations = list(campaign.populations.all())
    if not populations:
        return no(_("L’effectif manque : dites combien de personnes peuvent répondre."))
    if not (suits := questionnaire_suits(campaign)):
        return suits
    if campaign.reader is not None and not (reads := may_be_reader(campaign.reader, campaign)):
        return reads
    employees = sum(population.employees for population in populations)
    return (
        enough_people(employees, pooled=campaign.is_pooled)
        and way_in_suits(
            campaign.way_in, pooled=campaign.is_pooled, expected=sum(p.headcount for p in populations)
        )
        and profile_checks.profile_suits(campaign)
        and key_is_ready(campaign)
    )


def structures_asked(campaign: Campaign) -> list[Scope]:
    """The scopes of the structures whose people answer."""
    asked = Scope.objects.filter(organisation__in=campaign.populations.values("organisation"))
    return list(asked) or [campaign.scope]


def may_choose_reader(person: Any, campaign: Campaign) -> Verdict:
    if not (verdict := may_edit(person, campaign)):
        return verdict
    if not asks_for_texts(campaign):
        return no(_("Ce questionnaire n’a pas de question libre : il n’y a pas de texte à lire."))
    return YES


def outside_function(assignments: Iterable[Assignment], scopes: list[Scope]) -> str:
    """As what these assignments would let read the texts of these structures; nothing when none does."""
    found = {
        Function(held.function)
        for held in assignments
        if held.function != Function.CONSULTANT or any(scope.lies_in(held.scope) for scope in scopes)
    }
    return next((function.value for function in OUTSIDE if function in found), "")


def function_of_reader(campaign: Campaign) -> str:
    """As what the chosen person reads the texts; nothing without a reader."""
    if campaign.reader is None:
        return ""
    return outside_function(campaign.reader.current_assignments, structures_asked(campaign))


def may_be_reader(account: Any, campaign: Campaign) -> Verdict:
    """Free texts are read by someone who cannot recognise a colleague, and who does not hold the server."""
    scopes = structures_asked(campaign)
    if not account.is_active:
        return no(_("Ce compte est fermé : choisissez une autre personne pour lire les textes."))
    # Having been of the pair once is enough to recognise a way of writing.
    if account.assignments.filter(function__in=PAIR, scope__in=scopes).exists():
        return no(_("Les textes sont lus par une personne extérieure à la structure : ni la direction, ni la personne salariée du binôme, même d’hier."))  # fmt: skip
    if account.is_administrator:
        return no(_("L’administration de l’outil tient le serveur : elle ne lit pas les textes."))
    if not outside_function(account.current_assignments, scopes):
        return no(_("Les textes sont lus par la personne qui accompagne la structure, une référence régionale ou la coordination nationale."))  # fmt: skip
    return YES


def questionnaire_suits(campaign: Campaign) -> Verdict:
    """People answer without their name, to questions a phone can ask, that one has the right to ask."""
    for form in [campaign.version.form] + ([campaign.mirror.form] if campaign.mirror else []):
        if not form.anonymous:
            return no(_("Ce questionnaire fait répondre une structure en son nom ; une équipe répond sans le sien. Choisissez un questionnaire anonyme."))  # fmt: skip
        if stuck := unanswerable(form):
            return no(_("La question « %(label)s » ne peut pas être posée ici. %(reason)s Choisissez un autre questionnaire.")
                      % {"label": stuck[0].item.label.pick("fr"), "reason": stuck[0].reason})  # fmt: skip
    return may_use(campaign.version.questionnaire, campaign.scope)


def _another_is_open(campaign: Campaign) -> bool:
    """Two of a structure's own campaigns at once could be told apart by subtraction."""
    if campaign.organisation_id is None:
        return False
    others = Campaign.objects.filter(organisation_id=campaign.organisation_id, status=Campaign.Status.OPEN)
    return others.exclude(pk=campaign.pk).exists()


def enough_people(employees: int, *, pooled: bool) -> Verdict:
    """Nothing is asked that can never be shown."""
    if employees >= LEAST:
        return YES
    if pooled:
        return no(
            _(
                "Les structures choisies réunissent %(n)s personnes : il en faut au moins six, direction non comprise."
            )
            % {"n": employees}
        )
    return no(
        _("Avec %(n)s personnes hors direction, aucun résultat ne pourrait paraître : il faut au moins six réponses. "
          "Menez plutôt le diagnostic par la discussion, ou répondez à une campagne mise en commun avec d’autres structures.")
        % {"n": max(employees, 0)}
    )  # fmt: skip


def way_in_suits(way_in: str, *, pooled: bool, expected: int) -> Verdict:
    """Each way in has its place, and says so."""
    if way_in == Campaign.WayIn.OPEN_LINK and not pooled:
        return no(_("Un lien ouvert ne donne pas de résultats à une structure : une personne pourrait répondre pour dix. "
                    "Il sert aux campagnes mises en commun."))  # fmt: skip
    if way_in == Campaign.WayIn.PERSONAL_CODES and expected < PERSONAL_CODES_FROM:
        return no(_("Les codes envoyés par courriel demandent au moins quinze réponses attendues. "
                    "En dessous, tirez les codes dans un chapeau."))  # fmt: skip
    if way_in == Campaign.WayIn.PERSONAL_CODES and pooled:
        return no(_("Dans une campagne mise en commun, chaque structure tire ses codes dans un chapeau, ou tout le monde "
                    "passe par le lien ouvert."))  # fmt: skip
    return YES


def may_print_codes(person: Any, campaign: Campaign) -> Verdict:
    if not _prepares(person, campaign) and not structures_of_pair(person, campaign).exists():
        return no(_("Les codes sont imprimés par le binôme de la structure."))
    if campaign.is_draft:
        return no(_("Les codes existent une fois la campagne lancée."))
    if campaign.is_closed:
        return no(_("Cette campagne est close : ses codes ne s’impriment plus."))
    if campaign.way_in != Campaign.WayIn.HAT_CODES:
        return no(_("Cette campagne n’a pas de codes à imprimer : on y entre autrement."))
    return YES


def may_print_poster(person: Any, campaign: Campaign) -> Verdict:
    """Poster, messages and paper questionnaire: for the pairs concerned, while the campaign runs."""
    if not _prepares(person, campaign) and not structures_of_pair(person, campaign).exists():
        return no(_("L’affiche et les messages sont imprimés par le binôme de la structure."))
    if not campaign.is_open:
        return no(_("L’affiche et les messages se font pendant que la campagne est ouverte."))
    return YES


def yields_structure_results(campaign: Campaign) -> Verdict:
    """An open link never gives the report of one structure: one person could answer for ten, in any name."""
    if campaign.is_by_link:
        return no(_("Une campagne par lien ouvert ne donne que le résultat de l’ensemble : une personne peut y répondre "
                    "plusieurs fois, au nom de n’importe quelle structure."))  # fmt: skip
    return YES


def may_extend(person: Any, campaign: Campaign) -> Verdict:
    if not _leads(person, campaign):
        return no(
            _(
                "La date de clôture est repoussée par la personne qui a ouvert la campagne : la direction, ou le réseau."
            )
        )
    if not campaign.is_open or campaign.closes_on < timezone.localdate():
        return no(
            _(
                "Seule une campagne encore ouverte peut être prolongée : passé son dernier jour, "
                "les personnes qui ont répondu comptent sur la clôture annoncée."
            )
        )
    return YES


def may_close(person: Any, campaign: Campaign) -> Verdict:
    if not _leads(person, campaign):
        return no(
            _(
                "La campagne est close par la personne qui l’a ouverte, ou d’elle-même le lendemain de son dernier jour."
            )
        )
    if campaign.is_draft:
        return no(_("Cette campagne n’est pas encore lancée."))
    if campaign.is_closed:
        return no(_("Cette campagne est déjà close."))
    return YES


def may_consent_to_mirror(person: Any, campaign: Campaign) -> Verdict:
    if campaign.is_pooled or not holds(person, {Function.DIRECTOR}, campaign.scope):
        return no(_("Seuls les membres de la direction peuvent accepter que leur regard paraisse."))
    if campaign.mirror_id is None:
        return no(_("Cette campagne ne demande pas le regard de la direction."))
    if campaign.is_closed:
        return no(_("Cette campagne est close : l’accord se donne avant la clôture."))
    return YES
