"""The library: open to every account, closed to visitors, drafts unknown to others, the same cost at any length."""

import copy

import pytest
from django.urls import reverse

from labqvt.demonstration.two_versions import corrected_by_the_network
from labqvt.foundation.registries import navigation_of
from labqvt.instruments import services, shipping
from labqvt.instruments.models import Questionnaire, QuestionnaireVersion
from labqvt.people.models import Scope
from tests.factories import AccountFactory, ScopeFactory, StructureFactory
from tests.labqvt.campaigns.factories import CampaignFactory
from tests.labqvt.instruments.factories import completed, written

pytestmark = pytest.mark.django_db
LIST = "/espace/questionnaires/"


@pytest.fixture
def versions():
    return shipping.publish_six_determinants()


def page_of(version):
    return reverse("instruments:questionnaire", args=[version.public_id])


def body(client, url, **query):
    return client.get(url, query).content.decode()


def another(version: QuestionnaireVersion, slug: str, status: str = "published") -> QuestionnaireVersion:
    questionnaire = Questionnaire.objects.create(
        slug=slug, title=slug, licence="CC BY 4.0", origin=Questionnaire.Origin.SHIPPED
    )
    return QuestionnaireVersion.objects.create(
        questionnaire=questionnaire, number=1, status=status, content=copy.deepcopy(version.content)
    )


def test_every_account_reads_the_sentences(client, versions):
    client.force_login(AccountFactory())
    assert "Six déterminants – salariés" in body(client, LIST)
    page = body(client, page_of(versions[0]))
    assert "Je peux demander de l’aide à mes collègues." in page
    assert "(phrase inversée)" in page


def test_a_visitor_signs_in_first(client, versions):
    for url in (LIST, page_of(versions[0]), "/espace/questionnaires/referentiels/"):
        assert client.get(url).status_code == 302


def test_a_draft_exists_for_those_who_keep_it_alone(client):
    network = ScopeFactory(label="Réseau")
    author, colleague = AccountFactory(national_of=network), AccountFactory(regional_of=network)
    draft = written(network, by=author, title="Chantier secret", published=False)
    for person in (author, colleague):
        client.force_login(person)
        assert "Chantier secret" in body(client, LIST, etat="draft")
        assert client.get(page_of(draft)).status_code == 200
    for stranger in (
        AccountFactory(administrator=True),
        AccountFactory(national_of=ScopeFactory()),
        AccountFactory(),
    ):
        client.force_login(stranger)
        assert "Chantier secret" not in body(client, LIST, etat="draft")
        assert client.get(page_of(draft)).status_code == 404


def test_what_a_structure_completed_is_read_there_and_nowhere_else(client):
    structure = StructureFactory(name="Le Fournil")
    director = AccountFactory(director_of=structure)
    draft = completed(structure, by=director)
    base = draft.questionnaire.adapts
    for person, expected in [
        (director, 200),
        (AccountFactory(employee_of=structure), 200),
        (AccountFactory(director_of=StructureFactory()), 404),
        (AccountFactory(national_of=ScopeFactory()), 404),
    ]:
        client.force_login(person)
        assert client.get(page_of(draft)).status_code == expected
        assert ("Le Fournil" in body(client, page_of(base))) is (expected == 200)


@pytest.mark.parametrize("etat", ["published", "draft", "retired"])
def test_the_list_costs_the_same_whatever_its_length(client, versions, django_assert_num_queries, etat):
    network = ScopeFactory()
    author = AccountFactory(national_of=network)
    client.force_login(author)
    for slug in ("premier", "deuxieme", "troisieme"):
        another(versions[0], slug, status=etat)
        written(network, by=author, title=slug, published=False)
        with django_assert_num_queries(9):
            client.get(LIST, {"etat": etat})


def test_the_page_of_a_version_costs_the_same_whatever_surrounds_it(client, django_assert_num_queries):
    network = ScopeFactory()
    author = AccountFactory(national_of=network)
    version = written(network, by=author)
    client.force_login(author)
    client.get(page_of(version))
    with django_assert_num_queries(9):
        client.get(page_of(version))
    for number in (2, 3, 4):
        QuestionnaireVersion.objects.create(
            questionnaire=version.questionnaire, number=number, status="retired", content=version.content
        )
    with django_assert_num_queries(9):
        client.get(page_of(version))


def test_words_are_found_whatever_their_accents(client, versions):
    client.force_login(AccountFactory())
    for words in ("ECHELLE salariés", "collegues", "tensions collègues", "Six  DÉTERMINANTS"):
        found = body(client, LIST, q=words)
        assert ("Six déterminants – salariés" in found) is (words != "ECHELLE salariés"), words
    assert "Aucun questionnaire ne correspond" in body(client, LIST, q="zzz")


def test_filters_narrow_the_list(client, versions):
    network = ScopeFactory(label="Réseau du Nord")
    author = AccountFactory(national_of=network)
    written(network, by=author, title="Pour les parcours", kind="participants")
    client.force_login(author)
    for query, seen, unseen in [
        ({"public": "participants"}, "Pour les parcours", "Six déterminants – salariés"),
        ({"public": "employees"}, "Six déterminants – salariés", "Pour les parcours"),
        ({"origine": "imported"}, "Pour les parcours", "Six déterminants – salariés"),
        ({"langue": "en"}, "Six déterminants – salariés", "Pour les parcours"),
        ({"tri": "short"}, "Pour les parcours", "zzz"),
        ({"public": "nimporte", "etat": "'\"<", "tri": "--", "page": "x"}, "Pour les parcours", "zzz"),
    ]:
        found = body(client, LIST, **query)
        rows = found[found.index('class="rows"') :]
        assert seen in rows, query
        assert unseen not in rows, query


