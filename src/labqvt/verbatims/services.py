"""Acts of the reading. Each checks the right itself and is journalled; no word of a text is ever in the journal."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.campaigns.keys import KeyLostError
from labqvt.campaigns.models import Campaign
from labqvt.evidence import kept_texts
from labqvt.evidence.models import SealedText, TextReading
from labqvt.evidence.services import recipients_of
from labqvt.evidence.texts import shuffled
from labqvt.foundation import jobs, journal
from labqvt.foundation.public_ids import new_public_id
from labqvt.foundation.verdict import require
from labqvt.instruments.asking import LONGEST_TEXT
from labqvt.people.models import Account, Assignment, Function
from labqvt.verbatims import policy, themes
from labqvt.verbatims.extracts import Extracts, numbered, published
from labqvt.verbatims.recognising import masked

Text = SealedText.State
State = TextReading.State
# Why a text is set aside, as the reader says it.
RECOGNISED: Final = "recognised"
OFF_TOPIC: Final = "off_topic"
DANGER: Final = "danger"
REASONS: Final = (RECOGNISED, OFF_TOPIC, DANGER)


def _locked(reading: TextReading) -> TextReading:
    return (
        TextReading.objects.select_for_update(of=("self",))
        .select_related("campaign__scope", "campaign__version", "campaign__reader", "campaign__organisation")
        .get(pk=reading.pk)
    )


def _to_read(reading: TextReading, by: Account) -> TextReading:
    reading = _locked(reading)
    require(policy.may_read_texts(by, reading.campaign, reading))
    return reading


# One text after another


@transaction.atomic
def mask(
    *, reading: TextReading, number: int, words: str, hidden: Collection[str], by: Account
) -> kept_texts.KeptText:
    """Hide some words wherever they come back, and what was written between two brackets."""
    reading = _to_read(reading, by)
    text = _being_treated(reading.campaign, number)
    treated = replace(text, words=_checked(masked(words, hidden)))
    kept_texts.write(reading.campaign, number, treated, Text.BEGUN)
    return treated


@transaction.atomic
def start_again(*, reading: TextReading, number: int, by: Account) -> None:
    """Come back to the text as it was received, as long as nothing was validated."""
    reading = _to_read(reading, by)
    text = _being_treated(reading.campaign, number)
    if text.received is None:
        raise PermissionDenied(_("Le texte reçu est détruit depuis que votre version a été validée."))
    kept_texts.write(reading.campaign, number, replace(text, words=text.received), Text.BEGUN)


@transaction.atomic
def validate(
    *, reading: TextReading, number: int, words: str, coded: Iterable[str], quoted: bool, by: Account
) -> None:
    """Settle a text: proposed as an extract, or read and not quoted. The text received is destroyed."""
    reading = _to_read(reading, by)
    text = _being_treated(reading.campaign, number)
    treated = replace(
        text,
        words=_checked(masked(words)),
        received=None,
        themes=tuple(themes.known(reading, coded)),
        reason="",
    )
    kept_texts.write(reading.campaign, number, treated, Text.PROPOSED if quoted else Text.READ)
    _note(
        reading, "verbatims.validate", by, number,
        gettext_noop("Texte lu et proposé à la publication") if quoted else gettext_noop("Texte lu, non cité"),
    )  # fmt: skip


@transaction.atomic
def set_aside(*, reading: TextReading, number: int, reason: str, by: Account) -> None:
    """Put a text out of what may be shown. It stays sealed until the end of the reading, then is destroyed."""
    reading = _to_read(reading, by)
    if reason not in REASONS:
        raise ValidationError({"reason": _("Dites pourquoi ce texte est mis de côté.")})
    text = _being_treated(reading.campaign, number)
    kept_texts.write(reading.campaign, number, replace(text, reason=reason), Text.ASIDE)
    _note(reading, "verbatims.set_aside", by, number, gettext_noop("Texte mis de côté"))


@transaction.atomic
def reopen(*, reading: TextReading, number: int, by: Account) -> None:
    """Take a settled text again, as it stands."""
    reading = _to_read(reading, by)
    if _state_of(reading.campaign, number) not in {Text.PROPOSED, Text.READ, Text.ASIDE}:
        raise PermissionDenied(_("Ce texte est déjà ouvert."))
    text = kept_texts.read(reading.campaign, number)
    kept_texts.write(reading.campaign, number, replace(text, reason=""), Text.BEGUN)


def _note(reading: TextReading, act: str, by: Account, number: int, sentence: str) -> None:
    """Journalled on the reading, which only its reader opens: others must not count its texts."""
    journal.record(
        act=act, by=by, on=reading, sentence=sentence,
        undo=("verbatims.reopen", {"campaign": reading.campaign.public_id, "number": number}),
    )  # fmt: skip


def _state_of(campaign: Campaign, number: int) -> str:
    found = [place.state for place in kept_texts.places(campaign) if place.number == number]
    if not found:
        raise kept_texts.NoSuchTextError
    return found[0]


def _being_treated(campaign: Campaign, number: int) -> kept_texts.KeptText:
    if _state_of(campaign, number) not in {Text.UNREAD, Text.BEGUN}:
        raise PermissionDenied(_("Ce texte est déjà traité : rouvrez-le pour le reprendre."))
    return kept_texts.read(campaign, number)


def _checked(words: str) -> str:
    words = words.replace("\r\n", "\n").strip()
    if not words:
        raise ValidationError({"words": _("Il ne reste rien de ce texte : mettez-le plutôt de côté.")})
    if len(words) > LONGEST_TEXT:
        raise ValidationError(
            {"words": _("Le texte est trop long : %(most)s signes au plus.") % {"most": LONGEST_TEXT}}
        )
    return words


# Themes, by hand


@transaction.atomic
def add_theme(*, reading: TextReading, label: str, by: Account) -> str:
    """A theme to hang texts on. Returns its id."""
    reading = _to_read(reading, by)
    theme = {"id": new_public_id(), "label": themes.checked(reading, label), "was": "", "removed": False}
    _keep_themes(reading, [*reading.themes, theme])
    _note_theme(reading, by, theme["id"], gettext_noop("Thème ajouté"), "verbatims.remove_theme")
    return str(theme["id"])


@transaction.atomic
def rename_theme(*, reading: TextReading, theme: str, label: str, by: Account) -> None:
    reading = _to_read(reading, by)
    label = themes.checked(reading, label, but=theme)
    _keep_themes(
        reading,
        [
            one | {"label": label, "was": one["label"]} if one["id"] == theme else one
            for one in reading.themes
        ],
    )
    _note_theme(reading, by, theme, gettext_noop("Thème renommé"), "verbatims.rename_theme_back")


@transaction.atomic
def rename_theme_back(*, reading: TextReading, theme: str, by: Account) -> None:
    reading = _to_read(reading, by)
    found = next((one for one in reading.themes if one["id"] == theme), None)
    if found is None or not found["was"]:
        raise PermissionDenied(_("Ce thème n’a pas d’autre nom à reprendre."))
    rename_theme(reading=reading, theme=theme, label=found["was"], by=by)


@transaction.atomic
def remove_theme(*, reading: TextReading, theme: str, by: Account, back: bool = False) -> None:
    """Take a theme out of the list; the texts keep its mark, so that putting it back is whole."""
    reading = _to_read(reading, by)
    _keep_themes(
        reading, [one | {"removed": not back} if one["id"] == theme else one for one in reading.themes]
    )
    sentence = gettext_noop("Thème remis") if back else gettext_noop("Thème retiré")
    _note_theme(
        reading, by, theme, sentence, "verbatims.remove_theme" if back else "verbatims.put_theme_back"
    )


def _keep_themes(reading: TextReading, kept: list[dict[str, Any]]) -> None:
    reading.themes = kept
    reading.save(update_fields=["themes"])


def _note_theme(reading: TextReading, by: Account, theme: str, sentence: str, undo: str) -> None:
    journal.record(
        act="verbatims.themes", by=by, on=reading, sentence=sentence,
        undo=(undo, {"campaign": reading.campaign.public_id, "theme": theme}),
    )  # fmt: skip


# The end of the reading, the second look, the publication


@transaction.atomic
def finish(*, reading: TextReading, by: Account | None, today: date | None = None) -> TextReading:
    """End the reading: what is not proposed is destroyed, read or not. ``by=None``: its last day has passed."""
    today = today or timezone.localdate()
    reading = _locked(reading)
    if by is not None:
        require(policy.may_read_texts(by, reading.campaign, reading))
    elif reading.state != State.READING or reading.read_until >= today:
        raise PermissionDenied(_("Cette lecture n’est pas arrivée à son terme."))
    campaign, plan = reading.campaign, reading.campaign.parameters["texts"]
    settled = _settled(campaign)
    reading.named = themes.named(reading, settled, least=plan["named_from"])
    enough = _questions_with(settled, plan["shown_from"])
    kept_texts.destroy(campaign, but={Text.PROPOSED}, of=enough)
    journal.record(
        act="verbatims.finish", by=by, on=reading,
        sentence=gettext_noop("Lecture des textes terminée, textes non proposés détruits"),
    )  # fmt: skip
    if not enough and not reading.named:
        return _end(reading)
    reading.state = State.REVIEW
    reading.review_until = today + timedelta(days=plan["review_days"])
    reading.save(update_fields=["state", "named", "review_until"])
    _ask("verbatims.call_second_look", _("Relecture des extraits de « %(title)s »"), campaign)
    _ask_to_forget()
    return reading


def _settled(campaign: Campaign) -> list[tuple[kept_texts.Place, kept_texts.KeptText]]:
    """What the reader validated; nothing when the key is lost: nobody will read these texts any more."""
    try:
        return kept_texts.every(campaign, {Text.PROPOSED, Text.READ})
    except KeyLostError:
        return []


def _questions_with(settled: Iterable[tuple[kept_texts.Place, Any]], least: int) -> set[str]:
    proposed = [place.question for place, _text in settled if place.state == Text.PROPOSED]
    return {question for question in proposed if proposed.count(question) >= least}


@transaction.atomic
def review(*, reading: TextReading, answers: Mapping[str, bool], by: Account) -> TextReading:
    """Say of each extract and each theme whether it may appear; then it does, for everyone at once, or nothing does."""
    reading = _locked(reading)
    campaign = reading.campaign
    require(policy.may_review(by, campaign, reading))
    waiting = numbered(reading)
    if missing := [entry.key for entry in waiting if entry.key not in answers]:
        raise ValidationError(
            {key: _("Dites si cet extrait peut paraître ou s’il est retiré.") for key in missing}
        )
    approved = [entry for entry in waiting if answers[entry.key]]
    content = published(
        approved, campaign.version.form, least=campaign.parameters["texts"]["shown_from"], deal=shuffled
    )
    journal.record(
        act="verbatims.review", by=by, on=reading,
        sentence=gettext_noop("Extraits relus, textes et clé détruits"),
    )  # fmt: skip
    return _publish(reading, content) if content["questions"] else _end(reading)


def _publish(reading: TextReading, content: Extracts) -> TextReading:
    reading.state, reading.content, reading.named = State.PUBLISHED, content, {}
    reading.themes, reading.published_at = [], timezone.now()
    reading.save()
    _destroy_all(reading.campaign)
    _ask("verbatims.announce", _("Annonce des extraits de « %(title)s »"), reading.campaign)
    return reading


def _end(reading: TextReading) -> TextReading:
    """Nothing appears. Nobody is written to: the page will say it on the announced day, whatever the cause."""
    reading.state, reading.named, reading.themes = State.ENDED, {}, []
    reading.save()
    _destroy_all(reading.campaign)
    return reading


def _destroy_all(campaign: Campaign) -> None:
    kept_texts.destroy(campaign)
    transaction.on_commit(lambda: kept_texts.destroy_key(campaign))
    _ask_to_forget()


@transaction.atomic
def end_review(*, reading: TextReading, today: date | None = None) -> TextReading:
    """Nobody looked a second time within the delay: not looked at counts as not safe."""
    today = today or timezone.localdate()
    reading = _locked(reading)
    if reading.state != State.REVIEW or reading.review_until is None or reading.review_until >= today:
        raise PermissionDenied(_("Cette relecture n’est pas arrivée à son terme."))
    journal.record(
        act="verbatims.end_review", by=None, on=reading,
        sentence=gettext_noop("Extraits non relus à temps, textes et clé détruits"),
    )  # fmt: skip
    return _end(reading)


def end_due(today: date | None = None) -> int:
    """End the readings and second looks whose last day has passed. Returns how many."""
    today = today or timezone.localdate()
    late = TextReading.objects.filter(state=State.READING, read_until__lt=today)
    unseen = TextReading.objects.filter(state=State.REVIEW, review_until__lt=today)
    ended = [finish(reading=reading, by=None, today=today) for reading in late]
    ended += [end_review(reading=reading, today=today) for reading in unseen]
    return len(ended)


def _ask(kind: str, title: str, campaign: Campaign) -> None:
    jobs.enqueue(
        kind,
        title=title % {"title": campaign.title},
        subject=f"campaign:{campaign.public_id}",
        campaign=campaign.public_id,
    )


def _ask_to_forget() -> None:
    jobs.enqueue("evidence.forget", title=_("Effacement des pages libérées de la base"), subject="database")


# Messages


def call_reader(*, campaign: str) -> int:
    """Tell the reader that texts await. Returns how many messages."""
    reading = TextReading.objects.select_related("campaign__reader").get(campaign__public_id=campaign)
    if reading.state != State.READING or reading.campaign.reader is None:
        return 0
    body = _(
        "Les textes libres de « %(title)s » attendent votre lecture jusqu’au %(day)s, sur la page %(address)s de Lab’QVT. "
        "Personne d’autre ne peut les ouvrir. Passé ce jour, ceux que vous n’aurez pas lus sont détruits."
    ) % {
        "title": reading.campaign.title, "day": reading.read_until.strftime("%d/%m/%Y"),
        "address": reverse("verbatims:reading", args=[campaign]),
    }  # fmt: skip
    return _send(_("Des textes à lire"), body, [[reading.campaign.reader.email]])


def call_second_look(*, campaign: str) -> int:
    """Tell who looks a second time. Returns how many messages."""
    reading = TextReading.objects.select_related("campaign__scope").get(campaign__public_id=campaign)
    if reading.state != State.REVIEW or reading.review_until is None:
        return 0
    body = _(
        "Des extraits de « %(title)s » attendent votre relecture jusqu’au %(day)s, sur la page %(address)s de Lab’QVT. "
        "La direction ne les a pas vus. Passé ce jour, ils sont détruits et rien ne paraît."
    ) % {
        "title": reading.campaign.title, "day": reading.review_until.strftime("%d/%m/%Y"),
        "address": reverse("verbatims:review", args=[campaign]),
    }  # fmt: skip
    return _send(_("Des extraits à relire"), body, [[address] for address in _who_looks(reading.campaign)])


def _who_looks(campaign: Campaign) -> list[str]:
    functions = [Function.REGIONAL, Function.NATIONAL] if campaign.is_pooled else [Function.EMPLOYEE]
    above = [int(step) for step in campaign.scope.path.strip("/").split("/")]
    held = Assignment.objects.in_force(timezone.localdate()).filter(
        scope__in=above, function__in=functions, account__is_active=True
    )
    return sorted({a.account.email for a in held.select_related("account") if policy.looks_second(a.account, campaign)})  # fmt: skip


def announce(*, campaign: str) -> int:
    """Write to everyone concerned at once, both sides of a pair in the same message. Returns how many messages."""
    found = Campaign.objects.select_related("scope").get(public_id=campaign)
    body = _(
        "Des extraits de ce que l’équipe a écrit sont sur la page %(address)s de Lab’QVT, à la suite des résultats. "
        "Ce message part au même moment à tout le monde. Les textes ont été détruits."
    ) % {"address": reverse("diagnostics:diagnosis", args=[campaign])}
    return _send(
        _("« %(title)s » : ce que l’équipe a écrit") % {"title": found.title}, body, recipients_of(found)
    )


def _send(subject: str, body: str, groups: list[list[str]]) -> int:
    for addresses in groups:
        send_mail(subject, body + "\n", None, addresses)
    return len(groups)
