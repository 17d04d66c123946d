"""What a questionnaire may not ask: who you are when it is anonymous, what you feel when it is nominative."""

from __future__ import annotations

import re
from typing import Final

from labqvt_forms.wording.texts import plain, words_found

_IDENTITY: Final = re.compile(
    r"\b(?:votre|vos|ton|mon|mes) (?:nom|prénom|noms|prénoms)\b(?! de (?:l|votre) )|^(?:nom|prénom)s?\b(?:\s*[:?]|$)|"
    r"\bnoms? (?:et|de famille)\b|\bnom,? prénom|\b(?:votre|vos|mon) (?:e-?mail|courriel|mail|adresse|téléphone|portable|"
    r"numéro|matricule)|\badresse (?:e-?mail|mail|électronique|postale|personnelle)|\bcourriel\b|\be-?mail\b(?! pro)|"
    r"\b(?:numéro|n°) de (?:téléphone|sécurité sociale|portable|badge)|\bdate de naissance|\bné(?:e|\(e\)|·e)? le\b|"
    r"\bmatricule\b|\btéléphone\s*[:?]?$|"
    r"\byour (?:(?:first|last|full|family) )?name\b|\b(?:first|last|family) name\b|\bphone number|\bdate of birth|"
    r"\bbirth ?date|\bsocial security number|\byour (?:home )?address|\bstaff number"
)
_EXACT_JOB: Final = re.compile(
    r"\b(?:intitulé|nom|libellé)(?: exact)? (?:de|du) (?:votre )?(?:poste|fonction|métier|emploi)|"
    r"\b(?:poste|fonction|métier|emploi) exacte?\b|\bquel(?:le)? est (?:exactement )?votre (?:poste|fonction|métier)|"
    r"\b(?:exact )?job title\b"
)
_HEALTH: Final = re.compile(
    r"\b(?:votre|ma|mon) (?:état de )?santé\b|\b(?:votre|mon) état (?:de santé|physique|psychologique|mental)|"
    r"\b(?:êtes-vous|avez-vous été|je suis|j’ai été|vous êtes) (?:\w+ ){0,3}(?:malade|en arrêt|en situation de handicap|"
    r"handicapée?|enceinte|dépressi\w+|déprimée?|épuisée?|fatiguée?|stressée?|anxieu\w+|en burn)|"
    r"\b(?:avez-vous|j’ai|vous avez) (?:déjà )?(?:eu|pris|été en) (?:un |des |plusieurs )?arrêts?\b|"
    r"\b(?:votre|vos|mon|mes) arrêts? (?:de travail|maladie)|"
    r"\bsouffrez-vous|\bje souffre|\b(?:vos|mes) (?:douleurs|maladies|médicaments|addictions|troubles)|"
    r"\b(?:votre|mon) (?:handicap|grossesse|sommeil|moral|poids|stress|anxiété)\b|\bprenez-vous des médicaments|"
    r"\btravailleu(?:r|se) handicapée?|\bdormez-vous|\bje dors\b|\bvous sentez-vous (?:\w+ )?(?:fatigué|stressé|épuisé|déprimé|anxieu)|"
    r"\bje me sens (?:\w+ )?(?:fatigué|stressé|épuisé|déprimé|anxieu)|"
    r"\b(?:your|my) (?:health|illness|disability|pregnancy|sleep|stress|pain)\b|\bdo you suffer|\bare you (?:ill|disabled|pregnant|exhausted)|\bsick leave\b"
)
_BOSS: Final = (
    r"(?:responsables?|chef(?:fe)?s?|managers?|supérieure?s?|directeurs?|directrices?|direction|encadrante?s?|hiérarchie|"
    r"patronn?e?s?|n ?\+ ?1|présidente?s?)"
)
_MY_SUPERIOR: Final = re.compile(
    rf"\b(?:mon|ma|mes) (?:\w+ )?{_BOSS}\b|\bmy (?:line )?(?:manager|boss|supervisor|director|superiors?|management)\b"
)
_YOUR_SUPERIOR: Final = re.compile(
    rf"\b(?:votre|vos) (?:\w+ )?{_BOSS}\b|\byour (?:line )?(?:manager|boss|supervisor|director|superiors?|management)\b"
)
_OPINION: Final = re.compile(
    r"\b(?:pensez|jugez|évaluez|estimez|trouvez|qualifie\w+|avis|opinion|confiance|satisf\w+|d’accord|compétente?s?|"
    r"disponibles?|justes?|équitables?|écoutée?s?|soutenue?s?|respectée?s?|reconnue?s?|critiques?|"
    r"vous (?:écoute|soutien|aide|respecte|informe|encourage|reconna|considère)\w*|"
    r"think|trust|listens?|supports?|rate|respects?|fair|competent|agree)\b"
)
_SATISFACTION: Final = re.compile(
    r"\b(?:êtes|seriez|vous sentez|étiez|vous êtes|je suis|je me sens|j’étais)(?:-vous)? (?:[\w-]+ ){0,3}"
    r"(?:(?:in)?satisf\w+|mécontente?s?|contente?s?|heureu(?:x|se)|fi(?:er|ère)s?)\b(?! de vous)|"
    r"\b(?:votre|mon) (?:niveau de |degré de )?(?:in)?satisfaction\b|\bsatisfaite?s? (?:de|par) (?:votre|vos|mon|ma|mes)\b|"
    r"\b(?:votre|mon) travail (?:me|vous) (?:plaît|satisfait)|\brecommanderi(?:ez|ais|ons)\b|"
    r"\b(?:are you|i am|i’m|do you feel) (?:\w+ ){0,2}(?:dis)?(?:satisfied|happy|proud)\b|"
    r"\b(?:your|my) (?:job )?satisfaction\b|\bwould (?:you |i )?recommend\b"
)


def identity(text: str) -> str:
    """Return the words that ask who a person is, or nothing."""
    return words_found(_IDENTITY, plain(text))


def exact_job(text: str) -> str:
    """Return the words that ask for a job only one person may have, or nothing."""
    return words_found(_EXACT_JOB, plain(text))


def personal_opinion(text: str) -> tuple[str, str] | None:
    """Return « health », « superior » or « satisfaction » and the words, when a text asks a person for it."""
    said = plain(text)
    if match := _HEALTH.search(said):
        return "health", match[0]
    boss = _MY_SUPERIOR.search(said) or (_OPINION.search(said) and _YOUR_SUPERIOR.search(said))
    if boss:
        return "superior", boss[0]
    match = _SATISFACTION.search(said)
    return ("satisfaction", match[0]) if match else None
