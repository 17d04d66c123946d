"""What a questionnaire may not ask: who you are when it is anonymous, what you feel when it is nominative."""

from __future__ import annotations

import re
from typing import Final

from labqvt_forms.wording.texts import plain

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
    r"\barrêts? (?:de travail|maladie)\b.*\b(?:vous|votre|vos|j’ai|mes)\b|\b(?:vous|j’ai|avez-vous)\b.*\barrêts? (?:de travail|maladie)\b|"
    r"\bsouffrez-vous|\bje souffre|\b(?:vos|mes) (?:douleurs|maladies|médicaments|addictions|troubles)|"
    r"\b(?:votre|mon) (?:handicap|grossesse|sommeil|moral|poids|stress|anxiété)\b|\bprenez-vous des médicaments|"
    r"\btravailleu(?:r|se) handicapée?|\bdormez-vous|\bje dors\b|\bvous sentez-vous (?:\w+ )?(?:fatigué|stressé|épuisé|déprimé|anxieu)|"
    r"\bje me sens (?:\w+ )?(?:fatigué|stressé|épuisé|déprimé|anxieu)|"
    r"\b(?:your|my) (?:health|illness|disability|pregnancy|sleep|stress|pain)\b|\bdo you suffer|\bare you (?:ill|disabled|pregnant|exhausted)|\bsick leave\b"
)
_SUPERIOR: Final = re.compile(
    r"\b(?:mon|ma|mes|votre|vos) (?:\w+ )?(?:responsables?|chef(?:fe)?s?|managers?|managers?|supérieure?s?|directeurs?|directrices?|"
    r"direction|encadrante?s?|hiérarchie|patronn?e?s?|n ?\+ ?1|président|présidente|cadres?)\b|"
    r"\b(?:my|your) (?:line )?(?:manager|boss|supervisor|director|superiors?|management)\b"
)
_SATISFACTION: Final = re.compile(
    r"\bsatisf(?:aite?s?|action|aisant)|\bcontente?s?\b|\brecommanderi(?:ez|ais|ons)|\bheureu(?:x|se)s?\b|\bêtes-vous fi(?:er|ère)s?|"
    r"\bsatisf(?:ied|action)\b|\bdissatisfied|\bhappy (?:with|at)\b|\bwould you recommend|\bwould recommend"
)
_ABOUT_THE_JOB: Final = re.compile(
    r"\b(?:travail|emploi|poste|structure|employeur|salaire|rémunération|équipe|collègues|conditions|entreprise|association|"
    r"vous|je|nous|work|job|employer|pay|team|company|organisation|you|i)\b"
)


def identity(text: str) -> str:
    """Return the words that ask who a person is, or nothing."""
    match = _IDENTITY.search(plain(text))
    return match[0] if match else ""


def exact_job(text: str) -> str:
    """Return the words that ask for a job only one person may have, or nothing."""
    match = _EXACT_JOB.search(plain(text))
    return match[0] if match else ""


def personal_opinion(text: str) -> tuple[str, str] | None:
    """Return « health », « superior » or « satisfaction » and the words, when a text asks a person for it."""
    said = plain(text)
    if match := _HEALTH.search(said):
        return "health", match[0]
    if match := _SUPERIOR.search(said):
        return "superior", match[0]
    match = _SATISFACTION.search(said)
    if match and _ABOUT_THE_JOB.search(said):
        return "satisfaction", match[0]
    return None
