"""The map of a programme."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labqvt.documents.charts import Chart, RegionValue, region_map
from labqvt.programmes.models import Experimentation


def map_of_regions(experimentations: Sequence[Experimentation], language: str) -> Chart:
    """Where the programme is being tried, and on what."""
    count = len({one.region for one in experimentations})
    return region_map(
        title=_("Où le programme est mené"),
        description=ngettext(
            "%(n)s région mène une expérimentation.", "%(n)s régions mènent une expérimentation.", count
        ) % {"n": count},
        classes=(_("Une expérimentation"),),
        values=tuple(RegionValue(one.region, one.theme, 0) for one in experimentations),
        value_label=_("Thème"),
        language=language,
        chart_id="programme-regions",
    )  # fmt: skip
