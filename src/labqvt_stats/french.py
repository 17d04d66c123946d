"""French words brought to their stems, and the words that say nothing by themselves.

The stemmer is the French one of Snowball (Porter 2001), written from its published description: vowels, regions
RV, R1 and R2, then suffixes from the longest. It groups « souffrance » and « souffrances », not synonyms.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final


def _listed(words: str) -> list[str]:
    return words.split()


VOWELS: Final = frozenset("aeiouyâàëéêèïîôûù")
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_ELISION: Final = re.compile(r"^(?:qu|jusqu|lorsqu|puisqu|quoiqu|presqu|[cdjlmnst])'")

STOP_WORDS: Final = frozenset(
    _listed("""
    a à ai ainsi alors après as assez au aucun aucune aujourd'hui auquel aura auraient aurait aussi autant autre
    autres aux avaient avais avait avant avec avez avoir avons ayant bien c ça car ce ceci cela celle celles
    celui cependant certain certaine certaines certains ces cet cette ceux chaque chez ci comme comment d dans de
    debout depuis des donc dont du dès elle elles en encore entre es est et étaient étais était étant été être eu
    eux eût faire fait faites fois font furent fut hors ici il ils j jamais je jusque l la là laquelle le lequel
    les lesquelles lesquels leur leurs lors lorsque lui m ma mais malgré me même mêmes mes moi mon n ne ni non nos
    notre nous nôtre on ont or ou où par parce parfois parmi pas pendant peu peut peuvent peux plus plusieurs plutôt
    pour pourquoi pourrait presque puis puisque qu quand que quel quelle quelles quelqu quelque quelques quels qui
    quoi quoique rien s sa sans se sera seraient serait ses si sinon soi soient sois soit sommes son sont sous
    souvent suis sur surtout t ta tandis tant te tel telle telles tels tes toi ton toujours tous tout toute toutes
    toutefois trop très tu un une va vers veut voici voilà vont vos votre vous vu y
    """)
)

_STANDARD: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        _listed("ance iqUe isme able iste eux ances iqUes ismes ables istes"), "drop"
    ),
    **dict.fromkeys(_listed("atrice ateur ation atrices ateurs ations"), "ation"),
    **dict.fromkeys(["logie", "logies"], "logie"),
    **dict.fromkeys(_listed("usion ution usions utions"), "usion"),
    **dict.fromkeys(["ence", "ences"], "ence"),
    **dict.fromkeys(["ement", "ements"], "ement"),
    **dict.fromkeys(["ité", "ités"], "ité"),
    **dict.fromkeys(_listed("if ive ifs ives"), "if"),
    "eaux": "eaux",
    "aux": "aux",
    **dict.fromkeys(["euse", "euses"], "euse"),
    **dict.fromkeys(["issement", "issements"], "issement"),
    "amment": "amment",
    "emment": "emment",
    **dict.fromkeys(["ment", "ments"], "ment"),
}  # fmt: skip
_VERBS_IN_I: Final = tuple(
    _listed("""
    îmes ît îtes i ie ies ir ira irai iraIent irais irait iras irent irez iriez irions irons iront is issaIent
    issais issait issant issante issantes issants isse issent isses issez issiez issions issons it
    """)
)
_VERBS: Final[Mapping[str, str]] = {
    "ions": "ions",
    **dict.fromkeys(
        _listed("""
        é ée ées és èrent er era erai eraIent erais erait eras erez eriez erions erons eront ez iez
        """),
        "drop",
    ),
    **dict.fromkeys(
        _listed("âmes ât âtes a ai aIent ais ait ant ante antes ants as asse assent asses assiez assions"),
        "drop e",
    ),
}
_RESIDUAL: Final = ("ion", "ier", "ière", "Ier", "Ière", "e")


def words_of(text: str) -> list[str]:
    """Words of a text in lower case, elisions taken off (« l’équipe » gives « équipe »), in their order."""
    plain = unicodedata.normalize("NFC", text.lower()).replace("’", "'").replace("œ", "oe").replace("æ", "ae")
    found = (_ELISION.sub("", word) for word in _WORD.findall(plain))
    return [part for word in found for part in ([word] if word in STOP_WORDS else word.split("'")) if part]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Stem of a French word in lower case (no unit; the stem is not always a word).

    Golden values: tests/stats/golden/stems.csv (R, SnowballC::wordStem).
    """
    return _Stemmer(word).run()


