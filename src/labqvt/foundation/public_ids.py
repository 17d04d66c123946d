"""Public identifiers that cannot be counted nor guessed."""

import secrets
from typing import Any, Final

from django.db import models

# No vowels (no words), no look-alikes (0 o, 1 l i).
ALPHABET: Final = "23456789bcdfghjkmnpqrstvwxyz"
LENGTH: Final = 12  # 28^12 ≈ 2^57


def new_public_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class PublicIdField(models.CharField):
    """The identifier that appears in addresses, exports and the journal; the primary key never does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(max_length=LENGTH, unique=True, editable=False, default=new_public_id)
        super().__init__(*args, **kwargs)
