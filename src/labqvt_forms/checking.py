"""What is wrong with the logic of a questionnaire, found without answering it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from labqvt_forms.analysis import Reach
from labqvt_forms.findings import Finding, Remark, Severity, finding
from labqvt_forms.items import Computed, MultipleChoice, Question, SingleChoice
from labqvt_forms.languages import base_of, ours_for
from labqvt_forms.logic import Formula, Node
from labqvt_forms.logic.tree import Answer, Call, Itself, Literal, Operation, rebuilt, walk
from labqvt_forms.questionnaire import Questionnaire, Variable, variables_of
from labqvt_forms.sentences import sentence
from labqvt_forms.spots import Part, Spot, Use, formulas

Tell = Callable[[Formula], str]

REMARKS: Final = {
    "outside": Remark(
        Severity.WARNING,
        "La formule {formula} ne sera pas évaluée : {why}",
        "Réécrivez-la avec les questions de ce questionnaire, ou retirez-la.",
        "The formula {formula} will not be evaluated: it uses something we do not read.",
        "Write it again with the questions of this questionnaire, or remove it.",
    ),
    "unknown_reference": Remark(
        Severity.ERROR,
        "La formule {formula} cite « {id} », qui n’existe pas.",
        "Choisissez une question de ce questionnaire.",
        "The formula {formula} reads “{id}”, which does not exist.",
        "Choose a question of this questionnaire.",
    ),
    "unknown_code": Remark(
        Severity.ERROR,
        "{formula} ne peut jamais être vrai : « {code} » n’est pas un code de « {id} » ({codes}).",
        "Choisissez une des réponses proposées.",
        "{formula} can never be true: “{code}” is not a code of “{id}” ({codes}).",
        "Choose one of the answers offered.",
    ),
    "stray_code": Remark(
        Severity.WARNING,
        "{formula} cite « {code} », qui n’est pas un code de « {id} » ({codes}).",
        "Choisissez une des réponses proposées.",
        "{formula} reads “{code}”, which is not a code of “{id}” ({codes}).",
        "Choose one of the answers offered.",
    ),
    "two_codes": Remark(
        Severity.ERROR,
        "{formula} ne peut jamais être vrai : « {id} » ne peut pas valoir à la fois « {code} » et « {other} ».",
        "Demandez l’une ou l’autre réponse avec « ou ».",
        "{formula} can never be true: “{id}” cannot be both “{code}” and “{other}”.",
        "Ask for either answer with “or”.",
    ),
    "contradiction": Remark(
        Severity.ERROR,
        "{formula} ne peut jamais être vrai : aucune réponse possible ne le permet.",
        "Relisez chaque partie de la condition : deux d’entre elles se contredisent.",
        "{formula} can never be true: no possible answer allows it.",
        "Read each part of the condition again: two of them contradict each other.",
    ),
    "contradicts_outer": Remark(
        Severity.ERROR,
        "{formula} ne peut jamais être vrai en même temps que la condition de {outer}.",
        "Changez l’une des deux conditions.",
        "{formula} can never be true together with the condition of {outer}.",
        "Change one of the two conditions.",
    ),
    "depends_on_hidden": Remark(
        Severity.ERROR,
        "{formula} ne peut jamais être vrai : il dépend d’une question qui n’est pas posée alors (« {id} »).",
        "Vérifiez quand cette question est affichée.",
        "{formula} can never be true: it depends on a question that is not asked then (“{id}”).",
        "Check when that question is shown.",
    ),
    "always": Remark(
        Severity.HINT,
        "{formula} est toujours vrai : cette condition ne change rien.",
        "Retirez-la, ou corrigez-la si elle devait cacher quelque chose.",
        "{formula} is always true: this condition changes nothing.",
        "Remove it, or correct it if it was meant to hide something.",
    ),
    "forward": Remark(
        Severity.WARNING,
        "{formula} lit la réponse à « {id} », qui n’est demandée que plus loin.",
        "Déplacez cette question avant, ou celle-ci après.",
        "{formula} reads the answer to “{id}”, which is only asked later.",
        "Move that question before, or this one after.",
    ),
    "impossible_rule": Remark(
        Severity.ERROR,
        "Aucune réponse ne peut satisfaire la règle {formula}.",
        "Corrigez la règle : personne ne pourrait passer cette question.",
        "No answer can satisfy the rule {formula}.",
        "Correct the rule: nobody could get past this question.",
    ),
    "circle": Remark(
        Severity.ERROR,
        "Cercle de conditions : {circle}.",
        "Retirez l’une de ces conditions : chacune attend l’autre.",
        "Circle of conditions: {circle}.",
        "Remove one of these conditions: each waits for the other.",
    ),
}
_OUTER: Final = {
    "fr": {Part.ITEM: "son groupe", Part.ROW: "sa question ou de son groupe"},
    "en": {Part.ITEM: "its group", Part.ROW: "its question or group"},
}


def check_logic(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return one French sentence per mistake, with the id of what it belongs to.

    Formulas outside the subset, references to nothing, items that depend on themselves or on what comes
    later, conditions and rules that no answer can satisfy. Mere hints are left to ``logic_findings``.
    """
    found = _findings(questionnaire, "fr", lambda formula: f"« {formula.text} »")
    return tuple(
        dict.fromkeys(_placed(use, each) for use, each in found if each.severity is not Severity.HINT)
    )


