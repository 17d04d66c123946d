"""The whole diagnosis of a file of answers, as the ``labqvt/diagnosis/1`` structure."""

from labqvt_stats.diagnosis.assembly import diagnose
from labqvt_stats.diagnosis.options import DiagnosisOptions

__all__ = ["DiagnosisOptions", "diagnose"]
