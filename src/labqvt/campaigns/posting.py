"""One message handed to the mail server, and what became of it, in one word.

What goes wrong is told without the message: neither its text nor its address may reach a log or a job.
"""

import enum
import smtplib
from dataclasses import dataclass
from typing import Any

from django.core.mail import get_connection
from django.utils.translation import gettext as _

from labqvt.campaigns import bounces
from labqvt.campaigns.codes import grouped, spelled
from labqvt.campaigns.wording import Message
from labqvt.foundation.mail import SecretMessage


class MailDownError(RuntimeError):
    """The mail server does not answer: nothing left, everything can be tried again."""


class Fate(enum.Enum):
    LEFT = "left"
    REFUSED = "refused"  # for good: the address is wrong, or wants nothing from us
    LATER = "later"  # the server asks to come back
    UNKNOWN = "unknown"  # cut in the middle: it may have left


@dataclass(frozen=True, slots=True)
class Told:
    fate: Fate
    why: str = ""


def opened_mail() -> Any:
    """A connection in service; ``MailDownError`` before anything is drawn or sent."""
    connection = get_connection()
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        raise MailDownError(_("Le serveur de courriel ne répond pas : rien n’est parti, l’envoi sera repris.")) from _nameless(error)  # fmt: skip
    return connection


def _nameless(error: Exception) -> Exception:
    """The kind of the error alone: its text may hold an address."""
    return RuntimeError(type(error).__name__)


def hand_over(connection: Any, address: str, message: Message, *, code: str = "") -> Told:
    """Send to one address. No copy kept here shows its ``code``."""
    secrets = (code, grouped(code), spelled(code)) if code else ()
    letter = SecretMessage(
        message.subject, message.body, None, [address], connection=connection, secrets=secrets
    )
    try:
        letter.send()
    except smtplib.SMTPRecipientsRefused as refused:
        status, told = next(iter(refused.recipients.values()))
        return _answered(status, told)
    except smtplib.SMTPResponseException as refused:  # sender, data
        return _answered(refused.smtp_code, refused.smtp_error)
    except (smtplib.SMTPException, OSError):
        return Told(Fate.UNKNOWN)
    return Told(Fate.LEFT)


def _answered(status: int, told: bytes | str) -> Told:
    text = told.decode(errors="replace") if isinstance(told, bytes) else str(told)
    if status < 500:
        return Told(Fate.LATER)
    return Told(Fate.REFUSED, bounces.meaning_of(text.partition(" ")[0], text))