def logic_findings(questionnaire: Questionnaire, language: str = "") -> tuple[Finding, ...]:
    """Return the same as findings with their place, conditions told as sentences, and hints too."""
    language = language or questionnaire.language

    def tell(formula: Formula) -> str:
        told = sentence(formula.tree, questionnaire, language) if formula.tree else formula.text
        # Labels inside already stand between the usual quotes.
        return f"“{told}”" if base_of(language) == "fr" else f"‘{told}’"

    return tuple(dict.fromkeys(each for _, each in _findings(questionnaire, language, tell)))


def _placed(use: Use | None, each: Finding) -> str:
    if use is None:
        return each.sentence[0].lower() + each.sentence[1:]
    owner = {
        Use.VALIDATION: f"validation de « {each.spot.id} »",
        Use.CALCULATION: f"calcul « {each.spot.id} »",
    }
    group = f"groupe « {each.spot.id} »" if each.spot.part is Part.GROUP else f"« {each.spot.id} »"
    return f"{owner.get(use, group)} : {each.sentence[0].lower()}{each.sentence[1:]}"


def _findings(
    questionnaire: Questionnaire, language: str, tell: Tell
) -> Iterator[tuple[Use | None, Finding]]:
    checker = _Checker(questionnaire, language, tell)
    for spot, use, formula in formulas(questionnaire):
        for each in checker.of_formula(spot, use, formula):
            yield use, each
    for each in checker.circles():
        yield None, each


