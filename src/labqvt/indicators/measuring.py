"""Figures computed from facts, and set beside what was published."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from labqvt.foundation.periods import Period
from labqvt.foundation.typography import format_number, with_unit
from labqvt.indicators import qualifiers
from labqvt.indicators.models import Fact, Indicator, Statement
from labqvt.indicators.qualifiers import Allowed, allowed
from labqvt.people.models import Scope

_HUNDRED: Final = Decimal(100)
_PLURAL: Final = 2


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure computed from facts. ``value`` is ``None`` when nothing allows to compute it, never zero instead."""

    indicator: Indicator
    value: Decimal | None
    facts: int
    fictitious: int
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    covers: Period | None = None  # from the first fact to the last, as precisely as they are dated

    @property
    def written(self) -> str:
        if self.value is None:
            return "–"
        if self.indicator.kind == Indicator.Kind.RATIO:
            return written(self.value.quantize(Decimal(1), rounding=ROUND_HALF_UP), "%")
        return written(self.value)


def written(value: Decimal, unit: str = "") -> str:
    """A figure as read: no decimals unless it has some."""
    language = get_language() or "fr"
    decimals = 0 if value == value.to_integral_value() else 1
    return with_unit(format_number(float(value), decimals, language), unit, language)


@dataclass(frozen=True, slots=True)
class _Row:
    kind: str
    dimensions: dict[str, Any]
    quantity: Decimal
    organisation: int | None
    fictitious: bool
    path: str
    when: Period


def _reaches(indicator: Indicator, scope: Scope, path: str) -> bool:
    """Whether a fact held at ``path`` counts for the figure read at ``scope``."""
    is_programme = scope.kind == Scope.Kind.PROGRAMME
    if indicator.level == Indicator.Level.PROGRAMME:
        return is_programme and path == scope.path
    if not is_programme:
        return path.startswith(scope.path)
    return (
        indicator.regional_rule != Indicator.RegionalRule.NONE
        and path != scope.path
        and path.startswith(scope.path)
    )


def _picks(indicator: Indicator, row: _Row) -> bool:
    return row.kind == indicator.fact_kind and all(
        row.dimensions.get(name) in _wanted(value) for name, value in indicator.dimensions.items()
    )


def _wanted(value: str | list[str]) -> list[str]:
    """The values of a dimension that an indicator picks: one, or any of several."""
    return value if isinstance(value, list) else [value]


def _covered(rows: Sequence[_Row]) -> Period | None:
    """From the first fact to the last: each end keeps the precision it was given with."""
    if not rows:
        return None
    first = min(rows, key=lambda row: row.when.first).when.text.split("/")[0]
    last = max(rows, key=lambda row: row.when.last).when.text.split("/")[-1]
    return Period.read(first if first == last else f"{first}/{last}")


def _amount(indicator: Indicator, rows: Sequence[_Row]) -> Decimal:
    if indicator.regional_rule == Indicator.RegionalRule.DISTINCT:
        named = {row.organisation for row in rows if row.organisation is not None}
        return Decimal(len(named) + sum(row.organisation is None for row in rows))
    if indicator.kind == Indicator.Kind.COUNT:
        return Decimal(len(rows))
    return sum((row.quantity for row in rows), Decimal(0))


def _measure(indicator: Indicator, scope: Scope, rows: Sequence[_Row]) -> Measure:
    mine = [row for row in rows if _picks(indicator, row) and _reaches(indicator, scope, row.path)]
    amount = _amount(indicator, mine)
    spread = {
        "facts": len(mine),
        "fictitious": sum(row.fictitious for row in mine),
        "covers": _covered(mine),
    }
    if indicator.denominator is not None:
        whole = _measure(indicator.denominator, scope, rows).value
        # Both parts must be known: a share of nothing recorded is not « 0 % ».
        ratio = amount * _HUNDRED / whole if whole and mine else None
        return Measure(indicator, ratio, numerator=amount if mine else None, denominator=whole, **spread)
    # No fact recorded is not « zero »: it is not known.
    return Measure(indicator, amount if mine else None, numerator=amount if mine else None, **spread)


def measures_at(scope: Scope, indicators: Iterable[Indicator]) -> list[Measure]:
    """Every figure of a place, from one reading of its facts."""
    fields = ("kind", "dimensions", "quantity", "organisation_id", "is_fictitious", "scope__path", "when")
    facts = Fact.objects.filter(scope__path__startswith=scope.path).order_by().values_list(*fields)
    rows = [_Row(*values) for values in facts]
    return [_measure(indicator, scope, rows) for indicator in indicators]


def facts_behind(indicator: Indicator, scope: Scope) -> QuerySet[Fact]:
    """The facts a figure is computed from: the same choice as ``measures_at``, made by the database."""
    facts = Fact.objects.filter(kind=indicator.fact_kind)
    for name, value in indicator.dimensions.items():
        facts = facts.filter(**{f"dimensions__{name}__in": _wanted(value)})
    return facts.filter(_where(indicator, scope)).select_related(
        "organisation", "proof", "scope", "recorded_by"
    )


