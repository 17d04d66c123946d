"""Wording to look at again in French sentences."""

from __future__ import annotations

import re
from typing import Final

from labqvt_forms.wording.french_words import (
    ADJECTIVES,
    INFINITIVES,
    NOT_INFINITIVES,
    NOUNS,
    PARTICIPLES_IN_TE,
    VERBS_IN_IER,
)
from labqvt_forms.wording.texts import plain, words_found

_ADJECTIVE_ENDINGS: Final = re.compile(
    r"\w{2,}(?:[^t]é|[^t]ée|[^t]és|[^t]ées|if|ive|ifs|ives|eux|euse|euses|iste|istes|able|ables|ible|ibles|ant|ante|ants|antes)"
)
_COUPLES: Final = re.compile(
    r"\b(femmes? et (?:des |les |aux )?hommes?|hommes? et (?:des |les |aux )?femmes?|jours? et (?:la |les |de )?nuits?|"
    r"matins? et (?:le |les )?soirs?|pères? et (?:les |aux |des )?mères?|mères? et (?:les |aux |des )?pères?|début et (?:la |de )?fin|parents? et (?:les |des )?enfants?|"
    r"avantages? et (?:les |des )?inconvénients?|points forts et (?:les |des )?points faibles|"
    r"droits et (?:les |des |mes |vos )?devoirs|noms? et (?:les |mon |votre |vos )?prénoms?|"
    r"nuit et (?:le )?jour|hauts et (?:les |des )?bas|samedis? et (?:le |les )?dimanches?)\b"
)
_SUBJECT = r"(?:je|j’|on|l’on|nous|vous|il|elle|ils|elles|qu’on|que je|que j’|que vous|que nous)"
_TWO_CLAUSES: Final = re.compile(
    rf"[,;]? (?:et|mais) {_SUBJECT}\s?(?!-même|deux\b|trois\b)(?!à\b|de\b|dans\b)\w+"
)
_SECOND_VERB: Final = re.compile(r" (?:et|ou) (?:m’|me |s’|se |ne |n’)\w+")
_POSSESSIVE = r"(?:mon|ma|mes|votre|vos|notre|nos|leurs?|son|sa|ses)"
_TWO_OBJECTS: Final = re.compile(
    rf"\b{_POSSESSIVE} [\w’-]+(?: [\w’-]+){{0,4}} et (?:de |à |d’)?{_POSSESSIVE} \w+"
)
_ARTICLE = r"(?:la |le |les |l’|du |des |de la |de l’|au |aux |à la |à l’)"
_TWO_THINGS: Final = re.compile(
    rf"(?:^| |’){_ARTICLE}[\w-]+(?: (?:de |d’|du |des |au )?[\w-]+){{0,2}} et (?:{_ARTICLE}|{_POSSESSIVE} )\w+|"
    rf"\b{_POSSESSIVE} [\w’-]+(?: [\w’-]+){{0,2}} et {_ARTICLE}\w+"
)
_JOINED: Final = re.compile(
    r"([\w-]+)(?: (?:ou|et) | ni )(?:(?:plus|très|assez|bien|trop|peu|suffisamment|d’|de|à|me|m’) ?)?([\w-]+)"
)
_NEITHER: Final = re.compile(r"\bni [\w’ -]{2,40} ni \b")
_PEOPLE: Final = re.compile(
    r"\b(?:les |des |aux )?(?:salarié|bénévole|élu|collègue|administrateur|usager|adhérent|cadre|employé|ouvrier|homme|femme|"
    r"jeune|ancien|parent|client|partenaire|dirigeant|responsable|stagiaire|apprenti)e?s "
    r"et (?:les |des |aux )(?:salarié|bénévole|élu|collègue|administrateur|usager|adhérent|cadre|employé|ouvrier|homme|"
    r"femme|jeune|ancien|parent|client|partenaire|dirigeant|responsable|stagiaire|apprenti)e?s\b"
)
"""Two sorts of people: what is between them is one question."""
_BALANCE: Final = re.compile(r"\bentre\b[^.?!]*? et ")
_LEADING: Final = re.compile(
    r"\b(ne (?:pensez|croyez|trouvez|estimez|jugez|voyez|souhaitez|voulez)-vous pas|ne devrait-on pas|ne faut-il pas|"
    r"ne faudrait-il pas|n’êtes-vous pas|n’avez-vous pas|n’est-il pas|n’est-ce pas|n’y a-t-il pas|évidemment|"
    r"bien sûr|bien entendu|à l’évidence|de toute évidence|comme chacun (?:le )?sait|comme tout le monde|"
    r"tout le monde (?:sait|reconnaît|s’accorde)|il est (?:clair|évident|certain|normal) que|vous conviendrez|"
    r"malheureusement|heureusement|hélas|comme la plupart|êtes-vous d’accord pour dire|à juste titre)\b"
)
_ABSOLUTE: Final = re.compile(
    r"\b(toujours|jamais|tout le temps|systématiquement|à chaque fois|sans exception|tout le monde|en toutes circonstances)\b"
)
_STILL: Final = re.compile(
    r"-(?:vous|tu|il|elle|ils|elles|on|nous|je) toujours\b|\btoujours (?:en poste|salari|membre)"
)
_NEGATIONS: Final = re.compile(
    r"\b(?:ne |n’)(?:[\w’-]+ ){0,4}?[\w’-]*?\b(pas|jamais|plus|rien|aucune?|personne|guère)\b"
)
_NEGATIVE_WORDS: Final = re.compile(
    r"\b(?:pas|jamais|plus|guère) (?:du tout |très |trop |si |assez )?(?:être )?"
    r"(sans|inutiles?|impossibles?|injustes?|incapables?|insatisfaite?s?|mécontente?s?|désagréables?|défavorables?|"
    r"insuffisante?s?|irréguli[eè]re?s?|impolie?s?|incompétente?s?|inacceptables?|incompatibles?|indifférente?s?|"
    r"inconnue?s?|incertaine?s?|malheureu(?:x|se)s?|illégitimes?|déraisonnables?|dépourvue?s?|inquiète?s?|inquiets?)\b"
)