class _Checker:
    def __init__(self, questionnaire: Questionnaire, language: str, tell: Tell) -> None:
        self.questionnaire = questionnaire
        self.language = language
        self.tell = tell
        self.known = {variable.id: variable for variable in questionnaire.variables}
        self.ranks = {variable.id: rank for rank, variable in enumerate(questionnaire.variables)}
        self.items = {item.id: item for item in questionnaire.items}
        self.reach = Reach(questionnaire)
        self.group_of = {item.id: group.relevant for group in questionnaire.groups for item in group.items}
        self.first_of_group = {group.id: group.items[0].id for group in questionnaire.groups if group.items}

    def said(self, kind: str, spot: Spot, **holes: object) -> Finding:
        return finding(REMARKS, kind, spot, self.language, **holes)

    def of_formula(self, spot: Spot, use: Use, formula: Formula) -> Iterator[Finding]:
        told = self.tell(formula)
        if formula.tree is None:
            yield self.said("outside", spot, formula=told, why=formula.outside)
            return
        cited = formula.reads
        unknown = [id_ for id_ in cited if id_ not in self.known]
        for id_ in unknown:
            yield self.said("unknown_reference", spot, formula=told, id=id_)
        if use is Use.CONDITION and not unknown:
            yield from self.of_condition(spot, formula, told)
            yield from self.read_too_early(spot, told, cited)
        elif use is Use.VALIDATION and not unknown:
            yield from self.of_rule(spot, formula, told)

    def of_condition(self, spot: Spot, formula: Formula, told: str) -> Iterator[Finding]:
        assert formula.tree is not None
        outer = self.outer(spot)
        if self.reach.can_hold((*outer, formula)):
            yield from self.stray_codes(spot, formula.tree, told)
            if self.reach.always(formula, outer):
                yield self.said("always", spot, formula=told)
            return
        explained = next(self.explained(spot, formula.tree, told), None)
        if explained is not None:
            yield explained
        elif not self.reach.can_hold_alone((formula,)):
            yield self.said("contradiction", spot, formula=told)
        elif outer and not self.reach.can_hold_alone((*outer, formula)):
            words = _OUTER[ours_for(self.language)]
            yield self.said("contradicts_outer", spot, formula=told, outer=words[spot.part])
        else:
            read = formula.reads
            hidden = next((id_ for id_ in read if id_ in self.reach.hidden), read[0] if read else "")
            if self.reach.can_hold(outer):
                yield self.said("depends_on_hidden", spot, formula=told, id=hidden)

    def outer(self, spot: Spot) -> tuple[Formula, ...]:
        """Conditions of what holds this part."""
        if spot.part is Part.GROUP:
            return ()
        item_id = spot.owner or spot.id
        own = self.items[item_id].relevant if spot.part is Part.ROW else None
        return tuple(formula for formula in (self.group_of[item_id], own) if formula is not None)

    def explained(self, spot: Spot, tree: Node, told: str) -> Iterator[Finding]:
        """Yield why parts that must all hold cannot: an unknown code, or two codes of one single answer."""
        asked: dict[str, str] = {}
        for id_, code in _demands(tree):
            variable = self.known[id_]
            if variable.choices is None:
                continue
            if unknown := self.unknown_code(variable, code):
                yield self.said("unknown_code", spot, formula=told, id=id_, code=code, codes=unknown)
            elif variable.kind not in ("multiple", "ranking") and asked.setdefault(id_, code) != code:
                yield self.said("two_codes", spot, formula=told, id=id_, code=asked[id_], other=code)

    def stray_codes(self, spot: Spot, tree: Node, told: str) -> Iterator[Finding]:
        for part in walk(tree):
            for id_, code in _demand(part):
                if unknown := self.unknown_code(self.known[id_], code):
                    yield self.said("stray_code", spot, formula=told, id=id_, code=code, codes=unknown)

    def unknown_code(self, variable: Variable, code: str) -> str:
        """Return the first codes of a question that has not this one."""
        other = isinstance(variable.item, SingleChoice | MultipleChoice) and variable.item.other
        if variable.choices is None or other:
            return ""
        codes = [choice.code for choice in variable.choices.choices]
        return "" if code in codes else ", ".join(codes[:8])

    def read_too_early(self, spot: Spot, told: str, cited: tuple[str, ...]) -> Iterator[Finding]:
        rank = self.rank_of(spot)
        for id_ in cited:
            if rank is not None and self.ranks[id_] > rank and not isinstance(self.known[id_].item, Computed):
                yield self.said("forward", spot, formula=told, id=id_)

    def rank_of(self, spot: Spot) -> int | None:
        """Rank of the first answer column of a part; none for a group without question."""
        if spot.part is Part.GROUP:
            first = self.first_of_group.get(spot.id)
            return self.rank_of(Spot.item(first)) if first else None
        item = self.items[spot.owner or spot.id]
        columns = [v.id for v in variables_of(item) if not spot.owner or (v.row and v.row.id == spot.id)]
        return min((self.ranks[id_] for id_ in columns), default=None)

    def of_rule(self, spot: Spot, formula: Formula, told: str) -> Iterator[Finding]:
        assert formula.tree is not None
        item = self.items[spot.id]
        if not isinstance(item, Question):
            return
        for variable in variables_of(item):
            if not self.reach.satisfiable(_about(formula.tree, variable.id), variable):
                yield self.said("impossible_rule", spot, formula=told)
                return

    def circles(self) -> Iterator[Finding]:
        """Yield the variables whose display or value ends up depending on themselves."""
        needs = {variable.id: sorted(set(self.needed(variable))) for variable in self.known.values()}
        settled: set[str] = set()
        for start in needs:
            path: list[str] = []
            waiting: list[tuple[str, bool]] = [(start, False)]
            while waiting:
                id_, leaving = waiting.pop()
                if leaving:
                    settled.add(path.pop())
                elif id_ in path:
                    circle = [*path[path.index(id_) :], id_]
                    yield self.said("circle", self.spot_of(id_), circle=" → ".join(circle))
                elif id_ not in settled:
                    path.append(id_)
                    waiting.append((id_, True))
                    waiting += [(needed, False) for needed in needs.get(id_, ())]

    def needed(self, variable: Variable) -> Iterator[str]:
        item = variable.item
        own = [self.group_of[item.id], item.relevant, variable.row.relevant if variable.row else None]
        own.append(item.formula if isinstance(item, Computed) else None)
        for formula in own:
            if formula is not None:
                yield from formula.reads

    def spot_of(self, id_: str) -> Spot:
        variable = self.known[id_]
        return Spot.row(variable.item.id, variable.row.id) if variable.row else Spot.item(variable.item.id)


def _about(rule: Node, id_: str) -> Node:
    """Put the answer in the place of « . »."""
    return rebuilt(rule, lambda node: Answer(id_) if isinstance(node, Itself) else node)


def _demands(node: Node) -> Iterator[tuple[str, str]]:
    """Yield the (question, code) pairs a formula needs to be true."""
    if isinstance(node, Operation) and node.operator == "and":
        yield from _demands(node.left)
        yield from _demands(node.right)
    else:
        yield from _demand(node)


def _demand(node: Node) -> Iterator[tuple[str, str]]:
    match node:
        case Operation("=", Answer(id_), Literal(str(code))) | Call(
            "selected", (Answer(id_), Literal(str(code)))
        ):
            if code:
                yield id_, code
        case _:
            return
