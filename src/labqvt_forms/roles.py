"""Recognise, by their words, choices that are not answers on the scale."""

from __future__ import annotations

import re
import unicodedata

from labqvt_forms.choices import Role
from labqvt_forms.text import Text

_DECLINES = re.compile(
    r"(je )?(ne )?(prefere|souhaite|desire|veux|veut) (ne )?pas (me prononcer|repondre|le dire)"
    r"|(i |i d )?(would )?(rather|prefer) not (to )?(say|answer|respond|tell|disclose)( this)?"
    r"|refus( de repondre)?|refuse(d)?( to answer)?|sans reponse"
)
_ASIDE = re.compile(
    r"(je )?ne sai[st] pas|nsp|n s p|sans objet|so|(je ne suis )?(non|pas) concerne( ?es?)?"
    r"|sans opinion|ne se prononce pas|non applicable|na|n a"
    r"|(i )?(do not|don t) know|dk|not applicable|no opinion"
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


def _plain(words: str) -> str:
    """Lower case, no accent, no punctuation."""
    bare = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", bare))
