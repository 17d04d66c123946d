"""Questionnaires, their versions and scales; the questionnaires delivered with the tool."""
