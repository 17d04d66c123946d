"""One part of a reading, whatever it is about."""

from dataclasses import dataclass

from labqvt.documents.charts import Chart
from labqvt.documents.tables import Table


@dataclass(frozen=True, slots=True)
class Written:
    """What the team wrote to one question: themes by name, extracts in no order. Never a number."""

    question: str
    themes: tuple[str, ...] = ()
    quotations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """What a part shows, how to read it, and its pictures."""

    id: str
    title: str
    intro: str = ""
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    points: tuple[str, ...] = ()
    written: tuple[Written, ...] = ()
