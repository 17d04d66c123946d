"""Messages that come back: delivery reports (RFC 3464) read in memory, addresses and a short reason out of them.

A report often holds the message that came back, and with it a code. The code is handed over once, for
``inviting`` to cancel it; neither the report nor the code is ever written.
"""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message
from typing import Final

from labqvt.campaigns.addresses import tidy
from labqvt.campaigns.codes import GROUP, SYMBOLS, normalised

UNKNOWN: Final = "unknown"
FULL: Final = "full"
REFUSED: Final = "refused"
OTHER: Final = "other"

_CODE: Final = re.compile(rf"(?<![{SYMBOLS}])([{SYMBOLS}]{{{GROUP}}}-[{SYMBOLS}]{{{GROUP}}})(?![{SYMBOLS}])")
# Enhanced status codes (RFC 3463): X.1.* is about the address, X.2.2 a full box, X.7.* a refusal.
_MEANINGS: Final = (
    (re.compile(r"^\d\.1\.\d+$|^5\.4\.4$"), UNKNOWN),
    (re.compile(r"^\d\.2\.2$"), FULL),
    (re.compile(r"^\d\.7\.\d+$"), REFUSED),
)
_WORDS: Final = (
    (
        re.compile(r"(?i)user unknown|unknown user|no such user|does not exist|mailbox not found|inconnu"),
        UNKNOWN,
    ),
    (re.compile(r"(?i)over quota|mailbox (is )?full|bo[iî]te pleine"), FULL),
    (re.compile(r"(?i)spam|policy|blocked|rejet"), REFUSED),
)


@dataclass(frozen=True, slots=True)
class Bounce:
    """One address a message did not reach, why in one word, and the code that came back with it, if any."""

    address: str
    why: str
    code: str = ""


def read_report(content: bytes) -> list[Bounce]:
    """What a delivery report says of final failures; a delay or a success says nothing."""
    message = email.message_from_bytes(content, policy=policy.default)
    code = _code_in(message)
    return [
        Bounce(address, why, code)
        for fields in _recipients(message)
        if fields.get("Action", "").strip().lower() == "failed"
        for address in [
            tidy(_after_semicolon(fields.get("Final-Recipient", "") or fields.get("Original-Recipient", "")))
        ]
        if address
        for why in [meaning_of(fields.get("Status", ""), fields.get("Diagnostic-Code", ""))]
    ]


def meaning_of(status: str, told: str) -> str:
    """Why, in one word, from the enhanced status and what the other server told."""
    for pattern, meaning in _MEANINGS:
        if pattern.match(status.strip()):
            return meaning
    return next((meaning for pattern, meaning in _WORDS if pattern.search(told)), OTHER)


def _recipients(message: Message) -> Iterator[Message]:
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            # The first block is about the report itself; each other one about a recipient.
            blocks = part.get_payload()
            yield from blocks[1:] if isinstance(blocks, list) else ()


def _after_semicolon(field: str) -> str:
    return str(field).rpartition(";")[2].strip()


def _code_in(message: Message) -> str:
    for part in message.walk():
        if part.get_content_type() != "text/plain" or not isinstance(part, EmailMessage):
            continue
        try:
            found = _CODE.search(part.get_content())
        except (LookupError, UnicodeError, KeyError):
            continue
        if found:
            return normalised(found[1])
    return ""
