"""A questionnaire on paper: a tagged PDF to print, fill in by hand and key in."""
