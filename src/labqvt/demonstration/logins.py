"""One account per role. Functions only: no real person's name appears anywhere in the demonstration."""

import secrets
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.hashers import make_password

from labqvt.people.models import Account, Function, Organisation, Scope
from labqvt.people.services import assign, create_account

_WORDS: Final = (
    "mirabelle",
    "tilleul",
    "passerelle",
    "lucarne",
    "brouette",
    "girouette",
    "coquelicot",
    "marelle",
)


@dataclass(frozen=True, slots=True)
class Login:
    """An account to try, in the words of the person who tries it."""

    role: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Who holds which function where."""

    role: str
    mailbox: str
    function: Function
    scope: Scope


def new_password() -> str:
    """One for the whole instance, easy to type, different on every machine."""
    return f"{secrets.choice(_WORDS)}-{secrets.choice(_WORDS)}-{secrets.randbelow(9000) + 1000}"


def open_accounts(seats: list[Seat], password: str) -> tuple[list[Login], dict[str, Account]]:
    """Open each account and give it its functions; return what is printed, and the accounts by mailbox."""
    logins: list[Login] = []
    accounts: dict[str, Account] = {}
    hashed = make_password(password)  # once: hashing is slow on purpose, and starting must not be
    for seat in seats:
        if seat.mailbox not in accounts:
            email = f"{seat.mailbox}@labqvt.invalid"
            accounts[seat.mailbox] = create_account(email=email, name=seat.role, hashed_password=hashed)
            logins.append(Login(seat.role, email, password))
        assign(account=accounts[seat.mailbox], function=seat.function, scope=seat.scope, by=None)
    return logins, accounts


def pair_of(structure: Organisation, mailbox: str = "") -> list[Seat]:
    """The two seats of a structure's pair."""
    assert structure.scope is not None
    suffix = f".{mailbox}" if mailbox else ""
    return [
        Seat(f"Direction – {structure.name}", f"direction{suffix}", Function.DIRECTOR, structure.scope),
        Seat(f"Salariée du binôme – {structure.name}", f"binome{suffix}", Function.EMPLOYEE, structure.scope),
    ]
