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
    r"\b(?:avez-vous|j’ai|vous avez) (?:\w+ ){0,3}(?:problèmes? de santé|mal (?:au|à la|aux|à l’)|burn-?out|dépression|handicap|rqth|"
    r"maladie|cancer)|\b(?:avez-vous|vous avez) (?:une|la|demandé une|demandé la) rqth|"
    r"\b(?:prenez-vous|je prends|suivez-vous) (?:un |des )?(?:traitements?|médicaments?)|"
    r"\b(?:êtes-vous|je suis|avez-vous été) suivie?s? par (?:un |une )?(?:psy|médecin|thérapeute)|"
    r"\b(?:êtes-vous|avez-vous été|j’ai été) (?:\w+ ){0,2}absente?s? (?:pour|en) (?:\w+ )?(?:maladie|arrêt|santé)|"
    r"\bjours? (?:d’arrêt|de maladie)s? (?:maladie )?(?:avez-vous|as-tu)|\bdormez-vous|\bmal dormir|\bvous dormez|"
    r"\bvos nuits\b|\b(?:ressentez-vous|éprouvez-vous|je ressens|vivez-vous) (?:du |de la |de l’|des |un |une )?"
    r"(?:\w+ )?(?:stress|fatigue|anxiété|angoisse|épuisement|douleurs?|mal-être|souffrance)|"
    r"\b(?:salariée?s?|collègues?|personnes?|membres? de l’équipe) (?:\w+ ){0,4}souffr\w+|\bquelles? maladies? (?:a|ont|avait)\b|"
    r"\b(?:your|my) (?:\w+ )?(?:health|illness|disability|pregnancy|sleep|stress|pain)\b|\bdo you suffer|"
    r"\b(?:are you|have you been|i am|i have been|i’m) (?:\w+ ){0,2}(?:ill|sick|disabled|pregnant|exhausted|stressed|depressed|"
    r"anxious|burn(?:ed|t) out)\b|"
    r"\bdo you (?:feel|get) (?:\w+ ){0,2}(?:exhausted|stressed|depressed|anxious|ill|tired)|\bsick leave\b|\boff sick\b|"
    r"\b(?:do you have|have you (?:ever )?had|do you take|are you on|i have) (?:an? |any |the )?(?:\w+ )?(?:disability|illness|disease|"
    r"burn-?out|depression|medication|treatment|back pain|health problems?)|\bdo you sleep|\bhave you slept"
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
_NAMED_BOSS: Final = (
    r"(?:le |la |les |l’|du |de la |des |au |à la |aux |en la )"
    r"(?:directeurs?|directrices?|direction|hiérarchie|chef(?:fe)?s?(?: de service| d’équipe)?|managers?|encadrante?s?|"
    r"supérieure?s?(?: hiérarchiques?)?|responsables?(?: hiérarchiques?| d’équipe| de service)?|présidente?s?)"
)
_ENGLISH_BOSS: Final = (
    r"(?:(?:line )?managers?|boss(?:es)?|supervisors?|superiors?|director|management|leadership|team leader)"
)
# An opinion about the one who directs, however that person is named.
_JUDGED_SUPERIOR: Final = re.compile(
    rf"\b(?:pensez-vous|pensent|jugez-vous|notez|évaluez|trouvez-vous|faites-vous confiance|avez-vous confiance|"
    rf"confiance|que diriez-vous|appréciez-vous) (?:\w+ ){{0,3}}{_NAMED_BOSS}\b|"
    rf"\b{_NAMED_BOSS} (?:vous|m’|me|t’|nous) ?(?:écout|souti|aid|respect|inform|encourag|reconna|considèr|félicit|compren)\w*|"
    rf"\b{_NAMED_BOSS} (?:est|sont)(?:-(?:il|elle)s?)? (?:un |une |de )?(?:\w+ )?(?:bon(?:ne)?s?|mauvaise?s?|compétente?s?|justes?|"
    rf"équitables?|disponibles?|à l’écoute|honnêtes?|autoritaires?)\b|"
    rf"\b(?:votre|vos) (?:\w+ )?{_BOSS}(?: de service| d’équipe| hiérarchiques?)? (?:\w+-t?-?(?:il|elle)s?|est|sont|sait|"
    rf"a) ?(?:\w+ ){{0,2}}(?:à l’écoute|promesses|bon|bonne|mauvaise?|honnêtes?|autoritaires?|exemplaires?)\b|"
    rf"\bnotez (?:\w+ ){{0,2}}{_BOSS}\b|\b(?:êtes-vous|vous êtes|je suis) (?:bien |mal |correctement )?"
    rf"(?:managée?s?|dirigée?s?|encadrée?s?|commandée?s?)\b|"
    rf"\b(?:trust|think of|rate|describe|like|respect|appreciate|think about) (?:your |the |our )(?:\w+ )?{_ENGLISH_BOSS}\b|"
    rf"\b(?:your|the) (?:\w+ )?{_ENGLISH_BOSS} (?:\w+ ){{0,2}}(?:help|listen|support|respect|trust|care|encourag|understand|"
    rf"praise)(?:s|es)? (?:to |about )?you\b|\b(?:is|are) (?:your|the) {_ENGLISH_BOSS} (?:\w+ )?(?:good|bad|fair|honest|competent|"
    rf"available)\b"
)
_SATISFACTION: Final = re.compile(
    r"\b(?:êtes|seriez|vous sentez|étiez|vous êtes|je suis|je me sens|j’étais)(?:-vous)? (?:[\w-]+ ){0,3}"
    r"(?:(?:in)?satisf\w+|mécontente?s?|contente?s?|heureu(?:x|se)|fi(?:er|ère)s?)\b(?! de vous| de l’(?:accompagnement|appui|aide|offre)| des? (?:services?|formations?|accompagnements?)| du (?:dla|service|dispositif))|"
    r"\b(?:votre|mon) (?:niveau de |degré de )?(?:in)?satisfaction\b|\bsatisfaite?s? (?:de|par) (?:votre|vos|mon|ma|mes)\b|"
    r"\b(?:votre|mon) travail (?:me|vous) (?:plaît|satisfait)|\brecommanderi(?:ez|ais|ons)\b|"
    r"\b(?:aimez-vous|j’aime|appréciez-vous) (?:\w+ )?(?:votre|mon|ce) (?:travail|métier|emploi|poste)|(?<![\w-])vous (?:satisf(?:ait|ont)|plaît)\b|"
    r"\b(?:travail|métier|emploi|poste|salaire)\w* vous (?:plaît|satisfait)|\bvous épanouiss\w+|\bje m’épanouis|"
    r"\b(?:envisagez-vous|pensez-vous|songez-vous) (?:\w+ ){0,2}(?:de |à )?(?:quitter|démissionner|changer d’emploi)|"
    r"\bhow (?:satisfied|happy) are you\b|\bdo you (?:\w+ )?(?:like|enjoy|love) (?:your|the) (?:\w+ )?(?:job|work|pay)\b|"
    r"\b(?:thinking of|planning to|considering) (?:leav|quit|resign)\w*|"
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
    boss = (
        _MY_SUPERIOR.search(said)
        or _JUDGED_SUPERIOR.search(said)
        or (_OPINION.search(said) and _YOUR_SUPERIOR.search(said))
    )
    if boss:
        return "superior", boss[0]
    match = _SATISFACTION.search(said)
    return ("satisfaction", match[0]) if match else None
