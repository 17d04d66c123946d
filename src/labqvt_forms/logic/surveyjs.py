"""The expressions of SurveyJS, read into and written from our tree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce

from labqvt_forms.logic.parsing import OutsideSubset, Parser, Token, known_call, tokens_of
from labqvt_forms.logic.tree import Answer, Call, Itself, Literal, Negative, Node, Operation
from labqvt_forms.logic.xpath import number_text

_TOKEN = re.compile(
    r"""[ \t\r\n]*(?:
      (?P<number>\d+(?:\.\d+)?)
    | (?P<text>'(?:\\['"]|[^'"])*'|"(?:\\['"]|[^'"])*")
    | \{(?P<answer>[^{}]+)\}
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<sign>&&|\|\||==|!=|<=|>=|<>|\*=|[-+*/%^<>=!(),\[\]])
    )""",
    re.VERBOSE | re.ASCII,
)
_OPERATORS = {
    **dict.fromkeys(("or", "||"), ("or", 0)),
    **dict.fromkeys(("and", "&&"), ("and", 1)),
    **dict.fromkeys(("=", "==", "equal"), ("=", 2)),
    **dict.fromkeys(("!=", "<>", "notequal"), ("!=", 2)),
    **dict.fromkeys(("<", "less"), ("<", 2)),
    **dict.fromkeys(("<=", "lessorequal"), ("<=", 2)),
    **dict.fromkeys((">", "greater"), (">", 2)),
    **dict.fromkeys((">=", "greaterorequal"), (">=", 2)),
    "+": ("+", 3),
    "-": ("-", 3),
    "*": ("*", 4),
    "/": ("div", 4),
    "%": ("mod", 4),
    **dict.fromkeys(("*=", "contains", "contain"), ("contains", 6)),
    **dict.fromkeys(("notcontains", "notcontain"), ("notcontains", 6)),
    "anyof": ("anyof", 6),
    "allof": ("allof", 6),
    "noneof": ("noneof", 6),
}
_WRITTEN = {
    "or": ("or", 0),
    "and": ("and", 1),
    **{sign: (sign, 2) for sign in ("=", "!=", "<", "<=", ">", ">=")},
    "+": ("+", 3),
    "-": ("-", 3),
    "*": ("*", 4),
    "div": ("/", 4),
    "mod": ("%", 4),
}
_FACTOR = 7
"""Strength of what may stand beside ``contains``: a value, a call, or anything in brackets."""
_FUNCTIONS = {"iif": "if", "sum": "sum", "min": "min", "max": "max", "round": "round", "trunc": "int"}
_FUNCTION_NAMES = {
    **{ours: theirs for theirs, ours in _FUNCTIONS.items()},
    "coalesce": "iif",
    "count-non-empty": "sum",
    "today": "today",
}
_WORDS = frozenset({"empty", "notempty", "negate", "power", *_OPERATORS})
BLANK = Literal("")


@dataclass(frozen=True, slots=True)
class SurveyNames:
    """The names of a SurveyJS survey and what they are for us.

    ``answers``: name between braces (``question``, ``matrix.row``) → id of our variable. ``several``: ids whose
    answer is a list. ``truths``: ids of yes / no answers kept as true and false → their two codes.
    ``codes``: id → codes that had to change, by what they were. ``itself``: name of the question being checked.
    ``fixed``: names that stand for a text (``item``, ``row``).
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    several: frozenset[str] = frozenset()
    truths: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    itself: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def parse_surveyjs(text: str, names: SurveyNames) -> Node:
    """Read an expression of SurveyJS; OutsideSubset names what our tree cannot say."""
    return _Parser(tokens_of(text, _TOKEN), names).whole()


