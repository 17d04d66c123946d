"""The visual language: promised contrasts, stylesheets that agree with their tokens, components and forms."""

import re
from dataclasses import asdict, fields
from datetime import date
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import Context, Template
from django.utils.translation import override

from labqvt.foundation.design import contrast, samples, stylesheets
from labqvt.foundation.design.icons import ICONS
from labqvt.foundation.design.tokens import DARK, DETERMINANTS, LIGHT, Palette
from labqvt.foundation.design.track import draw_track
from labqvt.foundation.forms_rendering import ScaleSelect
from labqvt.foundation.periods import Period
from labqvt.foundation.schedule import Standing
from labqvt.foundation.views import refused

SOURCES = sorted(stylesheets._SOURCES.glob("*.css"))


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def rendered(source: str, **context) -> str:
    return Template("{% load components i18n %}" + source).render(Context(context))


# Tokens and stylesheets


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_promised_contrast_is_kept(theme):
    assert contrast.shortfalls({"light": LIGHT, "dark": DARK}[theme], theme=theme) == []


def test_contrast_follows_the_formula_of_wcag():
    assert contrast.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast.contrast("#ffffff", "#777777") < contrast.TEXT


def test_a_palette_that_fades_is_caught():
    faded = Palette(**asdict(LIGHT) | {"ink_soft": "#b0a0b0"})
    assert any("ink_soft on paper" in fault for fault in contrast.shortfalls(faded, theme="light"))


@pytest.mark.parametrize("name", ["tokens.css", "office.css", "respond.css"])
def test_the_stylesheet_is_the_one_the_tokens_make(name):
    kept = (stylesheets.STATIC_DIR / name).read_text(encoding="utf-8")
    assert kept == stylesheets.stylesheets()[name], "lancez « labqvt manage design_tokens »"


def test_every_token_is_a_custom_property_in_both_themes():
    css = stylesheets.tokens_css()
    for field in fields(Palette):
        name = field.name.replace("_", "-")
        assert f"--{name}:{getattr(LIGHT, field.name)}" in css
        assert f"--{name}:{getattr(DARK, field.name)}" in css
    for determinant in DETERMINANTS:
        assert f"--det-{determinant.id}:{determinant.light}" in css


