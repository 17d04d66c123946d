"""Recognise, by their words, choices that are not answers on the scale."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import replace
from functools import lru_cache

from labqvt_forms.choices import Choice, Role
from labqvt_forms.text import Text

_DECLINES = re.compile(
    r"(je )?(ne )?(prefere|souhaite|desire|veux|veut) (ne )?pas (me prononcer|repondre|le dire)"
    r"|(i |i d )?(would )?(rather|prefer) not (to )?(say|answer|respond|tell|disclose)( this)?"
    r"|refus( de repondre)?|refuse(d)?( to answer)?|sans reponse"
)
_ASIDE = re.compile(
    r"(je )?ne sai[st] pas|nsp|n s p|sans objet|(je ne suis )?(non|pas) concerne( ?es?)?"
    r"|sans opinion|ne se prononce pas|non applicable|n a"
    r"|(i )?(do not|don t) know|not applicable|no opinion"
)


def role_of(label: Text) -> Role:
    """Say what a choice means from its label in any language.

    >>> role_of(Text.of(fr="Je préfère ne pas répondre")).value
    'declines'
    >>> role_of(Text.of(fr="Plutôt d’accord")).value
    'answer'
    """
    for _, words in label:
        plain = _plain(words)
        if _DECLINES.fullmatch(plain):
            return Role.DECLINES
        if _ASIDE.fullmatch(plain):
            return Role.ASIDE
    return Role.ANSWER


def settled(choices: Sequence[Choice], *, declared: Container[str] = ()) -> tuple[Choice, ...]:
    """Give back its place on the scale to a « sans opinion » that stands in the middle of it.

    Only at an end of the list does such a choice stand apart; ``declared`` are codes whose role the file says.
    """
    apart = [choice.role is not Role.ANSWER for choice in choices]
    inside = range(_run(apart), len(apart) - _run(apart[::-1]))
    return tuple(
        replace(choice, role=Role.ANSWER)
        if rank in inside and choice.role is Role.ASIDE and choice.code not in declared
        else choice
        for rank, choice in enumerate(choices)
    )


def _run(marks: Sequence[bool]) -> int:
    """Length of the run of true marks at the start."""
    return next((rank for rank, mark in enumerate(marks) if not mark), len(marks))


@lru_cache(maxsize=4096)
def _plain(words: str) -> str:
    """Lower case, no accent, no punctuation."""
    bare = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", bare))