def _where(indicator: Indicator, scope: Scope) -> Q:
    is_programme = scope.kind == Scope.Kind.PROGRAMME
    nowhere, inside = Q(pk__in=[]), Q(scope__path__startswith=scope.path)
    if indicator.level == Indicator.Level.PROGRAMME:
        return Q(scope=scope) if is_programme else nowhere
    if not is_programme:
        return inside
    return nowhere if indicator.regional_rule == Indicator.RegionalRule.NONE else inside & ~Q(scope=scope)


class Agreement(Enum):
    """How a published figure and the facts stand to each other."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOTHING_COUNTED = "nothing-counted"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A published figure beside the measure, and the sentence that reads them together."""

    statement: Statement
    agreement: Agreement
    sentence: str
    cited: str = ""

    @property
    def said(self) -> str:
        return said_words(self.statement)


def said_words(statement: Statement) -> str:
    """A published figure with its qualifier: « près de 400 personnes », « plus de 120 réponses »."""
    # Units are written in the plural; below two, French uses the singular and the label says it all.
    unit = statement.unit if statement.unit == "%" or abs(statement.value) >= _PLURAL else ""
    values = {"value": written(statement.value, unit)}
    match statement.qualifier:
        case qualifiers.APPROX:
            return _("environ %(value)s") % values
        case qualifiers.MAX_APPROX:
            return _("près de %(value)s") % values
        case qualifiers.MIN_STRICT:
            return _("plus de %(value)s") % values
        case qualifiers.MIN_VAGUE:
            return _("au moins %(value)s") % values
        case qualifiers.PLANNED:
            return _("%(value)s (prévision)") % values
    return values["value"]


def _margin_words(margin: Allowed) -> str:
    """« de 18 à 22 », « au moins 24 », « plus de 120 », « de 360 à moins de 400 »."""
    if margin.low is not None and margin.high is not None:
        values = {"low": written(margin.low), "high": written(margin.high)}
        if margin.high_included:
            return _("de %(low)s à %(high)s") % values
        return _("de %(low)s à moins de %(high)s") % values
    assert margin.low is not None  # a published figure always bounds from below
    if margin.low_included:
        return _("au moins %(low)s") % {"low": written(margin.low)}
    return _("plus de %(low)s") % {"low": written(margin.low)}


def compare(statement: Statement, measure: Measure | None, cited: str = "") -> Comparison:
    """Read a published figure against what the facts say, by what its words allow."""
    margin = allowed(statement.value, statement.qualifier)

    def said(agreement: Agreement, sentence: str) -> Comparison:
        return Comparison(statement, agreement, sentence, cited)

    if margin is None:
        return said(Agreement.FORECAST, _("C’était une prévision : elle ne dit pas ce qui a eu lieu."))
    if measure is None or measure.value is None:
        return said(Agreement.NOTHING_COUNTED, _("Aucun fait recensé : rien à comparer pour l’instant."))
    values = {"counted": measure.written, "margin": _margin_words(margin)}
    exact = statement.qualifier == Statement.Qualifier.EXACT
    if measure.value in margin:
        sentence = (
            _("Le recensé dit la même chose.")
            if exact
            else _("Le recensé, %(counted)s, est dans la marge : %(margin)s.")
        )
        return said(Agreement.AGREES, sentence % values)
    if exact:
        return said(Agreement.DIFFERS, _gap_sentence(measure.value - statement.value))
    return said(Agreement.DIFFERS, _("Le recensé, %(counted)s, sort de la marge : %(margin)s.") % values)


def _gap_sentence(gap: Decimal) -> str:
    size = {"gap": written(abs(gap))}
    if gap > 0:
        return _("Le recensé compte %(gap)s de plus.") % size
    return _("Le recensé compte %(gap)s de moins.") % size


@dataclass(frozen=True, slots=True)
class Reading:
    """Published figures that say the same thing, read against the measure: one sentence, all their sources."""

    said: str
    agreement: Agreement
    sentence: str
    cited: list[str]


def read_together(comparisons: Iterable[Comparison]) -> list[Reading]:
    """Group the comparisons that say the same, in the order they come."""
    readings: dict[tuple[str, str], Reading] = {}
    for one in comparisons:
        reading = readings.setdefault(
            (one.said, one.sentence), Reading(one.said, one.agreement, one.sentence, [])
        )
        if one.cited and one.cited not in reading.cited:
            reading.cited.append(one.cited)
    return list(readings.values())


def compare_all(
    statements: Iterable[Statement], measures: Iterable[Measure], cite: Callable[[Statement], str]
) -> dict[str, list[Comparison]]:
    """Comparisons by indicator code; a figure published under another of its codes joins its own."""
    measures = list(measures)
    by_code = {code: measure for measure in measures for code in measure.indicator.aliases}
    by_code |= {measure.indicator.code: measure for measure in measures}
    compared: dict[str, list[Comparison]] = {}
    for statement in statements:
        measure = by_code.get(statement.indicator_code)
        code = measure.indicator.code if measure else statement.indicator_code
        compared.setdefault(code, []).append(compare(statement, measure, cite(statement)))
    return compared
