"""One part of a reading, whatever it is about."""

from dataclasses import dataclass

from labqvt.documents.charts import Chart
from labqvt.documents.tables import Table


@dataclass(frozen=True, slots=True)
class Section:
    """What a part shows, how to read it, and its pictures."""

    id: str
    title: str
    intro: str = ""
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    points: tuple[str, ...] = ()
