"""The ExpressionScript subset of LimeSurvey, read into and written from our tree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from labqvt_forms.logic.parsing import OutsideSubset, Parser, Token, known_call, tokens_of
from labqvt_forms.logic.tree import Answer, Call, Itself, Literal, Negative, Node, Operation
from labqvt_forms.logic.xpath import number_text

_TOKEN = re.compile(
    r"""[ \t\r\n]*(?:
      (?P<sgqa>\d+X\d+X\d+\w*(?:\#\d)?(?:\.\w+)?)
    | (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<text>"(?:\\"|[^"])*"|'(?:\\'|[^'])*')
    | (?P<name>[A-Za-z_]\w*(?:\.\w+)?)
    | (?P<sign>&&|\|\||==|!=|<=|>=|[-+*/<>!(),])
    )""",
    re.VERBOSE | re.ASCII,
)
_OPERATORS = {
    "||": ("or", 0),
    "or": ("or", 0),
    "&&": ("and", 1),
    "and": ("and", 1),
    "==": ("=", 2),
    "eq": ("=", 2),
    "!=": ("!=", 2),
    "ne": ("!=", 2),
    "<": ("<", 3),
    "lt": ("<", 3),
    "<=": ("<=", 3),
    "le": ("<=", 3),
    ">": (">", 3),
    "gt": (">", 3),
    ">=": (">=", 3),
    "ge": (">=", 3),
    "+": ("+", 4),
    "-": ("-", 4),
    "*": ("*", 5),
    "/": ("div", 5),
}
_WRITTEN = {
    "or": ("||", 0),
    "and": ("&&", 1),
    "=": ("==", 2),
    "!=": ("!=", 2),
    **{sign: (sign, 3) for sign in ("<", "<=", ">", ">=")},
    "+": ("+", 4),
    "-": ("-", 4),
    "*": ("*", 5),
    "div": ("/", 5),
}
_FUNCTIONS = {
    "if": "if",
    "count": "count-non-empty",
    "sum": "sum",
    "min": "min",
    "max": "max",
    "abs": "abs",
    "round": "round",
    "intval": "int",
    "floatval": "number",
    "strlen": "string-length",
    "join": "concat",
}
_FUNCTION_NAMES = {ours: theirs for theirs, ours in _FUNCTIONS.items()}
_CODE_SUFFIXES = frozenset({"NAOK", "code", "value", "valueNAOK"})
BLANK = Literal("")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a LimeSurvey survey and what they are for us.

    ``answers``: name in expressions → id of our variable. ``options``: name → (variable, code) for the boxes
    of multiple choices, whose value is « Y » when ticked.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    """What follows survey and group in ``42X7X13SQ1`` (question, then row) → the name in expressions."""

    def options_of(self, variable: str) -> list[str]:
        """Names of the boxes of one multiple choice."""
        return [name for name, (id_, _) in self.options.items() if id_ == variable]


def parse_expressionscript(text: str, names: Names) -> Node:
    """Read a formula of LimeSurvey; OutsideSubset names what our tree cannot say."""
    return _Parser(tokens_of(text, _TOKEN), names).whole()


class _Parser(Parser):
    operators = _OPERATORS

    def __init__(self, tokens: list[Token], names: Names) -> None:
        super().__init__(tokens)
        self.names = names

    def operation(self, operator: str, left: Node, right: Node) -> Node:
        """Join two parts; a box compared with « Y » or with nothing is a selected code."""
        for box, other in ((left, right), (right, left)):
            selected = _box(box)
            if selected is not None and operator in ("=", "!=") and isinstance(other, Literal):
                ticked = (other.value == "Y") == (operator == "=")
                if other.value in ("Y", ""):
                    return selected if ticked else Call("not", (selected,))
        return Operation(operator, left, right)

    def operand(self) -> Node:
        sign = self.peek()
        if sign not in (Token("sign", "!"), Token("sign", "-"), Token("sign", "+")):
            return self.primary()
        self.at += 1
        with self.deeper():
            operand = self.operand()
        if sign.text == "+":
            return operand
        return Negative(operand) if sign.text == "-" else negated(operand)

    def primary(self) -> Node:
        token = self.peek()
        self.at += 1
        match token.kind:
            case "number":
                return Literal(float(token.text))
            case "text":
                return Literal(token.text[1:-1].replace("\\" + token.text[0], token.text[0]))
            case "sgqa":
                return self.numbered(token.text)
            case "name" if self.peek() == Token("sign", "("):
                self.at += 1
                return self.known(token.text, self.sequence())
            case "name":
                return self.name(token.text)
            case "sign" if token.text == "(":
                return self.inside()
            case _:
                raise OutsideSubset("la formule est inachevée.")

    def numbered(self, written: str) -> Node:
        """Read an answer cited by numbers: survey, group, question, then the code of its row."""
        answer, dot, suffix = written.split("X", 2)[2].partition(".")
        if answer not in self.names.numbers:
            raise OutsideSubset(f"« {written} » ne désigne aucune question.")
        return self.name(f"{self.names.numbers[answer]}{dot}{suffix}")

    def name(self, written: str) -> Node:
        stem, _, suffix = written.partition(".")
        if suffix and suffix not in _CODE_SUFFIXES:
            raise OutsideSubset(f"« {written} » n’est pas une réponse.")
        if stem in ("self", "this"):
            return Itself()
        if stem in self.names.options:
            variable, code = self.names.options[stem]
            return Call("if", (Call("selected", (Answer(variable), Literal(code))), Literal("Y"), BLANK))
        if stem in self.names.answers:
            return Answer(self.names.answers[stem])
        raise OutsideSubset(f"« {written} » ne désigne aucune question.")

    def known(self, name: str, arguments: tuple[Node, ...]) -> Node:
        if name == "is_empty" and len(arguments) == 1:
            return self.operation("=", arguments[0], BLANK)
        if name == "date" and arguments == (Literal("Y-m-d"),):
            return Call("today")
        if name == "regexMatch" and len(arguments) == 2:
            return known_call("regex", (arguments[1], _whole_pattern(arguments[0])))
        if name == "count" and (all_of := self.whole_question(arguments)):
            return Call("count-selected", (Answer(all_of),))
        if name not in _FUNCTIONS:
            raise OutsideSubset(f"la fonction « {name} » n’est pas prise en charge.")
        if name == "if" and len(arguments) == 3 and arguments[0] == Operation("=", arguments[2], BLANK):
            return Call("coalesce", (arguments[2], arguments[1]))
        return known_call(_FUNCTIONS[name], arguments)

    def whole_question(self, arguments: tuple[Node, ...]) -> str:
        """Say which multiple choice the arguments are all the boxes of."""
        boxes = [_box(argument) for argument in arguments]
        if not boxes or any(box is None for box in boxes):
            return ""
        cited = {(box.arguments[0], box.arguments[1]) for box in boxes if box is not None}
        variables = {variable.id for variable, _ in cited if isinstance(variable, Answer)}
        variable = variables.pop() if len(variables) == 1 else ""
        return variable if len(cited) == len(self.names.options_of(variable)) else ""


def _box(node: Node) -> Call | None:
    """Return the ``selected`` of a box of a multiple choice."""
    match node:
        case Call("if", (Call("selected", _) as selected, Literal("Y"), Literal(""))):
            return selected
        case _:
            return None


def negated(node: Node) -> Node:
    """Say the contrary, plainly when it can be: ``not(a = '')`` is ``a != ''``."""
    match node:
        case Operation("=", left, Literal("")):
            return Operation("!=", left, BLANK)
        case Call("not", (Call("selected", _) as inner,)):
            return inner
        case _:
            return Call("not", (node,))


def _whole_pattern(node: Node) -> Node:
    """Turn « /…/ », which may match anywhere, into a pattern of the whole text."""
    if not isinstance(node, Literal) or not isinstance(node.value, str):
        raise OutsideSubset("le motif de regexMatch doit être un texte.")
    match = re.fullmatch(r"/(.*)/", node.value, re.DOTALL)
    if match is None:
        raise OutsideSubset(f"le motif « {node.value} » a des options que nous n’avons pas.")
    inside = re.fullmatch(r"\^\(\?:(.*)\)\$", match[1], re.DOTALL)
    if inside:
        return Literal(inside[1])
    if (
        match[1].startswith("^")
        and match[1].endswith("$")
        and "|" not in match[1]
        and not match[1].endswith("\\$")
    ):
        return Literal(match[1][1:-1])
    return Literal(f"[\\s\\S]*(?:{match[1]})[\\s\\S]*")


def print_expressionscript(node: Node, names: Names) -> str:
    """Write a formula for LimeSurvey; OutsideSubset names what it cannot say."""
    return _Printer(names).print(node, 0)


class _Printer:
    def __init__(self, names: Names) -> None:
        self.names_of = {id_: name for name, id_ in names.answers.items()}
        self.boxes: dict[str, dict[str, str]] = {}
        for name, (id_, code) in names.options.items():
            self.boxes.setdefault(id_, {})[code] = name

    def print(self, node: Node, level: int) -> str:
        match node:
            case Literal(value):
                return number_text(value) if isinstance(value, float) else quoted(value)
            case Answer(id_):
                return self.answer(id_)
            case Itself():
                return "self.NAOK"
            case Negative(operand):
                return f"-{self.print(operand, 6)}"
            case Operation(operator, left, right):
                return self.operation(operator, left, right, level)
            case Call(name, arguments):
                return self.call(name, arguments)

    def answer(self, id_: str) -> str:
        if id_ not in self.names_of:
            raise OutsideSubset(f"« ${{{id_}}} » ne peut pas être citée ainsi.")
        return f"{self.names_of[id_]}.NAOK"

    def operation(self, operator: str, left: Node, right: Node, level: int) -> str:
        if operator not in _WRITTEN:
            raise OutsideSubset(f"l’opérateur « {operator} » n’existe pas dans LimeSurvey.")
        if operator in ("=", "!=") and right == BLANK:
            return ("" if operator == "=" else "!") + self.emptiness(left)
        sign, own = _WRITTEN[operator]
        written = f"{self.print(left, own)} {sign} {self.print(right, own + 1)}"
        return f"({written})" if own < level else written

    def emptiness(self, node: Node) -> str:
        if isinstance(node, Answer) and node.id in self.boxes:
            return f"(!{self.count_boxes(node.id)})"
        return f"is_empty({self.print(node, 0)})"

    def count_boxes(self, id_: str) -> str:
        return f"count({', '.join(f'{name}.NAOK' for name in self.boxes[id_].values())})"

    def call(self, name: str, arguments: tuple[Node, ...]) -> str:
        match name, arguments:
            case "selected", (Answer(id_), Literal(code)):
                written = self.selected(id_, str(code))
            case "count-selected", (Answer(id_),) if id_ in self.boxes:
                written = self.count_boxes(id_)
            case "true" | "false", ():
                written = "1" if name == "true" else "0"
            case "not", (operand,):
                written = f"!({self.print(operand, 0)})"
            case "coalesce", (first, second):
                written = f"if({self.emptiness(first)}, {self.print(second, 0)}, {self.print(first, 0)})"
            case "regex", (value, Literal(pattern)):
                written = f"regexMatch({quoted(f'/^(?:{pattern})$/')}, {self.print(value, 0)})"
            case "today", ():
                written = 'date("Y-m-d")'
            case _ if name in _FUNCTION_NAMES:
                parts = ", ".join(self.print(part, 0) for part in arguments)
                written = f"{_FUNCTION_NAMES[name]}({parts})"
            case _:
                raise OutsideSubset(f"la fonction « {name} » n’existe pas dans LimeSurvey.")
        return written

    def selected(self, id_: str, code: str) -> str:
        if id_ not in self.boxes:
            return f"({self.answer(id_)} == {quoted(code)})"
        if code not in self.boxes[id_]:
            raise OutsideSubset(f"« {code} » n’est pas un choix de « {id_} ».")
        return f'({self.boxes[id_][code]}.NAOK == "Y")'


def quoted(text: str) -> str:
    if '"' not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    return '"' + text.replace('"', '\\"') + '"'
