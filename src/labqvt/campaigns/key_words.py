"""A key as words one can write by hand, read aloud and type again with a mistake here and there.

256 common words of at most seven letters, without accents, any two of them at least three letters apart: a word
with one letter wrong, missing or too many is still the word meant. Sixteen words for the key, two that check them.
"""

import hashlib
import unicodedata
from typing import Final

from django.utils.translation import gettext as _

_LISTED: Final = """
    abeille acajou agneau ajonc alambic algue amarre ananas ancre ardoise argile aster atelier
    aurore autobus aveline azalee balcon balise bambou banjo baobab barque bassine bateau belette
    biche biscuit bison bobine bocage bonnet boucle bouleau boxeur brasier brebis buffle buvard
    cabane cactus cadran caillou calamar camelia camion canard canoe caporal caramel carotte cascade
    celeri cerise chalet chameau charrue chemin cheval chiffon ciment coffre colline compas corbeau
    coton cottage crayon cresson cristal cuivre cyclone cygne cypres dahlia dauphin dindon disque
    dolmen domino drapeau dune ebene echarpe echelle eclair ecluse ecorce ecran encrier eponge
    etable faisan fanfare farine fenetre flocon foret fougere fourmi fregate fusain galaxie galopin
    gazelle gazon genet gibbon girafe goeland gondole gorille granit grelot grenade grenier grillon
    griotte guitare hamac hangar helice heron homard horizon hublot iceberg iguane indigo iris
    ivoire jaguar jardin jungle jupiter kayak kiwi koala lagune laitue lapin lessive levier lezard
    licorne lierre lilas linotte loriot luciole luzerne machine manege marmite melodie menhir menthe
    merle meteore mimosa miroir moulin mulet murier musette navette nougat nuage oasis ocarina ogive
    opale orange origan orme otarie oursin paddock panda panier papaye peigne pelican peluche
    pendule persil phare phoque pigeon pilote pivert planete poireau poivron pommier poney potager
    prisme puceron puzzle python quille quinoa rebord requin reseau ricin rizotto rocher romarin
    rotonde ruban sabot salade sandale saumon serrure sesame silex sirop soleil souris spirale
    squale statue store sureau talus taupe temple tige timbale tomate tonneau tortue toucan tourbe
    trefle triton truite tulipe tunnel turbine varech verger viaduc violon vipere voilier voltige
    yaourt yoga zebre zenith zigzag zinnia
"""
WORDS: Final = tuple(_LISTED.split())
SEED_BYTES: Final = 16
CHECK_BYTES: Final = 2
LENGTH: Final = SEED_BYTES + CHECK_BYTES
_RANK: Final = {word: rank for rank, word in enumerate(WORDS)}
_CHECK: Final = b"labqvt.key-words/1"


class WordsError(ValueError):
    """The words typed are not those of a key; the sentence says which to look at again."""


def words_of(seed: bytes) -> list[str]:
    """Sixteen words, then two that check them."""
    if len(seed) != SEED_BYTES:
        raise ValueError(len(seed))
    return [WORDS[byte] for byte in seed + _check(seed)]


def seed_of(typed: str) -> bytes:
    """The seed behind the words typed, small mistakes mended. ``WordsError`` with a sentence otherwise."""
    given = _plain(typed)
    if len(given) != LENGTH:
        raise WordsError(
            _("Il faut %(expected)s mots, vous en avez écrit %(given)s.")
            % {"expected": LENGTH, "given": len(given)}
        )
    ranks = [nearest(word) for word in given]
    unknown = [str(place) for place, rank in enumerate(ranks, start=1) if rank is None]
    if unknown:
        raise WordsError(
            _("Ces mots ne sont pas de la liste : numéro %(places)s.") % {"places": ", ".join(unknown)}
        )
    content = bytes(rank for rank in ranks if rank is not None)
    seed, check = content[:SEED_BYTES], content[SEED_BYTES:]
    if check != _check(seed):
        raise WordsError(_("Les mots sont bien de la liste, mais pas ensemble : un mot est pris pour un autre, ou deux sont échangés."))  # fmt: skip
    return seed


def nearest(word: str) -> int | None:
    """Rank of the word itself, or of the only one a single letter away."""
    if word in _RANK:
        return _RANK[word]
    near = [rank for known, rank in _RANK.items() if _one_letter_apart(word, known)]
    return near[0] if len(near) == 1 else None


def _plain(typed: str) -> list[str]:
    """Words without capitals, accents, numbers or punctuation."""
    letters = unicodedata.normalize("NFKD", typed.lower())
    kept = "".join(sign if sign.isascii() and sign.isalpha() else "" if unicodedata.combining(sign) else " " for sign in letters)  # fmt: skip
    return kept.split()


def _one_letter_apart(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    if len(long) - len(short) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        return short[start + 1 :] == long[start + 1 :]
    return short[start:] == long[start + 1 :]


def _check(seed: bytes) -> bytes:
    return hashlib.sha256(_CHECK + seed).digest()[:CHECK_BYTES]
