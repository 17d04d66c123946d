"""Mail of the demonstration and of an instance without a mail server: kept in ``var/outbox``, read on a screen."""

import email
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from labqvt.foundation.public_ids import new_public_id

STRUCK_OUT: Final = "••••••••"


class SecretMessage(EmailMessage):
    """A message with something in it that no copy may keep: the outbox shows it struck out."""

    def __init__(self, *args: Any, secrets: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.secrets = tuple(secrets)

    def without_secrets(self) -> EmailMessage:
        body = self.body
        for secret in self.secrets:
            body = body.replace(secret, STRUCK_OUT)
        return EmailMessage(self.subject, body, self.from_email, self.to)


class OutboxBackend(BaseEmailBackend):
    """Write each message as a ``.eml`` file instead of sending it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        outbox = Path(settings.OUTBOX_DIR)
        outbox.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            kept = message.without_secrets() if isinstance(message, SecretMessage) else message
            stamp = timezone.localtime().strftime("%Y%m%d-%H%M%S")
            (outbox / f"{stamp}-{new_public_id()}.eml").write_bytes(kept.message().as_bytes())
        return len(email_messages)


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """One message as the screen shows it."""

    id: str
    at: datetime
    to: str
    subject: str
    body: str


def outbox_is_used() -> bool:
    return settings.EMAIL_BACKEND == "labqvt.foundation.mail.OutboxBackend"


def outbox(limit: int = 200) -> list[OutboxMessage]:
    """The latest messages, newest first."""
    folder = Path(settings.OUTBOX_DIR)
    paths = sorted(folder.glob("*.eml"), reverse=True)[:limit] if folder.is_dir() else []
    return [_read(path) for path in paths]


def _read(path: Path) -> OutboxMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(preferencelist=("plain",))
    return OutboxMessage(
        id=path.stem,
        at=datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone()),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        body=body.get_content() if body else "",
    )
