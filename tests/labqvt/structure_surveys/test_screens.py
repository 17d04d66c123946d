"""What each person meets on the screens: the structure, the lead, the guest, the stranger, the visitor."""

import re

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from labqvt.foundation.registries import awaiting_of, dated_items_of, navigation_of, panels_of
from labqvt.structure_surveys import replying, respondent, services, views_public
from labqvt.structure_surveys.models import ContactConsent, Reply, SurveyedStructure
from tests.factories import AccountFactory, StructureFactory
from tests.labqvt.structure_surveys.factories import SurveyFactory, answered, invited, lead_of

pytestmark = pytest.mark.django_db
IDENTITY = {"name": "La Halte", "department": "13", "function": "direction"}


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch, settings):
    """Nobody waits two seconds in a test; the counters of tries begin afresh."""
    monkeypatch.setattr(respondent, "_LEAST_SECONDS", 0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for tries in (respondent.beginnings, respondent.wrong_links, respondent.mails):
        tries.forget()


def _url(name, *arguments):
    return reverse(f"structure_surveys:{name}", args=arguments)


def _stamped(client, url):
    page = client.get(url).content.decode()
    return re.search(r'name="stamp" value="([^"]+)"', page)[1]


def _begin(client, survey, **changes):
    url = _url("start", survey.public_id)
    return client.post(url, {**IDENTITY, "stamp": _stamped(client, url), **changes})


def test_the_first_page_says_everything_before_anything_is_asked():
    survey = SurveyFactory(open=True)
    response = Client().get(_url("start", survey.public_id))
    page = response.content.decode()
    for said in ("nominative", survey.asked_by, survey.readers, survey.purpose, survey.help_line, "à part"):
        assert said in page
    assert not response.cookies
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "script" not in page


def test_a_draft_does_not_exist_and_a_closed_survey_says_so():
    survey = SurveyFactory()
    client = Client()
    assert client.get(_url("start", survey.public_id)).status_code == 404
    survey = services.open_survey(survey=survey, by=lead_of(survey))
    services.close_survey(survey=survey, by=lead_of(survey))
    assert client.get(_url("start", survey.public_id)).status_code == 410


def test_a_structure_answers_leaves_comes_back_and_corrects_by_its_link_alone():
    survey = SurveyFactory(open=True)
    client = Client()
    own = _begin(client, survey)["Location"]
    structure = SurveyedStructure.objects.get()
    assert structure.key in own
    first = _url("page", survey.public_id, structure.key, 1)
    response = client.post(first, {"a.EFF_TOTAL": "douze", "a.FORME": "association", "go": "next"})
    assert response.status_code == 422
    assert Reply.objects.get().answers == {"FORME": "association"}
    response = client.post(first, {"a.EFF_TOTAL": "8", "a.FORME": "association", "go": "stop"})
    assert response["Location"] == own
    # Another device, no cookie: the link is enough.
    later = Client()
    assert "Continuer" in later.get(own).content.decode()
    for number in range(2, 7):
        later.post(_url("page", survey.public_id, structure.key, number), {"go": "next", "a.RECONTACT": "no"})
    check = _url("check", survey.public_id, structure.key)
    assert later.post(check, {}).status_code == 422
    assert Reply.objects.get().sent_at is None
    assert later.post(check, {"quoting": "no"}).status_code == 302
    reply = Reply.objects.get()
    assert reply.sent_at is not None
    later.post(_url("page", survey.public_id, structure.key, 1), {"a.EFF_TOTAL": "9", "go": "next"})
    reply.refresh_from_db()
    assert reply.answers == {"EFF_TOTAL": "9"}
    services.close_survey(survey=survey, by=lead_of(survey))
    later.post(_url("page", survey.public_id, structure.key, 1), {"a.EFF_TOTAL": "10", "go": "next"})
    reply.refresh_from_db()
    assert reply.answers == {"EFF_TOTAL": "9"}
    assert "9" in later.get(own).content.decode()


def test_a_stranger_who_types_the_name_sees_nothing_of_the_answer():
    survey = SurveyFactory(open=True)
    reply = answered(survey, "La Halte", department="13")
    client = Client()
    response = _begin(client, survey)
    page = response.content.decode()
    assert response.status_code == 409
    for secret in (reply.structure.key, "vivier", "accueil@exemple.invalid"):
        assert secret not in page
    response = _begin(client, survey, second="yes")
    assert response.status_code == 302
    assert reply.structure.key not in response["Location"]
    wrong = _url("own", survey.public_id, "x" * 24)
    assert client.get(wrong).status_code == 404
    other = SurveyFactory(open=True)
    assert client.get(_url("own", other.public_id, reply.structure.key)).status_code == 404


def test_two_people_of_one_structure_at_the_same_moment_are_one_answer(monkeypatch):
    survey = SurveyFactory(open=True)
    client, real, raced = Client(), replying.identify, []

    def overtaken(**told):
        if not raced:
            raced.append(real(**told))
            raise IntegrityError
        return real(**told)

    monkeypatch.setattr(replying, "identify", overtaken)
    assert _begin(client, survey).status_code == 409
    assert SurveyedStructure.objects.count() == Reply.objects.count() == 1


def test_robots_are_stopped_and_people_told(monkeypatch):
    survey = SurveyFactory(open=True)
    client = Client()
    assert _begin(client, survey, website="http://exemple.invalid").status_code == 422
    assert _begin(client, survey, stamp="faux").status_code == 422
    monkeypatch.setattr(respondent, "_LEAST_SECONDS", 5)
    assert _begin(client, survey).status_code == 422
    assert not SurveyedStructure.objects.exists()


def test_a_form_sent_from_another_site_is_refused():
    survey = SurveyFactory(open=True)
    client = Client(headers={"Sec-Fetch-Site": "cross-site"})
    assert client.post(_url("start", survey.public_id), IDENTITY).status_code == 403
    assert not SurveyedStructure.objects.exists()


def test_too_many_tries_from_one_place_wait(monkeypatch):
    survey = SurveyFactory(open=True)
    client = Client()
    monkeypatch.setattr(views_public.wrong_links, "an_hour", 2)
    wrong = _url("own", survey.public_id, "x" * 24)
    assert [client.get(wrong).status_code for _try in range(3)] == [404, 404, 429]
    monkeypatch.setattr(views_public.beginnings, "an_hour", 1)
    assert _begin(client, survey, name="Un").status_code == 302
    assert client.post(_url("start", survey.public_id), IDENTITY).status_code == 429


def test_the_link_is_mailed_and_the_address_kept_nowhere(mailoutbox):
    survey = SurveyFactory(open=True)
    structure = answered(survey).structure
    url = _url("mail_link", survey.public_id, structure.key)
    client = Client()
    assert client.post(url, {"address": "pas une adresse"}).status_code == 422
    assert client.post(url, {"address": "moi@exemple.invalid"}).status_code == 200
    [mail] = mailoutbox
    assert structure.key in mail.body
    assert not SurveyedStructure.objects.filter(email="moi@exemple.invalid").exists()
    assert "moi@exemple.invalid" not in str(ContactConsent.objects.values_list("details", flat=True))


def test_a_siret_is_checked_and_a_relay_remembered():
    from labqvt.structure_surveys import inviting

    survey = SurveyFactory(open=True)
    relay = inviting.add_relay(survey=survey, name="Réseau", by=lead_of(survey))
    client = Client()
    url = _url("start_by_relay", survey.public_id, relay.public_id)
    stamp = _stamped(client, url)
    assert client.post(url, {**IDENTITY, "stamp": stamp, "siret": "12345678901234"}).status_code == 422
    assert client.post(url, {**IDENTITY, "stamp": stamp, "siret": "732 829 320 00074"}).status_code == 302
    structure = SurveyedStructure.objects.get()
    assert (structure.relay, structure.siret) == (relay, "73282932000074")


# The team


def _seen(client, survey, structure):
    pages = {
        "survey": _url("survey", survey.public_id), "structures": _url("structures", survey.public_id),
        "structure": _url("structure", survey.public_id, structure.public_id),
        "answers": _url("answers", survey.public_id), "synthesis": _url("synthesis", survey.public_id),
        "export": _url("export", survey.public_id, "csv"), "calls": _url("calls", survey.public_id),
        "report": _url("report", survey.public_id), "written": _url("written", survey.public_id, "BES_AUTRE"),
    }  # fmt: skip
    return {name: client.get(url) for name, url in pages.items()}


def test_each_role_reads_what_the_first_page_said_and_no_more():
    survey = SurveyFactory(open=True)
    structure = answered(survey, "La Halte").structure
    director = AccountFactory(director_of=StructureFactory())
    guests = {right: AccountFactory(partner_of=survey.scope) for right in ("follow", "read", "interview")}
    lead = lead_of(survey)
    for right, account in guests.items():
        services.grant(survey=survey, account=account, right=right, by=lead)
    expected = {
        lead: dict.fromkeys(("survey", "structures", "structure", "answers", "synthesis", "export", "calls"), 200),
        guests["follow"]: {"survey": 200, "structures": 200, "structure": 200, "answers": 403, "synthesis": 403,
                           "export": 403, "calls": 403, "report": 403, "written": 403},
        guests["read"]: {"answers": 200, "synthesis": 200, "export": 200, "written": 200, "calls": 403},
        guests["interview"]: {"answers": 200, "calls": 200},
        director: dict.fromkeys(("survey", "structures", "structure", "answers", "export", "calls", "report"), 404),
        AccountFactory(partner_of=survey.scope): {"survey": 404, "answers": 404},
    }  # fmt: skip
    for account, wanted in expected.items():
        client = Client()
        client.force_login(account)
        got = _seen(client, survey, structure)
        assert {name: got[name].status_code for name in wanted} == wanted
        page = got["structure"].content.decode()
        if account in (lead, guests["read"], guests["interview"]):
            assert "vivier" in page
        else:
            assert "vivier" not in page
            assert structure.key not in page
        if account is guests["read"]:
            assert structure.key not in page  # its link would let it correct the answer
    for response in _seen(Client(), survey, structure).values():
        assert response.status_code == 302


def test_what_is_not_sent_is_not_read_by_the_team():
    survey = SurveyFactory(open=True)
    structure = answered(survey, "La Halte", send=False).structure
    client = Client()
    client.force_login(lead_of(survey))
    page = client.get(_url("structure", survey.public_id, structure.public_id)).content.decode()
    assert "commencé" in page
    assert "vivier" not in page


def test_the_director_of_a_known_structure_opens_its_own_answer_and_nobody_elses():
    survey = SurveyFactory(open=True)
    mine, other = StructureFactory(), StructureFactory()
    row = invited(survey, "La nôtre", organisation=mine)
    director, stranger = AccountFactory(director_of=mine), AccountFactory(director_of=other)
    employee = AccountFactory(employee_of=mine)
    url = _url("mine", row.public_id)
    for account, status in ((director, 302), (stranger, 404), (employee, 404), (lead_of(survey), 404)):
        client = Client()
        client.force_login(account)
        assert client.get(url).status_code == status
    assert "structure_surveys/structure_panel.html" in [
        p.template for p in panels_of("people.structure", director, mine)
    ]
    assert "structure_surveys/structure_panel.html" not in [
        p.template for p in panels_of("people.structure", employee, mine)
    ]


def test_panels_dates_tasks_and_navigation_follow_the_rights():
    survey = SurveyFactory(open=True)
    answered(survey)
    lead, partner = lead_of(survey), AccountFactory(partner_of=survey.scope)

    def told(person):
        return (
            [entry.label for entry in navigation_of(person) if entry.label == "Enquêtes"],
            [item.title for item in dated_items_of(person, [survey.scope])],
            [task.action for task in awaiting_of(person) if survey.title in task.sentence],
        )

    assert told(lead) == (["Enquêtes"], [survey.title], ["Rappeler"])
    assert told(partner) == ([], [], [])
    services.grant(survey=survey, account=partner, right="follow", by=lead)
    assert told(partner) == (["Enquêtes"], [survey.title], [])


@pytest.mark.parametrize("name", ["structures", "answers", "calls", "survey", "synthesis", "written"])
def test_the_number_of_queries_does_not_depend_on_the_number_of_structures(name):
    survey = SurveyFactory(open=True)
    client = Client()
    client.force_login(lead_of(survey))
    arguments = ("BES_AUTRE",) if name == "written" else ()
    url = _url(name, survey.public_id, *arguments)
    answered(survey, "S0")
    client.get(url)
    with CaptureCount() as one:
        client.get(url)
    for rank in range(1, 4):
        answered(survey, f"S{rank}")
    with CaptureCount() as more:
        client.get(url)
    assert more.count == one.count


class CaptureCount:
    """How many queries a block asks."""

    def __enter__(self):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self._context = CaptureQueriesContext(connection)
        self._context.__enter__()
        return self

    def __exit__(self, *error):
        self._context.__exit__(*error)
        self.count = len(self._context)


def test_a_list_with_a_wrong_line_adds_nothing_and_a_right_one_can_be_undone():
    survey = SurveyFactory(open=True)
    client = Client()
    client.force_login(lead_of(survey))
    url = _url("invite", survey.public_id)
    page = client.post(url, {"form": "list", "pasted": "Nom;SIRET\nUn;123\nDeux;"}).content.decode()
    assert "Ligne 2" in page
    assert "Un;123" in page
    assert not SurveyedStructure.objects.exists()
    client.post(url, {"form": "list", "pasted": "Nom;Département\nUn;13\nDeux;84"})
    assert SurveyedStructure.objects.count() == 2
    page = client.get(_url("structures", survey.public_id)).content.decode()
    undo = re.search(r'action="([^"]*annuler[^"]*)"', page)
    assert undo
    client.post(undo[1])
    assert not SurveyedStructure.objects.exists()


def test_relaunching_is_noted_for_those_who_did_not_answer_and_for_nobody_else():
    survey = SurveyFactory(open=True)
    answered(survey, "A répondu")
    silent = invited(survey, "Silencieuse")
    client = Client()
    lead = lead_of(survey)
    client.force_login(lead)
    url = _url("relaunch", survey.public_id)
    page = client.get(url).content.decode()
    assert survey.public_id in page
    today = survey.opens_on
    client.post(
        url, {"on": today.isoformat(), "how": "phone", "next_step": "Rappeler", "next_on": today.isoformat()}
    )
    [approach] = silent.approaches.all()
    assert (approach.by, approach.how, approach.next_step) == (lead, "phone", "Rappeler")
    assert not survey.structures.get(name="A répondu").approaches.exists()
    page = client.get(_url("structures", survey.public_id), {"relance": "due"}).content.decode()
    assert "Silencieuse" in page
    assert "A répondu" not in page


def test_everything_is_said_in_english_too():
    survey = SurveyFactory(open=True)
    page = Client().get(_url("start", survey.public_id) + "?lang=en").content.decode()
    assert "by name" in page
    assert "Nom de votre structure" not in page
