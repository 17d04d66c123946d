"""What the pair fills in about profile questions: which, in what order, how many people in each category."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labqvt.campaigns import rules
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.profile import ProfileQuestion, categories, fits, looks_ordered, offered

_SHORT: Final = {"class": "control--short"}
_MOST: Final = 5000


@dataclass(frozen=True, slots=True)
class CategoryFields:
    label: str
    count: forms.BoundField
    merge: forms.BoundField | None


@dataclass(frozen=True, slots=True)
class QuestionFields:
    """The fields of one question, for the template."""

    id: str
    label: str
    ask: forms.BoundField
    rank: forms.BoundField
    categories: tuple[CategoryFields, ...]
    ordered: bool

    @property
    def is_asked(self) -> bool:
        return bool(self.ask.value())


@dataclass(frozen=True, slots=True)
class CrossingFields:
    """A table of headcounts for two questions asked together."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[forms.BoundField, ...]], ...]


class ProfileForm(forms.Form):
    """Headcounts, never names. Crossings are optional: without them, they are bounded from the two counts."""

    least = forms.IntegerField(
        label=gettext_lazy("À partir de combien de réponses un résultat paraît-il ?"), min_value=rules.LEAST, max_value=50,
        widget=forms.NumberInput(attrs=_SHORT), help_text=gettext_lazy("Six au moins. Vous pouvez demander plus, jamais moins."),
        error_messages={"min_value": gettext_lazy("Un résultat réunit au moins six réponses : ce minimum se relève, il ne s’abaisse pas.")},
    )  # fmt: skip

    def __init__(
        self, *args: Any, campaign: Campaign, people: int, language: str, askable: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.campaign, self.people, self.language = campaign, people, language
        self.items = offered(campaign.version.form) if askable else ()
        self.kept = {kept["id"]: kept for kept in campaign.profile.get("questions", [])}
        self.fields["least"].initial = campaign.least
        for number, item in enumerate(self.items):
            self._add_question(number, item)
        for first, second in self._pairs():
            self._add_crossing(first, second)

    def _add_question(self, number: int, item: Any) -> None:
        kept = self.kept.get(item.id)
        order = list(self.kept)
        self.fields[f"ask_{number}"] = forms.BooleanField(
            label=_("Poser cette question"), required=False, initial=kept is not None
        )
        self.fields[f"rank_{number}"] = forms.IntegerField(
            label=_("Place parmi les questions de profil"), help_text=_("1 pour celle posée en premier."), required=False, min_value=1, max_value=len(self.items),
            initial=order.index(item.id) + 1 if kept else None, widget=forms.NumberInput(attrs=_SHORT),
        )  # fmt: skip
        labels = self._labels(item)
        ordered = self._is_ordered(item)
        for place, choice in enumerate(categories(item)):
            self.fields[f"count_{number}_{place}"] = forms.IntegerField(
                label=_("Personnes : %(category)s") % {"category": labels[place]}, required=False, min_value=0, max_value=_MOST,
                initial=kept["headcounts"].get(choice.code) if kept else None, widget=forms.NumberInput(attrs=_SHORT),
            )  # fmt: skip
            if place and len(labels) > 2:
                before = [place - 1] if ordered else range(place)
                self.fields[f"merge_{number}_{place}"] = forms.ChoiceField(
                    label=_("Regrouper « %(category)s »") % {"category": labels[place]}, required=False,
                    choices=[("", _("à part")), *((str(other), _("avec « %(other)s »") % {"other": labels[other]}) for other in before)],
                    initial=self._merged_with(kept, item, place),
                )  # fmt: skip

    def _add_crossing(self, first: int, second: int) -> None:
        one, other = self.items[first], self.items[second]
        kept = self._kept_crossing(one.id, other.id)
        for i, row in enumerate(self._labels(one)):
            for j, column in enumerate(self._labels(other)):
                self.fields[f"cross_{first}_{second}_{i}_{j}"] = forms.IntegerField(
                    label=f"{row} × {column}", required=False, min_value=0, max_value=_MOST,
                    initial=kept[i][j] if kept else None, widget=forms.NumberInput(attrs=_SHORT),
                )  # fmt: skip

    def _pairs(self) -> list[tuple[int, int]]:
        """Pairs of questions of the draft, in their order: those one may count the crossing of."""
        ranks = [number for id_ in self.kept for number, item in enumerate(self.items) if item.id == id_]
        return list(combinations(ranks, 2))

    def _kept_crossing(self, first: str, second: str) -> list[list[int]] | None:
        for crossing in self.campaign.profile.get("crossings", []):
            if crossing["of"] == [first, second]:
                return list(crossing["cells"])
        return None

    def _labels(self, item: Any) -> list[str]:
        return [choice.label.pick(self.language) for choice in categories(item)]

    def _is_ordered(self, item: Any) -> bool:
        return looks_ordered(item)

    def _merged_with(self, kept: Any, item: Any, place: int) -> str:
        if not kept:
            return ""
        codes = [choice.code for choice in categories(item)]
        group = next(group for group in kept["groups"] if codes[place] in group)
        before = [codes.index(code) for code in group if codes.index(code) < place]
        return str(max(before)) if before else ""

    # For the template

    def questions(self) -> Iterator[QuestionFields]:
        for number, item in enumerate(self.items):
            labels = self._labels(item)
            yield QuestionFields(
                id=item.id,
                label=item.label.pick(self.language),
                ask=self[f"ask_{number}"],
                rank=self[f"rank_{number}"],
                categories=tuple(
                    CategoryFields(
                        label,
                        self[f"count_{number}_{place}"],
                        self[f"merge_{number}_{place}"] if f"merge_{number}_{place}" in self.fields else None,
                    )
                    for place, label in enumerate(labels)
                ),
                ordered=self._is_ordered(item),
            )

    def crossings(self) -> Iterator[CrossingFields]:
        for first, second in self._pairs():
            one, other = self.items[first], self.items[second]
            columns = self._labels(other)
            yield CrossingFields(
                f"{one.label.pick(self.language)} × {other.label.pick(self.language)}",
                tuple(columns),
                tuple(
                    (row, tuple(self[f"cross_{first}_{second}_{i}_{j}"] for j in range(len(columns))))
                    for i, row in enumerate(self._labels(one))
                ),
            )

    # Reading

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        asked = []
        for number, item in enumerate(self.items):
            if values.get(f"ask_{number}"):
                question = self._question(number, item, values)
                asked.append((values.get(f"rank_{number}") or len(self.items) + number, number, question))
        asked.sort(key=lambda entry: entry[:2])
        crossings = [self._crossing(first, second, values) for first, second in self._pairs()]
        values["profile"] = {
            "questions": [question for _rank, _number, question in asked],
            "crossings": [crossing for crossing in crossings if crossing],
        }
        return values

    def _question(self, number: int, item: Any, values: dict[str, Any]) -> dict[str, Any]:
        codes = [choice.code for choice in categories(item)]
        counts = [values.get(f"count_{number}_{place}") for place in range(len(codes))]
        if all(count is None for count in counts):
            self.add_error(f"count_{number}_0", _("Dites combien de personnes comptent dans chaque catégorie : des nombres, jamais de noms."))  # fmt: skip
        elif sum(count or 0 for count in counts) != self.people:
            self.add_error(f"count_{number}_0", _("Vos effectifs comptent %(total)s personnes, la campagne en invite %(people)s hors direction.")
                           % {"total": sum(count or 0 for count in counts), "people": self.people})  # fmt: skip
        groups: list[list[str]] = []
        for place, code in enumerate(codes):
            chosen = values.get(f"merge_{number}_{place}") or ""
            home = next((g for g in groups if chosen and codes[int(chosen)] in g), None)
            if home is None:
                groups.append([code])
            else:
                home.append(code)
        if len(groups) < 2:
            self.add_error(
                f"ask_{number}", _("Tout est regroupé en un seul : il n’y a plus rien à demander.")
            )
        question = ProfileQuestion(item.id, tuple(tuple(group) for group in groups), self._is_ordered(item))
        if len(groups) > 1 and not fits(question, self.campaign.version.form):
            self.add_error(f"ask_{number}", _("Seules des catégories voisines se regroupent."))
        return question.as_json() | {"headcounts": {c: n or 0 for c, n in zip(codes, counts, strict=True)}}

    def _crossing(self, first: int, second: int, values: dict[str, Any]) -> dict[str, Any] | None:
        if not (values.get(f"ask_{first}") and values.get(f"ask_{second}")):
            return None
        one, other = self.items[first], self.items[second]
        shape = range(len(categories(one))), range(len(categories(other)))
        cells = [[values.get(f"cross_{first}_{second}_{i}_{j}") for j in shape[1]] for i in shape[0]]
        if all(cell is None for row in cells for cell in row):
            return None
        counted = [[cell or 0 for cell in row] for row in cells]
        rows = [values.get(f"count_{first}_{i}") or 0 for i in shape[0]]
        columns = [values.get(f"count_{second}_{j}") or 0 for j in shape[1]]
        if [sum(row) for row in counted] != rows or [sum(c) for c in zip(*counted, strict=True)] != columns:
            self.add_error(f"cross_{first}_{second}_0_0", _("Les lignes et les colonnes ne retombent pas sur vos effectifs par catégorie."))  # fmt: skip
        return {"of": [one.id, other.id], "cells": counted}
