"""Access codes: derived from the campaign's secret, known to the database by their digest only."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from labqvt.campaigns.keys import CampaignKeys
from labqvt.campaigns.models import AccessCode, Population

# Said aloud in French or English, no two of these are mistaken for one another (one letter of « bé, dé, pé, té »,
# M without N, F without S); printed badly, none looks like another (no 0 O 1 I L Z B).
SYMBOLS: Final = "23456789FHJKMQRTWX"
LENGTH: Final = 8  # 18^8 ≈ 2^33: with a few wrong tries an hour, years of guessing
GROUP: Final = 4


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """One code as its strip of paper shows it."""

    code: str
    audience: str

    @property
    def shown(self) -> str:
        return grouped(self.code)

    @property
    def spelled(self) -> str:
        return spelled(self.code)


def grouped(code: str) -> str:
    """« 7KXM-3TQH »."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def spelled(code: str) -> str:
    """« 7 K X M, 3 T Q H »: sign by sign, to be read aloud over a telephone."""
    return ", ".join(" ".join(code[start : start + GROUP]) for start in range(0, len(code), GROUP))


def drawn_at_random() -> str:
    """A code that nothing derives: only the message that carries it knows it."""
    return "".join(secrets.choice(SYMBOLS) for _ in range(LENGTH))


def normalised(typed: str) -> str:
    """What a person typed, without the spaces, dashes and capitals that do not count. Empty when it cannot be one."""
    code = "".join(sign for sign in typed.upper() if sign.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(SYMBOLS) else ""


def digest_of(code: str) -> str:
    """What the database keeps. Keyed by the installation's secret: a copied database gives no code back."""
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), person=b"labqvt.codes").digest()
    return hashlib.blake2b(code.encode(), key=key, digest_size=16).hexdigest()


def codes_of(population: Population, keys: CampaignKeys) -> list[PrintedCode]:
    """Every code of a structure, always the same ones: as many as the headcount, direction's own apart."""
    wanted = {
        AccessCode.Audience.EMPLOYEES: population.employees,
        AccessCode.Audience.DIRECTION: population.direction_members,
    }
    return [
        PrintedCode(
            _derive(keys.secret, f"{population.organisation.public_id}|{audience.value}|{rank}"),
            audience.value,
        )
        for audience, count in wanted.items()
        for rank in range(count)
    ]


def _derive(secret: bytes, label: str) -> str:
    number = int.from_bytes(hmac.digest(secret, label.encode(), "sha256"), "big")
    symbols = []
    for _ in range(LENGTH):
        number, rank = divmod(number, len(SYMBOLS))
        symbols.append(SYMBOLS[rank])
    return "".join(symbols)
