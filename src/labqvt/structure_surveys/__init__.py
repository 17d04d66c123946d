"""Surveys an organisation answers by name, followed live: the other kind, which never meets sealed answers."""
