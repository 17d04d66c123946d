"""Acts on campaigns: prepare, launch, extend, close. Each checks the right itself and is journalled."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.campaigns import codes, hat, keys, links, policy, rules
from labqvt.campaigns.inviting import codes_sent_again
from labqvt.campaigns.models import (
    AccessCode,
    Campaign,
    CampaignMove,
    MirrorConsent,
    ParticipationReading,
    Population,
    RulesSignature,
)
from labqvt.campaigns.profile import ProfileQuestion, fits
from labqvt.campaigns.ways_models import InvitedAddress
from labqvt.foundation import jobs, journal
from labqvt.foundation.periods import Period
from labqvt.foundation.verdict import require
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.people.models import Account, Function, Organisation, Scope
from labqvt.people.policy import holds

BAND = 5  # participation is shown by fives


def _locked(campaign: Campaign) -> Campaign:
    return (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("version", "mirror", "scope", "follows", "reader")
        .get(pk=campaign.pk)
    )


# Preparing


@transaction.atomic
def prepare_campaign(
    *,
    structure: Organisation,
    title: str,
    version: QuestionnaireVersion,
    opens_on: date,
    closes_on: date,
    headcount: int,
    by: Account,
    direction_members: int = 1,
    mirror: QuestionnaireVersion | None = None,
    way_in: str = Campaign.WayIn.HAT_CODES,
    profile: dict[str, Any] | None = None,
    least: int = rules.LEAST,
    follows: Campaign | None = None,
    keyed_by: str = Campaign.KeyedBy.NOBODY,
) -> Campaign:
    """Write the draft of a structure's own campaign, perhaps the next wave of another."""
    require(policy.may_prepare(by, structure))
    if follows is not None:
        require(policy.may_follow(by, follows))
    campaign = Campaign(
        organisation=structure, scope=structure.scope, title=title, version=version, mirror=mirror, way_in=way_in,
        opens_on=opens_on, closes_on=closes_on, direction_members=direction_members, least=least, follows=follows,
        profile=profile or {}, keyed_by=keyed_by,
    )  # fmt: skip
    _check(campaign, structure, headcount)
    campaign.save()
    Population.objects.create(
        campaign=campaign, organisation=structure, headcount=headcount, direction_members=direction_members
    )
    journal.record(
        act="campaigns.prepare", by=by, on=campaign, sentence=gettext_noop("Campagne préparée : %(title)s"), title=title,
        undo=("campaigns.discard_draft", {"campaign": campaign.public_id}),
    )  # fmt: skip
    return campaign


@transaction.atomic
def prepare_pooled_campaign(
    *,
    scope: Scope,
    title: str,
    version: QuestionnaireVersion,
    opens_on: date,
    closes_on: date,
    by: Account,
    way_in: str = Campaign.WayIn.HAT_CODES,
    follows: Campaign | None = None,
    analysis_days: int = 0,
) -> Campaign:
    """Write the draft of a campaign whose answers are put in common between structures, added one by one.

    The next wave of another starts with its structures and their headcounts, to be corrected.
    """
    require(policy.may_pool(by, scope))
    if follows is not None:
        require(policy.may_follow(by, follows))
    campaign = Campaign(
        scope=scope, title=title, version=version, opens_on=opens_on, closes_on=closes_on, direction_members=0,
        way_in=way_in, follows=follows, analysis_days=analysis_days,
    )  # fmt: skip
    campaign.full_clean()
    campaign.save()
    if follows is not None:
        Population.objects.bulk_create(
            Population(
                campaign=campaign, organisation=one.organisation, headcount=one.headcount,
                direction_members=one.direction_members,
            )
            for one in follows.populations.select_related("organisation")
        )  # fmt: skip
    journal.record(
        act="campaigns.prepare", by=by, on=campaign, sentence=gettext_noop("Campagne préparée : %(title)s"), title=title,
        undo=("campaigns.discard_draft", {"campaign": campaign.public_id}),
    )  # fmt: skip
    return campaign


