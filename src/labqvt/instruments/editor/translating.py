"""Every text of a draft beside its translation: what is missing first, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labqvt.instruments.editor.outlining import name_of_page
from labqvt_forms import Group, Item, Questionnaire, Rows, Text
from labqvt_forms.editing import set_text, text_fields, text_of
from labqvt_forms.editing.parts import with_items
from labqvt_forms.editing.texts import with_text
from labqvt_forms.items import YES_NO, choice_lists
from labqvt_forms.languages import OWN_NAMES
from labqvt_forms.spots import WHOLE, Part, Spot, item_at, row_at, rows_at

FIELD_NAMES: Final = {
    "title": gettext_lazy("titre"),
    "description": gettext_lazy("sens"),
    "welcome": gettext_lazy("accueil"),
    "end": gettext_lazy("fin"),
    "label": gettext_lazy("texte"),
    "hint": gettext_lazy("précision"),
    "unit": gettext_lazy("unité"),
    "low_label": gettext_lazy("note basse"),
    "high_label": gettext_lazy("note haute"),
    "first_label": gettext_lazy("première échelle"),
    "second_label": gettext_lazy("seconde échelle"),
    "message": gettext_lazy("message d’erreur"),
}
GENERAL: Final = "_"  # title, welcome, end, answers used on several pages, scores


@dataclass(frozen=True, slots=True)
class Pair:
    """One text: where it is, what it says in the main language and in the other."""

    spot: Spot
    field: str
    what: str
    words: str
    translated: str

    @property
    def name(self) -> str:
        return f"{self.spot}|{self.field}"

    @property
    def long(self) -> bool:
        return len(self.words) > 70 or "\n" in self.words


@dataclass(frozen=True, slots=True)
class Section:
    """The texts of one page."""

    id: str
    title: str
    pairs: tuple[Pair, ...]

    @property
    def missing(self) -> int:
        return sum(not pair.translated for pair in self.pairs)

    @property
    def sorted(self) -> tuple[Pair, ...]:
        """What is missing first, each part in the order of the questionnaire."""
        return (*(p for p in self.pairs if not p.translated), *(p for p in self.pairs if p.translated))


def sections_of(form: Questionnaire, language: str, only: frozenset[str] | None = None) -> list[Section]:
    """Pages with their texts; lists of answers come with the first page that uses them."""
    # « Oui / Non » comes with its words in the languages it knows.
    known = all(choice.label.get(language) for choice in YES_NO.choices)
    seen: set[str] = {YES_NO.id} if known else set()
    sections = [] if only else [Section(GENERAL, _("Le questionnaire"), tuple(_general(form, language)))]
    for rank, group in enumerate(form.groups):
        if only and group.id not in only:
            seen |= {choices.id for item in group.items for choices in choice_lists(item)}
            continue
        pairs = tuple(_of_group(form, group, language, seen, with_group=not only))
        sections.append(Section(group.id, name_of_page(form, group, rank), pairs))
    return [section for section in sections if section.pairs]


def _general(form: Questionnaire, language: str) -> Iterator[Pair]:
    yield from _pairs(form, WHOLE, form, language, "")
    for scale in form.scales:
        yield from _pairs(form, Spot.scale(scale.id), scale, language, _("score"))


def _of_group(
    form: Questionnaire, group: Group, language: str, seen: set[str], *, with_group: bool
) -> Iterator[Pair]:
    if with_group:
        yield from _pairs(form, Spot.group(group.id), group, language, _("page"))
    for item in group.items:
        yield from _of_item(form, item, language)
        for choices in choice_lists(item):
            if choices.id in seen:
                continue
            seen.add(choices.id)
            for choice in choices.choices:
                yield from _pairs(form, Spot.choice(choices.id, choice.code), choice, language, _("réponse"))


def _of_item(form: Questionnaire, item: Item, language: str) -> Iterator[Pair]:
    yield from _pairs(form, Spot.item(item.id), item, language, _("question"))
    if isinstance(item, Rows):
        for row in item.rows:
            yield from _pairs(form, Spot.row(item.id, row.id), row, language, _("phrase"))


def _pairs(form: Questionnaire, spot: Spot, part: object, language: str, what: str) -> Iterator[Pair]:
    for field in text_fields(part):
        text = text_of(part, field)
        if words := text.get(form.language):
            named = str(FIELD_NAMES.get(field, field))
            told = what if what and field in {"label", "title"} else f"{what}, {named}" if what else named
            yield Pair(spot, field, told, words, text.get(language) or "")


def translated(form: Questionnaire, changed: dict[tuple[Spot, str], str], language: str) -> Questionnaire:
    """Write many texts at once in one language; a part that is gone refuses the whole with its sentence."""
    by_part: dict[Spot, dict[str, str]] = {}
    for (spot, field), words in changed.items():
        by_part.setdefault(spot, {})[field] = words.strip().replace("\r\n", "\n")
    items: dict[str, Item] = {}
    for spot, texts in by_part.items():
        if spot.part is Part.ITEM:
            items[spot.id] = _written(items.get(spot.id) or item_at(form, spot.id), texts, language)
        elif spot.part is Part.ROW:
            block = items.get(spot.owner) or rows_at(form, spot.owner)
            row_at(form, spot.owner, spot.id)
            assert isinstance(block, Rows)
            rows = tuple(_written(r, texts, language) if r.id == spot.id else r for r in block.rows)
            items[spot.owner] = replace(block, rows=rows)
        else:
            for field, words in texts.items():
                form = set_text(form, spot, field, words, language)
    return with_items(form, items) if items else form


Translated = TypeVar("Translated")


def _written(part: Translated, texts: dict[str, str], language: str) -> Translated:
    for field, words in texts.items():
        part = with_text(part, field, Text.of({**dict(text_of(part, field)), language: words}))
    return part


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one language is."""

    code: str
    name: str
    done: int
    total: int

    @property
    def missing(self) -> int:
        return self.total - self.done


def progress_by_language(form: Questionnaire, only: frozenset[str] | None = None) -> list[Progress]:
    """Each language but the main one, in order."""
    return [
        Progress(code, OWN_NAMES.get(code, code), *progress_of(sections_of(form, code, only)))
        for code in form.languages[1:]
    ]


def progress_of(sections: list[Section]) -> tuple[int, int]:
    """How many texts are translated, out of how many."""
    total = sum(len(section.pairs) for section in sections)
    return total - sum(section.missing for section in sections), total
