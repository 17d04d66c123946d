"""French words the patterns cannot tell apart by their shape."""

from __future__ import annotations

from typing import Final

# fmt: off
ADJECTIVES: Final = frozenset((
    "clair", "claire", "clairs", "claires", "utile", "utiles", "juste", "justes", "sûr", "sûre", "sûrs",
    "sûres", "calme", "calmes", "bon", "bonne", "bons", "bonnes", "rapide", "rapides", "simple",
    "simples", "facile", "faciles", "difficile", "difficiles", "efficace", "efficaces", "équitable",
    "équitables", "honnête", "honnêtes", "libre", "libres", "autonome", "autonomes", "stable", "stables",
    "propre", "propres", "sain", "saine", "sains", "saines", "moderne", "modernes", "riche", "riches",
    "complet", "complète", "complets", "complètes", "compétent", "compétente", "compétents",
    "compétentes", "heureux", "heureuse", "triste", "tristes", "sympathique", "sympathiques", "solidaire",
    "solidaires", "transparent", "transparente", "transparents", "transparentes", "régulier", "régulière",
    "réguliers", "régulières", "varié", "variée", "variés", "variées", "serein", "sereine", "sereins",
    "sereines", "fier", "fière", "fiers", "fières", "poli", "polie", "court", "courte", "courts",
    "courtes", "long", "longue", "longs", "longues", "fort", "forte", "forts", "fortes", "lourd",
    "lourde", "lourds", "lourdes", "neuf", "neuve", "tendu", "tendue", "tendus", "tendues", "reconnu",
    "reconnue", "reconnus", "reconnues", "soutenu", "soutenue", "soutenus", "soutenues", "entendu",
    "entendue", "entendus", "entendues", "compris", "comprise", "comprises", "content", "contente",
    "contents", "contentes", "permanent", "permanente", "vivant", "souple", "souples", "ouvert",
    "ouverte", "ouverts", "ouvertes", "disponible", "disponibles", "cohérent", "cohérente", "cohérents",
    "cohérentes",
))
"""Judgements that no ending gives away."""
PARTICIPLES_IN_TE: Final = frozenset(
    f"{stem}{end}"
    for stem in (
        "écouté", "respecté", "traité", "consulté", "accepté", "adapté", "félicité", "invité", "limité", "apprécié", "motivé",
        "épuisé",
    )
    for end in ("", "e", "s", "es")
)
"""Words in -té are nouns (santé, sécurité) unless they are here."""
NOUNS: Final = frozenset((
    "salarié", "salariée", "salariés", "salariées", "employé", "employée", "employés", "employées",
    "associé", "associés", "retraité", "retraités", "diplômé", "diplômés", "blessé", "blessés", "délégué",
    "délégués", "élu", "élus", "marié", "mariée", "divorcé", "divorcée", "séparé", "séparée", "année",
    "années", "journée", "journées", "soirée", "soirées", "matinée", "entrée", "entrées", "durée",
    "durées", "idée", "idées", "arrivée", "pensée", "donnée", "données", "congé", "congés", "café",
    "côté", "passé", "métier", "métiers", "matériel", "matériels", "professionnel", "professionnels",
    "professionnelles", "professionnelle", "personnel", "personnels", "responsable", "responsables",
    "collectif", "collectifs", "individuel", "individuels", "individuelle", "individuelles", "objectif",
    "objectifs", "adhérent", "adhérents", "local", "locaux", "hôpital", "général", "technique",
    "techniques", "pratique", "pratiques", "politique", "politiques", "physique", "physiques", "mental",
    "mentale", "social", "sociale", "sociaux", "économique", "économiques", "public", "publics",
    "publique", "privé", "privée", "oral", "orale", "écrit", "écrite", "national", "nationale",
    "régional", "régionale", "interne", "internes", "externe", "externes",
))
"""Words shaped like adjectives that name things, or that sort without judging: their couples are one idea."""
INFINITIVES: Final = frozenset((
    "faire", "prendre", "apprendre", "comprendre", "dire", "lire", "écrire", "mettre", "permettre",
    "connaître", "reconnaître", "suivre", "vivre", "répondre", "attendre", "entendre", "rendre",
    "résoudre", "construire", "conduire", "produire", "être", "transmettre", "atteindre", "rejoindre",
    "perdre", "croire", "défendre", "réduire", "traduire", "surprendre", "entreprendre", "avoir",
    "savoir", "pouvoir", "devoir", "vouloir", "voir", "recevoir", "prévoir",
))
"""Verbs in -re and -oir; those in -er and -ir show."""
VERBS_IN_IER: Final = frozenset((
    "étudier", "vérifier", "simplifier", "remercier", "confier", "identifier", "modifier", "planifier",
    "apprécier", "varier", "oublier", "concilier", "bénéficier", "justifier", "publier", "signifier",
    "clarifier",
))
"""Most words in -ier are nouns: these are not."""
NOT_INFINITIVES: Final = frozenset((
    "plaisir", "avenir", "loisir", "souvenir", "désir", "hiver", "danger", "foyer", "loyer", "premier",
    "dernier", "entier", "régulier", "particulier", "cher", "hier", "soir", "espoir", "pouvoir", "miroir",
    "trottoir",
))
"""Words in -er, -ir and -oir that are not verbs."""
# fmt: on