@transaction.atomic
def set_population(
    *, campaign: Campaign, organisation: Organisation, headcount: int, by: Account, direction_members: int = 0
) -> Population | None:
    """Say how many people of a structure may answer; zero takes the structure out."""
    require(policy.may_edit(by, campaign))
    if not campaign.is_pooled:
        raise PermissionDenied(
            _("L’effectif de cette campagne se modifie avec elle : elle n’interroge qu’une structure.")
        )
    before = Population.objects.filter(campaign=campaign, organisation=organisation).first()
    undo = {
        "campaign": campaign.public_id, "organisation": organisation.public_id,
        "headcount": before.headcount if before else 0,
        "direction_members": before.direction_members if before else 0,
    }  # fmt: skip
    if headcount == 0:
        Population.objects.filter(campaign=campaign, organisation=organisation).delete()
        population = None
    else:
        population = before or Population(campaign=campaign, organisation=organisation)
        population.headcount, population.direction_members = headcount, direction_members
        population.full_clean()
        population.save()
    journal.record(
        act="campaigns.set_population", by=by, on=campaign, organisation=organisation, headcount=headcount,
        sentence=gettext_noop("Effectif invité de %(organisation)s : %(headcount)s"),
        undo=("campaigns.set_population", undo),
    )  # fmt: skip
    return population


@transaction.atomic
def edit_draft(
    *,
    campaign: Campaign,
    by: Account,
    title: str,
    version: QuestionnaireVersion,
    opens_on: date,
    closes_on: date,
    headcount: int,
    direction_members: int,
    mirror: QuestionnaireVersion | None = None,
    way_in: str = Campaign.WayIn.HAT_CODES,
    cause: str = "",
    profile: dict[str, Any] | None = None,
    least: int | None = None,
    follows: Campaign | None = None,
    keyed_by: str = Campaign.KeyedBy.NOBODY,
) -> Campaign:
    """Change anything of a structure's draft. ``cause``: why its dates move, once someone signed them."""
    campaign = _locked(campaign)
    require(policy.may_edit(by, campaign))
    if campaign.organisation is None:
        raise PermissionDenied(_("Une campagne mise en commun se modifie structure par structure."))
    before = as_draft(campaign)
    _note_move(campaign, opens_on, closes_on, cause, by)
    campaign.title, campaign.version, campaign.mirror = title, version, mirror
    campaign.way_in, campaign.keyed_by = way_in, keyed_by
    campaign.least = campaign.least if least is None else least
    campaign.profile = _still_fitting(campaign.profile if profile is None else profile, version)
    campaign.opens_on, campaign.closes_on, campaign.direction_members = opens_on, closes_on, direction_members
    _check(campaign, campaign.organisation, headcount)
    campaign.save()
    Population.objects.filter(campaign=campaign).update(
        headcount=headcount, direction_members=direction_members
    )
    if way_in != Campaign.WayIn.PERSONAL_CODES:
        InvitedAddress.objects.filter(campaign=campaign).delete()  # nothing is kept that does not serve
    # The rules changed: what was signed is no longer what is proposed.
    RulesSignature.objects.filter(campaign=campaign).delete()
    journal.record(
        act="campaigns.edit_draft", by=by, on=campaign, sentence=gettext_noop("Préparation modifiée : %(title)s"),
        title=title, undo=("campaigns.edit_draft", {"campaign": campaign.public_id, "draft": before}),
    )  # fmt: skip
    return campaign


def dates_were_promised(campaign: Campaign) -> bool:
    """Someone signed the draft: its dates were told, and changing them needs a cause."""
    return campaign.signatures.exists()


def _note_move(campaign: Campaign, opens_on: date, closes_on: date, cause: str, by: Account) -> None:
    """Keep the former dates of a draft that someone had signed, with the cause of the change."""
    previous, new = Period.days(campaign.opens_on, campaign.closes_on), Period.days(opens_on, closes_on)
    if previous == new or not dates_were_promised(campaign):
        return
    if not cause.strip():
        raise ValidationError({"cause": _("Ces dates étaient signées : dites pourquoi elles changent.")})
    CampaignMove.objects.create(
        campaign=campaign, previous=previous, new=new, cause=cause.strip(), recorded_by=by
    )


def _still_fitting(profile: dict[str, Any], version: QuestionnaireVersion) -> dict[str, Any]:
    """Profile questions that the questionnaire chosen still has."""
    questions = [q for q in profile.get("questions", []) if fits(ProfileQuestion.read(q), version.form)]
    kept = {question["id"] for question in questions}
    crossings = [c for c in profile.get("crossings", []) if set(c["of"]) <= kept]
    return {"questions": questions, "crossings": crossings} if questions else {}


