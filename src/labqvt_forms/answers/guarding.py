"""Texts a spreadsheet would run as formulas.

A text that starts with ``= + - @``, a tab or a carriage return gets an apostrophe in front; one that already
starts with apostrophes before such a sign gets one more, so that taking one away gives every text back.
"""

from __future__ import annotations

import re

from labqvt_forms.answers.table import OTHER

_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")


def guarded(text: str) -> str:
    """Make a text inert in a spreadsheet; numbers and the mark of « Autre » are left alone.

    >>> guarded("=1+1"), guarded("-12.5"), guarded("'=1")
    ("'=1+1", '-12.5', "''=1")
    """
    dangerous = _DANGEROUS.match(text) and not _NUMBER.fullmatch(text) and text != OTHER
    return f"'{text}" if dangerous else text


def unguarded(text: str) -> str:
    """Give back the text ``guarded`` was given.

    >>> unguarded("'=1+1"), unguarded("l'an")
    ('=1+1', "l'an")
    """
    return text[1:] if _GUARDED.match(text) else text