class _Stemmer:
    def __init__(self, word: str) -> None:
        self.word = _marked(word)
        self.rv = self._start_of_rv()
        self.r1 = _after_vowel_and_consonant(self.word, 0)
        self.r2 = _after_vowel_and_consonant(self.word, self.r1)

    def _start_of_rv(self) -> int:
        word = self.word
        if len(word) >= 3 and word[0] in VOWELS and word[1] in VOWELS:
            return 3
        if word.startswith(("par", "col", "tap")):
            return 3
        return next((place + 1 for place in range(1, len(word)) if word[place] in VOWELS), len(word))

    def run(self) -> str:
        if self._standard() or self._verb_in_i() or self._verb():
            if self.word.endswith("Y"):
                self.word = self.word[:-1] + "i"
            elif self.word.endswith("ç"):
                self.word = self.word[:-1] + "c"
        else:
            self._residual()
        if self.word.endswith(("enn", "onn", "ett", "ell", "eill")):
            self.word = self.word[:-1]
        self._without_accent()
        for marked, plain in (("I", "i"), ("U", "u"), ("Y", "y"), ("He", "ë"), ("Hi", "ï"), ("H", "")):
            self.word = self.word.replace(marked, plain)
        return self.word

    # Cutting: ``size`` letters from the end, if they lie after a mark

    def _cut(self, size: int, mark: int, put: str = "") -> bool:
        if len(self.word) - size < mark:
            return False
        self.word = self.word[: len(self.word) - size] + put
        return True

    def _ends(self, suffix: str) -> bool:
        return self.word.endswith(suffix)

    def _cut_or(self, suffix: str, put: str, mark: int = 0) -> None:
        """Cut a suffix in R2, or else put another in its place."""
        if not self._cut(len(suffix), self.r2):
            self._cut(len(suffix), mark, put)

    def _standard(self) -> bool:
        suffix = _longest(self.word, _STANDARD)
        if not suffix:
            return False
        kind, size = _STANDARD[suffix], len(suffix)
        simple = {
            "drop": (self.r2, ""), "logie": (self.r2, "log"), "usion": (self.r2, "u"), "ence": (self.r2, "ent"),
            "eaux": (0, "eau"), "aux": (self.r1, "al"),
        }  # fmt: skip
        if kind in simple:
            return self._cut(size, *simple[kind])
        done: bool = getattr(self, f"_standard_{_PLAIN[kind]}")(size)
        return done

    def _standard_ation(self, size: int) -> bool:
        if not self._cut(size, self.r2):
            return False
        if self._ends("ic"):
            self._cut_or("ic", "iqU")
        return True

    def _standard_ement(self, size: int) -> bool:
        if not self._cut(size, self.rv):
            return False
        if self._ends("iv"):
            if self._cut(2, self.r2) and self._ends("at"):
                self._cut(2, self.r2)
        elif self._ends("eus"):
            self._cut_or("eus", "eux", self.r1)
        elif self._ends("abl") or self._ends("iqU"):
            self._cut(3, self.r2)
        elif self._ends("ièr") or self._ends("Ièr"):
            self._cut(3, self.rv, "i")
        return True

    def _standard_ite(self, size: int) -> bool:
        if not self._cut(size, self.r2):
            return False
        if self._ends("abil"):
            self._cut_or("abil", "abl")
        elif self._ends("ic"):
            self._cut_or("ic", "iqU")
        elif self._ends("iv"):
            self._cut(2, self.r2)
        return True

    def _standard_if(self, size: int) -> bool:
        if not self._cut(size, self.r2):
            return False
        if self._ends("at") and self._cut(2, self.r2) and self._ends("ic"):
            self._cut_or("ic", "iqU")
        return True

    def _standard_euse(self, size: int) -> bool:
        return self._cut(size, self.r2) or self._cut(size, self.r1, "eux")

    def _standard_issement(self, size: int) -> bool:
        before = self.word[: len(self.word) - size]
        return bool(before) and before[-1] not in VOWELS and self._cut(size, self.r1)

    def _standard_amment(self, size: int) -> bool:
        self._cut(size, self.rv, "ant")
        return False  # « -ant » is a verb's: the next step takes it

    def _standard_emment(self, size: int) -> bool:
        self._cut(size, self.rv, "ent")
        return False

    def _standard_ment(self, size: int) -> bool:
        before = len(self.word) - size - 1
        if before >= self.rv and self.word[before] in VOWELS:
            self.word = self.word[: before + 1]
        return False

    def _verb_in_i(self) -> bool:
        suffix = _longest(self.word, _VERBS_IN_I, self.rv)
        before = len(self.word) - len(suffix) - 1
        if not suffix or before < self.rv or self.word[before] in VOWELS or self.word[before] == "H":
            return False
        self.word = self.word[: before + 1]
        return True

    def _verb(self) -> bool:
        suffix = _longest(self.word, _VERBS, self.rv)
        if not suffix:
            return False
        if _VERBS[suffix] == "ions":
            return self._cut(len(suffix), self.r2)
        self._cut(len(suffix), self.rv)
        if _VERBS[suffix] == "drop e" and self._ends("e"):
            self._cut(1, self.rv)
        return True

    def _residual(self) -> None:
        if self._ends("s") and len(self.word) > 1 and (self.word[-2] not in "aiouès" or self._ends("His")):
            self.word = self.word[:-1]
        suffix = _longest(self.word, _RESIDUAL, self.rv)
        if suffix == "ion":
            before = len(self.word) - 4
            if before >= self.rv and self.word[before] in "st":
                self._cut(3, self.r2)
        elif suffix == "e":
            self._cut(1, self.rv)
        elif suffix:
            self._cut(len(suffix), self.rv, "i")

    def _without_accent(self) -> None:
        place = len(self.word) - 1
        while place >= 0 and self.word[place] not in VOWELS:
            place -= 1
        if 0 <= place < len(self.word) - 1 and self.word[place] in "éè":
            self.word = f"{self.word[:place]}e{self.word[place + 1 :]}"


