"""Reading figures: the page of a region, the facts behind one figure, what was published."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labqvt.indicators.measuring import (
    Comparison,
    Measure,
    Reading,
    compare_all,
    measures_at,
    read_together,
    written,
)
from labqvt.indicators.models import Fact, Indicator, Statement
from labqvt.people.models import Scope
from labqvt.programmes.models import Programme
from labqvt.programmes.queries import cited, titles_of_sources


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a page: what is computed, and what was published about it."""

    measure: Measure
    published: list[Reading]

    @property
    def covers(self) -> str:
        """« 3 faits, du 29 juin 2021 au 6 juillet 2021 », with what was invented said aloud."""
        n, invented = self.measure.facts, self.measure.fictitious
        if invented == n:
            facts = ngettext(
                "%(n)s fait inventé pour la démonstration", "%(n)s faits inventés pour la démonstration", n
            ) % {"n": n}
        elif invented:
            facts = ngettext(
                "%(n)s faits dont %(invented)s inventé pour la démonstration",
                "%(n)s faits dont %(invented)s inventés pour la démonstration", invented,
            ) % {"n": n, "invented": invented}  # fmt: skip
        else:
            facts = ngettext("%(n)s fait", "%(n)s faits", n) % {"n": n}
        if self.measure.covers is None:
            return facts
        return _("%(facts)s, %(period)s") % {"facts": facts, "period": self.measure.covers.words()}

    @property
    def link(self) -> str:
        facts = self.measure.facts
        return ngettext("Voir le fait", "Voir les %(n)s faits", facts) % {"n": facts}

    @property
    def how(self) -> str:
        """How the figure is computed, in a sentence."""
        indicator = self.measure.indicator
        kind = indicator.get_fact_kind_display()
        if indicator.denominator:
            return _("Part, en pourcentage, de « %(whole)s » : les quantités des faits « %(kind)s » qui répondent à la définition.") % {
                "whole": indicator.denominator.name, "kind": kind
            }  # fmt: skip
        if indicator.regional_rule == Indicator.RegionalRule.DISTINCT:
            return _(
                "Chaque organisation est comptée une fois, même quand plusieurs faits « %(kind)s » la nomment."
            ) % {"kind": kind}
        if indicator.kind == Indicator.Kind.SUM:
            return _(
                "Les quantités des faits « %(kind)s » qui répondent à la définition sont additionnées."
            ) % {"kind": kind}
        return _("Chaque fait « %(kind)s » qui répond à la définition compte pour un.") % {"kind": kind}

    @property
    def ratio(self) -> str:
        """« 4 sur 7 » behind a percentage."""
        measure = self.measure
        if measure.denominator is None or measure.numerator is None:
            return ""
        return _("%(part)s sur %(whole)s") % {
            "part": written(measure.numerator),
            "whole": written(measure.denominator),
        }


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a place: those the facts give, then what was only published."""

    counted: list[Figure]
    only_published: list[Comparison]


def indicators_of(programme: Programme) -> QuerySet[Indicator]:
    return Indicator.objects.filter(programme=programme).select_related("denominator")


def statements_at(programme: Programme, scope: Scope) -> QuerySet[Statement]:
    return Statement.objects.filter(programme=programme, scope=scope).order_by("reference")


def figures_at(programme: Programme, scope: Scope) -> Figures:
    """Figures of a region or of a programme. Four queries, whatever the number of facts."""
    measures = measures_at(scope, _readable_at(indicators_of(programme), scope))
    titles = titles_of_sources(programme)
    statements = list(statements_at(programme, scope))
    published = compare_all(statements, measures, lambda one: cited(one, titles))
    counted = [
        Figure(measure, read_together(published.get(measure.indicator.code, [])))
        for measure in measures
        if measure.value is not None
    ]
    shown = {figure.measure.indicator.code for figure in counted}
    rest = [comparison for code, several in published.items() if code not in shown for comparison in several]
    return Figures(counted, sorted(rest, key=lambda one: one.statement.reference))


def _readable_at(indicators: Iterable[Indicator], scope: Scope) -> list[Indicator]:
    if scope.kind == Scope.Kind.PROGRAMME:
        return list(indicators)
    return [one for one in indicators if one.level == Indicator.Level.REGION]


def figure_of(programme: Programme, scope: Scope, indicator: Indicator) -> Figure:
    """One figure with what was published about it."""
    (measure,) = measures_at(scope, [indicator])
    titles = titles_of_sources(programme)
    statements = statements_at(programme, scope).filter(
        indicator_code__in=[indicator.code, *indicator.aliases]
    )
    compared = compare_all(statements, [measure], lambda one: cited(one, titles))
    return Figure(measure, read_together(compared.get(indicator.code, [])))


def facts_at(scope: Scope) -> QuerySet[Fact]:
    """Every fact of a place and of what it contains, latest first."""
    return Fact.objects.filter(scope__path__startswith=scope.path).select_related(
        "organisation", "proof", "recorded_by"
    )


def matching(facts: QuerySet[Fact], words: str) -> QuerySet[Fact]:
    """Facts that hold every word, wherever it stands."""

    def holds(word: str) -> Q:
        return (
            Q(label__icontains=word)
            | Q(source__icontains=word)
            | Q(organisation__name__icontains=word)
            | Q(when__contains=word)
        )

    return facts.filter(reduce(lambda found, word: found & holds(word), words.split(), Q()))


def cite_all(facts: Iterable[Fact], programme: Programme) -> list[tuple[Fact, str]]:
    """Facts with where they were read."""
    titles = titles_of_sources(programme)
    return [(fact, cited(fact, titles)) for fact in facts]


def rows_to_export(facts: Iterable[Fact], programme: Programme) -> list[tuple[Any, ...]]:
    """Facts as the rows of a spreadsheet."""
    return [
        (
            fact.when.words(), fact.starts_on.isoformat(), fact.ends_on.isoformat(), str(fact.get_kind_display()),
            fact.label, float(fact.quantity), fact.unit, str(fact.organisation or ""), source,
            fact.proof.name if fact.proof else "", str(fact.get_origin_display()),
            _("oui") if fact.is_fictitious else _("non"), fact.public_id,
        )
        for fact, source in cite_all(facts, programme)
    ]  # fmt: skip
