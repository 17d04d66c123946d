"""``labqvt diagnose``: the whole diagnosis from a file of answers, without a database."""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from labqvt.cli.answered import Answered, add_answered, add_protection, flat
from labqvt.cli.json_file import json_bytes
from labqvt.cli.outcome import DONE, Refused

if TYPE_CHECKING:
    from labqvt_stats import Column, DiagnosisOptions

SUMMARY = "établit le diagnostic d’un fichier de réponses : JSON, PDF et classeur"
LANGUAGES: Final = {"fr": "Français", "en": "English"}


def add_arguments(parser: ArgumentParser) -> None:
    add_answered(parser, by="colonnes selon lesquelles répartir")
    parser.add_argument(
        "--population", metavar="CSV", help="effectifs : une colonne de valeurs, une colonne de nombres"
    )
    parser.add_argument("--weight", metavar="COL", help="colonne de pondération")
    parser.add_argument("--wave", metavar="COL", help="colonne des vagues ; la dernière est décrite")
    parser.add_argument("--role", metavar="COL=VALEUR", help="colonne et valeur qui désignent la direction")
    parser.add_argument("--structure", metavar="COL", help="colonne de la structure de chaque personne")
    add_protection(parser)
    parser.add_argument("--lang", default="fr", metavar="LANGUE", help="langue du diagnostic : fr ou en")
    parser.add_argument("--out", required=True, metavar="DOSSIER", help="dossier des trois fichiers écrits")


def run(args: Namespace) -> int:
    """Read, compute, write; every refusal is one sentence."""
    if args.lang not in LANGUAGES:
        raise Refused(f"--lang {args.lang} : cette langue n’est pas proposée ; choisissez fr ou en.")
    folder = _folder(args.out)
    content, title = diagnosis_of(args)
    speak(args.lang)
    for name, written in _files(content, args, title).items():
        _write(folder / name, written)
    print(
        f"{content['n_responses']} réponses lues. Écrits dans {folder} : diagnosis.json, diagnosis.pdf, diagnosis.xlsx."
    )
    return DONE


def diagnosis_of(args: Namespace) -> tuple[dict[str, Any], str]:
    """The content of ``labqvt/diagnosis/1`` with its words, and the title of the questionnaire."""
    from labqvt.instruments.wording import with_words
    from labqvt_stats import diagnose

    role, direction_value = _role(args.role)
    named = [*flat(args.by), args.weight, args.wave, role, args.structure]
    file = Answered.read(args.responses, args.questionnaire, args.lang, named)
    content = diagnose(file.answers(), _options(args, file, role, direction_value))
    return with_words(content, file.form), file.form.title.pick(args.lang)


def _options(args: Namespace, file: Answered, role: str | None, direction_value: str) -> "DiagnosisOptions":
    from labqvt_stats import DiagnosisOptions

    by = [file.column(name) for name in flat(args.by)]
    structure = file.column(args.structure) if args.structure else None
    wave = file.column(args.wave) if args.wave else None
    population, population_by = _population(args.population, [*by, *(c for c in (structure, wave) if c)])
    return DiagnosisOptions(
        by=by,
        structure=structure,
        wave=wave,
        direction=_direction(role, direction_value, file) if role else None,
        weights=_weights(args.weight, file) if args.weight else None,
        population=population,
        population_by=population_by,
        others=args.others,
        insiders=args.insiders,
        languages=(args.lang,),
    )


def _role(given: str | None) -> tuple[str | None, str]:
    if given is None:
        return None, ""
    column, sign, value = given.partition("=")
    if not sign or not column or not value:
        raise Refused(
            f"--role {given} : écrivez la colonne et la valeur de la direction, par exemple --role poste=direction."
        )
    return column, value


def _direction(role: str, wanted: str, file: Answered) -> list[bool]:
    """Who belongs to the direction: the value is a code or a label of the column."""
    values = file.values(role)
    codes = values if role in file.table.extra else list(file.table.columns[role])
    found = [wanted in (value, code) for value, code in zip(values, codes, strict=True)]
    if not any(found):
        present = ", ".join(f"« {value} »" for value in sorted({value for value in values if value})[:6])
        raise Refused(
            f"--role : « {wanted} » n’est dans aucune ligne de la colonne « {role} » (valeurs trouvées : {present})."
        )
    return found