def test_stylesheets_stay_within_their_weight():
    sheets = {name: len(text.encode()) for name, text in stylesheets.stylesheets().items()}
    assert sheets["tokens.css"] + sheets["office.css"] <= 60_000
    # Every kind of question; the first pages with it are held under 25 kB (tests/labqvt/responses).
    assert sheets["respond.css"] <= 11_500


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_source_writes_no_colour_by_hand(source):
    css = re.sub(r"/\*.*?\*/", "", source.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*;)|\brgba?\(|\bhsla?\(", css) == []


def test_every_property_used_is_defined():
    sheets = stylesheets.stylesheets()
    everything = sheets["tokens.css"] + sheets["office.css"]
    defined = set(re.findall(r"--([a-z0-9-]+):", everything))
    assert set(re.findall(r"var\(--([a-z0-9-]+)", everything)) <= defined
    assert set(re.findall(r"var\(--([a-z0-9-]+)", sheets["respond.css"])) <= set(
        re.findall(r"--([a-z0-9-]+):", sheets["respond.css"])
    )


def test_respondents_download_no_font():
    assert "url(" not in stylesheets.respond_css()


# Icons


@pytest.mark.parametrize("name", sorted(ICONS))
def test_an_icon_is_a_drawing_one_can_read(name):
    ElementTree.fromstring(f"<svg>{ICONS[name]}</svg>")


def test_each_determinant_has_its_own_hue_pattern_and_icon():
    for attribute in ("light", "dark", "pattern", "icon"):
        assert len({getattr(d, attribute) for d in DETERMINANTS}) == len(DETERMINANTS)
    assert {d.icon for d in DETERMINANTS} <= ICONS.keys()
    weaves = set(re.findall(r"\.weave--([a-z]+)", stylesheets.office_css()))
    assert weaves == {d.pattern for d in DETERMINANTS}


def test_an_icon_is_silent_unless_told_what_to_say():
    assert 'aria-hidden="true"' in rendered('{% icon "check" %}')
    assert 'aria-label="Fait"' in rendered('{% icon "check" "Fait" %}')


# Components


def test_a_component_does_not_see_the_variables_of_the_page():
    html = rendered('{% wrap "notice" tone="info" %}<p>Bonjour</p>{% endwrap %}', title="Titre de la page")
    assert "Bonjour" in html
    assert "Titre de la page" not in html


def test_a_component_escapes_what_it_is_given():
    assert "<script>" not in rendered('{% show "tag" state="done" label=label %}', label="<script>")


def test_the_place_names_the_steps_and_the_page():
    html = soup(rendered('{% place "Votre espace" "/espace/" "Participation" %}'))
    assert [(a.text, a["href"]) for a in html.find_all("a")] == [("Votre espace", "/espace/")]
    assert html.find(attrs={"aria-current": "page"}).text == "Participation"


def test_a_success_that_can_be_undone_offers_it():
    source = '{% include "foundation/components/messages.html" %}'
    message = SimpleNamespace(level_tag="success", extra_tags="undo:abc123", __str__=lambda self: "Fait.")
    form = soup(rendered(source, messages=[message])).find("form")
    assert form["action"].endswith("/annuler/abc123/")
    message.extra_tags = ""
    assert soup(rendered(source, messages=[message])).find("form") is None


def test_choices_are_never_ticked_in_advance():
    html = rendered(
        '{% show "choice_group" name="q" legend="?" options=options scale=True %}', options=[("1", "Oui")]
    )
    assert "checked" not in html
    html = rendered(
        '{% show "choice_group" name="q" legend="?" options=options chosen="1" %}', options=[("1", "Oui")]
    )
    assert soup(html).find("input").has_attr("checked")


def test_typesetting_leaves_alone_what_people_typed():
    source = "{% typeset %}<p>Quoi ? « oui »</p><textarea>Quoi ?</textarea><p>Fin !</p>{% endtypeset %}"
    with override("fr"):
        html = rendered(source)
    assert "Quoi\u202f?" in html.split("<textarea>")[0]
    assert "<textarea>Quoi ?</textarea>" in html
    assert "Fin\u202f!" in html


def test_the_last_line_that_awaits_is_late_when_its_date_has_passed():
    task = SimpleNamespace(sentence="", url="/", action="Dater", due=date(2020, 1, 1))
    assert "tag--late" in rendered('{% show "awaits" tasks=tasks %}', tasks=[task])


# Time on one axis


def item(standing, planned=None, replanned=None, actual=None):
    days = {"planned": planned, "replanned": replanned}
    periods = {name: Period.day(date.fromisoformat(day)) if day else None for name, day in days.items()}
    period = Period.day(date.fromisoformat(actual)) if actual else periods["replanned"] or periods["planned"]
    return SimpleNamespace(title="x", standing=standing, period=period, **periods)


def test_marks_stand_in_the_order_of_their_dates():
    moved = item(Standing.DONE, planned="2020-06-06", replanned="2020-10-12", actual="2020-10-20")
    lane = draw_track([moved, item(Standing.PLANNED, planned="2021-10-14")]).lanes[0]
    assert 0 < lane.planned < lane.replanned < lane.actual < 100
    assert lane.slip == (lane.planned, lane.actual)


def test_what_happened_on_its_day_did_not_slip():
    lane = draw_track([item(Standing.DONE, planned="2020-06-06", actual="2020-06-06")]).lanes[0]
    assert lane.slip is None


def test_today_is_drawn_only_inside_the_axis():
    items = [item(Standing.PLANNED, planned="2020-06-06"), item(Standing.PLANNED, planned="2020-09-06")]
    assert draw_track(items, today=date(2020, 7, 1)).today is not None
    assert draw_track(items, today=date(2030, 7, 1)).today is None


def test_nothing_dated_draws_nothing():
    assert draw_track([]).lanes == []


@pytest.mark.parametrize(("last", "ticks"), [("2020-03-01", 3), ("2021-06-01", 6), ("2024-06-01", 5)])
def test_the_axis_counts_months_then_quarters_then_years(last, ticks):
    drawn = draw_track([item(Standing.PLANNED, planned="2020-01-15"), item(Standing.PLANNED, planned=last)])
    assert len(drawn.ticks) == ticks


# Forms


class AskForm(forms.Form):
    name = forms.CharField(label="Nom", help_text="Tel qu’il paraîtra.")
    note = forms.CharField(label="Note", required=False)
    way = forms.ChoiceField(label="Comment", help_text="Au choix.", choices=[("a", "A"), ("b", "B")],
                            widget=forms.RadioSelect)  # fmt: skip
    scale = forms.ChoiceField(
        label="Accord", choices=[("1", "Non"), ("2", "Oui")], widget=ScaleSelect, required=False
    )
    agreed = forms.BooleanField(label="D’accord")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_puts_its_hint_and_error_before_the_control_and_ties_them_to_it():
    field = soup(str(AskForm({"name": ""}))).find(id="id_name").find_parent(class_="field")
    assert [tag.get("id") or tag.name for tag in field.find_all(recursive=False)] == [
        "label", "id_name_helptext", "id_name_error", "id_name",
    ]  # fmt: skip
    control = field.find(id="id_name")
    assert control["aria-invalid"] == "true"
    assert set(control["aria-describedby"].split()) == {"id_name_helptext", "id_name_error"}
    assert "control" in control["class"]


def test_a_choice_is_a_fieldset_described_by_its_hint_and_error():
    group = soup(str(AskForm({"name": "x"}))).find("fieldset", id="id_way")
    assert group.legend.text.strip() == "Comment"
    assert group["aria-describedby"].split() == ["id_way_helptext", "id_way_error"]
    assert group.find(id="id_way_error")
    assert [label["for"] for label in group.find_all("label")] == ["id_way_0", "id_way_1"]
    assert group.find(checked=True) is None


def test_optional_is_said_in_words_and_required_is_not_starred():
    html = soup(str(AskForm()))
    assert "(facultatif)" in html.find("label", attrs={"for": "id_note"}).text
    assert "(facultatif)" not in html.find("label", attrs={"for": "id_name"}).text
    assert "*" not in html.text


def test_a_scale_is_stacked_then_in_columns():
    assert soup(str(AskForm())).find(id="id_scale").find(class_="choices--scale")


def test_the_summary_leads_to_each_field_in_error_and_to_nothing_else():
    form = AskForm({"name": "", "way": "a"})
    form.add_error(None, "Ces réponses ne vont pas ensemble.")
    html = soup(str(form))
    summary = html.find(class_="error-summary")
    targets = [a["href"][1:] for a in summary.find_all("a")]
    assert targets == ["id_name", "id_agreed"]
    assert all(html.find(id=target) for target in targets)
    assert "Ces réponses ne vont pas ensemble." in summary.text
    assert soup(str(AskForm())).find(class_="error-summary") is None


def test_what_was_given_is_still_there_after_an_error():
    html = soup(str(AskForm({"name": "Les Tilleuls", "way": "b"})))
    assert html.find(id="id_name")["value"] == "Les Tilleuls"
    assert html.find(id="id_way_1").has_attr("checked")


def test_hidden_fields_stay_hidden_and_undressed():
    secret = soup(str(AskForm())).find("input", attrs={"name": "secret"})
    assert secret["type"] == "hidden"
    assert "class" not in secret.attrs


# Pages


@pytest.fixture
def pages(client, db):
    def get(path):
        response = client.get(path)
        assert response.status_code == 200
        return response.content.decode()

    return get


@pytest.mark.parametrize("path", ["", "page-publique/", "page-du-repondant/"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_catalogue_holds_no_style_nor_script_of_its_own(pages, path, language, client):
    client.cookies["django_language"] = language
    html = soup(pages(f"/composants/{path}"))
    assert html.html["lang"] == language
    assert html.find(style=True) is None
    assert html.find("style") is None
    assert [s for s in html.find_all("script") if not s.get("src")] == []
    assert [tag for tag in html.find_all() if any(name.startswith("on") for name in tag.attrs)] == []
    ids = [tag["id"] for tag in html.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert len(html.find_all("h1")) == 1


def test_every_class_of_the_catalogue_is_drawn(pages):
    css = stylesheets.office_css()
    used = {name for tag in soup(pages("/composants/")).find_all(class_=True) for name in tag["class"]}
    # Hooks that carry no style of their own: the page, states said by their icon and words.
    free = {
        "office",
        "field-errors",
        "is-later",
        "tag--planned",
        "tag--dropped",
        "plain",
        "moved",
        "late",
        "planned",
    }
    assert {name for name in used - free if not re.search(rf"\.{re.escape(name)}(?![\w-])", css)} == set()


def test_every_component_is_in_the_catalogue():
    folder = stylesheets.STATIC_DIR.parent.parent / "templates" / "foundation"
    shown = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.html"))
    shown += (folder / "forms" / "form.html").read_text(encoding="utf-8")
    # Parts of a component or of a layout, included by it.
    parts = {"mark_paths", "navigation", "user_menu", "place", "logotype"}
    components = {path.stem for path in (folder / "components").glob("*.html")} - parts
    assert {name for name in components if f'"{name}"' not in shown and f"/{name}.html" not in shown} == set()


def test_the_respondents_page_is_light(pages):
    html = pages("/composants/page-du-repondant/")
    page = soup(html)
    requests = page.find_all("link", rel="stylesheet") + page.find_all("script") + page.find_all("img")
    assert len(requests) == 1
    assert len(html.encode()) + len(stylesheets.respond_css().encode()) <= 25_000
    assert page.find(checked=True)["value"] in {"4", "b"}  # given by the sample, not by the page


def test_a_refusal_says_why(rf):
    request = rf.get("/")
    request.user = SimpleNamespace(is_authenticated=False)
    response = refused(request, PermissionError("Seul le groupe de pilotage peut ouvrir une campagne."))
    assert response.status_code == 403
    assert "Seul le groupe de pilotage peut ouvrir une campagne." in response.content.decode()


def test_samples_show_every_standing_but_the_dropped():
    shown = {item.standing for item in samples.items()}
    assert shown == set(Standing) - {Standing.DROPPED}


def test_the_demonstration_says_so_in_a_landmark(pages, settings):
    settings.DEMONSTRATION = True
    assert soup(pages("/composants/")).find("aside", class_="demo").text.strip().startswith("Démonstration")
    settings.DEMONSTRATION = False
    assert soup(pages("/composants/")).find(class_="demo") is None
