"""The facts one is looking at, as a spreadsheet or as CSV."""

import csv
import io
from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _

from labqvt.documents.tables import Column, Table
from labqvt.documents.xlsx import Sheet, Workbook, render_xlsx
from labqvt.indicators.models import Fact
from labqvt.indicators.queries import rows_to_export
from labqvt.programmes.models import Programme

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Quand"), meaning=_("La date avec la précision connue.")),
        Column(_("Début"), meaning=_("Premier jour possible, au format AAAA-MM-JJ.")),
        Column(_("Fin"), meaning=_("Dernier jour possible, au format AAAA-MM-JJ.")),
        Column(_("Nature")),
        Column(_("Ce qui s’est passé")),
        Column(
            _("Quantité"), numeric=True, meaning=_("Un par défaut ; le nombre de choses que ce fait compte.")
        ),
        Column(_("Unité")),
        Column(_("Organisation")),
        Column(_("Source"), meaning=_("Le document et la ligne où le fait a été lu.")),
        Column(_("Preuve"), meaning=_("Le nom du fichier joint.")),
        Column(_("Origine"), meaning=_("Saisi ici, ou repris d’une autre page de l’outil.")),
        Column(_("Inventé"), meaning=_("Oui quand le fait n’existe que pour la démonstration.")),
        Column(_("Identifiant")),
    )


def as_xlsx(facts: Iterable[Fact], programme: Programme, title: str, language: str) -> bytes:
    """A workbook with the facts and the meaning of each column."""
    table = Table(_columns(), tuple(rows_to_export(facts, programme)), caption=title)
    return render_xlsx(Workbook(title, (Sheet(_("Faits"), table),)), language)


def _safe(cell: Any) -> Any:
    """A text a spreadsheet would run as a formula is given as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def as_csv(facts: Iterable[Fact], programme: Programme) -> bytes:
    """CSV that a French spreadsheet opens with a double click: UTF-8 with its mark, semicolons, decimal commas."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([column.label for column in _columns()])
    for row in rows_to_export(facts, programme):
        cells = [f"{cell:g}".replace(".", ",") if isinstance(cell, float) else _safe(cell) for cell in row]
        writer.writerow(cells)
    return out.getvalue().encode("utf-8-sig")
