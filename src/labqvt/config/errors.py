"""Errors of configuration: sentences for the person who installs."""


class ConfigurationError(Exception):
    """A setting is missing or wrong; the message says which, and how to set it."""
