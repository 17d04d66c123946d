"""Groups of the ``survey`` sheet: nested in the file, one after the other in the model."""

from __future__ import annotations

from dataclasses import dataclass, field

from labqvt_forms.errors import QuestionnaireError, placed
from labqvt_forms.formats.xlsform.columns import Record
from labqvt_forms.formats.xlsform.extension import extended, whole_item
from labqvt_forms.formats.xlsform.questions import YES, QuestionReader, formula, randomised
from labqvt_forms.formats.xlsform.types import RowType, row_type
from labqvt_forms.ids import Ids
from labqvt_forms.items import Block, Item, Row, SingleChoice, YesNo
from labqvt_forms.logic import Formula
from labqvt_forms.notices import Notices
from labqvt_forms.questionnaire import Group, both, variables_of
from labqvt_forms.text import NO_TEXT, Text


@dataclass(slots=True)
class Section:
    """A group being read."""

    id: str
    record: Record | None = None
    title: Text = NO_TEXT
    description: Text = NO_TEXT
    relevant: Formula | None = None
    table: bool = False
    random_order: bool = False
    items: list[Item] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    written: bool = False


class Survey:
    """Turns the rows of the sheet into groups of items, in order."""

    def __init__(self, reader: QuestionReader, notices: Notices, *, anonymous: bool) -> None:
        self.reader = reader
        self.notices = notices
        self.anonymous = anonymous
        self.groups: list[Group] = []
        self.sources: list[tuple[str, Record]] = []
        """Which row gave each item, by id."""
        self._stack = [Section("page")]
        self._item_ids = Ids()
        self._group_ids = Ids()
        self._nested = False

    def add(self, record: Record) -> None:
        """Take one row."""
        with placed(record.place):
            if not record["type"]:
                if record["name"] or "label" in record.texts:
                    raise QuestionnaireError(
                        "la colonne « type » est vide : indiquez un type ou videz la ligne."
                    )
                return
            kind = row_type(record["type"])
            if record["disabled"].lower() in YES:
                self.notices.add(
                    f"« {record['name'] or record['type']} » est désactivé dans le fichier : non repris.",
                    record.at("disabled"),
                )
                return
            match kind.word:
                case "begin":
                    self._begin(record, kind)
                case "end":
                    self._end()
                case "metadata":
                    self._drop(record)
                case "attachment":
                    self.notices.add("les fichiers de données joints ne sont pas repris.", record.at("type"))
                case _:
                    self._question(record, kind)

    def close(self) -> list[Group]:
        """Return the groups; a group left open is refused."""
        if len(self._stack) > 1:
            section = self._stack[-1]
            assert section.record is not None
            with placed(section.record.place):
                raise QuestionnaireError(
                    f"le groupe « {section.id} » n’est jamais fermé : ajoutez « end group »."
                )
        self._write(self._stack[0])
        return self.groups

    def _begin(self, record: Record, kind: RowType) -> None:
        if kind.repeat:
            self.notices.add(
                f"la partie répétée « {record['name']} » n’est posée qu’une fois.", record.at("type")
            )
        for column in ("required", "constraint"):
            if record[column]:
                self.notices.add("sans effet sur un groupe.", record.at(column))
        table = "table-list" in record["appearance"]
        self._stack.append(
            Section(
                record["name"] or f"page_{record.place.row}",
                record,
                self.reader.text(record, "label"),
                self.reader.hint(record),
                formula(record["relevant"]),
                table=table,
                random_order=randomised(record),
            )
        )

    def _end(self) -> None:
        if len(self._stack) == 1:
            raise QuestionnaireError("ce « end » ne ferme aucun groupe ouvert : retirez-le.")
        section = self._stack.pop()
        item = self._carried(section) or (self._as_block(section) if section.table else None)
        if item is not None:
            self._stack[-1].items.append(item)
            return
        if len(self._stack) > 1 and not self._nested:
            self._nested = True
            self.notices.add(
                "les groupes imbriqués sont mis à la suite, avec les conditions de ceux qui les contiennent."
            )
        for outer in self._stack:
            self._write(outer)
        self._stack.append(section)
        self._write(section)
        self._stack.pop()

    def _carried(self, section: Section) -> Item | None:
        """Return the item this group stands for, if the extension holds it and its questions remain."""
        item = whole_item(section.record, self.reader.lists) if section.record else None
        if item is None or section.written or item.id in self._item_ids:
            return None
        if [variable.id for variable in variables_of(item)] != [question.id for question in section.items]:
            return None
        self._item_ids.add(item.id)
        return item

    def _as_block(self, section: Section) -> Block | None:
        """Return the table as a block when its questions differ in nothing but their words and conditions."""
        questions = [item for item in section.items if isinstance(item, SingleChoice | YesNo)]
        if not questions or len(questions) != len(section.items) or section.written:
            return None
        first = questions[0]
        alike = all(
            question.choices == first.choices
            and question.required is first.required
            and question.profile is first.profile
            and question.validation is None
            and not question.default
            and not (isinstance(question, SingleChoice) and (question.other or question.dropdown))
            for question in questions
        )
        if not alike or section.id in self._item_ids:
            return None
        self._item_ids.add(section.id)
        rows = tuple(
            Row(id=q.id, label=q.label, hint=q.hint, relevant=q.relevant, reverse=q.reverse)
            for q in questions
        )
        block = Block(
            id=section.id,
            label=section.title,
            hint=section.description,
            relevant=section.relevant,
            required=first.required,
            profile=first.profile,
            rows=rows,
            choices=first.choices,
            random_order=section.random_order,
        )
        return extended(block, section.record, self.reader.lists) if section.record else block

    def _write(self, section: Section) -> None:
        """Close the page made of the items read so far in this section."""
        if not section.items and (section.written or not section.title):
            return
        relevant: Formula | None = None
        for outer in self._stack:
            relevant = both(relevant, outer.relevant)
            if outer is section:
                break
        group = Group(
            id=self._group_ids.take(section.id),
            title=section.title if not section.written else NO_TEXT,
            description=section.description if not section.written else NO_TEXT,
            items=tuple(section.items),
            relevant=relevant,
            random_order=section.random_order,
        )
        if section.record and not section.written:
            group = extended(group, section.record, self.reader.lists)
        self.groups.append(group)
        section.items.clear()
        section.written = True

    def _question(self, record: Record, kind: RowType) -> None:
        section = self._stack[-1]
        if not record["name"]:
            raise QuestionnaireError("la colonne « name » est vide : donnez un nom à cette question.")
        if record["name"] in section.names:
            raise QuestionnaireError(
                f"le nom « {record['name']} » est déjà pris dans ce groupe : changez-le."
            )
        section.names.add(record["name"])
        if record["name"] in self._item_ids:
            renamed = self._item_ids.take(f"{section.id}_{record['name']}")
            self.notices.add(
                f"le nom « {record['name']} » est déjà pris : devient « {renamed} ».", record.at("name")
            )
            record.cells["name"] = renamed
        self._item_ids.add(record["name"])
        item = self.reader.item(record, kind)
        section.items.append(item)
        self.sources.append((item.id, record))

    def _drop(self, record: Record) -> None:
        why = (
            "identifie la personne ou son appareil : retiré, car le questionnaire est anonyme."
            if self.anonymous
            else "métadonnée de collecte : non reprise."
        )
        self.notices.add(f"« {record['type']} » ({record['name'] or 'sans nom'}) {why}", record.at("type"))