class _Parser(Parser):
    operators = _OPERATORS

    def __init__(self, tokens: list[Token], names: SurveyNames) -> None:
        super().__init__(tokens)
        self.names = names

    def joined(self, operator: str, strength: int, left: Node) -> Node:
        """Read the right side; that of ``contains`` and its like may be an array, and is never an operation."""
        if strength == _FACTOR - 1:
            return self.membership(operator, left)
        return super().joined(operator, strength, left)

    def operation(self, operator: str, left: Node, right: Node) -> Node:
        """Join two parts; a yes / no kept as true or false is compared with its code."""
        for answer, other in ((left, right), (right, left)):
            if isinstance(answer, Answer) and answer.id in self.names.truths and _truth(other) is not None:
                code = Literal(self.names.truths[answer.id][0 if _truth(other) else 1])
                left, right = (answer, code) if answer is left else (code, answer)
                break
        return Operation(operator, left, right)

    def membership(self, operator: str, left: Node) -> Node:
        """Read ``contains 'a'``, ``anyof ['a', 'b']``… ; of an answer that is not a list, text is searched."""
        right = self.array() if self.peek() == Token("sign", "[") else (self.operand(),)
        of_list = isinstance(left, Answer) and left.id in self.names.several
        if operator in ("contains", "notcontains") and not of_list:
            found: Node = known_call("contains", (left, *right))
        elif isinstance(left, Answer) and right:
            each: list[Node] = [known_call("selected", (left, self.code(left, code))) for code in right]
            joint = "and" if operator in ("contains", "notcontains", "allof") else "or"
            found = reduce(lambda first, second: Operation(joint, first, second), each[1:], each[0])
        else:
            raise OutsideSubset(f"« {operator} » ne s’applique qu’à une réponse.")
        return Call("not", (found,)) if operator in ("notcontains", "noneof") else found

    def code(self, answer: Answer, written: Node) -> Node:
        if isinstance(written, Literal) and isinstance(written.value, str):
            return Literal(self.names.codes.get(answer.id, {}).get(written.value, written.value))
        return written

    def array(self) -> tuple[Node, ...]:
        self.take("[")
        return self.sequence("]")

    def operand(self) -> Node:
        node = self.primary()
        word = self.peek().text.lower() if self.peek().kind == "name" else ""
        if word in ("empty", "notempty"):
            self.at += 1
            return Operation("=" if word == "empty" else "!=", node, BLANK)
        return node

    def primary(self) -> Node:
        token = self.peek()
        self.at += 1
        match token.kind:
            case "number":
                node: Node = Literal(float(token.text))
            case "text":
                node = Literal(re.sub(r"\\(['\"])", r"\1", token.text[1:-1]))
            case "answer":
                node = self.answer(token.text)
            case "name":
                node = self.word(token.text)
            case _:
                node = self.after_sign(token)
        return node

    def after_sign(self, token: Token) -> Node:
        match token.text:
            case "(":
                return self.inside()
            case "!":
                return self.negation()
            case "-" if self.peek().kind == "number":
                return Negative(self.primary())
            case "":
                raise OutsideSubset("la formule est inachevée.")
            case sign:
                raise OutsideSubset(f"« {sign} » est inattendu.")

    def negation(self) -> Node:
        with self.deeper():
            return Call("not", (self.operand(),))

    def answer(self, written: str) -> Node:
        name = written.strip()
        if name in self.names.fixed:
            return Literal(self.names.fixed[name])
        if self.names.itself and name == self.names.itself:
            return Itself()
        if name in self.names.answers:
            return Answer(self.names.answers[name])
        stem, dot, suffix = name.rpartition(".")
        if dot and suffix == "length":
            measured = self.answer(stem)
            of_list = isinstance(measured, Answer) and measured.id in self.names.several
            return Call("count-selected" if of_list else "string-length", (measured,))
        raise OutsideSubset(f"« {{{name}}} » ne désigne aucune question.")

    def word(self, name: str) -> Node:
        if self.peek() == Token("sign", "("):
            self.at += 1
            return self.known(name, self.sequence(")"))
        folded = name.lower()
        if folded == "negate":
            return self.negation()
        if folded in ("true", "false"):
            return Call(folded)
        if folded in _WORDS or name in ("undefined", "null"):
            raise OutsideSubset(f"« {name} » est inattendu.")
        return Literal(name)

    def known(self, name: str, arguments: tuple[Node, ...]) -> Node:
        if name in ("today", "currentDate") and not arguments:
            return Call("today")
        if name == "count":
            return known_call("count-non-empty", arguments)
        if name not in _FUNCTIONS:
            raise OutsideSubset(f"la fonction « {name} » n’est pas prise en charge.")
        match name, arguments:
            case "iif", (Operation("=", tested, Literal("")), otherwise, kept) if tested == kept:
                return Call("coalesce", (tested, otherwise))
            case "sum", (_, *_) if all(_counted(argument) is not None for argument in arguments):
                counted = [_counted(argument) for argument in arguments]
                return Call("count-non-empty", tuple(part for part in counted if part is not None))
            case _:
                return known_call(_FUNCTIONS[name], arguments)


def _truth(node: Node) -> bool | None:
    match node:
        case Call("true", ()):
            return True
        case Call("false", ()):
            return False
        case _:
            return None


def _counted(node: Node) -> Node | None:
    """Return x of ``iif(x notempty, 1, 0)``."""
    match node:
        case Call("if", (Operation("!=", counted, Literal("")), Literal(1.0), Literal(0.0))):
            return counted
        case _:
            return None