@transaction.atomic
def discard_draft(*, campaign: Campaign, by: Account) -> None:
    """Throw away a draft: nobody could answer it yet. Undoing prepares the same one again."""
    campaign = _locked(campaign)
    require(policy.may_edit(by, campaign))
    undo = None
    if campaign.organisation is not None:
        undo = (
            "campaigns.prepare_again",
            {
                "structure": campaign.organisation.public_id,
                "draft": as_draft(campaign),
                "reader": campaign.reader.public_id if campaign.reader else "",
            },
        )
    journal.record(
        act="campaigns.discard_draft", by=by, on=campaign, sentence=gettext_noop("Brouillon supprimé : %(title)s"),
        title=campaign.title, undo=undo,
    )  # fmt: skip
    campaign.delete()


def as_draft(campaign: Campaign) -> dict[str, Any]:
    """The values of a structure's draft, as JSON, so that undoing can put them back."""
    population = campaign.populations.get()
    return {
        "title": campaign.title,
        "version": campaign.version.public_id,
        "mirror": campaign.mirror.public_id if campaign.mirror else None,
        "way_in": campaign.way_in,
        "keyed_by": campaign.keyed_by,
        "opens_on": campaign.opens_on.isoformat(),
        "closes_on": campaign.closes_on.isoformat(),
        "headcount": population.headcount,
        "direction_members": population.direction_members,
        "profile": campaign.profile,
        "least": campaign.least,
        "follows": campaign.follows.public_id if campaign.follows else None,
    }


def _check(campaign: Campaign, structure: Organisation, headcount: int) -> None:
    """Refuse at once what could never be launched, with the sentence and the alternatives."""
    campaign.full_clean()
    population = Population(
        campaign=campaign,
        organisation=structure,
        headcount=headcount,
        direction_members=campaign.direction_members,
    )
    population.clean_fields(exclude=["campaign"])
    if campaign.direction_members > headcount:
        raise ValidationError(_("La direction fait partie de l’effectif : elle ne peut pas le dépasser."))
    require(policy.enough_people(headcount - campaign.direction_members, pooled=False))
    require(policy.way_in_suits(campaign.way_in, pooled=campaign.is_pooled, expected=headcount))


# Who reads the free texts


@transaction.atomic
def choose_reader(*, campaign: Campaign, reader: Account | None, by: Account) -> Campaign:
    """Say who, outside the structure, reads the free texts; nobody means that they are destroyed unread."""
    campaign = _locked(campaign)
    require(policy.may_choose_reader(by, campaign))
    if reader is not None:
        require(policy.may_be_reader(reader, campaign))
    before = campaign.reader
    if reader == before:
        return campaign
    campaign.reader = reader
    campaign.save(update_fields=["reader"])
    # The rules changed: what was signed is no longer what is proposed.
    RulesSignature.objects.filter(campaign=campaign).delete()
    undo = {"campaign": campaign.public_id, "reader": before.public_id if before else ""}
    journal.record(
        act="campaigns.choose_reader", by=by, on=campaign, reader=reader or "",
        sentence=gettext_noop("Lecture des textes confiée : %(reader)s") if reader else gettext_noop("Textes libres : personne pour les lire"),
        undo=("campaigns.choose_reader", undo),
    )  # fmt: skip
    return campaign


# The rules of the game


@transaction.atomic
def sign_rules(*, campaign: Campaign, by: Account) -> RulesSignature:
    """Sign for one's side of the pair; once a side."""
    require(policy.may_sign(by, campaign))
    director = holds(by, {Function.DIRECTOR}, campaign.scope)
    side = RulesSignature.Side.DIRECTION if director else RulesSignature.Side.EMPLOYEES
    signature, new = RulesSignature.objects.get_or_create(campaign=campaign, side=side, defaults={"by": by})
    if new:
        journal.record(
            act="campaigns.sign_rules", by=by, on=campaign, side=signature.get_side_display(),
            sentence=gettext_noop("Règle du jeu signée %(side)s"),
            undo=("campaigns.withdraw_signature", {"campaign": campaign.public_id, "side": side.value}),
        )  # fmt: skip
    return signature


@transaction.atomic
def withdraw_signature(*, campaign: Campaign, side: str, by: Account) -> None:
    """Take one's signature back, as long as nobody could read it."""
    require(policy.may_withdraw_signature(by, campaign))
    RulesSignature.objects.filter(campaign=campaign, side=side, by=by).delete()


