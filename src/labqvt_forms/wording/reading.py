"""How hard a text is to read.

French: 207 - 1.015 (words per sentence) - 73.6 (syllables per word), the adaptation of Flesch by
L. Kandel and A. Moles, « Application de l’indice de Flesch à la langue française », Cahiers d’études de
radio-télévision 19, 1958, p. 253-274. English: 206.835 - 1.015 (words per sentence) - 84.6 (syllables per word),
R. Flesch, “A new readability yardstick”, Journal of Applied Psychology 32, 1948, p. 221-233.
100 is very easy, 60 plain, under 30 for specialists. Syllables are counted by groups of vowels, mute « e » left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from labqvt_forms.languages import base_of
from labqvt_forms.wording.texts import sentences_of, words_of

FEWEST_WORDS: Final = 8
"""Under this, one long word decides: the measure says nothing."""
HARD_QUESTION: Final = 20.0
HARD_WHOLE: Final = 50.0
_FRENCH_VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+")
_ENGLISH_VOWELS = re.compile(r"[aeiouy]+")


def reading_ease(texts: Sequence[str], language: str) -> float | None:
    """Return the ease of texts read together, each at least one sentence; None when there is too little."""
    sentences = [sentence for text in texts for sentence in sentences_of(text)]
    words = [word for sentence in sentences for word in words_of(sentence)]
    base = base_of(language)
    if len(words) < FEWEST_WORDS or base not in ("fr", "en"):
        return None
    per_sentence = len(words) / len(sentences)
    per_word = sum(syllables(word, base) for word in words) / len(words)
    if base == "fr":
        return 207 - 1.015 * per_sentence - 73.6 * per_word
    return 206.835 - 1.015 * per_sentence - 84.6 * per_word


@lru_cache(maxsize=16384)
def syllables(word: str, language: str = "fr") -> int:
    """Count the syllables of a word.

    >>> [syllables(word) for word in ("travail", "équipe", "réunion", "vie", "créer")]
    [2, 2, 3, 1, 2]
    """
    word = word.casefold()
    if language == "en":
        mute = word.endswith(("e", "es", "ed")) and not word.endswith(
            ("le", "les", "ted", "ded", "ses", "ces")
        )
        return max(1, len(_ENGLISH_VOWELS.findall(word)) - mute)
    groups = _FRENCH_VOWELS.findall(word)
    hiatus = len(re.findall(r"é[aeiouyèé]", word))
    mute = re.search(r"[^aeiouyàâäéèêëîïôöùûüœæ](e|es)$", word) is not None
    return max(1, len(groups) + hiatus - mute)
