"""Read codebooks of any tool: DDI-Codebook 1 to 2.6, with or without namespace, valid or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from labqvt_forms.errors import QuestionnaireError
from labqvt_forms.formats.ddi.extension import told_by
from labqvt_forms.formats.ddi.tree import language_of, parse, split, words
from labqvt_forms.formats.ddi.variables import VariableReader
from labqvt_forms.formats.json_form import with_fields
from labqvt_forms.ids import Ids, id_from
from labqvt_forms.items import Item, MultipleChoice, Ranking
from labqvt_forms.languages import guess_language, language_code
from labqvt_forms.notices import Notices, some
from labqvt_forms.questionnaire import Determinant, Group, Nature, Questionnaire, Scale, variables_of
from labqvt_forms.text import Text

MOST_VARIABLES = 20_000
NATURES = {"individual": Nature.ANONYMOUS, "organization": Nature.NOMINATIVE}


def read_ddi(content: bytes, *, name: str, language: str = "") -> tuple[Questionnaire, tuple[str, ...]]:
    """Return the questionnaire a codebook describes and what could not be taken from it as it was."""
    codebook = Codebook(parse(content), name=name, language=language)
    return codebook.questionnaire, codebook.notices.sentences


@dataclass(frozen=True, slots=True)
class Unit:
    """An item, the element that describes it and the variables it takes."""

    item: Item
    anchor: Element
    variables: tuple[Element, ...] = ()


@dataclass(slots=True)
class _Section:
    """What becomes a group: its element, if any, and the units whose first variable it cites."""

    element: Element | None
    units: list[Unit] = field(default_factory=list)


class Codebook:
    """A codebook in memory, read: ``questionnaire``, and ``units`` to know what came from where."""

    def __init__(self, root: Element, *, name: str, language: str = "") -> None:
        self.root = root
        self.notices = Notices()
        self.study = root.find("stdyDscr")
        self.language = language_of(root) or language or _guessed(root)
        self.reader = VariableReader(self.language, self.notices)
        self.variables = list(root.iter("var"))
        if len(self.variables) > MOST_VARIABLES:
            raise QuestionnaireError(
                f"ce codebook décrit {len(self.variables)} variables ; la limite est de {MOST_VARIABLES}."
            )
        self.var_groups = list(root.iter("varGrp"))
        if len(self.var_groups) > MOST_VARIABLES:
            raise QuestionnaireError(
                f"ce codebook décrit {len(self.var_groups)} groupes ; la limite est de {MOST_VARIABLES}."
            )
        # A list of references should cite IDs; some files cite names.
        self._by_key = {var.get(key, ""): var for key in ("name", "ID") for var in reversed(self.variables)}
        self._groups_by_key = {group.get("ID", ""): group for group in reversed(self.var_groups)}
        self.units = list(self._units())
        self.questionnaire = self._questionnaire(name)

    # Items

    def _units(self) -> Iterator[Unit]:
        """Yield the items in the order of the file: at its first variable for one that has several."""
        starting = self._grouped()
        taken: set[int] = {id(var) for unit in starting.values() for var in unit.variables}
        for var in self.variables:
            if id(var) in starting:
                yield starting[id(var)]
            elif id(var) not in taken:
                yield Unit(self.reader.item(var), var, (var,))
        yield from (unit for unit in starting.values() if not unit.variables)

    def _grouped(self) -> dict[int, Unit]:
        """Items of several variables and texts to read, by the first variable (else the group) they come from."""
        found: dict[int, Unit] = {}
        taken: set[int] = set()
        for group in self.var_groups:
            variables, sides = self._cited(group, "var", taken), self._sides(group)
            item: Item | None = None
            if _type(group) == "note":
                found[id(group)] = Unit(self.reader.note(group), group)
            elif sides and (pairs := tuple(self._cited(side, "var", taken) for side in sides)):
                item = self.reader.dual(group, sides, (pairs[0], pairs[1])) if all(pairs) else None
                variables = [var for pair in zip(*pairs, strict=False) for var in pair]
            elif variables and _type(group) == "grid":
                item = self.reader.block(group, variables)
            elif variables and _type(group) in ("multipleResp", "ranking"):
                cls = Ranking if _type(group) == "ranking" else MultipleChoice
                item = self.reader.options(group, variables, cls)
            if item is not None:
                found[id(variables[0])] = Unit(item, group, tuple(variables))
                taken |= {id(var) for var in variables}
        return found

    def _cited(self, group: Element, attribute: str, taken: set[int]) -> list[Element]:
        keys = dict.fromkeys(split(group.get(attribute)))
        found = [self._by_key[key] for key in keys if key in self._by_key]
        return [var for var in dict.fromkeys(found) if id(var) not in taken]

    def _sides(self, group: Element) -> tuple[Element, Element] | None:
        cited = [self._groups_by_key.get(key) for key in split(group.get("varGrp"))]
        first, second = (*cited, None, None)[:2]
        if _type(group) != "grid" or len(cited) != 2 or first is None or second is None or group in cited:
            return None
        return first, second

    # Groups

    def _sections(self) -> list[_Section]:
        """Share the units out among the sections; what no section cites comes in an unnamed one."""
        elements = [group for group in self.var_groups if _type(group) == "section"] or [
            group for group in self.var_groups if _type(group) in ("subject", "other", "display")
        ]
        sections = [_Section(element) for element in elements]
        owner: dict[int, _Section] = {}
        for section in sections:
            assert section.element is not None
            for var in self._cited(section.element, "var", set()):
                owner.setdefault(id(var), section)
            for key in split(section.element.get("varGrp")):
                if (inner := self._groups_by_key.get(key)) is not None:
                    owner.setdefault(id(inner), section)
        rest = _Section(None)
        for unit in self.units:
            first = unit.variables[0] if unit.variables else unit.anchor
            (owner.get(id(first)) or owner.get(id(unit.anchor)) or rest).units.append(unit)
        return [*sections, rest] if rest.units else sections

    def _group(self, section: _Section, number: int, names: Ids) -> Group:
        element = section.element
        units = section.units
        if element is None:
            return Group(id=names.take(f"g{number}"), items=tuple(unit.item for unit in units))
        told = told_by(element)
        if order := told.get("order"):
            rank = {name: place for place, name in enumerate(order) if isinstance(name, str)}
            units = sorted(units, key=lambda unit: rank.get(unit.item.id, len(rank)))
        group = Group(
            id=names.take(id_from(element.get("name") or "", f"g{number}")),
            title=self.reader.text(element.iterfind("labl")),
            description=self.reader.text(element.iterfind("txt")),
            items=tuple(unit.item for unit in units),
            relevant=self.reader.condition(element),
        )
        return with_fields(group, told["fields"], {}) if "fields" in told else group

    def _scales(self, questions: Sequence[Item]) -> Iterator[Scale]:
        columns = {variable.id for item in questions for variable in variables_of(item) if variable.answered}
        names = Ids()
        by_anchor = {id(unit.anchor): unit.item.id for unit in self.units}
        for group in self.var_groups:
            if _type(group) != "analysis":
                continue
            told = told_by(group)
            cited = [*self._cited(group, "var", set())]
            cited += [
                inner
                for key in split(group.get("varGrp"))
                if (inner := self._groups_by_key.get(key)) is not None
            ]
            items = [by_anchor.get(id(part)) or id_from(part.get("name") or "") for part in cited]
            concept = words(group.find("concept"))
            scale = Scale(
                id=names.take(id_from(group.get("name") or "", "s1")),
                label=self.reader.text(group.iterfind("labl")),
                items=tuple(id_ for id_ in dict.fromkeys(items) if id_ in columns),
                determinant=Determinant(concept) if concept in list(Determinant) else None,
            )
            fields = {name: part for name, part in told.get("fields", {}).items() if name != "items"}
            ordered = told.get("fields", {}).get("items")
            if isinstance(ordered, list) and sorted(map(str, ordered)) == sorted(scale.items):
                scale = replace(scale, items=tuple(map(str, ordered)))
            yield with_fields(scale, fields, {})

    # The whole

    def _questionnaire(self, name: str) -> Questionnaire:
        names = Ids()
        groups = tuple(
            self._group(section, number, names) for number, section in enumerate(self._sections(), start=1)
        )
        self._tell_universes()
        read = Questionnaire(
            id=id_from(words(self._of_study("citation/titlStmt/IDNo")) or name, "codebook"),
            version=words(self._of_study("citation/verStmt/version")) or "1",
            title=self._text("citation/titlStmt/titl", "citation/titlStmt/parTitl"),
            description=self._text("stdyInfo/abstract"),
            welcome=self._note_text("welcome"),
            end=self._note_text("end"),
            languages=self._languages(),
            nature=self._nature(),
            groups=groups,
            scales=tuple(self._scales([item for group in groups for item in group.items])),
        )
        told = told_by(self.study).get("fields") if self.study is not None else None
        return with_fields(read, told, {}) if told else read

    def _of_study(self, path: str) -> Element | None:
        return self.study.find(path) if self.study is not None else None

    def _text(self, *paths: str) -> Text:
        if self.study is None:
            return Text()
        return self.reader.text([element for path in paths for element in self.study.iterfind(path)])

    def _note_text(self, type_: str) -> Text:
        if self.study is None:
            return Text()
        return self.reader.text(note for note in self.study.iterfind("notes") if note.get("type") == type_)

    def _languages(self) -> tuple[str, ...]:
        """Return the languages the citation declares, else the main one and those met."""
        declared = self.study.iterfind("citation/language") if self.study is not None else ()
        if said := [language_code(written) for element in declared if (written := words(element))]:
            return tuple(dict.fromkeys(said))
        met = (language_of(element) for element in self.root.iter())
        return tuple(dict.fromkeys((self.language, *filter(None, met))))

    def _nature(self) -> Nature:
        unit = self._of_study("stdyInfo/sumDscr/anlyUnit")
        nature = NATURES.get(unit.get("unit", "")) if unit is not None else None
        if nature is None:
            self.notices.add("le fichier ne dit pas si l’enquête est anonyme : elle est tenue pour anonyme.")
        return nature or Nature.ANONYMOUS

    def _tell_universes(self) -> None:
        if told := self.reader.universes:
            names = some([name for name, _ in told])
            self.notices.add(
                f"univers en mots, non repris comme condition : « {told[0][1][:120]} » ({names})."
            )


def _type(group: Element) -> str:
    type_ = group.get("type", "other").strip()
    return (group.get("otherType") or "other").strip() if type_ == "other" else type_


def _guessed(root: Element) -> str:
    """Tell the language from the first labels."""
    labels = (words(element) for element in root.iter("labl"))
    return guess_language([label for label, _ in zip(labels, range(200), strict=False)])
