"""Our formulas as text: the XPath subset of XLSForm, read and written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from labqvt_forms.errors import QuestionnaireError
from labqvt_forms.logic.numbers import text_of
from labqvt_forms.logic.tree import (
    DEEPEST,
    FUNCTIONS,
    Answer,
    Call,
    Itself,
    Literal,
    Negative,
    Node,
    Operation,
    children,
)


class OutsideSubset(QuestionnaireError):  # noqa: N818 - what it says: the formula is fine elsewhere, not ours
    """The formula uses something our subset does not have."""


_TOKEN = re.compile(
    r"""[ \t\r\n]*(?:
      (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<text>"[^"]*"|'[^']*')
    | \$\{[ ]*(?P<answer>[^}\s]+)[ ]*\}
    | (?P<name>[A-Za-z_][\w-]*(?::[\w-]+)?)
    | (?P<sign><=|>=|!=|[-+*=<>(),]|\.(?![./]))
    )""",
    re.VERBOSE | re.ASCII,
)
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",),
    ("and",),
    ("=", "!="),
    ("<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "div", "mod"),
)
DEEPEST_BRACKETS = 60
_STRENGTH = {operator: level for level, operators in enumerate(_LEVELS) for operator in operators}


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str


def parse_xpath(text: str) -> Node:
    """Read a formula.

    >>> print_xpath(parse_xpath("${sex}='female' and ${age}>=15"))
    "${sex} = 'female' and ${age} >= 15"

    Raises
    ------
    OutsideSubset
        Naming what is not understood.
    """
    return _Parser(_tokens(text)).whole()


def _tokens(text: str) -> list[Token]:
    text = text.rstrip(" \t\r\n")
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise OutsideSubset(f"« {text[at : at + 20].strip()} » n’est pas compris.")
        tokens.append(Token(match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return tokens


class _Parser:
    """Climbs the levels of priority; left to right inside one level."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def whole(self) -> Node:
        node = self.level(0)
        if self.at < len(self.tokens):
            raise OutsideSubset(f"« {self.tokens[self.at].text} » est de trop.")
        if depth_of(node) > DEEPEST:
            raise OutsideSubset("la formule est trop imbriquée.")
        return node

    def peek(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else Token("end", "")

    def take(self, text: str) -> None:
        if self.peek().text != text or self.peek().kind == "text":
            raise OutsideSubset(f"« {text} » manque.")
        self.at += 1

    def level(self, weakest: int) -> Node:
        """Read operations at least as strong as ``weakest``."""
        node = self.unary()
        while self.peek().kind in ("name", "sign"):
            operator = self.peek().text
            strength = _STRENGTH.get(operator, -1)
            if strength < weakest:
                break
            self.at += 1
            node = Operation(operator, node, self.level(strength + 1))
        return node

    def unary(self) -> Node:
        if self.peek() == Token("sign", "-"):
            self.at += 1
            self.depth += 1
            if self.depth > DEEPEST_BRACKETS:
                raise OutsideSubset("la formule est trop imbriquée.")
            node = Negative(self.unary())
            self.depth -= 1
            return node
        return self.primary()

    def primary(self) -> Node:
        token = self.peek()
        self.at += 1
        match token.kind:
            case "number":
                return Literal(float(token.text))
            case "text":
                return Literal(token.text[1:-1])
            case "answer":
                return Answer(token.text)
            case "name":
                return self.call(token.text)
            case "sign" if token.text == ".":
                return Itself()
            case "sign" if token.text == "(":
                return self.inside()
            case _:
                found = f"« {token.text} » est inattendu." if token.text else "la formule est inachevée."
                raise OutsideSubset(found)

    def inside(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST_BRACKETS:
            raise OutsideSubset("la formule est trop imbriquée.")
        node = self.level(0)
        self.depth -= 1
        self.take(")")
        return node

    def call(self, name: str) -> Node:
        if self.peek() != Token("sign", "("):
            raise OutsideSubset(f"« {name} » n’est pas une fonction ni une réponse.")
        self.at += 1
        self.depth += 1
        if self.depth > DEEPEST_BRACKETS:
            raise OutsideSubset("la formule est trop imbriquée.")
        arguments: list[Node] = []
        while self.peek() != Token("sign", ")"):
            if arguments:
                self.take(",")
            arguments.append(self.level(0))
        self.at += 1
        self.depth -= 1
        return known_call(name, tuple(arguments))


def known_call(name: str, arguments: tuple[Node, ...]) -> Call:
    """Build a call of the subset, or say what is wrong with it."""
    if name not in FUNCTIONS:
        raise OutsideSubset(f"la fonction « {name} » n’est pas prise en charge.")
    fewest, most = FUNCTIONS[name]
    if not fewest <= len(arguments) <= most:
        raise OutsideSubset(f"« {name} » ne prend pas {len(arguments)} argument(s).")
    return Call(name, arguments)


def depth_of(node: Node) -> int:
    """Measure without recursion: a chain of thousands of « or » is a very deep tree."""
    deepest, waiting = 0, [(node, 1)]
    while waiting:
        part, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [(child, depth + 1) for child in children(part)]
    return deepest


def print_xpath(node: Node) -> str:
    """Write a formula in its one canonical form, with no useless parenthesis."""
    return _print(node, 0)


def _print(node: Node, level: int) -> str:
    match node:
        case Literal(value):
            return _literal(value)
        case Answer(id_):
            return f"${{{id_}}}"
        case Itself():
            return "."
        case Negative(operand):
            return f"-{_print(operand, len(_LEVELS))}"
        case Call(name, arguments):
            return f"{name}({', '.join(_print(argument, 0) for argument in arguments)})"
        case Operation(operator, left, right):
            own = _STRENGTH[operator]
            written = f"{_print(left, own)} {operator} {_print(right, own + 1)}"
            return f"({written})" if own < level else written


def number_text(value: float) -> str:
    """Write a number without exponent, which no formula language reads."""
    written = text_of(value)
    return format(Decimal(repr(value)), "f") if "e" in written else written


def _literal(value: float | str) -> str:
    if isinstance(value, float):
        return number_text(value)
    if "'" not in value:
        return f"'{value}'"
    if '"' not in value:
        return f'"{value}"'
    raise OutsideSubset("un texte contenant à la fois ' et \" ne peut pas s’écrire dans une formule.")