def test_the_pages_of_the_list_keep_their_place(client, versions):
    for rank in range(25):
        another(versions[0], f"questionnaire-{rank}")
    client.force_login(AccountFactory())
    first = body(client, LIST, tri="recent", public="employees")
    assert "Page 1 sur 2" in first
    assert "tri=recent&amp;public=employees&amp;page=2" in first


def test_an_empty_list_says_what_to_do_first(client):
    client.force_login(AccountFactory())
    assert "Aucun questionnaire n’est publié" in body(client, LIST)
    client.force_login(AccountFactory(national_of=ScopeFactory()))
    drafts = body(client, LIST, etat="draft")
    assert "Écrivez une première question" in drafts
    assert reverse("instruments:write") in drafts


def test_the_easy_to_read_variant_says_that_nobody_concerned_has_read_it_yet(client):
    shipping.publish_shipped_packs()
    plain = QuestionnaireVersion.objects.get(questionnaire__slug="six-determinants-salaries")
    easy = QuestionnaireVersion.objects.get(questionnaire__slug="six-determinants-salaries-facile")
    client.force_login(AccountFactory())
    assert page_of(easy) in body(client, LIST)
    assert "pas encore relu par des personnes concernées" in body(client, page_of(plain))
    page = body(client, page_of(easy))
    assert "pas encore relue par des personnes concernées" in page
    assert page_of(plain) in page


def test_the_page_tells_how_scores_are_made(client, versions):
    version = versions[0]
    scale = version.form.scales[0]
    version.references = [{
        "scale": scale.id, "population": {"fr": "Salariés de France"}, "n": 1200, "mean": 61.4, "sd": 18.0,
        "source": "Enquête inventée pour le test", "edition": "2024", "url": "https://exemple.invalid/etude",
    }]  # fmt: skip
    version.save()
    client.force_login(AccountFactory())
    page = body(client, page_of(version))
    for words in (
        "La moyenne de ses 4 phrases, ramenée de 0 à 100.",
        "à la moitié au moins",
        "Une phrase inversée est retournée avant la moyenne.",
        "Pour situer, jamais pour viser",
        "moyenne 61,4",
        "Enquête inventée pour le test, 2024",
        "Aucune norme n’accompagne ce questionnaire",
        "Vous pouvez copier, traduire et modifier",
    ):
        assert words in page, words


def test_the_line_of_navigation_is_for_those_who_choose(versions):
    director, partner = AccountFactory(director_of=StructureFactory()), AccountFactory()
    assert LIST in {entry.url for entry in navigation_of(director)}
    assert LIST not in {entry.url for entry in navigation_of(partner)}


def test_the_lists_of_six_are_side_by_side(client):
    client.force_login(AccountFactory())
    page = body(client, reverse("instruments:frameworks"))
    for words in (
        "Relations au travail et climat social",
        "Dialogue social et professionnel",
        "absent de cette liste",
    ):
        assert words in page, words


def test_pages_exist_in_english(client, versions):
    client.force_login(AccountFactory(national_of=ScopeFactory(kind=Scope.Kind.PROGRAMME)))
    client.cookies["django_language"] = "en"
    assert "How scores are worked out" in body(client, page_of(versions[0]))
    assert "Write a questionnaire" in body(client, LIST)


def test_what_changed_between_two_versions_is_told_with_its_effect_on_scores(client):
    network = ScopeFactory()
    author = AccountFactory(national_of=network)
    version = corrected_by_the_network(scope=network, by=author)
    client.force_login(author)
    assert reverse("instruments:changes", args=[version.public_id]) in body(client, page_of(version))
    page = body(client, reverse("instruments:changes", args=[version.public_id]))
    for words in (
        "De la version 1 à la version 2",
        "2 changements.",
        "J’en sors en sachant quoi faire.",
        "à vérifier",
        "On sait à l’avance",
    ):
        assert words in page.replace("\u202f", " "), words
    assert "version, 1 devenu 2" not in page


def test_there_is_nothing_to_compare_before_a_second_version(client, versions):
    client.force_login(AccountFactory())
    assert client.get(reverse("instruments:changes", args=[versions[0].public_id])).status_code == 404


def test_a_draft_is_not_compared_by_those_who_do_not_read_it(client):
    network = ScopeFactory()
    author = AccountFactory(national_of=network)
    version = corrected_by_the_network(scope=network, by=author)
    draft = services.open_version(questionnaire=version.questionnaire, by=author)
    draft_address = reverse("instruments:changes", args=[draft.public_id])
    client.force_login(author)
    assert "disent la même chose" in body(client, draft_address)
    client.force_login(AccountFactory())
    assert client.get(draft_address).status_code == 404
    seen = body(client, reverse("instruments:changes", args=[version.public_id]), depuis=draft.public_id)
    assert "Version 3" not in seen
    assert "De la version 1 à la version 2" in seen


def test_the_campaigns_of_others_are_counted_and_not_named(client):
    mine = CampaignFactory(open=True, title="La nôtre")
    CampaignFactory(open=True, title="Chez les voisins")
    CampaignFactory(title="Brouillon des voisins")
    director = mine.scope.assignments.get(function="director").account
    client.force_login(director)
    page = body(client, page_of(mine.version))
    assert "La nôtre" in page
    assert "voisins" not in page
    assert "Et 1 autre, lue par" in page
    client.force_login(AccountFactory())
    assert "2 campagnes, lues par" in body(client, page_of(mine.version))