def _weights(name: str, file: Answered) -> list[float]:
    table = file.table
    cells = table.extra.get(name) or tuple(str(cell or "") for cell in table.columns[name])
    weights = []
    for row, cell in enumerate(cells, start=1):
        try:
            weights.append(float(cell.strip().replace(",", ".")))
        except ValueError:
            raise Refused(
                f"--weight : réponse n° {row}, colonne « {name} » : « {cell} » n’est pas un nombre."
            ) from None
    return weights


def _population(
    path: str | None, columns: Sequence["Column"]
) -> tuple[int | None, Mapping[str, Mapping[str, int]]]:
    """Headcounts: one number, or one per value of a column named in the head of the file."""
    if path is None:
        return None, {}
    from labqvt_forms.answers.sources import load
    from labqvt_forms.errors import Place, placed

    with placed(Place(file=Path(path).name)):
        table = load(Path(path))
    counts = [_headcount(path, row, cell) for row, cell in enumerate(table.columns[-1], start=2)]
    if len(table.headers) == 1:
        return sum(counts), {}
    named = {column.name for column in columns}
    if table.headers[0] not in named:
        wanted = ", ".join(sorted(named)) or "aucune : ajoutez --by, --structure ou --wave"
        raise Refused(
            f"{Path(path).name} : la première colonne s’appelle « {table.headers[0]} » ; "
            f"elle doit porter le nom d’une colonne demandée ({wanted})."
        )
    return sum(counts), {table.headers[0]: dict(zip(table.columns[0], counts, strict=True))}


def _headcount(path: str, row: int, cell: str) -> int:
    text = cell.replace(" ", "").replace("\u202f", "").replace("\u00a0", "")
    if not text.isdigit():
        raise Refused(
            f"{Path(path).name}, ligne {row} : « {cell} » n’est pas un effectif (un nombre entier)."
        )
    return int(text)


def speak(language: str) -> None:
    """Enough of Django to speak: catalogues of the rooms that draw, no database, no settings file."""
    from django.apps import apps
    from django.conf import settings
    from django.utils import translation

    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=["labqvt.documents", "labqvt.diagnostics"],
            USE_I18N=True,
            USE_TZ=True,
            TIME_ZONE="Europe/Paris",
            LANGUAGE_CODE="fr",
            LANGUAGES=list(LANGUAGES.items()),
        )
        # Not django.setup(): it also loads addresses, requests and models, none of which a file needs.
        apps.populate(settings.INSTALLED_APPS)
    translation.activate(language)


def _files(content: dict[str, Any], args: Namespace, title: str) -> dict[str, bytes]:
    from labqvt.diagnostics import paper, workbook
    from labqvt.diagnostics.reading import reading_of
    from labqvt.documents.pdf import render_pdf
    from labqvt.documents.xlsx import render_xlsx

    reading = reading_of(content, args.lang)
    now = datetime.now().astimezone()
    frame = paper.Frame(whose=title or Path(args.questionnaire).name, title=Path(args.responses).name, on=now)
    return {
        "diagnosis.json": json_bytes(content),
        "diagnosis.pdf": render_pdf(paper.document_of(reading, frame), args.lang, at=now),
        "diagnosis.xlsx": render_xlsx(workbook.workbook_of(reading), args.lang),
    }


def _folder(path: str) -> Path:
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"--out {path} : ce dossier ne peut pas être créé ({error.strerror}).") from error
    if not os.access(folder, os.W_OK):
        raise Refused(f"--out {path} : ce dossier n’accepte pas d’écriture.")
    return folder


def _write(path: Path, content: bytes) -> None:
    """All of a file or nothing of it."""
    aside = path.with_suffix(path.suffix + ".partial")
    aside.write_bytes(content)
    aside.replace(path)
