"""Conditions, constraints and calculations of a questionnaire."""

from labqvt_forms.logic.formula import Dialect, Formula

__all__ = ["Dialect", "Formula"]
