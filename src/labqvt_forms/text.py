"""A text in the languages of a questionnaire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from labqvt_forms.errors import ModelError


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text by language code; empty translations do not exist.

    >>> Text.of(fr="Bonjour", en="Hello").pick("en")
    'Hello'
    >>> bool(Text())
    False
    """

    translations: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        before = ""
        for language, words in self.translations:
            if not language or not words:
                raise ModelError("Une traduction a besoin d’un code de langue et d’un texte non vide.")
            if language <= before:
                raise ModelError(
                    "Un texte porte chaque langue une fois, dans l’ordre alphabétique des codes."
                )
            before = language

    @classmethod
    def of(cls, translations: Mapping[str, str] | None = None, /, **by_language: str) -> Text:
        """Build a text from translations in any order, dropping the empty ones."""
        merged = {**(translations or {}), **by_language}
        return cls(tuple(sorted([pair for pair in merged.items() if pair[1]])))

    def pick(self, *preferred: str) -> str:
        """Return the first translation found among ``preferred``, else any, else an empty string."""
        known = dict(self.translations)
        for language in (*preferred, "fr", "en"):
            if language in known:
                return known[language]
        return self.translations[0][1] if self.translations else ""

    def get(self, language: str) -> str | None:
        """Return the translation in exactly this language."""
        return dict(self.translations).get(language)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(language for language, _ in self.translations)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.translations)

    def __bool__(self) -> bool:
        return bool(self.translations)

    def __str__(self) -> str:
        return self.pick()


NO_TEXT = Text()