def print_surveyjs(node: Node, names: SurveyNames) -> str:
    """Write an expression for SurveyJS; OutsideSubset names what it cannot say."""
    return _Printer(names).print(node, 0)


class _Printer:
    def __init__(self, names: SurveyNames) -> None:
        self.names = names
        self.names_of = {id_: name for name, id_ in names.answers.items()}

    def print(self, node: Node, level: int) -> str:
        match node:
            case Literal(value):
                return number_text(value) if isinstance(value, float) else quoted(value)
            case Answer(id_):
                return f"{{{self.name(id_)}}}"
            case Itself():
                if not self.names.itself:
                    raise OutsideSubset("« . » n’a de sens que dans une validation.")
                return f"{{{self.names.itself}}}"
            case Negative(Literal(float(value))):
                return f"-{number_text(value)}"
            case Negative():
                raise OutsideSubset("SurveyJS ne change pas le signe d’une réponse.")
            case Operation(operator, left, right):
                return self.operation(operator, left, right, level)
            case Call(name, arguments):
                return self.call(name, arguments, level)

    def name(self, id_: str) -> str:
        name = self.names_of.get(id_, "")
        if not name or name == self.names.itself:
            raise OutsideSubset(f"« ${{{id_}}} » ne peut pas être citée ainsi.")
        return name

    def operation(self, operator: str, left: Node, right: Node, level: int) -> str:
        if operator in ("=", "!=") and right == BLANK and isinstance(left, Answer | Itself):
            return f"{self.print(left, _FACTOR)} {'empty' if operator == '=' else 'notempty'}"
        if self.is_list(left) or self.is_list(right):
            raise OutsideSubset("SurveyJS ne compare pas une réponse à choix multiple à une valeur.")
        sign, own = _WRITTEN[operator]
        written = f"{self.print(left, own)} {sign} {self.print(right, own + 1)}"
        return f"({written})" if own < level else written

    def call(self, name: str, arguments: tuple[Node, ...], level: int) -> str:
        match name, arguments:
            case "selected", (Answer() as answer, Literal() as code):
                sign, right = "contains", self.print(code, _FACTOR)
                if not self.is_list(answer):
                    sign, right = "anyof", f"[{right}]"
                return self.member(answer, sign, right, level)
            case "contains", (value, part) if not self.is_list(value):
                return self.member(value, "contains", self.print(part, _FACTOR), level)
            case "count-selected" | "string-length", (Answer() | Itself() as measured,):
                return self.length(name, measured)
            case "true" | "false", ():
                return name
            case "not", (operand,):
                return f"!({self.print(operand, 0)})"
            case _:
                return f"{self.function(name)}({', '.join(self.arguments(name, arguments))})"

    def function(self, name: str) -> str:
        if name not in _FUNCTION_NAMES:
            raise OutsideSubset(f"la fonction « {name} » n’existe pas dans SurveyJS.")
        return _FUNCTION_NAMES[name]

    def arguments(self, name: str, arguments: tuple[Node, ...]) -> list[str]:
        match name, arguments:
            case "coalesce", (first, second):
                return [self.emptiness(first, "="), self.print(second, 0), self.print(first, 0)]
            case "count-non-empty", _:
                return [f"iif({self.emptiness(part, '!=')}, 1, 0)" for part in arguments]
            case _:
                return [self.print(part, 0) for part in arguments]

    def length(self, name: str, measured: Answer | Itself) -> str:
        """Both the boxes ticked and the signs of a text are a length."""
        if self.is_list(measured) is (name == "string-length"):
            raise OutsideSubset(f"la fonction « {name} » n’existe pas dans SurveyJS.")
        return f"{self.print(measured, _FACTOR)[:-1]}.length}}"

    def member(self, value: Node, sign: str, part: str, level: int) -> str:
        written = f"{self.print(value, _FACTOR)} {sign} {part}"
        return f"({written})" if level > _FACTOR - 1 else written

    def is_list(self, node: Node) -> bool:
        return isinstance(node, Answer) and node.id in self.names.several

    def emptiness(self, node: Node, operator: str) -> str:
        return self.operation(operator, node, BLANK, 0)


def quoted(text: str) -> str:
    """Write a text between quotes; those inside are escaped, and a bar before them cannot be."""
    if re.search(r"\\(?:['\"]|$)", text):
        raise OutsideSubset(f"le texte « {text} » ne peut pas s’écrire dans une formule de SurveyJS.")
    return "'" + re.sub(r"(['\"])", r"\\\1", text) + "'"
