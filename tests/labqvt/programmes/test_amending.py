"""An experimentation changes its object: dated, with its reason, nothing overwritten."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from labqvt.foundation import journal
from labqvt.foundation.periods import Period
from labqvt.programmes.amending import amend
from labqvt.programmes.models import Amendment

FIELD = Amendment.Field


def changed(cast, after="L’égalité", by=None, **facts):
    facts = {"field": FIELD.PURPOSE, "cause": "Le financement n’est pas venu."} | facts
    return amend(experimentation=cast.region, after=after, by=by or cast.lead, **facts)


def test_what_was_written_before_stays_readable(cast, client):
    before = cast.region.purpose
    changed(cast, decided_on=Period.read("2026-06"))
    cast.region.refresh_from_db()
    assert cast.region.purpose == "L’égalité"
    client.force_login(cast.partner)
    page = client.get(reverse("programmes:experimentation", args=[cast.region.public_id])).content.decode()
    for said in (before, "L’égalité", "Le financement n’est pas venu.", "juin 2026"):
        assert said in page


def test_only_the_last_one_is_taken_back(cast):
    before = cast.region.purpose
    _first, first = changed(cast)
    _second, second = changed(cast, after="Le numérique")
    with pytest.raises(PermissionDenied, match="dernier"):
        journal.undo(entry=first, by=cast.lead)
    journal.undo(entry=second, by=cast.lead)
    journal.undo(entry=first, by=cast.lead)
    cast.region.refresh_from_db()
    assert cast.region.purpose == before
    assert not Amendment.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"decided_on": Period.read("2027")}, "decided_on"),
        ({"after": "Essayer, puis dire ce que l’on a appris."}, "after"),
        ({"cause": ""}, "cause"),
        ({"field": FIELD.THEME, "after": "x" * 200}, "theme"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(cast, facts, field):
    with pytest.raises(ValidationError) as error:
        changed(cast, **facts)
    assert list(error.value.message_dict) == [field]
    assert not Amendment.objects.exists()


@pytest.mark.parametrize("who", ["other_lead", "partner", "director", "stranger", "administrator"])
def test_only_who_leads_the_region_amends_it(cast, who):
    with pytest.raises(PermissionDenied):
        changed(cast, by=getattr(cast, who))