@transaction.atomic
def consent_to_mirror(*, campaign: Campaign, by: Account) -> MirrorConsent:
    """Accept, as a member of the direction, that its view appears in these results."""
    campaign = _locked(campaign)
    require(policy.may_consent_to_mirror(by, campaign))
    consent, new = MirrorConsent.objects.get_or_create(campaign=campaign, by=by)
    if new:
        journal.record(
            act="campaigns.consent_to_mirror", by=by, on=campaign,
            sentence=gettext_noop("Accord donné pour montrer le regard de la direction"),
            undo=("campaigns.withdraw_mirror_consent", {"campaign": campaign.public_id}),
        )  # fmt: skip
    return consent


@transaction.atomic
def withdraw_mirror_consent(*, campaign: Campaign, by: Account) -> None:
    """Change one's mind before closing."""
    campaign = _locked(campaign)
    require(policy.may_consent_to_mirror(by, campaign))
    withdrawn, _rows = MirrorConsent.objects.filter(campaign=campaign, by=by).delete()
    if withdrawn:
        journal.record(
            act="campaigns.withdraw_mirror_consent", by=by, on=campaign,
            sentence=gettext_noop("Accord retiré pour le regard de la direction"),
            undo=("campaigns.consent_to_mirror", {"campaign": campaign.public_id}),
        )  # fmt: skip


# Life of a campaign


@transaction.atomic
def open_campaign(*, campaign: Campaign, by: Account, today: date | None = None) -> Campaign:
    """Launch: freeze the rules, draw the keys, make the codes. After this nothing but the closing date changes."""
    today = today or timezone.localdate()
    campaign = _locked(campaign)
    require(policy.may_open(by, campaign, today))
    populations = list(campaign.populations.select_related("organisation"))
    campaign.opens_on = max(campaign.opens_on, today)
    campaign.launched_on = today
    campaign.parameters = rules.frozen(  # from the draft, while it is one
        campaign, populations, reader=policy.function_of_reader(campaign)
    )
    campaign.status = Campaign.Status.OPEN
    # Nobody answered a draft: a key already there was left by a launch that was cut short.
    keys.destroy(campaign)
    trusted = rules.trusted_key_of(campaign)
    campaign.public_key = keys.make(campaign, held_elsewhere=trusted.public_key if trusted else "")
    campaign.profile = {}  # headcounts served the check; what is asked is frozen in the parameters
    try:
        campaign.full_clean()
        campaign.save()
        _open_the_way(campaign, populations)
        if not campaign.is_pooled:
            sign_rules(campaign=campaign, by=by)
        journal.record(
            act="campaigns.open",
            by=by,
            on=campaign,
            sentence=gettext_noop("Campagne lancée : %(title)s"),
            title=campaign.title,
        )
    except BaseException:
        keys.destroy(campaign)  # the database forgets this launch; so does the disk
        raise
    return campaign


def _open_the_way(campaign: Campaign, populations: list[Population]) -> None:
    """Codes for the hat, the word of the link; codes sent by e-mail are drawn when they leave."""
    if campaign.way_in == Campaign.WayIn.HAT_CODES:
        _make_codes(campaign, populations)
    elif campaign.is_by_link:
        links.open_for(campaign)


def _make_codes(campaign: Campaign, populations: list[Population]) -> None:
    """Keep the digest of each code, under random primary keys: the rows are in no order of making."""
    kept = keys.read(campaign)
    AccessCode.objects.bulk_create(
        AccessCode(
            campaign=campaign,
            population=population,
            audience=printed.audience,
            digest=codes.digest_of(printed.code),
        )
        for population in populations
        for printed in codes.codes_of(population, kept)
    )


def printed_codes(*, campaign: Campaign, by: Account) -> list[tuple[Population, list[codes.PrintedCode]]]:
    """Every code, derived again from the key file, for the sheet to cut; who printed it is journalled."""
    require(policy.may_print_codes(by, campaign))
    kept = keys.read(campaign)
    sheets = [(p, codes.codes_of(p, kept)) for p in policy.printed_by(by, campaign)]
    journal.record(
        act="campaigns.print_codes", by=by, on=campaign, sentence=gettext_noop("Feuille de codes imprimée : %(title)s"),
        title=campaign.title,
    )  # fmt: skip
    return sheets


