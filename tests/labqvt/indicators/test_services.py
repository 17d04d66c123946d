"""Facts entered, taken out and put back; by those who may, with the sentence for those who may not."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from labqvt.foundation import files, journal
from labqvt.foundation.periods import Period
from labqvt.indicators import services
from labqvt.indicators.models import Fact, FactKind, Indicator
from tests.labqvt.indicators.factories import FactFactory, IndicatorFactory

FACT = {
    "kind": FactKind.MEETING,
    "label": "Comité",
    "when": Period.read("2026-03"),
    "source": "compte-rendu.txt",
}


def add(cast, by, **more):
    return services.add_fact(scope=cast.region.scope, by=by, **{**FACT, **more})


@pytest.mark.parametrize("who", ["partner", "director", "other_lead", "stranger", "administrator"])
def test_facts_are_entered_and_taken_out_by_those_who_steer(cast, who):
    fact = FactFactory(scope=cast.region.scope)
    with pytest.raises(PermissionDenied, match="personne qui la représente"):
        add(cast, getattr(cast, who))
    with pytest.raises(PermissionDenied, match="personne qui la représente"):
        services.remove_fact(fact=fact, by=getattr(cast, who))
    assert list(Fact.objects.all()) == [fact]


@pytest.mark.parametrize("who", ["lead", "national"])
def test_a_fact_added_is_undone_and_a_fact_removed_comes_back_the_same(cast, who):
    person = getattr(cast, who)
    fact, entry = add(cast, person, quantity=Decimal("2.5"), dimensions={"form": "x"}, source_line=12)
    assert (fact.starts_on.isoformat(), fact.ends_on.isoformat(), fact.recorded_by) == (
        "2026-03-01",
        "2026-03-31",
        person,
    )
    removed = services.remove_fact(fact=fact, by=person)
    assert not Fact.objects.exists()
    journal.undo(entry=removed, by=person)
    back = Fact.objects.get()
    kept = (
        "public_id",
        "kind",
        "label",
        "when",
        "quantity",
        "dimensions",
        "source",
        "source_line",
        "scope_id",
        "recorded_by_id",
    )
    assert {name: getattr(back, name) for name in kept} == {name: getattr(fact, name) for name in kept}
    journal.undo(entry=entry, by=person)
    assert not Fact.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"when": Period.read("2026-12")}, "when", "à venir"),
        ({"source": ""}, "source", "d’où vient ce fait"),
        ({"quantity": Decimal(-1)}, "quantity", "0"),
        ({"kind": "inconnu"}, "kind", "inconnu"),
    ],
)
def test_a_fact_that_cannot_be_checked_is_refused_on_its_field(cast, facts, field, sentence):
    with pytest.raises(ValidationError) as refused:
        add(cast, cast.lead, **facts)
    assert sentence in " ".join(refused.value.message_dict[field])
    assert not Fact.objects.exists()


def test_a_proof_is_read_by_those_who_read_the_place(cast):
    proof = SimpleUploadedFile("emargement.pdf", b"%PDF-1.7 ...", content_type="application/pdf")
    fact, _entry = add(cast, cast.lead, source="", proof=proof)
    readers = {
        who: bool(files.may_read(getattr(cast, who), fact.proof))
        for who in ("partner", "director", "lead", "stranger")
    }
    assert readers == {"partner": True, "director": True, "lead": True, "stranger": False}


def test_a_projected_fact_is_corrected_where_it_comes_from(cast):
    fact = FactFactory(scope=cast.region.scope)
    Fact.objects.filter(pk=fact.pk).update(origin=Fact.Origin.PROJECTED, projection_key="x")
    with pytest.raises(PermissionDenied, match="c’est là qu’il se corrige"):
        services.remove_fact(fact=fact, by=cast.lead)


def test_figures_are_defined_by_the_national_coordination(cast):
    definition = {
        "label": "Réunions",
        "definition": "Celles qui se sont tenues.",
        "kind": "count",
        "fact_kind": FactKind.MEETING,
    }
    for who in ("lead", "partner", "stranger", "administrator"):
        with pytest.raises(PermissionDenied, match="coordination nationale"):
            services.define_indicator(
                programme=cast.programme, code="reunions", by=getattr(cast, who), **definition
            )
    services.define_indicator(programme=cast.programme, code="reunions", by=cast.national, **definition)
    services.define_indicator(
        programme=cast.programme, code="reunions", by=cast.national, **{**definition, "label": "Comités"}
    )
    assert [indicator.label for indicator in Indicator.objects.all()] == ["Comités"]


def test_a_share_needs_what_it_is_a_share_of(cast):
    with pytest.raises(ValidationError, match="dénominateur"):
        IndicatorFactory(programme=cast.programme, kind="ratio")
