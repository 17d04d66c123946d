"""The texts kept for a reader: one by one, encrypted under a key of their own, in a file beside the database.

Here, and at the door that fills it, are the only statements on their table. The key is drawn when the envelopes
are opened; destroying it ends every copy of these texts, in a backup too.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from nacl.secret import SecretBox

from labqvt.campaigns import keys
from labqvt.campaigns.models import Campaign
from labqvt.evidence import own_keys
from labqvt.evidence.models import SealedText, TextReading
from labqvt.foundation.sealed import opened
from labqvt.instruments.asking import LONGEST_TEXT

State = SealedText.State
# The text as received, the text as treated (four bytes a sign at most), themes and reason: one size for all.
_ROOM: Final = 8 * LONGEST_TEXT + 2048
_LENGTH_BYTES: Final = 4
_KIND: Final = "texts"


class NoSuchTextError(LookupError):
    """This reading holds no text of this number."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text is in the reading: its number, from 1, and where it stands."""

    number: int
    question: str
    state: str


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text on the reader’s table. ``received`` is gone once a treated version was validated."""

    words: str
    received: str | None
    themes: tuple[str, ...] = ()
    reason: str = ""


def keep(campaign: Campaign, texts: Mapping[str, Sequence[str]]) -> None:
    """Put texts away under a fresh key, inside the transaction that destroys their sheets."""
    destroy_key(campaign)
    if not texts:
        return
    own_keys.draw(campaign, _KIND)
    box = _box(campaign)
    with opened("door"):
        SealedText.objects.bulk_create(
            SealedText(campaign=campaign, question=question, ciphertext=_sealed(box, KeptText(words, words)))
            for question, written in texts.items()
            for words in written
        )


def places(campaign: Campaign) -> list[Place]:
    """Every text of a campaign by question, in the order of its random key; what it says stays closed."""
    return [
        Place(rank, question, state) for rank, (_pk, question, state) in enumerate(_rows(campaign), start=1)
    ]


def read(campaign: Campaign, number: int) -> KeptText:
    """One text, in clear."""
    pk = _pk_of(campaign, number)
    with opened("reading"):
        blob = SealedText.objects.values_list("ciphertext", flat=True).get(pk=pk)
    return _clear(_box(campaign), blob)


def write(campaign: Campaign, number: int, text: KeptText, state: str) -> None:
    """Lay a text again in place of what was there, which is lost."""
    pk = _pk_of(campaign, number)
    blob = _sealed(_box(campaign), text)
    with opened("reading"):
        SealedText.objects.filter(pk=pk).update(ciphertext=blob, state=state)


def every(campaign: Campaign, states: Collection[str]) -> list[tuple[Place, KeptText]]:
    """All texts in some states, in clear."""
    places_by_pk = {
        pk: Place(rank, question, state)
        for rank, (pk, question, state) in enumerate(_rows(campaign), start=1)
        if state in states
    }
    if not places_by_pk:
        return []
    box = _box(campaign)
    with opened("reading"):
        rows = dict(
            SealedText.objects.filter(campaign=campaign, state__in=states).values_list("pk", "ciphertext")
        )
    return [(place, _clear(box, rows[pk])) for pk, place in places_by_pk.items()]


def destroy(campaign: Campaign, *, but: Collection[str] = (), of: Collection[str] | None = None) -> None:
    """Destroy texts, but those in some states (``of``: and to some questions); with the last one goes the key."""
    with opened("reading"):
        texts = SealedText.objects.filter(campaign=campaign)
        spared = texts.filter(state__in=but) if of is None else texts.filter(state__in=but, question__in=of)
        texts.exclude(pk__in=spared.values("pk")).delete()


def path_of_key(campaign: Campaign) -> Path:
    return own_keys.path_of(campaign, _KIND)


def destroy_key(campaign: Campaign) -> None:
    keys.wipe(path_of_key(campaign))


def destroy_keys_left() -> int:
    """Destroy the keys of readings that hold no text any more, if a crash left one. Returns how many."""
    over = TextReading.objects.filter(state__in=[TextReading.State.PUBLISHED, TextReading.State.ENDED])
    left = [r.campaign for r in over.select_related("campaign") if path_of_key(r.campaign).is_file()]
    for campaign in left:
        destroy_key(campaign)
    return len(left)


def _rows(campaign: Campaign) -> list[tuple[int, str, str]]:
    with opened("reading"):
        rows = list(
            SealedText.objects.filter(campaign=campaign).order_by("pk").values_list("pk", "question", "state")
        )
    rank = {question: place for place, question in enumerate((campaign.parameters.get("texts") or {}).get("questions", ()))}  # fmt: skip
    return sorted(rows, key=lambda row: (rank.get(row[1], len(rank)), row[1], row[0]))


def _pk_of(campaign: Campaign, number: int) -> int:
    rows = _rows(campaign)
    if not 1 <= number <= len(rows):
        raise NoSuchTextError
    return rows[number - 1][0]


def _box(campaign: Campaign) -> SecretBox:
    lost = _("La clé des textes de « %(title)s » manque ou est illisible : ils ne peuvent plus être lus.")
    return own_keys.box(campaign, _KIND, lost=lost)


def _sealed(box: SecretBox, text: KeptText) -> bytes:
    content: dict[str, Any] = {"words": text.words, "themes": list(text.themes), "reason": text.reason}
    if text.received is not None:
        content["received"] = text.received
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    if len(plain) > _ROOM:
        raise ValueError(f"Un texte de {len(plain)} octets dépasse la place de {_ROOM}.")
    return bytes(box.encrypt(len(plain).to_bytes(_LENGTH_BYTES, "big") + plain + bytes(_ROOM - len(plain))))


def _clear(box: SecretBox, blob: bytes) -> KeptText:
    padded = box.decrypt(bytes(blob))
    content = json.loads(
        padded[_LENGTH_BYTES : _LENGTH_BYTES + int.from_bytes(padded[:_LENGTH_BYTES], "big")]
    )
    return KeptText(content["words"], content.get("received"), tuple(content["themes"]), content["reason"])
