"""The diagnosis as a workbook: every released number, its meaning, and nothing that was not released."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from labqvt.diagnostics.comparisons import said
from labqvt.diagnostics.figures import class_words
from labqvt.diagnostics.reading import Reading
from labqvt.diagnostics.released import CLASSES, is_counted, released, span_of
from labqvt.documents.tables import Cell, Column, Table
from labqvt.documents.xlsx import Sheet, Workbook

Json = Mapping[str, Any]


def workbook_of(reading: Reading) -> Workbook:
    """One sheet per kind of result; kinds this release does not hold are absent."""
    with override(reading.language):
        content = reading.content
        labels = {theme.id: theme.label for theme in released(content, reading.language).themes}
        counted = [one for one in content["breakdowns"] if is_counted(one)]
        sheets = [
            Sheet(_("Thèmes"), _themes(content, labels)),
            Sheet(_("Questions"), _questions(reading)),
            *_optional(_("Groupes"), _groups(content, labels, reading.language), content["breakdowns"]),
            *_optional(_("Réponses par groupe"), _counts(counted, reading.language, content), counted),
            *_optional(_("Structures"), _units(content, labels), content.get("units")),
            *_optional(_("Deux regards"), _mirror(content, labels), content.get("mirror")),
            *_optional(_("Vagues"), _waves(content, labels), content.get("waves")),
            *_optional(_("Priorités"), _priorities(content, labels), content["priorities"]),
        ]
        notes = (
            reading.answered,
            *(f"{said.heading} : {said.text}" for said in reading.sentences),
            *reading.method,
        )
        return Workbook(reading.title, tuple(sheets), notes=notes)


def _optional(name: str, table: Table, wanted: Any) -> list[Sheet]:
    return [Sheet(name, table)] if wanted else []


# A number known by its ends is written as two columns, equal when it is exact: a spreadsheet can then compute.


def _ends(name: str, meaning: str, *, decimals: int = 1) -> tuple[Column, Column]:
    return (
        Column(_("%(what)s, au moins") % {"what": name}, numeric=True, decimals=decimals, meaning=meaning),
        Column(_("%(what)s, au plus") % {"what": name}, numeric=True, decimals=decimals, meaning=meaning),
    )


def _score() -> tuple[Column, Column]:
    return _ends(
        _("Score"),
        _("Ce que l’on peut déduire du score affiché, de 0 à 100 (100 : réponses les plus favorables)."),
    )


def _interval() -> tuple[Column, Column]:
    return _ends(
        _("Intervalle"),
        _("Intervalle à 95 % pour toutes les personnes invitées, si les absents ressemblent aux présents."),
    )


def _pair(pair: Iterable[float] | float | None) -> tuple[Cell, Cell]:
    if pair is None:
        return (None, None)
    if isinstance(pair, int | float):
        return (pair, pair)
    low, high = pair
    return (low, high)


def _themes(content: Json, labels: Mapping[str, str]) -> Table:
    bounds = _ends(_("Bornes"), _("Bornes qui tiennent quoi que pensent les absents."))
    alpha = _ends("Alpha", _("Intervalle de Feldt à 95 % autour de l’alpha."), decimals=3)
    columns = (
        Column(_("Thème")),
        Column(_("Identifiant")),
        Column(_("Réponses"), numeric=True),
        *_score(),
        *_interval(),
        *bounds,
        Column(_("Écart-type"), numeric=True, decimals=1, meaning=_("Donné pour un réseau seulement.")),
        Column("Alpha", numeric=True, decimals=3, meaning=_("Alpha de Cronbach sur les réponses complètes.")),
        *alpha,
        Column(
            _("Oméga"),
            numeric=True,
            decimals=3,
            meaning=_("Oméga de McDonald, un facteur, maximum de vraisemblance."),
        ),
        Column(_("À savoir")),
    )
    rows = tuple(
        (
            labels[scale["id"]], scale["id"], scale["n"], *_pair(scale["mean"]), *_pair(scale["ci95"]),
            *_pair(scale.get("bounds")), scale["sd"], scale["alpha"], *_pair(scale["alpha_ci95"]), scale["omega"],
            " ".join(scale["caveats"]),
        )
        for scale in content["scales"]
    )  # fmt: skip
    return Table(columns, rows, caption=_("Thèmes"))


def _questions(reading: Reading) -> Table:
    release = released(reading.content, reading.language)
    words = class_words(good_from_bad=release.tells_good_from_bad)
    classes = [end for name in CLASSES for end in _ends(words[name], _("Nombre de personnes."), decimals=0)]
    columns = (
        Column(_("Question")),
        Column(_("Identifiant")),
        Column(_("Thème")),
        *classes,
        Column(
            _("Moyenne"),
            numeric=True,
            decimals=2,
            meaning=_("Moyenne des codes, sans inversion ; réseau seulement."),
        ),
        Column(_("Écart-type"), numeric=True, decimals=2, meaning=_("Donné pour un réseau seulement.")),
    )
    raw = {item["id"]: item for item in reading.content["items"]}
    theme_of = {question.id: theme.label for theme in release.themes for question in theme.questions}
    asked = [question for theme in release.themes for question in theme.questions] + list(release.others)
    rows = tuple(
        (
            question.label, question.id, theme_of.get(question.id, ""),
            *(end for name in CLASSES for end in _pair(question.classes[name] if question.classes else None)),
            raw[question.id]["mean"], raw[question.id]["sd"],
        )
        for question in asked
    )  # fmt: skip
    return Table(columns, rows, caption=_("Questions"))


def _groups(content: Json, labels: Mapping[str, str], language: str) -> Table:
    columns = (
        Column(_("Variable")),
        Column(_("Groupe")),
        Column(_("Réponses"), numeric=True),
        Column(_("Thème")),
        *_score(),
        *_interval(),
    )
    rows = tuple(
        (
            said(breakdown, "by", language),
            said(category, "value", language),
            category["n"],
            labels[scale_id],
            *_pair(shown["mean"]),
            *_pair(shown["ci95"]),
        )
        for breakdown in content["breakdowns"]
        for category in breakdown["categories"]
        for scale_id, shown in category["scales"].items()
        if shown is not None
    )
    return Table(columns, rows, caption=_("Groupes"))


def _counts(counted: Sequence[Json], language: str, content: Json) -> Table:
    columns = (
        Column(_("Variable")),
        Column(_("Groupe")),
        Column(_("Structures"), numeric=True, meaning=_("Structures du groupe : cinq au moins.")),
        Column(_("Identifiant")),
        Column(_("Réponse"), meaning=_("Code de la réponse ; vide pour « sans réponse ».")),
        Column(_("Personnes"), numeric=True, meaning=_("Nombre de personnes.")),
    )
    rows = tuple(
        (said(breakdown, "by", language), said(group, "value", language), group["structures"], item["id"], code, number)
        for breakdown in counted
        for group in breakdown["categories"]
        for item in content["items"]
        for code, number in zip((*item["counts"], ""), group["counts"][item["id"]], strict=True)
    )  # fmt: skip
    return Table(columns, rows, caption=_("Réponses par groupe"))


def _units(content: Json, labels: Mapping[str, str]) -> Table:
    columns = (
        Column(_("Structure")),
        Column(_("Réponses"), numeric=True),
        Column(_("Thème")),
        *_score(),
        *_interval(),
    )
    rows: list[tuple[Cell, ...]] = []
    for unit in content.get("units") or []:
        if not unit["shown"]:
            rows.append((unit["id"], None, _("Pas assez de réponses"), *(None,) * 4))
            continue
        rows += [
            (unit["id"], unit["n"], labels[scale["id"]], *_pair(scale["mean"]), *_pair(scale["ci95"]))
            for scale in unit["scales"]
        ]
    return Table(columns, tuple(rows), caption=_("Structures"))


def _mirror(content: Json, labels: Mapping[str, str]) -> Table:
    columns = (
        Column(_("Thème")),
        *_ends(_("Direction"), _("Score de la direction.")),
        *_ends(_("Équipe"), _("Score de l’équipe.")),
    )
    rows = tuple(
        (labels.get(row["scale"], row["scale"]), *_side(row["direction"]), *_side(row["employees"]))
        for row in content.get("mirror") or []
        if "scale" in row
    )
    return Table(columns, rows, caption=_("Deux regards"))


def _side(shown: Json | None) -> tuple[Cell, Cell]:
    span = span_of(shown["mean"]) if shown else None
    return (span.low, span.high) if span else (None, None)


def _waves(content: Json, labels: Mapping[str, str]) -> Table:
    columns = (
        Column(_("Thème")), Column(_("De")), Column(_("À")), Column(_("Écart"), numeric=True, decimals=1), *_interval(),
        Column(_("Lecture")),
    )  # fmt: skip
    rows = tuple(
        (
            labels[wave["scale"]],
            wave["from"],
            wave["to"],
            wave["difference"],
            *_pair(wave["ci95"]),
            wave["verdict"],
        )
        for wave in content.get("waves") or []
    )
    return Table(columns, rows, caption=_("Vagues"))


def _priorities(content: Json, labels: Mapping[str, str]) -> Table:
    columns = (
        Column(_("Thème")),
        Column(_("Rang"), numeric=True, meaning=_("Ordre de discussion proposé.")),
        Column(
            _("Importance"),
            numeric=True,
            decimals=2,
            meaning=_("Part de l’ensemble expliquée par le thème ; réseau seulement."),
        ),
        *_score(),
    )
    rows = tuple(
        (labels[one["scale"]], one["rank"], one["importance"], *_pair(one["score"]))
        for one in content["priorities"]
    )
    return Table(columns, rows, caption=_("Priorités"))