@transaction.atomic
def extend_campaign(
    *, campaign: Campaign, closes_on: date, cause: str, by: Account, today: date | None = None
) -> Campaign:
    """Give more days, and say why. The former date stays readable."""
    today = today or timezone.localdate()
    campaign = _locked(campaign)
    require(policy.may_extend(by, campaign))
    if closes_on <= campaign.closes_on or closes_on < today:
        raise ValidationError(
            {
                "closes_on": _(
                    "La nouvelle date doit suivre celle d’aujourd’hui et l’ancienne date de clôture."
                )
            }
        )
    if not cause.strip():
        raise ValidationError(
            {"cause": _("Dites pourquoi : la cause est lue par toutes les personnes concernées.")}
        )
    previous = Period.days(campaign.opens_on, campaign.closes_on)
    campaign.closes_on = closes_on
    CampaignMove.objects.create(
        campaign=campaign,
        previous=previous,
        new=Period.days(campaign.opens_on, closes_on),
        cause=cause.strip(),
        recorded_by=by,
    )
    campaign.save(update_fields=["closes_on"])
    journal.record(
        act="campaigns.extend", by=by, on=campaign, closes_on=Period.day(closes_on), cause=cause.strip()[:120],
        sentence=gettext_noop("Campagne prolongée jusqu’au %(closes_on)s : %(cause)s"),
    )  # fmt: skip
    return campaign


@transaction.atomic
def close_campaign(*, campaign: Campaign, by: Account | None = None, today: date | None = None) -> Campaign:
    """No answer is taken any more; the results are asked for in the same act. ``by=None``: its day has passed."""
    today = today or timezone.localdate()
    campaign = _locked(campaign)
    if by is not None:
        require(policy.may_close(by, campaign))
    elif not campaign.is_open or campaign.closes_on >= today:
        raise PermissionDenied(_("Cette campagne n’est pas arrivée à son terme."))
    campaign.status = Campaign.Status.CLOSED
    campaign.closed_on = today
    campaign.parameters |= {"sent_again": codes_sent_again(campaign)} if not campaign.is_anonymous else {}
    campaign.save(update_fields=["status", "closed_on", "parameters"])
    InvitedAddress.objects.filter(campaign=campaign).delete()
    hat.settle(campaign)
    ParticipationReading.objects.filter(
        population__campaign=campaign
    ).delete()  # the results say the exact number
    journal.record(
        act="campaigns.close",
        by=by,
        on=campaign,
        sentence=gettext_noop("Campagne close : %(title)s"),
        title=campaign.title,
    )
    jobs.enqueue(
        "evidence.release",
        title=_("Résultats de « %(title)s »") % {"title": campaign.title},
        by=by,
        subject=f"campaign:{campaign.public_id}",
        campaign=campaign.public_id,
    )
    return campaign


@transaction.atomic
def record_release(*, campaign: Campaign, shown: bool) -> Campaign:
    """What became of the results; said by the room that opens the sheets, in its own transaction."""
    campaign = _locked(campaign)
    if campaign.status != Campaign.Status.CLOSED:
        raise PermissionDenied(_("Les résultats ne paraissent qu’après la clôture, une seule fois."))
    campaign.status = Campaign.Status.RELEASED if shown else Campaign.Status.UNRELEASED
    campaign.save(update_fields=["status"])
    return campaign


# Once a day


@transaction.atomic
def refresh_participation(*, campaign: Campaign, today: date | None = None) -> int:
    """Read how many codes served, by fives, at most once a day. Returns how many structures were read."""
    today = today or timezone.localdate()
    if not campaign.is_open or today < campaign.opens_on:
        return 0
    if campaign.is_by_link:
        return links.refresh_reading(campaign, today)
    read = 0
    for population in campaign.populations.exclude(readings__read_on=today):
        spent = AccessCode.objects.filter(
            population=population, audience=AccessCode.Audience.EMPLOYEES, spent=True
        ).count()
        at_least, at_most = band(spent, population.employees)
        ParticipationReading.objects.create(
            population=population, read_on=today, at_least=at_least, at_most=at_most
        )
        read += 1
    return read


def band(spent: int, invited: int) -> tuple[int, int]:
    """« moins de 5 », « entre 5 et 9 »…

    The last band takes in a last person left alone: « 10 » out of ten would say that everybody answered.

    >>> band(3, 12), band(7, 12), band(12, 12), band(10, 10)
    ((0, 4), (5, 9), (10, 12), (5, 10))
    """
    at_least = spent - spent % BAND
    at_most = at_least + BAND - 1
    if at_least >= invited > 0:
        at_least -= BAND
    return at_least, invited if at_most + 1 >= invited else at_most
