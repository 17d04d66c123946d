"""What the readers of every formula language share: words, priorities, brackets, and how deep one may go."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from labqvt_forms.errors import QuestionnaireError
from labqvt_forms.logic.tree import DEEPEST, FUNCTIONS, Call, Node, Operation, children

DEEPEST_BRACKETS = 60


class OutsideSubset(QuestionnaireError):  # noqa: N818 - what it says: the formula is fine elsewhere, not ours
    """The formula uses something our subset does not have."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a formula; ``kind`` is a named group of the pattern of its language, or ``end``."""

    kind: str
    text: str


def tokens_of(text: str, pattern: re.Pattern[str]) -> list[Token]:
    """Cut a formula into words; OutsideSubset shows where the pattern knows none."""
    text = text.rstrip(" \t\r\n")
    tokens, at = [], 0
    while at < len(text):
        match = pattern.match(text, at)
        if match is None or match.lastgroup is None:
            raise OutsideSubset(f"« {text[at : at + 20].strip()} » n’est pas compris.")
        tokens.append(Token(match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return tokens


class Parser(ABC):
    """Climbs the levels of priority, left to right inside one level.

    A language gives its ``operators`` (written form → ours and its strength, from 0) and reads its ``operand``.
    """

    operators: ClassVar[Mapping[str, tuple[str, int]]]
    any_case: ClassVar[bool] = True

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def whole(self) -> Node:
        """Read the whole formula; OutsideSubset names what is too much, missing or unknown."""
        node = self.level(0)
        if self.at < len(self.tokens):
            raise OutsideSubset(f"« {self.tokens[self.at].text} » est de trop.")
        if depth_of(node) > DEEPEST:
            raise OutsideSubset("la formule est trop imbriquée.")
        return node

    def peek(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else Token("end", "")

    def take(self, sign: str) -> None:
        if self.peek() != Token("sign", sign):
            raise OutsideSubset(f"« {sign} » manque.")
        self.at += 1

    @contextmanager
    def deeper(self) -> Iterator[None]:
        self.depth += 1
        if self.depth > DEEPEST_BRACKETS:
            raise OutsideSubset("la formule est trop imbriquée.")
        yield
        self.depth -= 1

    def level(self, weakest: int) -> Node:
        """Read operations at least as strong as ``weakest``."""
        node = self.operand()
        while True:
            operator, strength = self.operator()
            if strength < weakest:
                return node
            self.at += 1
            node = self.joined(operator, strength, node)

    def operator(self) -> tuple[str, int]:
        token = self.peek()
        if token.kind not in ("name", "sign"):
            return "", -1
        return self.operators.get(token.text.lower() if self.any_case else token.text, ("", -1))

    def joined(self, operator: str, strength: int, left: Node) -> Node:
        """Read what stands right of an operator just taken, and join both."""
        return self.operation(operator, left, self.level(strength + 1))

    def operation(self, operator: str, left: Node, right: Node) -> Node:
        return Operation(operator, left, right)

    @abstractmethod
    def operand(self) -> Node:
        """Read a value, a call, or what stands behind a sign."""

    def inside(self) -> Node:
        """Read what stands in a bracket just opened, and close it."""
        with self.deeper():
            node = self.level(0)
        self.take(")")
        return node

    def sequence(self, end: str = ")") -> tuple[Node, ...]:
        """Read values between commas, up to ``end`` and with it."""
        parts: list[Node] = []
        with self.deeper():
            while self.peek() != Token("sign", end):
                if parts:
                    self.take(",")
                parts.append(self.level(0))
        self.at += 1
        return tuple(parts)


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