_PLAIN: Final = {kind: kind.replace("é", "e") for kind in set(_STANDARD.values())}


def _marked(word: str) -> str:
    """The word with the vowels that sound as consonants in capitals, and diaereses written apart."""
    place = 0
    while place < len(word):
        here, after, beyond = (word[place + step : place + step + 1] for step in range(3))
        if here in VOWELS and after and after in "ui" and beyond in VOWELS:
            word = _put(word, place + 1, after.upper())
        elif here in VOWELS and after == "y":
            word = _put(word, place + 1, "Y")
        elif here in "ëï":
            word = _put(word, place, "He" if here == "ë" else "Hi")
        elif here == "y" and after in VOWELS:
            word = _put(word, place, "Y")
        elif here == "q" and after == "u":
            word = _put(word, place + 1, "U")
        else:
            place += 1
    return word


def _put(word: str, place: int, letters: str) -> str:
    return f"{word[:place]}{letters}{word[place + 1 :]}"


def _after_vowel_and_consonant(word: str, start: int) -> int:
    for place in range(start + 1, len(word)):
        if word[place] not in VOWELS and word[place - 1] in VOWELS:
            return place + 1
    return len(word)


def _longest(word: str, suffixes: Mapping[str, str] | tuple[str, ...], mark: int = 0) -> str:
    """The longest of the suffixes that the word ends with, looked for after ``mark`` only."""
    reach = len(word) - mark
    return max((s for s in suffixes if len(s) <= reach and word.endswith(s)), key=len, default="")
