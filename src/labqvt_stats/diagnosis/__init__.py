"""The whole diagnosis of a file of answers, as the ``labqvt/diagnosis/1`` structure."""

from labqvt_stats.diagnosis.assembly import diagnose
from labqvt_stats.diagnosis.options import DiagnosisOptions
from labqvt_stats.diagnosis.waves import changes_between

__all__ = ["DiagnosisOptions", "changes_between", "diagnose"]