def double_barrelled(text: str) -> str:
    """Return the words that join two questions in one, or nothing."""
    said = _PEOPLE.sub("couple", _COUPLES.sub("couple", plain(text)))
    if match := re.search(r"\w*\s?et\s?/\s?ou\s?\w*", said):
        return match[0]
    if match := _NEITHER.search(said) or _TWO_CLAUSES.search(said) or _SECOND_VERB.search(said):
        return match[0].strip(" ,;")
    if _BALANCE.search(said):
        return ""
    if match := _TWO_OBJECTS.search(said) or _TWO_THINGS.search(said):
        return match[0].strip()
    return _two_judgements(said)


def _two_judgements(said: str) -> str:
    """Two adjectives, or two verbs in the infinitive, on either side of « et », « ou », « ni »."""
    at = 0
    while match := _JOINED.search(said, at):
        at = match.start(2)
        first, second = match[1], match[2]
        before = re.findall(r"[\w-]+", said[: match.start()])[-6:]
        if _adjective(first) and _adjective(second) and not second.endswith(first):
            return match[0]
        if _infinitive(second) and any(_infinitive(word) for word in (*before, first)):
            return match[0]
    return ""


def _adjective(word: str) -> bool:
    if word in NOUNS or word.endswith(("ité", "ités")):
        return False
    return word in ADJECTIVES or word in PARTICIPLES_IN_TE or _ADJECTIVE_ENDINGS.fullmatch(word) is not None


def _infinitive(word: str) -> bool:
    if word in INFINITIVES or word in VERBS_IN_IER:
        return True
    if word in NOT_INFINITIVES or word.endswith("ier"):
        return False
    return re.fullmatch(r"\w{2,}(?:er|ir)", word) is not None


def leading(text: str) -> str:
    """Return the words that push towards an answer, or nothing."""
    return words_found(_LEADING, plain(text))


def absolute(text: str) -> str:
    """Return a word that leaves no room (« toujours », « jamais »), or nothing; « toujours » may mean « encore »."""
    return words_found(_ABSOLUTE, _STILL.sub(" ", plain(text)))


def double_negation(text: str) -> str:
    """Return the second negation of a sentence, or nothing."""
    said = plain(text)
    if match := _NEGATIVE_WORDS.search(said):
        return match[0]
    found = [match[0] for match in _NEGATIONS.finditer(said)]
    return found[1] if len(found) > 1 else ""
