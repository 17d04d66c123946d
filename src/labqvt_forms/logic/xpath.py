"""Our formulas as text: the XPath subset of XLSForm, read and written."""

from __future__ import annotations

import re
from decimal import Decimal

from labqvt_forms.logic.numbers import text_of
from labqvt_forms.logic.parsing import OutsideSubset, Parser, Token, known_call, tokens_of
from labqvt_forms.logic.tree import Answer, Call, Itself, Literal, Negative, Node, Operation

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
_STRENGTH = {operator: level for level, operators in enumerate(_LEVELS) for operator in operators}


def parse_xpath(text: str) -> Node:
    """Read a formula.

    >>> print_xpath(parse_xpath("${sex}='female' and ${age}>=15"))
    "${sex} = 'female' and ${age} >= 15"

    Raises
    ------
    OutsideSubset
        Naming what is not understood.
    """
    return _Parser(tokens_of(text, _TOKEN)).whole()


class _Parser(Parser):
    operators = {operator: (operator, level) for operator, level in _STRENGTH.items()}
    any_case = False

    def operand(self) -> Node:
        if self.peek() == Token("sign", "-"):
            self.at += 1
            with self.deeper():
                return Negative(self.operand())
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

    def call(self, name: str) -> Node:
        if self.peek() != Token("sign", "("):
            raise OutsideSubset(f"« {name} » n’est pas une fonction ni une réponse.")
        self.at += 1
        return known_call(name, self.sequence())


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
