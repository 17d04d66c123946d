"""What a LimeSurvey structure holds, whichever file it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

ByLanguage = dict[str, str]
STRUCTURE_COLUMNS = (
    "id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation",
    "mandatory", "encrypted", "other", "default", "same_default", "same_script",
)  # fmt: skip
"""Columns of a text structure that are no attribute of a question, in the order LimeSurvey writes them."""


@dataclass(slots=True)
class Option:
    """A sub-question or an answer."""

    code: str
    scale: int = 0
    texts: ByLanguage = field(default_factory=dict)
    relevance: str = ""
    value: float = 0.0
    number: str = ""
    """Its number in the database, when it is a sub-question."""


@dataclass(slots=True)
class LimeQuestion:
    code: str
    type: str
    number: str = ""
    """Its number in the database, which names the columns of answers."""
    texts: ByLanguage = field(default_factory=dict)
    help: ByLanguage = field(default_factory=dict)
    scripts: bool = False
    relevance: str = ""
    mandatory: str = "N"
    other: bool = False
    preg: str = ""
    default: str = ""
    subquestions: list[Option] = field(default_factory=list)
    answers: list[Option] = field(default_factory=list)
    attributes: dict[str, ByLanguage] = field(default_factory=dict)

    lost: list[str] = field(default_factory=list)
    """What the file says of it and we cannot."""
    ours: dict[str, Any] = field(default_factory=dict)
    """What our own files keep beside: see ``extension``."""

    @property
    def id(self) -> str:
        return str(self.ours.get("id", self.code))

    def row_id(self, code: str) -> str:
        """Id of our row for a sub-question."""
        return str(self.ours.get("rows", {}).get(code, f"{self.id}_{code}"))

    def choice_code(self, code: str, scale: int = 0) -> str:
        """Our code of an answer (or of the box of a multiple choice)."""
        return str(self.ours.get("codes", {}).get(f"{scale}:{code}", code))

    def lime_code(self, code: str, scale: int = 0) -> str:
        """Return what LimeSurvey calls a code of ours."""
        told = self.ours.get("codes", {})
        side = f"{scale}:"
        named = (key for key, ours in told.items() if ours == code and key.startswith(side))
        return next((key.removeprefix(side) for key in named), code)

    def list_id(self, scale: int) -> str:
        """Our id of its list of choices, if it is not the usual one."""
        ids = self.ours.get("lists", [])
        return str(ids[scale]) if isinstance(ids, list) and scale < len(ids) else ""

    def attribute(self, name: str) -> str:
        """Value of an attribute, whatever its language."""
        return next((value for value in self.attributes.get(name, {}).values() if value), "")


@dataclass(slots=True)
class LimeGroup:
    titles: ByLanguage = field(default_factory=dict)
    descriptions: ByLanguage = field(default_factory=dict)
    relevance: str = ""
    random_group: str = ""
    questions: list[LimeQuestion] = field(default_factory=list)


@dataclass(slots=True)
class LimeQuota:
    """``members`` are pairs (code of a question, code of an answer as LimeSurvey writes it)."""

    name: str
    limit: int
    names: ByLanguage = field(default_factory=dict)
    messages: ByLanguage = field(default_factory=dict)
    members: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class LimeSurvey:
    """``settings`` by name; ``texts`` by name (``surveyls_title``…) then language."""

    settings: dict[str, str] = field(default_factory=dict)
    texts: dict[str, ByLanguage] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    groups: list[LimeGroup] = field(default_factory=list)
    quotas: list[LimeQuota] = field(default_factory=list)
    beside: set[str] = field(default_factory=set)
    """Tables the file has and that we leave: assessments…"""
