"""The bank: every question of the questionnaires published for this person, ready to be taken."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from labqvt.instruments.adapting import OWN_KINDS
from labqvt.instruments.editor.kinds import ASKS
from labqvt.instruments.editor.outlining import answers_in_words
from labqvt.instruments.editor.subjects import determinants
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.instruments.policy import readable
from labqvt_forms import Block, Computed, Item, Note, Questionnaire, Rows, Scale, Text, editing
from labqvt_forms.editing.naming import words_of
from labqvt_forms.items import Question
from labqvt_forms.questionnaire import variables_of

PER_PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class Entry:
    """One question to take: ``row`` names a sentence of a block, taken alone or with others of it."""

    version: str
    source: str
    item: Item
    row: str
    words: str
    answers: str
    scale: Scale | None
    searched: str

    @property
    def key(self) -> str:
        return f"{self.version}|{self.item.id}|{self.row}"

    @property
    def determinant(self) -> str:
        found = self.scale.determinant if self.scale else None
        return found.value if found else ""

    @property
    def subject(self) -> str:
        return dict(determinants()).get(self.determinant, "")

    @property
    def reverse(self) -> bool:
        rows = self.item.rows if isinstance(self.item, Rows) else ()
        return next((row.reverse for row in rows if row.id == self.row), getattr(self.item, "reverse", False))


def entries_for(person: Any, language: str, *, like: str, adapted: bool) -> list[Entry]:
    """Every question of the bank: questionnaires for the same people (``like``) first, each in its order.

    Easy-to-read variants ask the same things: their originals speak for them.
    """
    versions = (
        readable(person)
        .filter(status=QuestionnaireVersion.Status.PUBLISHED, questionnaire__easy_read_of=None)
        .select_related(None)
        .values_list("public_id", "questionnaire__kind", "questionnaire__title")
    )
    ordered = sorted(versions, key=lambda version: (version[1] != like, version[2]))
    found = [entry for public_id, _kind, _title in ordered for entry in _entries(public_id, language)]
    return [entry for entry in found if not adapted or _may_be_own(entry.item)]


def _may_be_own(item: Item) -> bool:
    return isinstance(item, OWN_KINDS) and not item.profile


@lru_cache(maxsize=256)
def _entries(public_id: str, language: str) -> tuple[Entry, ...]:
    """A published version never changes: read once."""
    version = QuestionnaireVersion.objects.get(public_id=public_id)
    form = version.form
    source = form.title.pick(language, form.language)
    return tuple(_entries_of(form, public_id, source, language))


def _entries_of(form: Questionnaire, public_id: str, source: str, language: str) -> Iterable[Entry]:
    for item in form.items:
        if isinstance(item, Note | Computed) or item.kind not in ASKS:
            continue
        rows = [row.id for row in item.rows] if isinstance(item, Block) else [""]
        for row_id in rows:
            variable = next(v for v in variables_of(item) if not row_id or v.id == row_id)
            label = variable.label if row_id else item.label or variable.label
            words = label.pick(language, form.language)
            searched = " ".join(words_of(" ".join(text for _language, text in label)))
            yield Entry(
                public_id, source, item, row_id, words, answers_in_words(item, language),
                form.scale_of(variable.id), searched,
            )  # fmt: skip


def found_in(
    entries: Iterable[Entry], *, q: str = "", determinant: str = "", version: str = ""
) -> list[Entry]:
    """Entries whose words hold all those searched, in one language or another."""
    words = words_of(q)
    return [
        entry
        for entry in entries
        if all(word in entry.searched for word in words)
        and (not determinant or entry.determinant == determinant)
        and (not version or entry.version == version)
    ]


def taken(form: Questionnaire, group_id: str, chosen: list[Entry], *, scored: bool) -> Questionnaire:
    """Add the entries, sentences of one block together, with their answers and translations."""
    bundles: dict[tuple[str, str], list[Entry]] = {}
    for entry in chosen:
        bundles.setdefault((entry.version, entry.item.id), []).append(entry)
    for entries in bundles.values():
        item = entries[0].item
        if isinstance(item, Block):
            wanted = {entry.row for entry in entries}
            kept = tuple(replace(row, relevant=None) for row in item.rows if row.id in wanted)
            item = replace(item, rows=kept)
        item = editing.fresh(form, _standing_alone(item), group_id)
        form = editing.add_item(form, group_id, item)
        if scored:
            form = _counted(form, item, entries)
    return form


def _standing_alone(item: Item) -> Item:
    """Without the condition it had there: it cites questions that are not here."""
    item = replace(item, relevant=None)
    return replace(item, validation=None) if isinstance(item, Question) else item


def _counted(form: Questionnaire, item: Item, entries: list[Entry]) -> Questionnaire:
    """Count the sentences in the score they come from, made here when it does not exist yet."""
    for variable, entry in zip(variables_of(item), entries, strict=False):
        source = entry.scale
        if source is None or not editing.scorable(variable):
            continue
        here = next((scale for scale in form.scales if _same(scale, source)), None)
        if here is None:
            known = {scale.id for scale in form.scales}
            here = replace(source, id=source.id if source.id not in known else editing.new_scale_id(form, source.label.pick(form.language)), items=())  # fmt: skip
            form = replace(form, scales=(*form.scales, here))
        form = editing.put_in_scale(form, here.id, variable.id)
    return form


def _same(one: Scale, other: Scale) -> bool:
    return (one.determinant, _bare(one.label)) == (other.determinant, _bare(other.label))


def _bare(label: Text) -> str:
    return " ".join(words_of(label.pick("fr")))
