"""The lists of six of 2021 and 2023, the three themes of a region, and how they answer one another."""

import pytest

from labqvt.instruments.frameworks import OURS, correspondences, frameworks, place_in
from labqvt_forms import Determinant


def test_from_the_oldest_each_in_both_languages():
    assert [(one.id, one.year, len(one.subjects)) for one in frameworks().values()] == [
        ("paca-2020", 2020, 3),
        ("anact-2021", 2021, 6),
        ("qvct-2023", 2023, 6),
    ]
    for one in frameworks().values():
        assert one.source
        texts = [one.title, *(text for subject in one.subjects for text in (subject.label, subject.sense))]
        assert {text.languages for text in texts} == {("en", "fr")}
        assert all("'" not in text.pick("fr") for text in texts)
        assert len({subject.id for subject in one.subjects}) == len(one.subjects)


def test_the_subjects_of_2021_are_our_determinants():
    assert tuple(subject.id for subject in frameworks()[OURS].subjects) == tuple(Determinant)
    assert all(place_in(OURS, determinant).id == determinant for determinant in Determinant)


def test_a_correspondence_cites_subjects_that_exist_and_places_each_once():
    for one in correspondences():
        origin, arrival = frameworks()[one.from_], frameworks()[one.to]
        assert all(origin.subject(pair.from_) and arrival.subject(pair.to) for pair in one.pairs)
        assert len({pair.from_ for pair in one.pairs}) == len(one.pairs)


@pytest.mark.parametrize(
    ("determinant", "in_2023", "in_paca"),
    [
        (Determinant.RELATIONS, "dialogue", "management"),
        (Determinant.CONTENU, "organisation", "organisation"),
        (Determinant.SANTE, "sante", "sante"),
        (Determinant.COMPETENCES, "competences", "organisation"),
        (Determinant.EGALITE, "egalite", None),
        (Determinant.MANAGEMENT, "projet", "management"),
    ],
)
def test_where_a_determinant_is_spoken_of(determinant, in_2023, in_paca):
    places = [place_in(id_, determinant) for id_ in ("qvct-2023", "paca-2020")]
    assert [place and place.id for place in places] == [in_2023, in_paca]


def test_every_subject_of_2023_is_reached():
    reached = {place_in("qvct-2023", determinant).id for determinant in Determinant}
    assert reached == {subject.id for subject in frameworks()["qvct-2023"].subjects}


def test_an_unknown_list_has_no_place():
    with pytest.raises(KeyError):
        place_in("anact-1999", Determinant.SANTE)
    with pytest.raises(KeyError):
        frameworks()[OURS].subject("argent")
